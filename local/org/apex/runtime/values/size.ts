import { ApexList, ApexMap, ApexSet, isCollection } from './collections.ts';
import { SObjectValue } from './sobject.ts';
import { ApexBlob, type Value } from './value.ts';

/** Bytes of an object, and of a place for a value in it. */
const OBJECT = 8;
const PLACE = 4;
const NUMBER = 8;

/** Of an object of a class: its variables, whose names the compiler has made. */
const variablesOf = (value: object): readonly Value[] =>
  '$class' in value
    ? Object.entries(value).flatMap(([name, one]) => (name.startsWith('f_') ? [one as Value] : []))
    : [];

function partsOf(value: object): readonly Value[] {
  if (value instanceof ApexList) return value.items;
  if (value instanceof ApexSet) return value.values();
  if (value instanceof ApexMap) return value.entries().flat();
  if (value instanceof SObjectValue) return [...value.fields.values()];
  return variablesOf(value);
}

/** Bytes of a value without what it holds: of a text a byte for each character. */
function ownSize(value: Value): number {
  switch (typeof value) {
    case 'string':
      return value.length;
    case 'boolean':
      return 1;
    case 'number':
      return PLACE;
    case 'object':
      if (value === null) return 0;
      return value instanceof ApexBlob ? value.bytes.length : OBJECT;
    default:
      return NUMBER;
  }
}

/** Bytes of a value in a collection, as far as they are its own or of values in it that are no objects. */
export function placeSize(value: Value): number {
  if (typeof value !== 'object' || value === null || isCollection(value)) {
    return PLACE + ownSize(value);
  }
  return partsOf(value).reduce<number>(
    (sum, one) => sum + PLACE + ownSize(one),
    PLACE + ownSize(value),
  );
}

/**
 * Bytes that values hold on the heap, near what Salesforce counts: it documents no sizes. What several of them hold
 * counts once.
 * @param seen is filled with the objects
 */
export function sizeOf(values: readonly Value[], seen = new Set<object>()): number {
  const open = [...values];
  let size = 0;
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value === 'object' && value !== null) {
      if (seen.has(value)) continue;
      seen.add(value);
      const parts = partsOf(value);
      size += parts.length * PLACE;
      for (const one of parts) open.push(one);
    }
    size += ownSize(value);
  }
  return size;
}
