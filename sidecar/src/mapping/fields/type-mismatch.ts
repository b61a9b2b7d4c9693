import { type AttributeKind, kindOf } from '../model/attribute-kinds.ts';
import type { Resource } from '../model/record.ts';
import type { FieldSchema } from '../model/schema.ts';
import type { Transform } from '../values/transforms.ts';

/** That an attribute's values do not suit a field. */
export interface TypeMismatch {
  /** No value ever fits; else some may. */
  readonly always: boolean;
  /** As the rest of a sentence: `a list to a field that takes a number`. */
  readonly what: string;
  readonly cure: string;
}

/** Types of fields by what they take, in describe's words. */
const TAKES: Readonly<Record<string, string>> = {
  double: 'a number',
  currency: 'a number',
  percent: 'a number',
  int: 'a number',
  long: 'a number',
  boolean: 'true or false',
  date: 'a date',
  datetime: 'a date',
  time: 'a time',
  email: 'an e-mail address',
  reference: 'a record id',
  id: 'a record id',
};

const IS: Readonly<Record<AttributeKind, string>> = {
  word: 'a word',
  text: 'a text',
  email: 'an e-mail address',
  number: 'a number',
  date: 'a date',
  yes_no: 'true or false',
  list: 'a list',
  object: 'a group of values',
};

/** What a kind of attribute fits, of the types that do not take every text. */
const FITS: Readonly<Partial<Record<AttributeKind, readonly string[]>>> = {
  number: ['a number'],
  date: ['a date'],
  yes_no: ['true or false'],
  email: ['an e-mail address'],
  word: [],
};

/** Whether what an attribute holds, after its transform, can be what a field takes; null where it can. */
export function typeMismatch(
  resource: Resource,
  attribute: string,
  transform: string,
  { type }: FieldSchema,
): TypeMismatch | null {
  if (transform === 'number') return ofNumber(type);
  const kind = (makes.get(transform) ?? unknown)(kindOf(resource, attribute));
  if (kind === null) return null;
  const takes = TAKES[type];
  const what = `${IS[kind]} to a field that takes ${takes ?? 'one value'}`;
  const found = (always: boolean, cure: string): TypeMismatch => ({ always, what, cure });
  if (kind === 'list') {
    if (type === 'multipicklist') return null;
    return found(
      true,
      `Take one of it by the transform first or by its position (${attribute}.0), all as one text by join, or choose another field.`,
    );
  }
  if (kind === 'object') {
    const part = attribute === 'dimensions' ? 'width' : 'city';
    return found(
      true,
      `Choose one of its values, such as ${attribute}.${part}, or the transform json.`,
    );
  }
  if (takes === undefined || FITS[kind]?.includes(takes)) return null;
  if (kind === 'text') {
    return found(false, 'Records with anything else will be refused: see that none has it.');
  }
  return found(
    true,
    takes === 'a record id'
      ? 'Choose the kind lookup, or another field.'
      : 'Choose another attribute, or another field.',
  );
}

/** Field types that hold any text: a number arrives there as its digits, and the transform is of no use. */
const TEXT_TYPES: ReadonlySet<string> = new Set([
  'string',
  'textarea',
  'encryptedstring',
  'phone',
  'url',
]);

/** Of the transform `number`: 1 and 0 are true and false, and numbers may be values of a picklist. */
function ofNumber(type: string): TypeMismatch | null {
  const takes = TEXT_TYPES.has(type) ? 'a text' : TAKES[type];
  if (takes === undefined || ['a number', 'true or false'].includes(takes)) return null;
  return {
    always: false,
    what: `${IS.number} to a field that takes ${takes}`,
    cure: 'Leave the transform blank, or choose a number field.',
  };
}

type Makes = (kind: AttributeKind | null) => AttributeKind | null;
const sameKind: Makes = (kind) => kind;
const text: Makes = () => 'text';
/** It may be anything. */
const unknown: Makes = () => null;
/** Of a list a list, whatever its elements are. */
const ofEach: Makes = (kind) => (kind === 'list' || kind === 'object' ? kind : null);

/** What kind of value each transform makes. */
const MAKES: Readonly<Record<Transform, Makes>> = {
  none: sameKind,
  plain_text: sameKind,
  gmt_date: sameKind,
  lower_case: sameKind,
  upper_case: sameKind,
  number: unknown,
  first: (kind) => (kind === 'list' ? null : kind),
  join: (kind) => (kind === 'list' ? 'text' : kind),
  json: text,
  name_fallback: text,
  street: text,
  address: unknown,
  slice: ofEach,
  regex: ofEach,
  template: text,
};
const makes: ReadonlyMap<string, Makes> = new Map([['', sameKind], ...Object.entries(MAKES)]);

/** Kinds that a transform makes nothing of, or something else than is meant: `number` makes 2026 of a date. */
const SENSELESS: Readonly<Record<string, readonly AttributeKind[]>> = {
  number: ['date', 'yes_no', 'email', 'list', 'object'],
  gmt_date: ['word', 'email', 'number', 'yes_no', 'list', 'object'],
  slice: ['yes_no', 'object'],
  regex: ['yes_no', 'object'],
  template: ['word', 'text', 'email', 'number', 'date', 'yes_no', 'list'],
};

/** What an attribute is that a transform is not made for, such as `a date`; null where it may be. */
export function senselessFor(
  resource: Resource,
  attribute: string,
  transform: string,
): string | null {
  const kind = kindOf(resource, attribute);
  return kind !== null && SENSELESS[transform]?.includes(kind) === true ? IS[kind] : null;
}
