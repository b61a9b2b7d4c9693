import { memberAt, platformNamed } from '../library/library.ts';
import { holds, itemAt, newCollection, setItem, valuesIn } from '../library/collections.ts';
import { isInstance, typeNameOf } from '../library/conversions.ts';
import { toDecimal, toInteger, wholeOf } from '../library/numbers.ts';
import { fieldValue, objectNamed, objectToken, requireWritable } from '../library/schema.ts';
import { idOf } from '../library/strings.ts';
import { toId18 } from '../../../model/ids.ts';
import type { PlatformMember } from '../types/platform.ts';
import {
  ApexList,
  ApexMap,
  ApexSet,
  compareNumbers,
  equalValues,
  isNumber,
  toDouble,
} from '../values/collections.ts';
import { ApexDate, ApexDatetime, ApexTime } from '../values/dates.ts';
import { Decimal, Double } from '../values/decimal.ts';
import { enumValue, enumValues } from '../values/enums.ts';
import { SObjectValue } from '../values/sobject.ts';
import { textOf } from '../values/text.ts';
import { ApexBlob, TypeValue, type EnumValue, type Value } from '../values/value.ts';
import {
  ApexException,
  exception,
  LimitFault,
  NotEmulated,
  nullPointer,
} from '../run/exception.ts';
import { MAX_DEPTH, type SharingWord } from '../run/frames.ts';
import { LARGE } from '../run/heap.ts';
import type { Access, DmlVerb, Host } from '../run/host.ts';
import type {
  ApexObject,
  ClassOutline,
  LinkedClass,
  LinkedProgram,
  Program,
} from '../run/linked.ts';
import { count, oneRow, query, rowOrNull, rowsOf, save } from '../run/records.ts';
import { current, type Statics } from '../run/transaction.ts';

type Numeric = number | bigint | Decimal | Double;

/** Objects of classes of a program. */
class Base {
  declare readonly $class: ClassOutline;

  toString(): string {
    const own = this as unknown as { m_tostring$?(): string | null };
    if (own.m_tostring$) return own.m_tostring$() ?? 'null';
    const values = this as unknown as Readonly<Record<string, Value>>;
    const fields = this.$class.fields.map(
      ({ name }) => `${name}=${textOf(values[`f_${name.toLowerCase()}`] ?? null)}`,
    );
    return `${this.$class.name}:[${fields.join(', ')}]`;
  }
}

type Call = (...args: Value[]) => Value;

/** A large value has to fit onto the heap. */
function large<One extends Value>(value: One, bytes: number): One {
  current().heap.require(bytes);
  return value;
}

/** Functions that make texts and blobs, with the limit of the heap. */
function bounded(call: Call, returns: string): Call {
  if (returns === 'String') {
    return (...args) => {
      const value = call(...args);
      return typeof value === 'string' && value.length >= LARGE
        ? large(value, value.length)
        : value;
    };
  }
  if (returns !== 'Blob') return call;
  return (...args) => {
    const value = call(...args);
    return value instanceof ApexBlob && value.bytes.length >= LARGE
      ? large(value, value.bytes.length)
      : value;
  };
}

/** A function of the platform behind a test of its arguments: those that may not be null are not. */
function guarded({ nullable, run, isStatic, kind, returns }: PlatformMember): Call {
  const call = bounded(run as unknown as Call, returns.name);
  const first = isStatic || kind === 'constructor' ? 0 : 1;
  if (nullable.every((one) => one)) return call;
  return (...args) => {
    for (let at = 0; at < nullable.length; at++) {
      if (args[first + at] === null && nullable[at] !== true) {
        throw exception('NullPointerException', `Argument ${at + 1} cannot be null`);
      }
    }
    return call(...args);
  };
}

/** A value in the text of a query. */
function soqlValue(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'string') {
    return `'${value.replaceAll('\\', String.raw`\\`).replaceAll("'", String.raw`\'`)}'`;
  }
  if (value instanceof ApexDatetime) return value.iso();
  if (value instanceof ApexDate) return value.iso();
  if (value instanceof SObjectValue) return soqlValue(value.get('Id'));
  if (value instanceof ApexList) return `(${value.items.map(soqlValue).join(',')})`;
  if (value instanceof ApexSet) return `(${value.values().map(soqlValue).join(',')})`;
  if (value instanceof ApexMap) return `(${value.keys().map(soqlValue).join(',')})`;
  return textOf(value);
}

/** A query with its values. A list without items finds nothing. */
function soqlOf(texts: readonly string[], values: readonly Value[]): string {
  const [first = '', ...more] = texts;
  return more.reduce((text, next, at) => {
    const value = soqlValue(values[at] ?? null);
    return `${text}${value === '()' ? "('')" : value}${next}`;
  }, first);
}

const optional =
  <From extends Value, To extends Value>(make: (value: From) => To) =>
  (value: From | null): To | null =>
    value === null ? null : make(value);

function sameText(one: string | null, two: string | null): boolean {
  if (one === two) return true;
  return (
    one !== null &&
    two !== null &&
    one.length === two.length &&
    one.toLowerCase() === two.toLowerCase()
  );
}

function same(one: Value, two: Value): boolean {
  if (typeof one === 'string' && typeof two === 'string') return sameText(one, two);
  return equalValues(one, two);
}

const sameId = (one: string | null, two: string | null): boolean =>
  one === two || (one !== null && two !== null && (toId18(one) ?? one) === (toId18(two) ?? two));

/** Below zero where the first comes before; a comparison with null is never true. */
function order(one: Value, two: Value): number {
  if (one === null || two === null) {
    if (isNumber(one) || isNumber(two)) throw nullPointer();
    return Number.NaN;
  }
  if (isNumber(one) && isNumber(two)) return compareNumbers(one, two);
  if (typeof one === 'string' && typeof two === 'string') {
    const [a, b] = [one.toLowerCase(), two.toLowerCase()];
    return a < b ? -1 : a > b ? 1 : 0;
  }
  if (one instanceof ApexDate && two instanceof ApexDate) return one.days - two.days;
  return (one as ApexDatetime | ApexTime).ms - (two as ApexDatetime | ApexTime).ms;
}

const byZero = () => exception('MathException', 'Divide by 0');

function doubles(operator: string, one: Double, two: Double): Double {
  const [a, b] = [one.value, two.value];
  if (operator === '/' && b === 0) throw byZero();
  return new Double(
    operator === '+' ? a + b : operator === '-' ? a - b : operator === '*' ? a * b : a / b,
  );
}

function addTime(from: ApexDate | ApexDatetime | ApexTime, by: Numeric, sign: number) {
  const days = toDouble(by) * sign;
  if (from instanceof ApexDate) return new ApexDate(from.days + Math.trunc(days));
  if (from instanceof ApexTime) return new ApexTime(from.ms + days);
  return new ApexDatetime(from.ms + Math.round(days * 86_400_000));
}

function cast(value: Value, type: string): Value {
  if (value === null || isInstance(value, type)) return value;
  if (type === 'Decimal' && isNumber(value)) return toDecimal(value);
  throw exception(
    'TypeException',
    `Invalid conversion from runtime type ${typeNameOf(value)} to ${type}`,
  );
}

function fieldOf(record: SObjectValue, name: string): Value {
  return fieldValue(record, name);
}

/** The record that a lookup leads to; null where it leads nowhere. */
const parent = (record: SObjectValue, name: string): Value => record.get(name);

const children = (record: SObjectValue, name: string): Value =>
  record.get(name) ?? new ApexList('SObject');

function put(record: SObjectValue, name: string, value: Value): Value {
  requireWritable(record);
  const { fields } = objectNamed(record.type);
  const found = fields.find((one) => one.name.toLowerCase() === name.toLowerCase());
  record.put(found?.name ?? name, value);
  return value;
}

function recordWith(type: string, pairs: readonly (readonly [string, Value])[]): SObjectValue {
  const record = new SObjectValue(type);
  for (const [name, value] of pairs) record.put(name, value);
  return record;
}

const metadataOf = (type: string): readonly SObjectValue[] => {
  const object = current().host.object(type, 'system');
  return object ? current().host.metadataRows(object) : [];
};

/** Ends what JavaScript itself stops: methods inside each other beyond its own stack are beyond Apex's too. */
function caught(error: unknown): ApexException {
  if (error instanceof ApexException && !current().isAbandoned) return error;
  if (error instanceof RangeError && /call stack/i.test(error.message)) {
    throw new LimitFault(`Maximum stack depth reached: ${MAX_DEPTH + 1}`);
  }
  throw error;
}

function fill(target: ApexException, text?: string | null, reason?: Value): ApexException {
  if (text !== undefined) target.text = text;
  if (reason !== undefined) target.reason = reason;
  return target;
}

function* chunks(list: ApexList): Generator<ApexList> {
  for (let at = 0; at < list.items.length; at += 200) {
    yield new ApexList(list.item, list.items.slice(at, at + 200));
  }
}

/** What the code of a program calls, besides its own. */
const functions = {
  /** Code that was deployed before the compiler refused it. */
  refused: (message: string): never => {
    throw new NotEmulated(`code that does not compile: ${message}`);
  },
  n: (value: Value): Value => {
    if (value === null) throw nullPointer();
    return value;
  },
  yes: (value: boolean | null): boolean => {
    if (value === null) throw nullPointer();
    return value;
  },
  text: textOf,
  joined: (text: string): string => (text.length < LARGE ? text : large(text, text.length)),
  toLong: optional((value: number) => BigInt(value)),
  toDecimal: optional(toDecimal),
  toDouble: optional((value: Numeric) => new Double(toDouble(value))),
  toInteger: optional(toInteger),
  toWhole: optional(wholeOf),
  toId: optional(idOf),
  toDatetime: optional((value: ApexDate) => new ApexDatetime(value.days * 86_400_000)),
  decimal: (text: string) => Decimal.parse(text) ?? new Decimal(0n),
  double: (value: number) => new Double(value),
  same,
  sameText,
  sameId,
  order,
  doubles,
  addTime,
  cast,
  isInstance,
  divideIntegers: (one: number, two: number): number => {
    if (two === 0) throw byZero();
    return Math.trunc(one / two) | 0;
  },
  divideLongs: (one: bigint, two: bigint): bigint => {
    if (two === 0n) throw byZero();
    return one / two;
  },
  divide: (one: Decimal, two: Decimal): Decimal => {
    if (two.unscaled === 0n) throw byZero();
    return one.over(two);
  },
  item: itemAt,
  setItem,
  values: valuesIn,
  chunks,
  collection: newCollection,
  filled: (kind: string, item: string, values: Value[]) =>
    holds(kind === 'Set' ? new ApexSet(item, values) : new ApexList(item, values)),
  map: (key: string, value: string, pairs: (readonly [Value, Value])[]) =>
    holds(new ApexMap(key, value, pairs)),
  array: (item: string, size: number) =>
    holds(
      new ApexList(
        item,
        Array.from({ length: size }, () => null),
      ),
    ),
  field: fieldOf,
  parent,
  children,
  put,
  record: recordWith,
  oneRow,
  rowOrNull,
  caught,
  fieldError: (record: SObjectValue, field: string, message: string) => {
    record.errors.push({ message, field });
  },
  typeValue: (name: string) => new TypeValue(name),
  objectToken,
  fillException: fill,
  goesOn: () => !current().isAbandoned,
  query: (texts: string[], values: Value[], access: Access) => query(soqlOf(texts, values), access),
  rows: (texts: string[], values: Value[], access: Access) => rowsOf(soqlOf(texts, values), access),
  count: (texts: string[], values: Value[], access: Access) => count(soqlOf(texts, values), access),
  dml: (verb: DmlVerb, records: Value, access: Access, by?: string) => {
    save(verb, records, { access, allOrNone: true, by });
  },
  metadataRows: (type: string) =>
    new ApexMap(
      ...(['String', type] as const),
      metadataOf(type).map((one) => [one.get('DeveloperName'), one] as const),
    ),
  metadataRow: (type: string, name: string) =>
    metadataOf(type).find((one) => sameText(textOf(one.get('DeveloperName')), name)) ?? null,
  tick: () => {
    current().usage.tick();
  },
  runAs: (user: SObjectValue): Host => {
    const before = current().host;
    if (!current().isTest) {
      throw exception('SecurityException', 'System.runAs() is allowed only in tests');
    }
    // A user that was not inserted is now.
    if (user.get('Id') === null) save('insert', user, { access: 'system', allOrNone: true });
    current().host = before.as(textOf(user.get('Id')));
    return before;
  },
  runAgain: (before: Host) => {
    current().host = before;
  },
  future: (name: string, run: () => void) => {
    if (current().queuedAs === 'future') {
      throw exception(
        'AsyncException',
        `Future method cannot be called from a future or batch method: ${name}`,
      );
    }
    current().usage.use('futureCalls');
    current().queued.push({ kind: 'future', name, run });
  },
  platformValue: (type: string, name: string): EnumValue =>
    enumValue(type, platformNamed(type)?.values ?? [], name),
  link: (link: string) => guarded(memberAt(link)),
  linkSetter: (link: string) => memberAt(link).set,
  Base,
  Exception: ApexException,
};

/** Coverage and the stack: each method tells where it is. */
class Stack {
  private readonly units: number[] = [];

  readonly enter = (unit: number, name: string, sharing: SharingWord = ''): void => {
    const { frames } = current();
    if (frames.depth >= MAX_DEPTH) {
      throw new LimitFault(`Maximum stack depth reached: ${MAX_DEPTH + 1}`);
    }
    this.units[frames.depth] = unit;
    frames.enter(name, sharing);
  };

  readonly leave = (): void => {
    current().frames.leave();
  };

  readonly at = (line: number): void => {
    const transaction = current();
    const { frames, usage } = transaction;
    frames.at(line);
    usage.tick();
    if (transaction.isTest) transaction.cover(this.units[frames.depth - 1] ?? 0, line);
  };
}

/** Links the code of a program: from then on it can run. */
export function linkProgram(program: Program): LinkedProgram {
  const classes: LinkedClass[] = [];
  const { enter, leave, at } = new Stack();
  const outline = (index: number): ClassOutline => {
    const found = program.classes[index];
    if (!found) throw new Error(`the program has no class ${index}`);
    return found;
  };
  const statics = (index: number): Statics => {
    const transaction = current();
    const found = transaction.statics[index];
    if (found) return found;
    const fields: Statics = {};
    transaction.statics[index] = fields;
    classes[index]?.initialise(fields);
    return fields;
  };
  const machine = {
    ...functions,
    enter,
    leave,
    at,
    outline,
    statics,
    define: (
      index: number,
      create: () => ApexObject,
      methods: LinkedClass['statics'],
      initialise: LinkedClass['initialise'],
    ) => {
      classes[index] = { outline: outline(index), create, statics: methods, initialise };
    },
    enumValue: (index: number, at: number): EnumValue => {
      const { name, values } = outline(index);
      return enumValue(name, values, values[at] ?? '');
    },
    enumList: (index: number): ApexList => {
      const { name, values } = outline(index);
      return new ApexList(name, [...enumValues(name, values).values()]);
    },
    enumNamed: (index: number, text: string): EnumValue => {
      const { name, values } = outline(index);
      const found = enumValues(name, values).get(text.toLowerCase());
      if (!found) throw exception('NoSuchElementException', `No enum constant ${name}.${text}`);
      return found;
    },
  };
  // oxlint-disable-next-line typescript/no-implied-eval -- the compiler of this folder wrote the code
  const run = new Function('$', `'use strict';\n${program.code}`) as (
    given: typeof machine,
  ) => void;
  run(machine);
  return { program, classes };
}
