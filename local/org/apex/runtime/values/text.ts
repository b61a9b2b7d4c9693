import { ApexList, ApexMap, ApexSet } from './collections.ts';
import { SObjectValue } from './sobject.ts';
import type { Value } from './value.ts';

/** A value as `String.valueOf` and `+` write it. */
export function textOf(value: Value): string {
  if (typeof value === 'string') return value;
  if (value === null) return 'null';
  if (value instanceof ApexList) return `(${value.items.map(textOf).join(', ')})`;
  if (value instanceof ApexSet) return `{${value.values().map(textOf).join(', ')}}`;
  if (value instanceof ApexMap) {
    return `{${value
      .entries()
      .map(([key, one]) => `${textOf(key)}=${textOf(one)}`)
      .join(', ')}}`;
  }
  if (value instanceof SObjectValue) {
    const fields = value.entries().map(([name, one]) => `${name}=${textOf(one)}`);
    return `${value.type}:{${fields.join(', ')}}`;
  }
  // oxlint-disable-next-line typescript/no-base-to-string -- every class of values says itself what it is
  return String(value);
}
