import { exception, nullPointer } from '../run/exception.ts';
import { current } from '../run/transaction.ts';
import { platformClass, type PlatformClass } from '../types/platform.ts';
import {
  ApexList,
  ApexMap,
  ApexSet,
  compareNumbers,
  equalValues,
  isCollection,
  isNumber,
  type Collection,
} from '../values/collections.ts';
import { ApexDate, ApexDatetime, ApexTime } from '../values/dates.ts';
import { placeSize } from '../values/size.ts';
import { SObjectValue } from '../values/sobject.ts';
import { textOf } from '../values/text.ts';
import { EnumValue, type Value } from '../values/value.ts';

/** Of an object of a class that is Comparable. */
interface Comparable {
  m_compareto$Object?: (this: Value, other: Value) => number | null;
}

/** A number or a text by which a value is sorted; undefined where it has none. */
function rankOf(value: Value): number | string | undefined {
  if (typeof value === 'string') return value;
  if (value instanceof ApexDatetime || value instanceof ApexTime) return value.ms;
  if (value instanceof ApexDate) return value.days;
  if (value instanceof EnumValue) return value.ordinal;
  return value instanceof SObjectValue ? textOf(value) : undefined;
}

/** The order in which lists are sorted: null first. */
function compareValues(one: Value, two: Value): number {
  if (one === null || two === null) return one === two ? 0 : one === null ? -1 : 1;
  if (isNumber(one) && isNumber(two)) return compareNumbers(one, two);
  const [a, b] = [rankOf(one), rankOf(two)];
  if (a !== undefined && b !== undefined) return a < b ? -1 : a > b ? 1 : 0;
  const compare = typeof one === 'object' && (one as Comparable).m_compareto$Object;
  if (compare) return compare.call(one, two) ?? 0;
  throw exception('ListException', 'One or more of the items in this list is not Comparable.');
}

/** What a loop or `addAll` goes through: a copy, which changes of the collection leave alone. */
export function valuesIn(collection: Value): readonly Value[] {
  if (collection instanceof ApexList) return [...collection.items];
  if (collection instanceof ApexSet) return collection.values();
  throw nullPointer();
}

export function itemAt(list: ApexList, at: number | null): Value {
  if (at === null) throw nullPointer();
  const item = list.items[at];
  if (item === undefined) throw exception('ListException', `List index out of bounds: ${at}`);
  return item;
}

export function setItem(list: ApexList, at: number | null, value: Value): Value {
  itemAt(list, at);
  list.items[at ?? 0] = value;
  takes(list, value);
  return value;
}

/** A collection takes an item. */
function takes(collection: Collection, item: Value): void {
  if (isCollection(item) && item !== collection) item.holder = collection;
  current().heap.grow(collection, placeSize(item));
}

/** A collection is there with all of its items. */
export function holds<One extends Collection>(collection: One): One {
  const size = collection instanceof ApexList ? collection.items.length : collection.size;
  if (size > 0) current().heap.grow(collection, size * placeSize(null));
  return collection;
}

const emptied = (): void => {
  current().heap.shrink();
};

const fresh = (value: Value): Value => (value instanceof SObjectValue ? value.clone(true) : value);

const lists = {
  'void add(E)': (list: ApexList, item: Value) => {
    list.items.push(item);
    takes(list, item);
  },
  'void add(Integer, E)': (list: ApexList, at: number, item: Value) => {
    if (at < 0 || at > list.items.length) {
      throw exception('ListException', `List index out of bounds: ${at}`);
    }
    list.items.splice(at, 0, item);
    takes(list, item);
  },
  'void addAll(Iterable<E>)': (list: ApexList, items: Value) => {
    for (const one of valuesIn(items)) {
      list.items.push(one);
      takes(list, one);
    }
  },
  'E get(Integer)': itemAt,
  'void set(Integer, E)': setItem,
  'E remove(Integer)': (list: ApexList, at: number) => {
    const item = itemAt(list, at);
    list.items.splice(at, 1);
    return item;
  },
  'Integer size()': (list: ApexList) => list.items.length,
  'Boolean isEmpty()': (list: ApexList) => list.items.length === 0,
  'Boolean contains(E)': (list: ApexList, item: Value) =>
    list.items.some((one) => equalValues(one, item)),
  'Integer indexOf(E)': (list: ApexList, item: Value) =>
    list.items.findIndex((one) => equalValues(one, item)),
  'void clear()': (list: ApexList) => {
    list.items = [];
    emptied();
  },
  'void sort()': (list: ApexList) => {
    list.items.sort(compareValues);
  },
  'List<E> clone()': (list: ApexList) => holds(new ApexList(list.item, [...list.items])),
  'List<E> deepClone()': (list: ApexList) =>
    holds(
      new ApexList(
        list.item,
        list.items.map((one) => (one instanceof SObjectValue ? one.clone(false) : one)),
      ),
    ),
  'Boolean equals(Object)': equalValues,
  'String toString()': textOf,
};

function addTo(set: ApexSet, item: Value): boolean {
  const isNew = set.add(item);
  if (isNew) takes(set, item);
  return isNew;
}

function putInto(map: ApexMap, key: Value, value: Value): Value {
  const before = map.put(key, value);
  takes(map, value);
  if (typeof key === 'string') current().heap.grow(map, key.length);
  return before;
}

const sets = {
  'Boolean add(E)': addTo,
  'Boolean addAll(Iterable<E>)': (set: ApexSet, items: Value) =>
    valuesIn(items)
      .map((one) => addTo(set, one))
      .includes(true),
  'Boolean contains(E)': (set: ApexSet, item: Value) => set.has(item),
  'Boolean containsAll(Iterable<E>)': (set: ApexSet, items: Value) =>
    valuesIn(items).every((one) => set.has(one)),
  'Boolean remove(E)': (set: ApexSet, item: Value) => set.remove(item),
  'Boolean removeAll(Iterable<E>)': (set: ApexSet, items: Value) =>
    valuesIn(items)
      .map((one) => set.remove(one))
      .includes(true),
  'Boolean retainAll(Iterable<E>)': (set: ApexSet, items: Value) => {
    const kept = new ApexSet(set.item, valuesIn(items));
    const gone = set.values().filter((one) => !kept.has(one));
    for (const one of gone) set.remove(one);
    return gone.length > 0;
  },
  'Integer size()': (set: ApexSet) => set.size,
  'Boolean isEmpty()': (set: ApexSet) => set.size === 0,
  'void clear()': (set: ApexSet) => {
    set.clear();
    emptied();
  },
  'Set<E> clone()': (set: ApexSet) => holds(new ApexSet(set.item, set.values())),
  'Boolean equals(Object)': equalValues,
  'String toString()': textOf,
};

const maps = {
  'V get(K)': (map: ApexMap, key: Value) => map.get(key),
  'V put(K, V)': putInto,
  'void putAll(Map<K,V>)': (map: ApexMap, others: ApexMap) => {
    for (const [key, value] of others.entries()) putInto(map, key, value);
  },
  'void putAll(List<SObject>)': (map: ApexMap, records: ApexList) => {
    for (const one of records.items) putInto(map, (one as SObjectValue).get('Id'), one);
  },
  'Boolean containsKey(K)': (map: ApexMap, key: Value) => map.has(key),
  'V remove(K)': (map: ApexMap, key: Value) => map.remove(key),
  'Set<K> keySet()': (map: ApexMap) => holds(new ApexSet(map.key, map.keys())),
  'List<V> values()': (map: ApexMap) => holds(new ApexList(map.value, map.values())),
  'Integer size()': (map: ApexMap) => map.size,
  'Boolean isEmpty()': (map: ApexMap) => map.size === 0,
  'void clear()': (map: ApexMap) => {
    map.clear();
    emptied();
  },
  'Map<K,V> clone()': (map: ApexMap) => holds(new ApexMap(map.key, map.value, map.entries())),
  'Map<K,V> deepClone()': (map: ApexMap) =>
    holds(
      new ApexMap(
        ...([map.key, map.value] as const),
        map.entries().map(([key, value]) => [key, fresh(value)] as const),
      ),
    ),
  'Boolean equals(Object)': equalValues,
  'String toString()': textOf,
};

/** A new collection of the type, filled from another one where that is given. */
export function newCollection(
  kind: string,
  args: readonly string[],
  from?: Value,
): ApexList | ApexSet | ApexMap {
  const [one = 'Object', two = 'Object'] = args;
  if (from === null) throw nullPointer();
  if (kind !== 'Map') {
    const values = from === undefined || typeof from === 'number' ? [] : valuesIn(from);
    return holds(kind === 'List' ? new ApexList(one, [...values]) : new ApexSet(one, values));
  }
  if (from instanceof ApexMap) return holds(new ApexMap(one, two, from.entries()));
  const rows = from === undefined ? [] : valuesIn(from);
  return holds(
    new ApexMap(
      ...([one, two] as const),
      rows.map((row) => [(row as SObjectValue).get('Id'), row] as const),
    ),
  );
}

export const collectionClasses: readonly PlatformClass[] = [
  platformClass('Iterable', {}, { generics: ['E'] }),
  platformClass('List', lists, { generics: ['E'], interfaces: ['Iterable<E>'] }),
  platformClass('Set', sets, { generics: ['E'], interfaces: ['Iterable<E>'] }),
  platformClass('Map', maps, { generics: ['K', 'V'] }),
];
