import { toId18 } from '../../../model/ids.ts';
import { ApexException } from '../run/exception.ts';
import { current } from '../run/transaction.ts';
import { parseType, type Type } from '../types/type.ts';
import { ApexList, ApexMap, ApexSet } from '../values/collections.ts';
import { ApexDate, ApexDatetime, ApexTime } from '../values/dates.ts';
import { Decimal, Double } from '../values/decimal.ts';
import { SObjectValue } from '../values/sobject.ts';
import { ApexBlob, EnumValue, PlatformObject, TypeValue, type Value } from '../values/value.ts';

export const isDatetime = (value: Value): value is ApexDatetime => value instanceof ApexDatetime;

/** An object of a class of the program. */
export interface Instance {
  readonly $class: { readonly name: string; readonly supertypes: readonly string[] };
}

export const isClassInstance = (value: Value): value is Value & Instance =>
  typeof value === 'object' && value !== null && '$class' in value;

const ofObjects: readonly (readonly [new (...args: never[]) => object, string])[] = [
  ...([
    [Decimal, 'Decimal'],
    [Double, 'Double'],
    [ApexBlob, 'Blob'],
    [ApexDate, 'Date'],
  ] as const),
  ...([
    [ApexDatetime, 'Datetime'],
    [ApexTime, 'Time'],
    [TypeValue, 'Type'],
  ] as const),
];

const ofPlain: Readonly<Record<string, string>> = {
  string: 'String',
  boolean: 'Boolean',
  number: 'Integer',
  bigint: 'Long',
};

/** The type that a value has while it runs. */
export function typeNameOf(value: Value): string {
  if (value === null) return 'null';
  const plain = ofPlain[typeof value];
  if (plain !== undefined) return plain;
  if (value instanceof ApexList) return `List<${value.item}>`;
  if (value instanceof ApexSet) return `Set<${value.item}>`;
  if (value instanceof ApexMap) return `Map<${value.key},${value.value}>`;
  if (value instanceof SObjectValue || value instanceof EnumValue) return value.type;
  if (isClassInstance(value)) return value.$class.name;
  if (value instanceof ApexException) return value.typeName.replace(/^System\./, '');
  if (value instanceof PlatformObject) return value.apexType;
  return ofObjects.find(([kind]) => value instanceof kind)?.[1] ?? 'Object';
}

/** Numbers go for wider ones. */
const wider: Readonly<Record<string, readonly string[]>> = {
  integer: ['long', 'double', 'decimal'],
  long: ['double', 'decimal'],
  double: ['decimal'],
  decimal: ['double'],
};

const known = new Map<string, Type>();

function typeNamed(text: string): Type {
  const found = known.get(text) ?? parseType(text);
  known.set(text, found);
  return found;
}

/** Whether a collection of one type may stand for that of another. */
function fits(from: Type, to: Type): boolean {
  const [one, other] = [from.name.toLowerCase(), to.name.toLowerCase()];
  if (from === to || other === 'object') return true;
  if (from.args.length !== to.args.length) return false;
  if (from.args.length === 0) {
    if (one === other) return true;
    if (other === 'sobject') return isRecordType(from.name);
    if (one === 'sobject') return isRecordType(to.name);
    const supertypes = current().program.classes.find(
      ({ outline }) => outline.name.toLowerCase() === one,
    )?.outline.supertypes;
    return supertypes?.includes(other) ?? false;
  }
  return one === other && from.args.every((arg, at) => fits(arg, to.args[at] ?? arg));
}

const isRecordType = (name: string): boolean => current().host.object(name, 'system') !== undefined;

/** `value instanceof Type`, by the type that the value has while it runs. */
export function isInstance(value: Value, text: string): boolean {
  if (value === null) return false;
  const type = typeNamed(text);
  const wanted = type.name.toLowerCase();
  if (wanted === 'object') return true;
  if (typeof value === 'string') {
    return wanted === 'string' || (wanted === 'id' && toId18(value) !== undefined);
  }
  if (type.args.length > 0) return fits(typeNamed(typeNameOf(value)), type);
  const own = typeNameOf(value).toLowerCase();
  return own === wanted || (supertypesOf(value)?.includes(wanted) ?? false) || isWider(own, wanted);
}

const isWider = (own: string, wanted: string): boolean => wider[own]?.includes(wanted) ?? false;

/** In lower case; undefined for values that have none. */
function supertypesOf(value: Value): readonly string[] | undefined {
  if (isClassInstance(value)) return value.$class.supertypes;
  if (value instanceof SObjectValue) return ['sobject'];
  if (value instanceof ApexException) return ['exception'];
  return value instanceof PlatformObject ? kinds[value.apexType] : undefined;
}

/** Classes of the platform that others stand under. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  'Metadata.CustomMetadata': ['metadata.metadata'],
};
