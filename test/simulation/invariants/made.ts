import type { OrderRecord } from '../../../local/store/core/records.ts';
import { during } from '../preload/clock.ts';
import { at, PORTS } from '../world/places.ts';
import type { Simulation } from '../world/simulation.ts';
import type { OrgSide } from './sides.ts';

/** What is known of a run when what was made in it is looked for. */
export type Judged = Pick<Simulation, 'edits' | 'stores' | 'traffic'>;

/** What people have made in Salesforce: notes, products and drafts are in the shop once. */
export async function made(
  simulation: Judged,
  side: Pick<OrgSide, 'issues'>,
): Promise<readonly string[]> {
  return [
    ...(await notes(simulation, side)),
    ...products(simulation, side),
    ...drafts(simulation, side),
  ];
}

/** Notes that are there twice, or not at all although no later one took their place in the field. */
async function notes(
  { edits, stores }: Judged,
  { issues }: Pick<OrgSide, 'issues'>,
): Promise<readonly string[]> {
  const store = stores.get('main');
  const lines: string[] = [];
  for (const [order, typed] of Map.groupBy(edits.notes, (note) => note.order)) {
    const id = Number(order.split(':')[1]);
    const record = store?.shop.orders.get(id)?.read();
    if (!store || !record || record.status === 'trash') continue;
    const keys = Buffer.from(`${store.consumerKey}:${store.consumerSecret}`).toString('base64');
    const headers = { authorization: `Basic ${keys}`, 'x-forwarded-proto': 'https' };
    const answer = await during(
      fetch(`${at(PORTS.main)}/wp-json/wc/v3/orders/${id}/notes`, { headers }),
    );
    const held = ((await during(answer.json())) as readonly { readonly note: string }[]).map(
      ({ note }) => note,
    );
    const last = new Map(typed.map(({ field, text }) => [field, text]));
    for (const { field, text } of typed) {
      const times = held.filter((note) => note === text).length;
      const isTold = issues.some((one) => isSaid(one) && String(one['Woo_Id__c']) === String(id));
      if (times > 1 || (times === 0 && last.get(field) === text && !isTold))
        lines.push(`order ${order} has the note ${text} ${times} times`);
    }
  }
  return lines;
}

function products(
  { edits, stores }: Judged,
  { issues }: Pick<OrgSide, 'issues'>,
): readonly string[] {
  const all =
    stores
      .get('main')
      ?.shop.products.all()
      .map((entry) => entry.read()) ?? [];
  return [...edits.products].flatMap(([id, name]) => {
    const times = all.filter((product) =>
      product.meta_data.some(({ value }) => value === id),
    ).length;
    const isTold = issues.some((one) => isSaid(one) && one['Record_Id__c'] === id);
    return times === 1 || (times === 0 && isTold)
      ? []
      : [`product ${name} is in the shop ${times} times`];
  });
}

/**
 * An order that the shop has copied carries the id of the draft too, and is none of the service's. One that the shop's
 * staff has deleted need not be there any more.
 */
function drafts(
  { edits, stores, traffic }: Judged,
  { issues }: Pick<OrgSide, 'issues'>,
): readonly string[] {
  const there = (stores.get('main')?.shop.orders.all() ?? [])
    .filter(({ id }) => traffic.created.has(`order main:${id}`))
    .map((entry) => entry.read());
  const deleted = [...edits.deletedOrders].flatMap(([record, order]) =>
    traffic.created.has(record) ? [order] : [],
  );
  return [...edits.drafts].flatMap((id) => {
    const isFrom = ({ meta_data }: OrderRecord) => meta_data.some(({ value }) => value === id);
    const times = there.filter(isFrom).length;
    const isTold = issues.some((one) => isSaid(one) && one['Record_Id__c'] === id);
    return times === 1 || (times === 0 && (isTold || deleted.some(isFrom)))
      ? []
      : [`draft ${id} is in the shop ${times} times`];
  });
}

function isSaid(issue: OrgSide['issues'][number]): boolean {
  return issue['State__c'] === 'open';
}
