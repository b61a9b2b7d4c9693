import { isObject } from '../model/json-shape.ts';
import type { WooRecord } from '../model/record.ts';

/**
 * One change of a record out of several: groups of values such as `dimensions` are joined, and so are custom
 * fields; of what two of them name the later one counts.
 */
export function mergePatches(patches: readonly WooRecord[]): WooRecord {
  return patches.reduce<WooRecord>(merged, {});
}

function merged(one: WooRecord, other: WooRecord): WooRecord {
  const both = Object.entries(other).map(([name, value]) => {
    const before = Object.hasOwn(one, name) ? one[name] : undefined;
    return [name, joined(name, before, value)] as const;
  });
  return { ...one, ...Object.fromEntries(both) };
}

function joined(name: string, before: unknown, value: unknown): unknown {
  if (isObject(before) && isObject(value)) return merged(before, value);
  if (name !== 'meta_data' || !Array.isArray(before) || !Array.isArray(value)) return value;
  const entries: readonly unknown[] = [...(before as unknown[]), ...(value as unknown[])];
  return [...new Map(entries.map((entry) => [identity(entry), entry])).values()];
}

/** A custom field is named by its id where it has one, since keys can repeat. */
function identity(entry: unknown): unknown {
  return isObject(entry) ? (entry['id'] ?? entry['key']) : entry;
}
