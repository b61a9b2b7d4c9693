import { changeFor } from '../../ports/change-for.ts';
import type { ImageLinks } from '../../ports/images.ts';
import { ImageImports } from '../images/import/imports.ts';
import { ImageUploads } from '../images/upload/uploads.ts';
import type { Read } from '../model/record.ts';
import type { Answered } from '../to-woo/order-updates.ts';
import { ShopUpdates } from '../to-woo/shop-updates.ts';
import { flushMatchBuffer } from './match-buffer.ts';
import { pullNewRefunds, pullOrders } from './orders.ts';
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
export async function pushToWoo(run: PipelineRun): Promise<readonly Answered[]> {
  const answered = await run.shopUpdates.flush(run);
  if (run.dry) return answered;
  await run.imageImports.flush(run);
  await run.imageUploads.flush(run);
  const fresh = [...run.stillDirty].filter((key) => !run.dirty.has(key));
  await run.state.twoWay.markDirty(fresh);
  return answered;
}

/**
 * Brings to Salesforce what the shop made of orders while it took our changes, such as dates: its webhooks about them
 * are passed over.
 * @param read when they were sent, at the earliest
 */
export async function pullAnswers(
  run: PipelineRun,
  answered: readonly Answered[],
  read: Read,
): Promise<void> {
  if (answered.length === 0) return;
  const orders = [...new Map(answered.map(({ now }) => [now['id'], now])).values()];
  // What Salesforce holds of them was just compared, and what waits for the shop is on its way.
  const { ids: _, ...others } = run;
  const again: PipelineRun = { ...others, dirty: new Map() };
  await pullOrders(again, orders, read);
  await pullNewRefunds(again, orders, read);
  await flushMatchBuffer(again);
  await run.totals?.prepare();
  await run.writer.flush();
  await run.totals?.finish(() => run.writer.flush());
}

/**
 * Where the answers of the shop were compared, Salesforce may hold an edit of meanwhile, or something that waits for a
 * person. Both are reported from now on, and the edit is looked at soon; what the shop was just sent and does not hold
 * is not, or it would be sent for ever.
 * @param reported the keys that are reported already
 */
export async function keepForLater(run: PipelineRun, reported: ReadonlySet<string>): Promise<void> {
  const { late } = run.shopUpdates;
  for (const { change } of late) run.stillDirty.add(change.key);
  const fresh = [...run.stillDirty].filter((key) => !run.dirty.has(key) && !reported.has(key));
  await run.state.twoWay.markDirty(fresh);
  const edited = late.flatMap(({ change: { mapping, key }, isNew }) =>
    isNew ? (changeFor(mapping.resource, key, null) ?? []) : [],
  );
  if (edited.length > 0) run.enqueueFollowUps?.(edited);
}
