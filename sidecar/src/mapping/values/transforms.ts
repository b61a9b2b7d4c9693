import { localPart } from '../keys/email.ts';
import { isObject, member, text } from '../model/json-shape.ts';
import type { WooRecord } from '../model/record.ts';
import { Refusal } from '../model/refusal.ts';
import { decimal } from './decimal.ts';
import { decodeEntities, plainText } from './html-text.ts';
import { readPattern } from './pattern.ts';
import { slicer } from './slice.ts';
import { templateBy } from './template.ts';

export const TRANSFORMS = [
  'none',
  'plain_text',
  'gmt_date',
  'number',
  'lower_case',
  'upper_case',
  'first',
  'join',
  'json',
  'name_fallback',
  'street',
  'address',
  'slice',
  'regex',
  'template',
] as const;

export type Transform = (typeof TRANSFORMS)[number];

/** Those whose result can be turned back. `gmt_date` only chooses between two names of one moment. */
export const REVERSIBLE: ReadonlySet<string> = new Set<Transform>(['none', 'gmt_date']);

/** Those that take an argument, and need one. */
const WITH_ARGUMENT = ['slice', 'regex', 'template'] as const satisfies readonly Transform[];

type WithArgument = (typeof WITH_ARGUMENT)[number];

/** Those that do the same for every field mapping. */
export type PlainTransform = Exclude<Transform, 'address' | WithArgument>;

export function takesArgument(transform: Transform): transform is WithArgument {
  return (WITH_ARGUMENT as readonly Transform[]).includes(transform);
}

/** Changes a value before it is fitted to its field. Absent and null stay what they are unless it says so. */
export type Apply = (value: unknown, record: WooRecord) => unknown;

/**
 * What a transform does to values; null where it does nothing (`gmt_date` chooses the path). What `address`
 * does depends on its field (address.ts), and what others do on their arguments (`transformerBy`).
 */
export function transformer(transform: PlainTransform): Apply | null {
  switch (transform) {
    case 'none':
    case 'gmt_date':
      return null;
    case 'plain_text':
      return onText(plainText);
    case 'lower_case':
      return onText((value) => value.toLowerCase());
    case 'upper_case':
      return onText((value) => value.toUpperCase());
    case 'number':
      return leadingNumber;
    case 'first':
      return (value) => (Array.isArray(value) ? named(value[0]) : value);
    case 'join':
      return join;
    case 'json':
      return (value) =>
        typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
    case 'name_fallback':
      return (value, record) => text(value) || fallbackName(record);
    case 'street':
      return street;
  }
}

/** What a transform with an argument does; why the argument cannot be used, as the rest of a sentence, where it cannot. */
export function transformerBy(transform: WithArgument, argument: string): Apply | string {
  if (transform === 'slice') {
    const slice = slicer(argument);
    return slice === null ? 'names no part of a text' : onTexts(slice);
  }
  if (transform === 'template') return templateBy(argument);
  const find = readPattern(argument);
  return typeof find === 'string' ? find : onTexts(find);
}

/** Texts and numbers. Of a list each element, those without a result left out; other values pass. */
function onTexts(change: (value: string) => string | null | Refusal): Apply {
  const one = (value: unknown): unknown =>
    typeof value === 'string' || typeof value === 'number' ? change(String(value)) : value;
  return (value) => {
    if (!Array.isArray(value)) return one(value);
    const all: readonly unknown[] = value.map(one);
    return all.find((each) => each instanceof Refusal) ?? all.filter((each) => each !== null);
  };
}

/** Texts, also those in a list; other values pass. */
function onText(change: (value: string) => string): Apply {
  const apply = (value: unknown): unknown => {
    if (typeof value === 'string') return change(value);
    return Array.isArray(value) ? value.map(apply) : value;
  };
  return apply;
}

/** The number that a text such as `12.5 kg` starts with; a text that starts with none passes. */
function leadingNumber(value: unknown): unknown {
  if (typeof value === 'number') return value;
  const start =
    typeof value === 'string' ? /^\s*([+-]?\d+(?:\.\d+)?)(?![\d.,])/.exec(value)?.[1] : undefined;
  return start === undefined ? value : (decimal(start)?.toFixed() ?? value);
}

function join(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const parts = value.map(named).filter((part) => part !== null && part !== '');
  if (parts.some((part) => typeof part === 'object')) {
    return new Refusal(
      'VALUE_IS_OBJECT',
      'is a list of objects without a name: name what to take of each, such as line_items.sku',
    );
  }
  return parts.join(', ');
}

/** An element of a list; of an object, such as a category, its name. */
function named(element: unknown): unknown {
  return (isObject(element) ? element['name'] : undefined) ?? element ?? null;
}

/** What a person without a last name is filed under: first name, company, or what precedes the @. */
function fallbackName(record: WooRecord): string | null {
  const { billing } = record;
  const candidates = [
    record['last_name'],
    member(billing, 'last_name'),
    record['first_name'],
    member(billing, 'first_name'),
    member(billing, 'company'),
    localPart(text(record['email']) || text(member(billing, 'email'))),
  ];
  const found = candidates.map(text).find((candidate) => candidate !== '');
  return found === undefined ? null : decodeEntities(found);
}

/** Both street lines of an address; what is no address passes. */
export function street(address: unknown): unknown {
  if (!isObject(address)) return address;
  const lines = [text(address['address_1']), text(address['address_2'])];
  return decodeEntities(lines.filter((line) => line !== '').join('\n'));
}
