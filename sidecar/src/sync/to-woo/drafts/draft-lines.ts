import { inQueries } from '../../../lib/soql.ts';
import { parseKey, wooId } from '../../../mapping/keys/keys.ts';
import type { MappedReference, Mapping } from '../../../mapping/model/mapping.ts';
import type { WooRecord } from '../../../mapping/model/record.ts';
import type { OrgRow } from '../../../ports/org.ts';
import { mappingsOf, type Run } from '../../model/run.ts';
import { readAllByIds } from '../../read/read-by-ids.ts';
import { OrgRecords } from '../../read/read-org-rows.ts';
import type { Newborn } from '../newborn.ts';

/** A line of a draft order. */
export interface DraftLine {
  readonly recordId: string;
  /** As people see it: its name, else its id. */
  readonly name: string;
  readonly quantity: unknown;
  /** The product's record; null for none. */
  readonly product: string | null;
  /** What the shop has of the product; or why it has none, as the rest of a sentence. */
  readonly sold: WooRecord | string;
}

/** What is known of drafts beside their own fields. */
export interface DraftParts {
  /** By the id of the draft. */
  readonly lines: ReadonlyMap<string, readonly DraftLine[]>;
  /** The customer of the shop, by the id of the draft; null for one that is gone, absent for a guest's. */
  readonly customers: ReadonlyMap<string, WooRecord | null>;
}

const PRODUCT = { _fields: 'id,type,status,parent_id,name' };
/** Of every role: who bought as a customer may have another one by now. The gateway takes exactly these fields. */
const CUSTOMER = { role: 'all', _fields: 'id,email,billing,shipping' };

/** Reads the lines of drafts, and what the shop has of their products and customers: two API calls and one read. */
export async function readParts(run: Run, drafts: readonly Newborn[]): Promise<DraftParts> {
  const items = await readItems(run, drafts);
  const records = new OrgRecords();
  for (const { row, product } of items) want(records, product, row);
  for (const { mapping, held } of drafts) want(records, customerOf(mapping), held);
  const rows = await records.read(run.org);
  const idIn = (reference: MappedReference | undefined, row: OrgRow) =>
    shopId(run, reference, rows.get(textOf(reference && row[reference.field]) ?? ''));
  const productIds = distinct(items.flatMap(({ row, product }) => idIn(product, row) ?? []));
  const customerIds = distinct(
    drafts.flatMap(({ mapping, held }) => idIn(customerOf(mapping), held) ?? []),
  );
  const [products, variations, customers] = await readAllByIds(run.store, [
    { list: 'products', ids: productIds, params: { ...PRODUCT, status: 'any' } },
    { list: 'variations', ids: productIds, params: { ...PRODUCT, status: 'any' } },
    { list: 'customers', ids: customerIds, params: CUSTOMER },
  ]);
  // A list of products may show variations by their ids too: those are told by their parents.
  const sold = byId([...(products?.records ?? []), ...(variations?.records ?? [])]);
  const people = byId(customers?.records ?? []);
  const lines = items.map(({ draft, row, product, ...line }) => ({
    ...line,
    draft,
    product: textOf(row[product.field]),
    sold: soldBy(run, idIn(product, row), sold),
  }));
  return {
    lines: Map.groupBy(lines, ({ draft }) => draft),
    customers: new Map(
      drafts.flatMap(({ mapping, held, recordId }) => {
        const id = idIn(customerOf(mapping), held);
        return id === null ? [] : [[recordId, people.get(id) ?? null] as const];
      }),
    ),
  };
}

/** The ids of the lines of drafts, as their record has them, and how many of each. */
export async function readItems(run: Run, drafts: readonly Newborn[]) {
  const found = [];
  for (const mapping of mappingsOf(run, 'order_item')) {
    const order = mapping.references.find(({ attribute }) => attribute === 'order_id');
    const product = mapping.references.find(({ attribute }) => attribute === 'product');
    const quantity = fieldOf(mapping, 'quantity');
    const own = drafts.filter(({ mapping: { object } }) => object === order?.object);
    if (order === undefined || product === undefined || quantity === null || own.length === 0)
      continue;
    const columns = [...new Set(['Id', 'Name', order.field, product.field, quantity])];
    const ids = new Set(own.map(({ recordId }) => recordId));
    const queries = inQueries(mapping.object, columns, new Map([[order.field, ids]]));
    for (const row of (await run.org.queries(queries)).flat()) {
      const recordId = String(row['Id']);
      const name = textOf(row['Name']) ?? recordId;
      found.push({
        draft: String(row[order.field]),
        recordId,
        name,
        quantity: row[quantity],
        row,
        product,
      });
    }
  }
  // As they were entered: Salesforce gives ids in order.
  return found.sort((a, b) => (a.recordId < b.recordId ? -1 : 1));
}

/** The Salesforce field that holds an attribute; null for none. */
export function fieldOf(mapping: Mapping, attribute: string): string | null {
  return mapping.fields.find((one) => one.attribute === attribute)?.field ?? null;
}

/** The lookup to who buys. An account may be a company of several, so that a contact says more. */
export function customerOf(mapping: Mapping): MappedReference | undefined {
  const own = mapping.references.filter(({ attribute }) =>
    ['customer', 'customer_id'].includes(attribute),
  );
  return own.find(({ object }) => object !== 'Account') ?? own[0];
}

function want(records: OrgRecords, reference: MappedReference | undefined, row: OrgRow): void {
  const id = reference && textOf(row[reference.field]);
  if (reference && id) records.want(reference.object, id, [reference.keyField]);
}

/** The id that a record's key has in the store; null for none. */
function shopId(
  run: Run,
  reference: MappedReference | undefined,
  row: OrgRow | undefined,
): number | null {
  const key = reference && textOf(row?.[reference.keyField]);
  if (!key) return null;
  const { store, id } = parseKey(key);
  return store === run.store.key ? id : null;
}

const PARENTS: ReadonlySet<unknown> = new Set(['variable', 'grouped', 'external']);

function soldBy(
  { store }: Run,
  id: number | null,
  sold: ReadonlyMap<number, WooRecord>,
): WooRecord | string {
  if (id === null) return `has no key of the store ${store.key}: that shop does not have it`;
  const record = sold.get(id);
  if (record === undefined) return `is gone from the shop, or in its trash (product ${id})`;
  const { type } = record;
  if (!PARENTS.has(type) || wooId(record['parent_id']) !== null) return record;
  return type === 'variable'
    ? `is sold by its variations: choose one of them (product ${id})`
    : `is of the type ${String(type)}, which the shop does not sell by itself (product ${id})`;
}

function byId(records: readonly WooRecord[]): ReadonlyMap<number, WooRecord> {
  return new Map(records.map((record) => [Number(record['id']), record]));
}

function distinct(ids: readonly number[]): readonly number[] {
  return [...new Set(ids)];
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
