import type { PipelineRun } from './pipeline-run.ts';
import { parseKey } from '../../mapping/keys/keys.ts';
import { isPart, RESOURCES } from '../../mapping/model/resources.ts';
import type { Link } from '../../ports/link.ts';
import type { PendingUpsert } from '../model/pending-write.ts';
import type { Read } from '../model/record.ts';
import { mappingsOf } from '../model/run.ts';
import { fieldsRead } from '../read/fields-param.ts';
import { readByIds } from '../read/read-by-ids.ts';
import { flushMatchBuffer } from './match-buffer.ts';
import { pullNewRefunds, pullOrders } from './orders.ts';

/**
 * Orders that were deleted in Salesforce and are made anew. Their items and refunds went with them, so those
 * are made anew too, though nothing about them has changed in the shop.
 */
export class RecreatedOrders {
  readonly #keys = new Set<string>();

  /** @returns the links of what went with them, to be forgotten */
  async take(
    { state, mappings }: Pick<PipelineRun, 'state' | 'mappings'>,
    lost: readonly PendingUpsert[],
  ): Promise<readonly Link[]> {
    const keys = lost.flatMap(({ mapping, key }) => (mapping.resource === 'order' ? [key] : []));
    if (keys.length === 0) return [];
    for (const key of keys) this.#keys.add(key);
    const details = mappings.filter(
      ({ resource }) => isPart(resource) && RESOURCES[resource].comesWith === 'order',
    );
    const objects = [...new Set(details.map(({ object }) => object))];
    const found = await Promise.all(objects.map((object) => state.children(object, keys)));
    return found.flatMap((children) => [...children.values()].flat());
  }

  /** Reads the orders once more, and writes the items and refunds that they lack. */
  async restore(run: PipelineRun, read: Read): Promise<void> {
    const ids = [...this.#keys].flatMap((key) => parseKey(key).id ?? []);
    this.#keys.clear();
    const hasParts = (['order_item', 'refund'] as const).some(
      (one) => mappingsOf(run, one).length > 0,
    );
    if (ids.length === 0 || !hasParts) return;
    const orders = await readByIds(run.store, 'orders', ids, fieldsRead('orders', run.mappings));
    await pullOrders(run, orders, read);
    await pullNewRefunds(run, orders, read);
    await flushMatchBuffer(run);
    await run.writer.flush();
  }
}
