import type { PictureLinks } from '../../ports/images.ts';
import { Returns } from '../images/import/imports.ts';
import { Galleries } from '../images/upload/uploads.ts';
import { Pushes } from '../to-woo/product-updates.ts';
import type { BothWays, PipelineRun } from './pipeline-run.ts';

/**
 * @param told the keys that Salesforce has told of
 * @param links null where others bring the pictures: the service
 */
export function bothWays(told: ReadonlyMap<string, number>, links: PictureLinks | null): BothWays {
  return {
    told,
    links,
    unsettled: new Set(),
    pushes: new Pushes(),
    galleries: new Galleries(),
    returns: new Returns(),
  };
}

/**
 * Brings to the shop what waits for it: text first, and pictures after. What does not get through is told of from
 * now on, if it was not before, so that Salesforce is asked when it is tried again.
 */
export async function push(run: PipelineRun): Promise<void> {
  const known = new Set(run.unsettled);
  await run.pushes.flush(run);
  if (run.dry) return;
  await run.returns.flush(run);
  await run.galleries.flush(run);
  const fresh = [...run.unsettled].filter((key) => !known.has(key) && !run.told.has(key));
  await run.state.pairs.tell(fresh);
}
