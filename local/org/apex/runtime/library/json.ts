import { ApexException, exception, NotEmulated } from '../run/exception.ts';
import { current } from '../run/transaction.ts';
import { platformClass, platformEnum, type PlatformClass } from '../types/platform.ts';
import { parseType, type Type } from '../types/type.ts';
import { ApexList, ApexMap, ApexSet, isCollection } from '../values/collections.ts';
import { ApexDate, ApexDatetime, ApexTime } from '../values/dates.ts';
import { Decimal, Double } from '../values/decimal.ts';
import { enumValue } from '../values/enums.ts';
import { SObjectValue } from '../values/sobject.ts';
import { textOf } from '../values/text.ts';
import { ApexBlob, EnumValue, PlatformObject, TypeValue, type Value } from '../values/value.ts';
import { isClassInstance } from './conversions.ts';
import { JsonReader, TOKENS, type Token } from './json-reader.ts';
import { idOf } from './strings.ts';

const token = (name: Token | null): Value =>
  name === null ? null : enumValue('JSONToken', TOKENS, name);

/** What `JSON.createParser` gives. */
class Parser extends PlatformObject {
  readonly apexType = 'JSONParser';
  readonly reader: JsonReader;

  constructor(text: string) {
    super();
    this.reader = new JsonReader(text);
  }
}

const fits = (value: bigint, bits: number): boolean => BigInt.asIntN(bits, value) === value;

/** What becomes of numbers beyond these types is documented nowhere. */
const tooLarge = (text: string): NotEmulated =>
  new NotEmulated(`JSON with the number ${text.slice(0, 40)}`);

function integerOf(text: string): Value {
  const value = BigInt(text);
  if (!fits(value, 64)) throw tooLarge(text);
  return fits(value, 32) ? Number(value) : value;
}

function fractionOf(text: string): Value {
  const found = Decimal.parse(text);
  if (!found) throw tooLarge(text);
  return found;
}

/** The value that begins with the token. */
function untyped(reader: JsonReader, first: Token | null): Value {
  switch (first) {
    case 'START_OBJECT': {
      const map = new ApexMap('String', 'Object');
      while (reader.next() === 'FIELD_NAME') map.put(reader.said, untyped(reader, reader.next()));
      return map;
    }
    case 'START_ARRAY': {
      const list = new ApexList('Object');
      for (let one = reader.next(); one !== 'END_ARRAY'; one = reader.next()) {
        list.items.push(untyped(reader, one));
      }
      return list;
    }
    case 'VALUE_STRING':
      return reader.said;
    case 'VALUE_TRUE':
    case 'VALUE_FALSE':
      return first === 'VALUE_TRUE';
    case 'VALUE_NUMBER_INT':
      return integerOf(reader.said);
    case 'VALUE_NUMBER_FLOAT':
      return fractionOf(reader.said);
    default:
      return null;
  }
}

export function deserializeUntyped(text: string): Value {
  const reader = new JsonReader(text);
  const first = reader.next();
  if (first !== null) return untyped(reader, first);
  throw reader.bad('No content to map to Object due to end of input');
}

/** An untyped value as one of a type. @throws ApexException where it is none */
export function typed(value: Value, text: string): Value {
  const type = parseType(text);
  if (value === null || type.name.toLowerCase() === 'object') return value;
  const found =
    collectionOf(value, type) ??
    scalars[type.name.toLowerCase()]?.(value) ??
    classOf(value, type.name) ??
    recordOf(value, type.name);
  if (found !== undefined) return found;
  throw exception('JSONException', `Illegal value for ${text}: ${textOf(value).slice(0, 100)}`);
}

function collectionOf(value: Value, { name, args }: Type): Value | undefined {
  const [one, two] = args.map((arg) => arg.text);
  if (one === undefined) return undefined;
  if (value instanceof ApexList) {
    const items = value.items.map((item) => typed(item, one));
    return name === 'List' ? new ApexList(one, items) : new ApexSet(one, items);
  }
  if (!(value instanceof ApexMap) || two === undefined) return undefined;
  return new ApexMap(
    ...([one, two] as const),
    value.entries().map(([key, item]) => [key, typed(item, two)] as const),
  );
}

const ofText =
  (make: (text: string) => Value) =>
  (value: Value): Value | undefined =>
    typeof value === 'string' ? make(value) : undefined;

/** Each takes an untyped value, and gives undefined for what is none of its type. */
const scalars: Readonly<Record<string, (value: Value) => Value | undefined>> = {
  string: (value) => (typeof value === 'object' ? undefined : textOf(value)),
  id: ofText(idOf),
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  integer: (value) => (typeof value === 'number' ? value : undefined),
  long: (value) =>
    typeof value === 'number' || typeof value === 'bigint' ? BigInt(value) : undefined,
  decimal: (value) => decimalOf(value),
  double: (value) => {
    const found = decimalOf(value);
    return found && new Double(found.toNumber());
  },
  date: ofText((text) => new ApexDate(Date.parse(`${text.slice(0, 10)}Z`) / 86_400_000)),
  datetime: ofText((text) => new ApexDatetime(Date.parse(text))),
};

const decimalOf = (value: Value): Decimal | undefined => {
  if (value instanceof Decimal) return value;
  return typeof value === 'number' || typeof value === 'bigint'
    ? new Decimal(BigInt(value))
    : undefined;
};

/** An object of a class of the program, with the fields that are there. */
function classOf(value: Value, name: string): Value | undefined {
  const found = current().program.classes.find(
    ({ outline }) => outline.name.toLowerCase() === name.toLowerCase(),
  );
  if (!found || !(value instanceof ApexMap)) return undefined;
  const made = found.create() as unknown as Record<string, Value>;
  const fields = new Map(found.outline.fields.map((one) => [one.name.toLowerCase(), one]));
  for (const [key, one] of value.entries()) {
    const field = fields.get(textOf(key).toLowerCase());
    if (field) made[`f_${field.name.toLowerCase()}`] = typed(one, field.type);
  }
  return made;
}

function recordOf(value: Value, name: string): Value | undefined {
  const object = current().host.object(name, 'system');
  if (!object || !(value instanceof ApexMap)) return undefined;
  const record = new SObjectValue(object.name);
  for (const [key, one] of value.entries()) {
    const field = object.fields.find(
      (each) => each.name.toLowerCase() === textOf(key).toLowerCase(),
    );
    if (field) record.put(field.name, one);
    else if (key !== 'attributes') throw new NotEmulated(`JSON of ${name} with ${textOf(key)}`);
  }
  return record;
}

/** Members that are blank are left out, if so wished. */
class Writer {
  private readonly withoutNulls: boolean;

  constructor(withoutNulls: boolean) {
    this.withoutNulls = withoutNulls;
  }

  text(value: Value): string {
    switch (typeof value) {
      case 'string':
        return JSON.stringify(value);
      case 'number':
      case 'bigint':
      case 'boolean':
        return String(value);
    }
    if (value === null) return 'null';
    if (value instanceof Decimal || value instanceof Double) return value.toString();
    if (value instanceof ApexDatetime || value instanceof ApexDate) return `"${value.iso()}"`;
    if (value instanceof ApexTime || value instanceof EnumValue) return `"${value.toString()}"`;
    return this.collection(value) ?? this.objectText(value);
  }

  private collection(value: object): string | undefined {
    if (value instanceof ApexBlob) return `"${value.bytes.toString('base64')}"`;
    if (value instanceof ApexList) return `[${value.items.map((one) => this.text(one)).join(',')}]`;
    if (value instanceof ApexSet)
      return `[${value
        .values()
        .map((one) => this.text(one))
        .join(',')}]`;
    if (value instanceof ApexMap) {
      return this.object(value.entries().map(([key, one]) => [textOf(key), one] as const));
    }
    return undefined;
  }

  private objectText(value: object): string {
    if (value instanceof SObjectValue) {
      const url = `/services/data/v66.0/sobjects/${value.type}/${textOf(value.get('Id'))}`;
      const attributes = { type: value.type, ...(value.has('Id') ? { url } : {}) };
      const fields = value
        .entries()
        .map(
          ([name, one]) =>
            `,${JSON.stringify(name)}:${one instanceof ApexDatetime ? JSON.stringify(one.iso().replace('Z', '+0000')) : this.text(one)}`,
        );
      return `{"attributes":${JSON.stringify(attributes)}${fields.join('')}}`;
    }
    if (isClassInstance(value) && !(value instanceof ApexException)) {
      const found = current().program.classes.find(
        ({ outline }) => outline === (value.$class as object),
      );
      const own = value as unknown as Readonly<Record<string, Value>>;
      const fields = found?.outline.fields ?? [];
      return this.object(
        fields.map(({ name }) => [name, own[`f_${name.toLowerCase()}`] ?? null] as const),
      );
    }
    if (value instanceof TypeValue) return JSON.stringify(value.name);
    throw new NotEmulated(`JSON of this value: ${textOf(value).slice(0, 100)}`);
  }

  private object(members: readonly (readonly [string, Value])[]): string {
    const kept = this.withoutNulls ? members.filter(([, one]) => one !== null) : members;
    return `{${kept.map(([name, one]) => `${JSON.stringify(name)}:${this.text(one)}`).join(',')}}`;
  }
}

export const toJson = (value: Value): string => new Writer(false).text(value);

/** JSON indented by two blanks, as Jackson writes it. */
const pretty = (value: Value): string =>
  JSON.stringify(JSON.parse(toJson(value)), undefined, 2).replace(
    /^(\s*"(?:[^"\\]|\\.)*"):/gm,
    '$1 :',
  );

const noDigits = (reader: JsonReader, kind: string): ApexException =>
  exception('JSONException', `Current token (${reader.token ?? 'null'}) not ${kind}`);

function integerIn({ reader }: Parser, type: 'int' | 'long'): bigint {
  if (reader.token !== 'VALUE_NUMBER_INT') throw noDigits(reader, 'VALUE_NUMBER_INT');
  const value = BigInt(reader.said);
  if (fits(value, type === 'int' ? 32 : 64)) return value;
  throw exception('JSONException', `Numeric value (${reader.said}) out of range of ${type}`);
}

const decimalIn = ({ reader }: Parser): Decimal => {
  const found = reader.token?.startsWith('VALUE_NUMBER') ? Decimal.parse(reader.said) : undefined;
  if (!found) throw noDigits(reader, 'numeric');
  return found;
};

export const jsonClasses: readonly PlatformClass[] = [
  platformClass('JSON', {
    'static String serialize(Object)': toJson,
    'static String serialize(Object, Boolean)': (value: Value, without: boolean) =>
      new Writer(without).text(value),
    'static String serializePretty(Object)': pretty,
    'static Object deserializeUntyped(String)': (text: string) => {
      const value = deserializeUntyped(text);
      if (isCollection(value)) current().heap.grow(value, text.length);
      return value;
    },
    'static Object deserialize(String, Type)': (text: string, type: TypeValue) =>
      typed(deserializeUntyped(text), type.name),
    'static JSONParser createParser(String)': (text: string) => new Parser(text),
  }),
  platformClass('JSONParser', {
    'JSONToken nextToken()': ({ reader }: Parser) => token(reader.next()),
    'JSONToken nextValue()': ({ reader }: Parser) => {
      let found = reader.next();
      while (found === 'FIELD_NAME' || (found?.startsWith('END') ?? false)) found = reader.next();
      return token(found);
    },
    'JSONToken getCurrentToken()': ({ reader }: Parser) => token(reader.token),
    'String getCurrentName()': ({ reader }: Parser) => reader.name,
    'String getText()': ({ reader }: Parser) => (reader.token === null ? null : reader.said),
    'Integer getIntegerValue()': (parser: Parser) => Number(integerIn(parser, 'int')),
    'Long getLongValue()': (parser: Parser) => integerIn(parser, 'long'),
    'Decimal getDecimalValue()': decimalIn,
    'Double getDoubleValue()': (parser: Parser) => new Double(decimalIn(parser).toNumber()),
    'Boolean getBooleanValue()': ({ reader }: Parser) => {
      if (reader.token === 'VALUE_TRUE' || reader.token === 'VALUE_FALSE')
        return reader.token === 'VALUE_TRUE';
      throw noDigits(reader, 'a boolean value');
    },
    'void skipChildren()': ({ reader }: Parser) => {
      reader.skipChildren();
    },
  }),
  platformEnum('JSONToken', ...TOKENS),
];
