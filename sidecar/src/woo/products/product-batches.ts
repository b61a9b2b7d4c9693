import type { WooRecord } from '../../mapping/model/record.ts';
import type { ProductResult, ProductUpdate, Seen } from '../../ports/store.ts';
import { itemError } from './product-error.ts';

/** Items that a batch takes. */
export const BATCH = 100;
/**
 * Items of a batch that must not be repeated. What cannot be repeated cannot be halved either where the answer is
 * too large to come back, so that is kept from happening.
 */
const ONCE_BATCH = 10;
/**
 * Bytes. The gateway takes 1 MB. The answer repeats them, with escapes up to twice as long, beside some kilobytes
 * for each product, and has 2.5 MB there.
 */
const BATCH_BYTES = 950_000;

interface Item {
  /** Of the caller's list. */
  readonly place: number;
  /** Null for a product that is made. */
  readonly id: number | null;
  readonly json: string;
  /** Null for what is changed whatever the shop holds. */
  readonly seen: Seen | null;
}

/** One batch call. */
export interface ProductBatch {
  /** Behind `/wp-json/wc/v3/`. */
  readonly path: string;
  readonly kind: 'create' | 'update';
  readonly items: readonly Item[];
  /** A second time would do more than the first. */
  readonly once: boolean;
}

/** Variations go by the batch of their product; what must not be repeated goes by itself. */
export function updateBatches(updates: readonly ProductUpdate[]): readonly ProductBatch[] {
  const groups = Map.groupBy(updates.entries(), ([, { parentId, fields }]) => {
    const path = parentId === null ? 'products/batch' : `products/${parentId}/variations/batch`;
    return isRepeatable(fields) ? path : `${path} once`;
  });
  return [...groups].flatMap(([group, members]) => {
    const [path = '', once] = group.split(' ');
    const items = members.map(([place, update]) => itemOf(update, place));
    return inBatches({ path, kind: 'update', once: once !== undefined }, items);
  });
}

export function orderBatches(updates: readonly ProductUpdate[]): readonly ProductBatch[] {
  const items = updates.map(itemOf);
  return inBatches({ path: 'orders/batch', kind: 'update', once: false }, items);
}

function itemOf({ id, fields, seen }: ProductUpdate, place: number): Item {
  return { place, id, json: JSON.stringify({ ...fields, id }), seen: seen ?? null };
}

export function createBatches(
  list: 'products' | 'orders',
  records: readonly WooRecord[],
): readonly ProductBatch[] {
  const items = records.map((record, place) => ({
    place,
    id: null,
    json: JSON.stringify(record),
    seen: null,
  }));
  return inBatches({ path: `${list}/batch`, kind: 'create', once: true }, items);
}

/** An image by its address is fetched and kept anew each time, and a difference of stock is added each time. */
function isRepeatable(fields: WooRecord): boolean {
  if ('inventory_delta' in fields) return false;
  const { images, image } = fields;
  const sent: readonly unknown[] = [...(Array.isArray(images) ? (images as unknown[]) : []), image];
  return !sent.some(isByAddress);
}

function isByAddress(image: unknown): boolean {
  if (typeof image !== 'object' || image === null || !('src' in image)) return false;
  // WooCommerce looks at the address where there is no id.
  return !('id' in image) || !image.id;
}

function inBatches(
  batch: Omit<ProductBatch, 'items'>,
  items: readonly Item[],
): readonly ProductBatch[] {
  // Orders answer with all that their lines hold.
  const isSmall = batch.once && (batch.kind === 'update' || batch.path.startsWith('orders'));
  const most = isSmall ? ONCE_BATCH : BATCH;
  const groups: Item[][] = [];
  let bytes = 0;
  for (const item of items) {
    const size = Buffer.byteLength(item.json) + Buffer.byteLength(JSON.stringify(item.seen));
    const last = groups.at(-1);
    if (last === undefined || last.length === most || bytes + size > BATCH_BYTES) {
      groups.push([item]);
      bytes = size;
    } else {
      last.push(item);
      bytes += size;
    }
  }
  return groups.map((group) => ({ ...batch, items: group }));
}

/** A batch whose answer was too large to come back, in two. */
export function halves(batch: ProductBatch): readonly ProductBatch[] {
  const half = Math.ceil(batch.items.length / 2);
  return [batch.items.slice(0, half), batch.items.slice(half)].map((items) => ({
    ...batch,
    items,
  }));
}

export function batchJson({ kind, items }: ProductBatch): string {
  return `{"${kind}":[${items.map(({ json }) => json).join(',')}]}`;
}

/**
 * What became of each item: a batch answers 200 whatever becomes of them.
 * @returns null where it is not the answer to this batch
 */
export function resultsIn(
  { kind, items }: ProductBatch,
  answer: unknown,
): readonly ProductResult[] | null {
  const results = isRecord(answer) ? answer[kind] : null;
  if (!Array.isArray(results) || results.length !== items.length) return null;
  const read = results.map((result: unknown, at) => toResult(items[at]?.id ?? null, result));
  return read.some((result) => result === null) ? null : (read as ProductResult[]);
}

function toResult(id: number | null, result: unknown): ProductResult | null {
  if (!isRecord(result)) return null;
  if (isRecord(result['error']))
    return result['id'] === (id ?? 0) ? { error: itemError(result['error']) } : null;
  const answered = result['id'];
  const fits = id === null ? typeof answered === 'number' && answered > 0 : answered === id;
  return fits ? { record: result } : null;
}

function isRecord(value: unknown): value is WooRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
