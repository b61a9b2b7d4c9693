import type { PipelineRun } from './pipeline-run.ts';
import { isPart, RESOURCES } from '../../mapping/model/resources.ts';
import type { Link } from '../../ports/link.ts';
import type { PendingUpsert } from '../model/pending-write.ts';
import type { Read } from '../model/record.ts';
import { readAllByIds } from '../read/read-by-ids.ts';
import { isSoughtAnew } from '../to-salesforce/gone-records.ts';
import { flushMatchBuffer } from './match-buffer.ts';
import { pullNewRefunds, pullOrders } from './orders.ts';
import { wantedOf } from './parents.ts';
import { pullSingles, pullVariations } from './records.ts';

/**
 * Records that were deleted in Salesforce and are made anew. Items and refunds of an order went with it, so those
 * are made anew too, though nothing about them has changed in the shop; customers and products that others may have made
 * meanwhile are looked for first, as those are that come for the first time.
 */
export class RecreatedRecords {
  readonly #orders = new Set<string>();
  readonly #customers = new Set<string>();
  readonly #products = new Set<string>();

  /** @returns the links of what went with them, to be forgotten */
  async take(
    { state, mappings }: Pick<PipelineRun, 'state' | 'mappings'>,
    lost: readonly PendingUpsert[],
  ): Promise<readonly Link[]> {
    const details = mappings.filter(
      ({ resource }) => isPart(resource) && RESOURCES[resource].comesWith === 'order',
    );
    for (const entry of lost) this.#take(entry, details.length > 0);
    const keys = lost.flatMap(({ mapping, key }) => (mapping.resource === 'order' ? [key] : []));
    if (keys.length === 0) return [];
    const objects = [...new Set(details.map(({ object }) => object))];
    const found = await Promise.all(objects.map((object) => state.children(object, keys)));
    return found.flatMap((children) => [...children.values()].flat());
  }

  /** Reads the records once more, and writes those that are still to be made, and what orders lack. */
  async restore(run: PipelineRun, read: Read): Promise<void> {
    // Which products are variations shows when both lists are asked.
    const lists = [
      wantedOf(run, 'products', this.#products),
      wantedOf(run, 'variations', this.#products),
      wantedOf(run, 'customers', this.#customers),
      wantedOf(run, 'orders', this.#orders),
    ];
    for (const keys of [this.#products, this.#customers, this.#orders]) keys.clear();
    if (lists.every(({ ids }) => ids.length === 0)) return;
    const [plain, variations, people, sold] = await readAllByIds(run.store, lists);
    await pullSingles(run, 'product', plain?.records ?? [], read);
    await pullVariations(run, variations?.records ?? [], read, plain?.records);
    await pullSingles(run, 'customer', people?.records ?? [], read);
    await pullOrders(run, sold?.records ?? [], read);
    await pullNewRefunds(run, sold?.records ?? [], read);
    await flushMatchBuffer(run);
    await run.writer.flush();
  }

  #take(entry: PendingUpsert, haveParts: boolean): void {
    const { mapping, key } = entry;
    const isSought = isSoughtAnew(entry);
    if (mapping.resource === 'order' && (haveParts || isSought)) this.#orders.add(key);
    if (mapping.resource === 'customer' && isSought) this.#customers.add(key);
    if (mapping.resource === 'product' && isSought) this.#products.add(key);
  }
}
