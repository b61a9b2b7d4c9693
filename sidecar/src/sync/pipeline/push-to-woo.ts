import type { ImageLinks } from '../../ports/images.ts';
import { ImageImports } from '../images/import/imports.ts';
import { ImageUploads } from '../images/upload/uploads.ts';
import { ShopUpdates } from '../to-woo/shop-updates.ts';
import type { BothWays, PipelineRun } from './pipeline-run.ts';

/**
 * @param dirty keys that Salesforce reported as changed, with how often
 * @param links null where others bring the images: the service
 */
export function bothWays(dirty: ReadonlyMap<string, number>, links: ImageLinks | null): BothWays {
  return {
    dirty,
    links,
    stillDirty: new Set(),
    shopUpdates: new ShopUpdates(),
    imageUploads: new ImageUploads(),
    imageImports: new ImageImports(),
  };
}

/**
 * Brings to the shop what waits for it: text first, and images after. What does not get through, or waits for a
 * person, is reported from now on, if it was not before, so that Salesforce is asked when it is looked at again.
 */
export async function pushToWoo(run: PipelineRun): Promise<void> {
  await run.shopUpdates.flush(run);
  if (run.dry) return;
  await run.imageImports.flush(run);
  await run.imageUploads.flush(run);
  const fresh = [...run.stillDirty].filter((key) => !run.dirty.has(key));
  await run.state.twoWay.markDirty(fresh);
}
