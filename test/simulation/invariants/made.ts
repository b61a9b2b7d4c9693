import { during } from '../preload/clock.ts';
import { at, PORTS } from '../world/places.ts';
import type { Simulation } from '../world/simulation.ts';
import type { OrgSide } from './sides.ts';

/** What people have made in Salesforce: notes, products and drafts are in the shop once. */
export async function made(simulation: Simulation, side: OrgSide): Promise<readonly string[]> {
  return [
    ...(await notes(simulation, side)),
    ...products(simulation, side),
    ...drafts(simulation, side),
  ];
}

/** Notes that are there twice, or not at all although no later one took their place in the field. */
async function notes(
  { edits, stores }: Simulation,
  { issues }: OrgSide,
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

function products({ edits, stores }: Simulation, { issues }: OrgSide): readonly string[] {
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

/** An order that the shop has copied carries the id of the draft too, and is none of the service's. */
function drafts({ edits, stores, traffic }: Simulation, { issues }: OrgSide): readonly string[] {
  const orders = stores.get('main')?.shop.orders.all() ?? [];
  const all = orders
    .filter(({ id }) => traffic.created.has(`order main:${id}`))
    .map((entry) => entry.read());
  return [...edits.drafts].flatMap((id) => {
    const times = all.filter(({ meta_data }) => meta_data.some(({ value }) => value === id)).length;
    const isTold = issues.some((one) => isSaid(one) && one['Record_Id__c'] === id);
    return times === 1 || (times === 0 && isTold)
      ? []
      : [`draft ${id} is in the shop ${times} times`];
  });
}

function isSaid(issue: OrgSide['issues'][number]): boolean {
  return issue['State__c'] === 'open';
}
