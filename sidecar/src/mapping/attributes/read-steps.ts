import { isObject, objects } from '../model/json-shape.ts';
import { Refusal } from '../model/refusal.ts';
import { parseStructured } from '../values/structured-text.ts';

/** Which of several custom fields of one key is meant, from 1: `coupon#2`. */
export const NUMBERED = /^(.+)#([1-9]\d{0,3})$/;

/**
 * One part of a path. A text that holds JSON, or what PHP has serialised, is taken apart; nothing is below null, a
 * number or any other text: that is empty, not absent.
 * @returns a Refusal where the text is broken
 */
export function step(held: unknown, segment: string): unknown {
  const value = typeof held === 'string' ? parseStructured(held) : held;
  if (value === undefined || value instanceof Refusal) return value;
  if (Array.isArray(value)) {
    if (/^\d+$/.test(segment)) return (value[Number(segment)] as unknown) ?? null;
    const parts = value.map((element) => step(element, segment));
    const refused = parts.find((part) => part instanceof Refusal);
    return refused ?? parts.filter((part) => part !== undefined);
  }
  if (!isObject(value)) return null;
  return Object.hasOwn(value, segment) ? value[segment] : undefined;
}

/** The value of a custom field, or a part of it. Keys may hold dots themselves, so the longest one that is there wins. */
export function meta(list: unknown, segments: readonly string[]): unknown {
  if (!Array.isArray(list)) return undefined;
  const entries = objects(list);
  for (let length = segments.length; length > 0; length -= 1) {
    const found = entry(entries, segments.slice(0, length).join('.'));
    if (found) return segments.slice(length).reduce(step, found['value']) ?? null;
  }
  return null;
}

/** A key that ends like a number of ours, such as `Engraving #2`, is itself before it is a number. */
function entry(entries: ReturnType<typeof objects>, name: string) {
  const own = entries.find(({ key }) => key === name);
  if (own !== undefined) return own;
  const [, wanted, number] = NUMBERED.exec(name) ?? [];
  if (wanted === undefined) return undefined;
  return entries.filter(({ key }) => key === wanted)[Number(number) - 1];
}
