import { wooId, wooKey } from '../../mapping/keys/keys.ts';
import { metaKeyOf } from '../../mapping/keys/record-id-meta.ts';
import type { ValueProblem, WooRecord } from '../../mapping/model/record.ts';
import { mergePatches } from '../../mapping/to-woo/outgoing-field.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import type { ProductResult } from '../../ports/store.ts';
import type { Run } from '../model/run.ts';
import { fail, type Made, type Maker, type Newborn } from './newborn.ts';
import { keepSent } from './sent-values.ts';
import { shopRefusal } from './shop-refusal.ts';

/** How products of the shop are made. */
export const PRODUCTS: Maker = {
  resource: 'product',
  list: 'products',
  inEachStore: true,
  reads: () => [],
  make,
};

async function make(run: Run, newborns: readonly Newborn[]): Promise<Made> {
  const ready = newborns.flatMap((one) => {
    const product = productOf(one);
    if ('problems' in product) {
      refuse(run, one, product.problems);
      return [];
    }
    return [{ one, fields: product.fields }];
  });
  if (ready.length === 0) return { records: [], made: [], again: [], over: [] };
  const begun = ready.map(({ one }) => one);
  await keepSent(run, begun);
  await run.state.twoWay.beginCreations(begun.map(({ key }) => key));
  const results = await run.store.createProducts(ready.map(({ fields }) => fields));
  const records: WooRecord[] = [];
  const made: Newborn[] = [];
  const again: ChangeEvent[] = [];
  const over: string[] = [];
  for (const [at, { one }] of ready.entries()) {
    const result = results[at];
    if (result === undefined) throw new Error(`no result for ${one.key}`);
    if ('record' in result) {
      records.push(result.record);
      made.push({ ...one, wooId: wooId(result.record['id']) });
      continue;
    }
    again.push(...(await refused(run, one, result.error)));
    if (!run.stillDirty.has(one.key)) over.push(one.key);
  }
  return { records, made, again, over };
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

function refuse(run: Run, one: Newborn, problems: readonly ValueProblem[]): void {
  fail(run, one, {
    field: problems[0]?.field ?? null,
    code: [...new Set(problems.map(({ code }) => code))].join(', '),
    message: problems.map(({ message }) => message).join('; '),
  });
}

/** A taken SKU names the product that has it: the record adopts it, if it is nobody's. */
async function refused(
  run: Run,
  one: Newborn,
  { code, message, data }: Extract<ProductResult, { error: unknown }>['error'],
): Promise<readonly ChangeEvent[]> {
  const { mapping, recordId } = one;
  const taken = wooId((data as { resource_id?: unknown } | null)?.resource_id);
  const owner = taken === null ? null : wooKey(run.store.key, taken);
  if (code !== 'product_invalid_sku' || owner === null) {
    fail(run, one, shopRefusal({ code, message, data }));
    return [];
  }
  const links = await run.state.links(mapping.object, [owner]);
  const other = links.get(owner)?.recordId ?? recordId;
  if (other === recordId) return [{ resource: 'product', key: owner }];
  fail(run, one, {
    code: 'CREATE_SKU_TAKEN',
    message: `The product ${taken} of the shop has this SKU and belongs to the record ${other}.`,
  });
  return [];
}
