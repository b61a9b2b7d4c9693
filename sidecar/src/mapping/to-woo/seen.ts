import { isObject, objects } from '../model/json-shape.ts';
import type { WooRecord } from '../model/record.ts';

const META = 'meta_data.';

/**
 * What a record holds of what a change would write over, as text, by paths such as `meta_data.gift`. Texts, numbers and
 * yes and no are compared, and what is not among what was read is not; nor is a SKU that a variation has from its product.
 */
export function seenOf(
  record: WooRecord,
  patch: WooRecord,
): Readonly<Record<string, string | null>> {
  const seen = pathsIn(patch).flatMap((path) => {
    const text = textAt(record, path);
    const isLent = path === 'sku' && text === '' && 'parent_sku' in record;
    return text === undefined || isLent ? [] : [[path, text] as const];
  });
  return Object.fromEntries(seen);
}

/** What a record holds at a path; null for nothing, undefined for what is neither text, integer nor yes and no, or was not read. */
export function textAt(record: WooRecord, path: string): string | null | undefined {
  const value = path.startsWith(META) ? metaOf(record, path.slice(META.length)) : at(record, path);
  if (value === null || value === undefined) return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : undefined;
}

function pathsIn(patch: WooRecord): readonly string[] {
  return Object.entries(patch).flatMap(([name, value]) => {
    if (name === 'meta_data') return objects(value).map(({ key }) => `${META}${String(key)}`);
    return isObject(value) ? Object.keys(value).map((part) => `${name}.${part}`) : [name];
  });
}

function at(record: WooRecord, path: string): unknown {
  let value: unknown = record;
  for (const name of path.split('.')) value = isObject(value) ? value[name] : undefined;
  return value;
}

/** Of several with the key the first. */
function metaOf({ meta_data: metas }: WooRecord, key: string): unknown {
  if (!Array.isArray(metas)) return undefined;
  const found = objects(metas).find((meta) => meta['key'] === key);
  return found === undefined ? null : found['value'];
}
