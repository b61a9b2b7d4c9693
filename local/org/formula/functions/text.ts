import { FormulaFault } from '../problem.ts';
import type { Value } from '../types.ts';
import { textOf, textOrNull } from '../values.ts';
import { lenient, strict, type FormulaFunction } from './function.ts';

const text = ['Text'] as const;
const number = ['Number'] as const;

const at = (values: readonly Value[], index: number): Value => values[index] ?? null;
const stringAt = (values: readonly Value[], index: number): string => textOf(at(values, index));
/** Counts and positions are cut to whole numbers; a negative count is none. */
const countAt = (values: readonly Value[], index: number): number =>
  Math.max(Math.trunc(Number(at(values, index))), 0);

/** More than any field holds. */
const longest = 200_000;

function padded(values: readonly Value[], side: 'start' | 'end'): Value {
  const length = countAt(values, 1);
  if (length > longest) throw new FormulaFault(`A text of ${length} characters is too long`);
  const source = stringAt(values, 0).slice(0, length);
  const filler = values.length > 2 ? stringAt(values, 2) : ' ';
  const whole = side === 'start' ? source.padStart(length, filler) : source.padEnd(length, filler);
  return textOrNull(whole);
}

function find(values: readonly Value[]): number {
  const wanted = stringAt(values, 0);
  const start = values.length > 2 ? countAt(values, 2) : 1;
  return wanted === '' ? 0 : stringAt(values, 1).indexOf(wanted, Math.max(start - 1, 0)) + 1;
}

function toNumber(source: string): Value {
  if (source === '') return null;
  if (/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(source)) return Number(source);
  throw new FormulaFault(`The value '${source}' is not a valid number.`);
}

const isNumber = (source: string): boolean => /^[+-]?(\d+\.?\d*|\.\d+)$/.test(source.trim());

const titled = (source: string): string =>
  source.toLowerCase().replace(/\p{L}[\p{L}\p{N}']*/gu, (word) => {
    const [first = '', ...rest] = Array.from(word);
    return first.toUpperCase() + rest.join('');
  });

function character(code: number): string {
  if (code <= 0x10_ff_ff) return String.fromCodePoint(code);
  throw new FormulaFault(`There is no character ${code}`);
}

/** The language in which text changes its case; one that there is not changes it as English does. */
const localeOf = (name: string): string =>
  /^[a-z]{2,3}([-_][a-z]{2})?$/i.test(name) ? name.replace('_', '-') : 'en';

const escaped = (source: string): string => source.replaceAll('"', '&quot;');

function hyperlink(values: readonly Value[]): string {
  const target = values.length > 2 ? stringAt(values, 2) : '_blank';
  return `<a href="${escaped(stringAt(values, 0))}" target="${escaped(target)}">${stringAt(values, 1)}</a>`;
}

function image(values: readonly Value[]): string {
  const size = ['height', 'width'].flatMap((name, index) =>
    values.length > index + 2 ? [`${name}:${stringAt(values, index + 2)}px;`] : [],
  );
  const style = size.length > 0 ? ` style="${size.join(' ')}"` : '';
  return `<img src="${escaped(stringAt(values, 0))}" alt="${escaped(stringAt(values, 1))}"${style} border="0"/>`;
}

/** The three characters that make an id of 15 safe where case is lost. */
function caseSafe(id: string): string {
  if (!/^[A-Za-z0-9]{15}$/.test(id)) return id;
  const suffix = [0, 5, 10].map((start) => {
    const bits = Array.from(id.slice(start, start + 5)).map((one, bit) =>
      /[A-Z]/.test(one) ? 1 << bit : 0,
    );
    return 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'[bits.reduce((sum, bit) => sum + bit, 0)] ?? '';
  });
  return id + suffix.join('');
}

/** Patterns are read as JavaScript's, whose common part is that of Java's. */
function pattern(source: string): RegExp {
  try {
    return new RegExp(`^(?:${source})$`);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new FormulaFault(`Invalid regular expression: ${source}`);
  }
}

const mapped = (name: string, change: (source: string) => string): FormulaFunction =>
  lenient('Text', { name, operands: [text] }, (values) => textOrNull(change(stringAt(values, 0))));

const cased = (name: string, change: (source: string, locale: string) => string): FormulaFunction =>
  lenient('Text', { name, operands: [text, text], optional: 1 }, (values) =>
    textOrNull(change(stringAt(values, 0), localeOf(stringAt(values, 1)))),
  );

/** Functions on text. */
export const textFunctions: readonly FormulaFunction[] = [
  lenient('Number', { name: 'LEN', operands: [text] }, (values) => stringAt(values, 0).length),
  strict('Text', { name: 'LEFT', operands: [text, number] }, (values) =>
    textOrNull(stringAt(values, 0).slice(0, countAt(values, 1))),
  ),
  strict('Text', { name: 'RIGHT', operands: [text, number] }, (values) =>
    textOrNull(countAt(values, 1) === 0 ? '' : stringAt(values, 0).slice(-countAt(values, 1))),
  ),
  strict('Text', { name: 'MID', operands: [text, number, number] }, (values) => {
    const start = Math.max(countAt(values, 1) - 1, 0);
    return textOrNull(stringAt(values, 0).slice(start, start + countAt(values, 2)));
  }),
  mapped('TRIM', (source) => source.trim()),
  cased('UPPER', (source, locale) => source.toLocaleUpperCase(locale)),
  cased('LOWER', (source, locale) => source.toLocaleLowerCase(locale)),
  mapped('INITCAP', titled),
  mapped('REVERSE', (source) => Array.from(source).reverse().join('')),
  lenient('Boolean', { name: 'CONTAINS', operands: [text, text] }, (values) =>
    stringAt(values, 0).includes(stringAt(values, 1)),
  ),
  lenient('Boolean', { name: 'BEGINS', operands: [text, text] }, (values) =>
    stringAt(values, 0).startsWith(stringAt(values, 1)),
  ),
  lenient('Number', { name: 'FIND', operands: [text, text, number], optional: 1 }, find),
  lenient('Text', { name: 'SUBSTITUTE', operands: [text, text, text] }, (values) => {
    const [source, old] = [stringAt(values, 0), stringAt(values, 1)];
    return textOrNull(old === '' ? source : source.replaceAll(old, () => stringAt(values, 2)));
  }),
  strict('Text', { name: 'LPAD', operands: [text, number, text], optional: 1 }, (values) =>
    padded(values, 'start'),
  ),
  strict('Text', { name: 'RPAD', operands: [text, number, text], optional: 1 }, (values) =>
    padded(values, 'end'),
  ),
  lenient('Number', { name: 'VALUE', operands: [text] }, (values) => toNumber(stringAt(values, 0))),
  lenient('Boolean', { name: 'ISNUMBER', operands: [text] }, (values) =>
    isNumber(stringAt(values, 0)),
  ),
  strict(
    'Number',
    { name: 'ASCII', operands: [text] },
    (values) => stringAt(values, 0).codePointAt(0) ?? null,
  ),
  strict('Text', { name: 'CHR', operands: [number] }, (values) => character(countAt(values, 0))),
  lenient('Text', { name: 'BR', operands: [] }, () => '<br>'),
  lenient('Text', { name: 'CASESAFEID', operands: [text] }, (values) =>
    textOrNull(caseSafe(stringAt(values, 0))),
  ),
  lenient(
    'Text',
    { name: 'HYPERLINK', operands: [text, text, text], optional: 1, contexts: ['field'] },
    hyperlink,
  ),
  lenient(
    'Text',
    { name: 'IMAGE', operands: [text, text, number, number], optional: 2, contexts: ['field'] },
    image,
  ),
  lenient(
    'Boolean',
    {
      name: 'REGEX',
      operands: [text, text],
      contexts: ['validation', 'default', 'flow', 'flowEntry', 'flowUpdate'],
    },
    (values) => pattern(stringAt(values, 1)).test(stringAt(values, 0)),
  ),
];
