import type { WooRecord } from './record.ts';

/** Whether the value is a JSON object, and no list. */
export function isObject(value: unknown): value is WooRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member of a JSON object; undefined where the object or the member is missing. */
export function member(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The objects of a list; none where there is no list. */
export function objects(value: unknown): readonly WooRecord[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A text without outer blanks; '' for anything that is no text. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}
