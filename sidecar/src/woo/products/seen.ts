import type { WooRecord } from '../../mapping/model/record.ts';
import { textAt } from '../../mapping/to-woo/seen.ts';
import type { Seen } from '../../ports/store.ts';
import { batchJson, type ProductBatch } from './product-batches.ts';

/** Records of a batch that are compared, by their ids. */
export function seenIn({ items }: ProductBatch): ReadonlyMap<number, Seen> {
  return new Map(
    items.flatMap(({ id, seen }) => (id === null || seen === null ? [] : [[id, seen] as const])),
  );
}

/** How the list of the records is asked for what is compared. */
export function lookOf(seen: ReadonlyMap<number, Seen>): Readonly<Record<string, string>> {
  const paths = [...seen.values()].flatMap((values) => Object.keys(values));
  const names = new Set(['id', ...paths.map((path) => path.split('.')[0] ?? path)]);
  return {
    _fields: [...names].join(','),
    include: [...seen.keys()].join(','),
    per_page: String(seen.size),
  };
}

/** The batch with what was seen, as the gateway takes it. */
export function unchangedJson(batch: ProductBatch): string {
  const seen = [...seenIn(batch)].map(([id, values]) => ({ id, values }));
  return `${batchJson(batch).slice(0, -1)},"seen":${JSON.stringify(seen)}}`;
}

/** Those that hold something else by now. A record that is not shown is left to the shop, which knows why. */
export function changedAmong(
  records: readonly WooRecord[],
  seen: ReadonlyMap<number, Seen>,
): ReadonlySet<number> {
  const changed = records.filter((record) => {
    const values = seen.get(Number(record['id']));
    return values !== undefined && !holds(record, values);
  });
  return new Set(changed.map(({ id }) => Number(id)));
}

/** The batch without them. */
export function without(batch: ProductBatch, changed: ReadonlySet<number>): ProductBatch {
  return { ...batch, items: batch.items.filter(({ id }) => id === null || !changed.has(id)) };
}

function holds(record: WooRecord, values: Seen): boolean {
  return Object.entries(values).every(([path, text]) => (textAt(record, path) ?? null) === text);
}
