/** A type by its name: each is there once, so that they compare by identity. */
export interface Type {
  /** `Map` */
  readonly name: string;
  readonly args: readonly Type[];
  /** `Map<String,Object>` */
  readonly text: string;
}

const known = new Map<string, Type>();

export function typeOf(name: string, ...args: readonly Type[]): Type {
  const text = args.length === 0 ? name : `${name}<${args.map((one) => one.text).join(',')}>`;
  const found = known.get(text) ?? { name, args, text };
  known.set(text, found);
  return found;
}

/** Where the commas of type arguments are. */
function splitAtCommas(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '<') depth++;
    else if (sign === '>') depth--;
    else if (sign === ',' && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)].map((one) => one.trim()).filter((one) => one !== '');
}

/** `Map<String, Object>` */
export function parseType(text: string): Type {
  const open = text.indexOf('<');
  if (open < 0) return typeOf(text);
  const args = splitAtCommas(text.slice(open + 1, text.lastIndexOf('>')));
  return typeOf(text.slice(0, open), ...args.map(parseType));
}

export const parseTypes = (text: string): readonly string[] => splitAtCommas(text);

export const STRING = typeOf('String');
export const ID = typeOf('Id');
export const BOOLEAN = typeOf('Boolean');
export const INTEGER = typeOf('Integer');
export const LONG = typeOf('Long');
export const DECIMAL = typeOf('Decimal');
export const DOUBLE = typeOf('Double');
export const DATE = typeOf('Date');
export const DATETIME = typeOf('Datetime');
export const TIME = typeOf('Time');
export const OBJECT = typeOf('Object');
export const SOBJECT = typeOf('SObject');
export const BLOB = typeOf('Blob');
/** Of `null`. */
export const NULL = typeOf('null');
export const VOID = typeOf('void');

export const listOf = (item: Type): Type => typeOf('List', item);

/** Names of types that the language has, as they are spelt, by lower case. */
const PRIMITIVES = [
  STRING,
  ID,
  BOOLEAN,
  INTEGER,
  LONG,
  DECIMAL,
  DOUBLE,
  DATE,
  DATETIME,
  TIME,
  OBJECT,
  SOBJECT,
  BLOB,
];
const primitives = new Map(PRIMITIVES.map((one) => [one.name.toLowerCase(), one]));
export const primitive = (name: string): Type | undefined => primitives.get(name.toLowerCase());

/** How wide a number is: each goes into the wider ones by itself. */
const widths = new Map([INTEGER, LONG, DOUBLE, DECIMAL].map((one, width) => [one, width]));
export const widthOf = (type: Type): number | undefined => widths.get(type);
export const isNumeric = (type: Type): boolean => widths.has(type);
