import { secondsBefore } from '../../lib/gmt-seconds.ts';
import { parseKey, wooId, wooKey } from '../../mapping/keys/keys.ts';
import { type NewRecord, parseNewKey } from '../../mapping/keys/new-record-key.ts';
import { metaKeyOf, recordIdIn } from '../../mapping/keys/record-id-meta.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { ValueProblem, WooRecord } from '../../mapping/model/record.ts';
import { mergePatches } from '../../mapping/to-woo/outgoing-field.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import type { OrgRow } from '../../ports/org.ts';
import type { ProductResult } from '../../ports/store.ts';
import { mappingsOf, type Run } from '../model/run.ts';
import { fieldsRead } from '../read/fields-param.ts';
import { OrgRecords } from '../read/read-org-rows.ts';
import type { Failure } from '../report/run-report.ts';
import { shopRefusal } from './shop-refusal.ts';

/** A record of Salesforce that is to become a product of the shop. */
interface Newborn extends NewRecord {
  readonly key: string;
  readonly mapping: Mapping;
  readonly held: OrgRow;
}

/** What came of records that the shop did not have. */
export interface Created {
  /** Products of the shop that belong to them, made now or by an earlier attempt. */
  readonly products: readonly WooRecord[];
  /** Records that turned out to have a product: they are looked at by its key. */
  readonly again: readonly ChangeEvent[];
  /** What is over, once the products are linked. */
  readonly over: readonly string[];
}

const NOTHING: Created = { products: [], again: [], over: [] };

/**
 * Makes products of the shop for records of Salesforce, where their mapping allows it. The shop has no way to
 * make one twice safely, so the product carries the id of its record, an attempt is noted before it is made,
 * and one whose end is unknown is searched for first.
 * @param keys as `newKey` makes them
 * @throws CodedError where one of the sides is out
 */
export async function create(run: Run, keys: readonly string[]): Promise<Created> {
  const born = await newborns(run, keys);
  if (born === null) return NOTHING;
  const { fresh, again, over } = born;
  const begun = await run.state.twoWay.begunCreations(fresh.map(({ key }) => key));
  const found = await search(run, fresh, begun);
  const made = fresh.filter(({ recordId }) => !found.has(recordId));
  const products = await make(run, made);
  return {
    products: [...found.values(), ...products.records],
    again: [...again, ...products.again],
    over: [...over, ...fresh.filter(({ key }) => !run.stillDirty.has(key)).map(({ key }) => key)],
  };
}

async function newborns(run: Run, keys: readonly string[]) {
  const records = new OrgRecords();
  const wanted = keys.flatMap((key) => {
    const parsed = parseNewKey(key);
    const mapping = mappingsOf(run, 'product').find(({ object }) => object === parsed?.object);
    if (parsed === null || mapping === undefined) return [];
    const fields = mapping.outgoing.map(({ field }) => field);
    records.want(parsed.object, parsed.recordId, [mapping.keyField, ...fields]);
    return [{ ...parsed, key, mapping }];
  });
  if (wanted.length === 0) return null;
  const rows = await records.read(run.org);
  const linked = await run.state.twoWay.linkedTo(wanted.map(({ recordId }) => recordId));
  const fresh: Newborn[] = [];
  const again: ChangeEvent[] = [];
  const over: string[] = [];
  for (const one of wanted) {
    const held = rows.get(one.recordId);
    const carried = held?.[one.mapping.keyField];
    const known = linked.find(
      ({ recordId, key }) => recordId === one.recordId && parseKey(key).store === run.store.key,
    );
    const own = known?.key ?? (typeof carried === 'string' ? carried : null);
    const isKeyed =
      own !== null && parseKey(own).store === run.store.key && parseKey(own).id !== null;
    if (isKeyed) again.push({ resource: 'product', key: own });
    if (held === undefined || own !== null || !one.mapping.createInWoo) over.push(one.key);
    else fresh.push({ ...one, held });
  }
  await run.state.twoWay.markDirty(again.map(({ key }) => key));
  return { fresh, again, over };
}

/** Products that earlier attempts have made, by the id of their record. */
async function search(
  run: Run,
  fresh: readonly Newborn[],
  begun: ReadonlyMap<string, Date>,
): Promise<ReadonlyMap<string, WooRecord>> {
  const found = new Map<string, WooRecord>();
  const unsure = fresh.filter(({ key }) => begun.has(key));
  const times = unsure.flatMap(({ key }) => begun.get(key)?.getTime() ?? []);
  if (times.length === 0) return found;
  const since = secondsBefore(new Date(Math.min(...times)).toISOString().slice(0, 19), 300);
  const params = { ...fieldsRead('products', run.mappings), modified_after: since, status: 'any' };
  for await (const { records } of run.store.walk('products', null, params)) {
    for (const { recordId, mapping } of unsure) {
      const product = records.find((record) => recordIdIn(mapping, record) === recordId);
      if (product !== undefined) found.set(recordId, product);
    }
    if (found.size === unsure.length) break;
  }
  return found;
}

async function make(run: Run, newborns: readonly Newborn[]) {
  const ready = newborns.flatMap((one) => {
    const product = productOf(one);
    if ('problems' in product) {
      refuse(run, one, product.problems);
      return [];
    }
    return [{ one, fields: product.fields }];
  });
  if (ready.length === 0) return { records: [], again: [] };
  await run.state.twoWay.beginCreations(ready.map(({ one }) => one.key));
  const results = await run.store.createProducts(ready.map(({ fields }) => fields));
  const records: WooRecord[] = [];
  const again: ChangeEvent[] = [];
  for (const [at, { one }] of ready.entries()) {
    const result = results[at];
    if (result === undefined) throw new Error(`no result for ${one.key}`);
    if ('record' in result) records.push(result.record);
    else again.push(...(await refused(run, one, result.error)));
  }
  return { records, again };
}

/** The product as the shop is to make it; a draft unless the record says otherwise. */
function productOf({
  mapping,
  held,
  recordId,
}: Newborn): { readonly fields: WooRecord } | { readonly problems: readonly ValueProblem[] } {
  const problems: ValueProblem[] = [];
  const patches: WooRecord[] = [];
  for (const field of mapping.outgoing) {
    if (field.kind !== 'value' || field.fromSalesforce(held[field.field]) === null) continue;
    const made = field.toWoo(held[field.field], mergePatches(patches));
    if ('problem' in made) problems.push(made.problem);
    else patches.push(made.patch);
  }
  if (problems.length > 0) return { problems };
  const meta = { meta_data: [{ key: metaKeyOf(mapping), value: recordId }] };
  return { fields: { status: 'draft', ...mergePatches([...patches, meta]) } };
}

function refuse(
  run: Run,
  { key, mapping, recordId }: Newborn,
  problems: readonly ValueProblem[],
): void {
  run.stillDirty.add(key);
  run.report.fail(mapping, {
    ...{ key, recordId, aspect: 'shop', field: problems[0]?.field ?? null },
    code: [...new Set(problems.map(({ code }) => code))].join(', '),
    message: problems.map(({ message }) => message).join('; '),
  });
}

/** A taken SKU names the product that has it: the record adopts it, if it is nobody's. */
async function refused(
  run: Run,
  { key, mapping, recordId }: Newborn,
  { code, message, data }: Extract<ProductResult, { error: unknown }>['error'],
): Promise<readonly ChangeEvent[]> {
  const taken = wooId((data as { resource_id?: unknown } | null)?.resource_id);
  const owner = taken === null ? null : wooKey(run.store.key, taken);
  const fail = (failure: Pick<Failure, 'code' | 'message'>) => {
    run.stillDirty.add(key);
    run.report.fail(mapping, { key, recordId, aspect: 'shop', ...failure });
    return [];
  };
  if (code !== 'product_invalid_sku' || owner === null) {
    return fail(shopRefusal({ code, message, data }));
  }
  const links = await run.state.links(mapping.object, [owner]);
  const other = links.get(owner)?.recordId ?? recordId;
  if (other === recordId) return [{ resource: 'product', key: owner }];
  return fail({
    code: 'CREATE_SKU_TAKEN',
    message: `The product ${taken} of the shop has this SKU and belongs to the record ${other}.`,
  });
}
