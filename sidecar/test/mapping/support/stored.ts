import type { WooRecord } from '../../../src/mapping/model/record.ts';

/*
 * What the shop makes of a write, as the facts of WooCommerce 10.5 have it: texts are filtered, numbers that are
 * none are misread without a word, custom fields become texts.
 */

const AMOUNTS = new Set(['regular_price', 'sale_price', 'weight']);
const HTML = new Set(['name', 'description', 'short_description', 'purchase_note']);
const LINES = new Set(['sku', 'button_text']);
const ALLOWED = /^<\/?(?:b|i|p|br|a|ul|li)\b[^>]*>$/i;

/** The record once the shop has taken the patch. */
export function stored(record: WooRecord, patch: WooRecord): WooRecord {
  const kept = Object.entries(patch).map(([name, value]) => {
    if (name === 'meta_data') return [name, storedMeta(record, value as readonly WooRecord[])];
    if (name !== 'dimensions') return [name, storedValue(name, value)];
    const sizes = Object.entries(value as WooRecord).map(([side, size]) => [side, amount(size)]);
    return [name, { ...(record[name] as WooRecord), ...(Object.fromEntries(sizes) as WooRecord) }];
  });
  return { ...record, ...(Object.fromEntries(kept) as WooRecord) };
}

function storedValue(name: string, value: unknown): unknown {
  if (AMOUNTS.has(name)) return amount(value);
  if (HTML.has(name)) return filtered(String(value));
  if (LINES.has(name)) return oneLine(String(value));
  if (name === 'global_unique_id') return String(value).replace(/[^\d-]/g, '');
  return name.startsWith('date_') && value === '' ? null : value;
}

/** Every sign but digits, minus and the last point is dropped: 1e3 is 13. */
function amount(value: unknown): string {
  return String(value)
    .replace(/[^\d.-]/g, '')
    .replace(/\.(?=[^.]*\.)/g, '');
}

function filtered(html: string): string {
  return html
    .replace(/<script.*?<\/script>/gis, '')
    .split(/(<[^<>]*>)/)
    .map((part) => (part.startsWith('<') && part.endsWith('>') ? tag(part) : escaped(part)))
    .join('');
}

function tag(part: string): string {
  if (ALLOWED.test(part)) return part;
  return /^<\/?[a-z]/i.test(part) ? '' : escaped(part);
}

function escaped(text: string): string {
  return text
    .replace(/&(?!(?:[a-z][a-z\d]*|#\d+|#x[\da-f]+);)/gi, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

function oneLine(text: string): string {
  return text
    .replace(/<[^>]*>/g, '')
    .replace(/%[\da-f]{2}/gi, '')
    .replace(/[\r\n\t ]+/g, ' ')
    .trim();
}

function storedMeta(record: WooRecord, items: readonly WooRecord[]): readonly WooRecord[] {
  let rows = [...((record['meta_data'] ?? []) as readonly WooRecord[])];
  for (const { id, key, value } of items) {
    const row = rows.find((one) => (id === undefined ? one['key'] === key : one['id'] === id));
    if (value === null) rows = rows.filter((one) => one !== row);
    else if (row) rows = rows.map((one) => (one === row ? { ...row, value: php(value) } : one));
    else rows = [...rows, { id: 900 + rows.length, key, value: php(value) }];
  }
  return rows;
}

function php(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? '1' : '';
  return typeof value === 'number' ? String(value) : value;
}
