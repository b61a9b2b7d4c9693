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
    rows.push(...attribution(plan.id), ...asText(plan.id));
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

/** Where WooCommerce saw the order come from; every fourth came by a campaign, every fourth was typed by staff. */
function attribution(id: number): [string, string][] {
  const visits: Record<string, string>[] = [
    { source_type: 'organic', utm_source: 'google', referrer: 'https://www.google.com/' },
    {
      source_type: 'utm',
      utm_source: 'newsletter',
      utm_medium: 'email',
      utm_campaign: 'Winter wool & more',
      utm_content: 'header',
      utm_term: 'wool',
    },
    { source_type: 'typein', utm_source: '(direct)' },
    { source_type: 'admin' },
  ];
  const visit = visits[id % visits.length] ?? {};
  const seen = {
    device_type: 'Mobile',
    session_entry: 'https://shop.example/',
    session_pages: '4',
  };
  const rows = { ...visit, ...(visit['source_type'] === 'admin' ? {} : seen) };
  return Object.entries(rows).map(([key, value]) => [`_wc_order_attribution_${key}`, value]);
}

/** Values that plugins keep as text: PHP's own form, whose lengths are bytes, and JSON. */
function asText(id: number): [string, string][] {
  if (id % 5 !== 0) {
    return [];
  }
  const note = 'Für Zoë';
  const bytes = Buffer.byteLength(note);
  return [
    ['gift_wrap', `a:2:{s:5:"paper";s:3:"red";s:4:"note";s:${bytes}:"${note}";}`],
    ['parcel_json', `{"carrier":"DHL","parcels":[{"no":"0034${id}","kg":1.5}]}`],
  ];
}
