import type { Meta } from '../core/records.ts';
import type { Ids } from './order-lines.ts';
import type { OrderPlan } from './order-plan.ts';
import type { Random } from '../core/random.ts';

/** Meta as plugins leave it: pairs of ACF, arrays, scalars that came back as text, sorted by key like WooCommerce. */
export function orderMeta(random: Random, plan: OrderPlan, ids: Ids, bench: boolean): Meta[] {
  const rows: [string, unknown][] = [
    ['po_number', `PO-${plan.id}`],
    ['_po_number', 'field_60b7c000'],
  ];
  if (!bench) {
    rows.push(['_wc_order_attribution_source_type', 'organic']);
    rows.push(...oddMeta(random, plan));
  }
  return rows
    .map(([key, value]) => ({ id: ids.meta(), key, value }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

function oddMeta(random: Random, plan: OrderPlan): [string, unknown][] {
  const rows: [string, unknown][] = [];
  if (random.chance(0.2)) {
    rows.push([
      'delivery_slots',
      [
        { day: 'Mon', from: 9 },
        { day: 'Tue', from: 13.5 },
      ],
    ]);
  }
  if (random.chance(0.2)) {
    rows.push(['vat_number', random.pick(['DE123456789', 'GB 999 9999 73', ''])]);
  }
  if (random.chance(0.1)) {
    rows.push(['is_gift', '1'], ['score', '42'], ['json_blob', '{"a":1}'], ['empty_val', '']);
  }
  if (random.chance(0.03)) {
    // Keys may repeat.
    rows.push(['tag', 'first'], ['tag', 'second']);
  }
  if (plan.status === 'trash') {
    rows.push(['_wp_trash_meta_status', 'wc-completed']);
    rows.push(['_wp_trash_meta_time', String(plan.modified)]);
  }
  return rows;
}
