import type { Meta } from '../core/records.ts';
import { isObject } from '../rest/request/body.ts';
import { listOf, textOf, wholeOf } from '../core/values.ts';

/**
 * Meta rows after a write. An item with an id changes that row, one with a key the first row of that key, else
 * a row is added; `value: null` deletes, and is not stored. Single values come to be text, as PHP's database has them.
 */
export function changedMeta(rows: readonly Meta[], given: unknown, nextId: () => number): Meta[] {
  let changed = [...rows];
  for (const item of listOf(given)) {
    if (isObject(item)) {
      changed = withItem(changed, item, nextId);
    }
  }
  return changed;
}

function withItem(rows: Meta[], item: Record<string, unknown>, nextId: () => number): Meta[] {
  const { id, key } = item;
  const wantedId = wholeOf(id);
  const wantedKey = textOf(key);
  const row =
    wantedId === 0
      ? rows.find((candidate) => candidate.key === wantedKey)
      : rows.find((candidate) => candidate.id === wantedId);
  if ((item['value'] ?? null) === null) {
    return rows.filter((candidate) => candidate !== row);
  }
  const value = storedValue(item['value']);
  if (row !== undefined) {
    const changed = { ...row, value, ...(wantedKey === '' ? {} : { key: wantedKey }) };
    return rows.map((candidate) => (candidate === row ? changed : candidate));
  }
  return wantedKey === '' ? rows : [...rows, { id: nextId(), key: wantedKey, value }];
}

function storedValue(value: unknown): unknown {
  return typeof value === 'object' ? value : textOf(value);
}

const byKey = new Intl.Collator('en');

/** Orders show their meta by key, as their table is read. */
export function sortedByKey(rows: readonly Meta[]): Meta[] {
  return rows.toSorted((a, b) => byKey.compare(a.key, b.key));
}

/** Meta of an order's line, which also carries what the customer sees. */
export function shownMeta(rows: readonly Meta[]): Meta[] {
  return rows.map((row) => ({
    ...row,
    display_key: row.display_key ?? row.key,
    display_value: typeof row.value === 'string' ? escapedText(row.value) : row.value,
  }));
}

function escapedText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
