import { ApexDate, ApexDatetime, ApexTime } from './dates.ts';
import { Decimal, Double } from './decimal.ts';
import { SObjectValue } from './sobject.ts';
import { EnumValue, TypeValue, ApexBlob, type Value } from './value.ts';

/** Of an object of a class that says by itself what equals it. */
interface Comparing {
  m_equals$Object?: (this: Value, other: Value) => boolean | null;
  m_hashcode$?: (this: Value) => number | null;
}

/** Whether keys of sets and maps, and what assertions compare, are the same: texts by their case. */
export function equalValues(one: Value, two: Value): boolean {
  if (one === two) return true;
  if (one === null || two === null) return false;
  if (isNumber(one) && isNumber(two)) return sameNumber(one, two);
  if (typeof one !== 'object' || typeof two !== 'object') return false;
  const own = (one as Comparing).m_equals$Object;
  if (own) return own.call(one, two) === true;
  return equalCollections(one, two) ?? keyOf(one) === keyOf(two);
}

/** Undefined where they are no collections of one kind. */
function equalCollections(one: object, two: object): boolean | undefined {
  if (one instanceof ApexList && two instanceof ApexList) return equalItems(one.items, two.items);
  if (one instanceof ApexSet && two instanceof ApexSet) {
    return one.size === two.size && one.values().every((value) => two.has(value));
  }
  if (!(one instanceof ApexMap) || !(two instanceof ApexMap)) return undefined;
  return (
    one.size === two.size &&
    one.entries().every(([key, value]) => two.has(key) && equalValues(value, two.get(key)))
  );
}

const equalItems = (one: readonly Value[], two: readonly Value[]): boolean =>
  one.length === two.length && one.every((value, at) => equalValues(value, two[at] ?? null));

export const isNumber = (value: Value): value is number | bigint | Decimal | Double =>
  typeof value === 'number' ||
  typeof value === 'bigint' ||
  value instanceof Decimal ||
  value instanceof Double;

const asDecimal = (value: number | bigint | Decimal): Decimal =>
  value instanceof Decimal ? value : new Decimal(BigInt(value));

/** The order of two numbers of any types. */
export function compareNumbers(
  one: number | bigint | Decimal | Double,
  two: number | bigint | Decimal | Double,
): number {
  if (one instanceof Double || two instanceof Double) {
    const [a, b] = [toDouble(one), toDouble(two)];
    return a < b ? -1 : a > b ? 1 : 0;
  }
  if (!(one instanceof Decimal) && !(two instanceof Decimal))
    return one < two ? -1 : one > two ? 1 : 0;
  return asDecimal(one).compare(asDecimal(two));
}

export function toDouble(value: number | bigint | Decimal | Double): number {
  if (value instanceof Double) return value.value;
  return value instanceof Decimal ? value.toNumber() : Number(value);
}

const sameNumber = (
  one: number | bigint | Decimal | Double,
  two: number | bigint | Decimal | Double,
): boolean => compareNumbers(one, two) === 0;

/** What a set or a map finds a value by: the same for equal values, the value itself where nothing else is equal. */
function keyOf(value: Value): unknown {
  if (value === null || typeof value !== 'object') return value;
  return scalarKey(value) ?? collectionKey(value) ?? ownKey(value);
}

function scalarKey(value: object): string | undefined {
  if (value instanceof Decimal) return `\0decimal ${value.stripped().toString()}`;
  if (value instanceof Double) return `\0double ${value.value}`;
  if (value instanceof ApexDate) return `\0date ${value.days}`;
  if (value instanceof ApexDatetime) return `\0datetime ${value.ms}`;
  if (value instanceof ApexTime) return `\0time ${value.ms}`;
  if (value instanceof EnumValue) return `\0enum ${value.type}.${value.name}`;
  if (value instanceof TypeValue) return `\0type ${value.name}`;
  return value instanceof ApexBlob ? `\0blob ${value.bytes.toString('base64')}` : undefined;
}

function collectionKey(value: object): string | undefined {
  if (value instanceof ApexList) return `\0list ${value.items.map(textOfKey).join()}`;
  if (value instanceof ApexSet) return `\0set ${value.values().map(textOfKey).sort().join()}`;
  if (value instanceof ApexMap) {
    const pairs = value.entries().map(([key, one]) => `${textOfKey(key)}=${textOfKey(one)}`);
    return `\0map ${pairs.sort().join()}`;
  }
  if (!(value instanceof SObjectValue)) return undefined;
  const fields = [...value.fields].map(([name, one]) => `${name}=${textOfKey(one)}`);
  return `\0record ${value.type} ${fields.sort().join()}`;
}

/** An object of a class by what it says, or by itself. */
function ownKey(value: object): unknown {
  const own = (value as Comparing).m_hashcode$;
  return own ? `\0hash ${own.call(value)}` : value;
}

const numbers = new WeakMap<object, number>();
let counted = 0;

/** A text for a value inside a key; objects by a number of their own. */
function textOfKey(value: Value): string {
  const key = keyOf(value);
  if (typeof key !== 'object' || key === null) return `${typeof key}:${String(key)}`;
  const known = numbers.get(key) ?? ++counted;
  numbers.set(key, known);
  return `object:${known}`;
}

export type Collection = ApexList | ApexSet | ApexMap;

export const isCollection = (value: Value): value is Collection =>
  value instanceof ApexList || value instanceof ApexSet || value instanceof ApexMap;

export class ApexList {
  /** The collection that it was put into. */
  holder: Collection | undefined;
  /** Of its items: `String`. */
  readonly item: string;
  items: Value[];
  /** Made by a query: it may stand for its one row. */
  readonly isQuery: boolean;

  constructor(item: string, items: Value[] = [], isQuery = false) {
    this.item = item;
    this.items = items;
    this.isQuery = isQuery;
  }
}

export class ApexSet {
  holder: Collection | undefined;
  readonly item: string;
  private readonly byKey = new Map<unknown, Value>();

  constructor(item: string, values: Iterable<Value> = []) {
    this.item = item;
    for (const value of values) this.add(value);
  }

  get size(): number {
    return this.byKey.size;
  }

  has(value: Value): boolean {
    return this.byKey.has(keyOf(value));
  }

  /** @returns whether it was not there */
  add(value: Value): boolean {
    const key = keyOf(value);
    if (this.byKey.has(key)) return false;
    this.byKey.set(key, value);
    return true;
  }

  remove(value: Value): boolean {
    return this.byKey.delete(keyOf(value));
  }

  clear(): void {
    this.byKey.clear();
  }

  values(): Value[] {
    return [...this.byKey.values()];
  }
}

export class ApexMap {
  holder: Collection | undefined;
  readonly key: string;
  readonly value: string;
  private readonly byKey = new Map<unknown, [Value, Value]>();

  constructor(key: string, value: string, entries: Iterable<readonly [Value, Value]> = []) {
    this.key = key;
    this.value = value;
    for (const [one, two] of entries) this.put(one, two);
  }

  get size(): number {
    return this.byKey.size;
  }

  has(key: Value): boolean {
    return this.byKey.has(keyOf(key));
  }

  get(key: Value): Value {
    return this.byKey.get(keyOf(key))?.[1] ?? null;
  }

  /** @returns what was there */
  put(key: Value, value: Value): Value {
    const found = keyOf(key);
    const entry = this.byKey.get(found);
    if (!entry) {
      this.byKey.set(found, [key, value]);
      return null;
    }
    const [, before] = entry;
    entry[1] = value;
    return before;
  }

  remove(key: Value): Value {
    const before = this.get(key);
    this.byKey.delete(keyOf(key));
    return before;
  }

  clear(): void {
    this.byKey.clear();
  }

  keys(): Value[] {
    return [...this.byKey.values()].map(([key]) => key);
  }

  values(): Value[] {
    return [...this.byKey.values()].map(([, value]) => value);
  }

  entries(): (readonly [Value, Value])[] {
    return [...this.byKey.values()];
  }
}
