import { exception, NotEmulated, nullPointer } from '../run/exception.ts';
import { toId18 } from '../../../model/ids.ts';
import { platformClass, type PlatformClass } from '../types/platform.ts';
import { ApexList, ApexSet } from '../values/collections.ts';
import { foreignIn, javaPattern, javaReplacement } from '../values/patterns.ts';
import { textOf } from '../values/text.ts';
import type { Value } from '../values/value.ts';
import { isDatetime, isInstance } from './conversions.ts';

/** @throws ApexException for what is no pattern */
export function patternOf(pattern: string, flags?: string, isWhole?: boolean): RegExp {
  const foreign = foreignIn(pattern);
  if (foreign !== undefined) throw new NotEmulated(`${foreign} in the pattern ${pattern}`);
  try {
    return javaPattern(pattern, flags, isWhole);
  } catch {
    throw exception('StringException', `Invalid regex: ${pattern}`);
  }
}

function split(text: string, pattern: string, limit = 0): ApexList {
  const by = patternOf(pattern);
  const parts: string[] = [];
  let from = 0;
  for (const match of text.matchAll(by)) {
    if (limit > 0 && parts.length === limit - 1) break;
    const end = match.index + match[0].length;
    if (end === 0 || (match[0] === '' && match.index >= text.length)) continue;
    parts.push(text.slice(from, match.index));
    from = end;
  }
  parts.push(text.slice(from));
  if (limit === 0) while (parts.length > 1 && parts.at(-1) === '') parts.pop();
  return new ApexList('String', parts);
}

const isBlank = (text: string | null): boolean => text === null || text.trim() === '';

const replaceAll = (text: string, pattern: string, by: string): string =>
  text.replace(patternOf(pattern), (...found: readonly unknown[]) =>
    javaReplacement(by, found as (string | undefined)[]),
  );

const replaceFirst = (text: string, pattern: string, by: string): string =>
  text.replace(patternOf(pattern, ''), (...found: readonly unknown[]) =>
    javaReplacement(by, found as (string | undefined)[]),
  );

function substring(text: string, from: number, to = text.length): string {
  if (from < 0 || to > text.length || from > to) {
    const wrong = from < 0 || from > text.length ? from : to;
    throw exception('StringException', `Starting position out of bounds: ${wrong}`);
  }
  return text.slice(from, to);
}

function abbreviate(text: string, width: number): string {
  if (width < 4) throw exception('StringException', 'Minimum abbreviation width is 4');
  return text.length <= width ? text : `${text.slice(0, width - 3)}...`;
}

function pad(text: string, width: number, by: string, isLeft: boolean): string {
  if (by === '') return text;
  return isLeft ? text.padStart(width, by) : text.padEnd(width, by);
}

const itemsOf = (values: Value): readonly Value[] =>
  values instanceof ApexSet ? values.values() : (values as ApexList).items;

/** `{0}` is replaced; a quote takes what follows as it is, to the next one. */
function format(text: string, values: ApexList): string {
  return text.replace(/'([^']*)'|\{(\d+)\}/g, (whole, quoted?: string, at?: string) => {
    if (quoted !== undefined) return quoted === '' ? "'" : quoted;
    const found = values.items[Number(at)];
    return found === undefined ? whole : textOf(found);
  });
}

/** As Java's. */
function hashCode(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash;
}

const capitalize = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

const between = (text: string, open: string, close: string): string | null => {
  const from = text.indexOf(open);
  const to = from < 0 ? -1 : text.indexOf(close, from + open.length);
  return to < 0 ? null : text.slice(from + open.length, to);
};

const is = (pattern: RegExp) => (text: string) => pattern.test(text);

const statics = {
  'static Boolean isBlank(String?)': isBlank,
  'static Boolean isNotBlank(String?)': (text: string | null) => !isBlank(text),
  'static Boolean isEmpty(String?)': (text: string | null) => text === null || text === '',
  'static Boolean isNotEmpty(String?)': (text: string | null) => text !== null && text !== '',
  'static String valueOf(Object)': (value: Value) => {
    if (value === null) return null;
    return isDatetime(value) ? value.toString() : textOf(value);
  },
  'static String join(Iterable<Object>, String)': (values: Value, by: string) =>
    itemsOf(values).map(textOf).join(by),
  'static String escapeSingleQuotes(String)': (text: string) =>
    text.replaceAll("'", String.raw`\'`),
  'static String format(String, List<Object>)': format,
  'static String fromCharArray(List<Integer>)': (codes: ApexList) =>
    String.fromCharCode(...(codes.items as number[])),
};

const tests = {
  'Boolean equals(Object)': (text: string, other: Value) => text === other,
  'Boolean equalsIgnoreCase(String?)': (text: string, other: string | null) =>
    other !== null && text.toLowerCase() === other.toLowerCase(),
  'Boolean startsWith(String)': (text: string, part: string) => text.startsWith(part),
  'Boolean startsWithIgnoreCase(String)': (text: string, part: string) =>
    text.toLowerCase().startsWith(part.toLowerCase()),
  'Boolean endsWith(String)': (text: string, part: string) => text.endsWith(part),
  'Boolean endsWithIgnoreCase(String)': (text: string, part: string) =>
    text.toLowerCase().endsWith(part.toLowerCase()),
  'Boolean contains(String)': (text: string, part: string) => text.includes(part),
  'Boolean containsIgnoreCase(String)': (text: string, part: string) =>
    text.toLowerCase().includes(part.toLowerCase()),
  'Boolean containsAny(String)': (text: string, signs: string) =>
    Array.from(signs).some((one) => text.includes(one)),
  'Boolean containsOnly(String)': (text: string, signs: string) =>
    Array.from(text).every((one) => signs.includes(one)),
  'Boolean containsNone(String)': (text: string, signs: string) =>
    !Array.from(signs).some((one) => text.includes(one)),
  'Boolean isNumeric()': is(/^\d+$/),
  'Boolean isAlpha()': is(/^\p{L}+$/u),
  'Boolean isAlphanumeric()': is(/^[\p{L}\d]+$/u),
  'Boolean isWhitespace()': is(/^\s*$/),
  'Boolean isAllLowerCase()': is(/^\p{Ll}+$/u),
  'Boolean isAllUpperCase()': is(/^\p{Lu}+$/u),
};

const parts = {
  'Integer length()': (text: string) => text.length,
  'Integer indexOf(String)': (text: string, part: string) => text.indexOf(part),
  'Integer indexOf(String, Integer)': (text: string, part: string, from: number) =>
    text.indexOf(part, from),
  'Integer indexOfIgnoreCase(String)': (text: string, part: string) =>
    text.toLowerCase().indexOf(part.toLowerCase()),
  'Integer lastIndexOf(String)': (text: string, part: string) => text.lastIndexOf(part),
  'Integer countMatches(String)': (text: string, part: string) =>
    part === '' ? 0 : text.split(part).length - 1,
  'Integer charAt(Integer)': (text: string, at: number) => {
    if (at < 0 || at >= text.length)
      throw exception('StringException', `String index out of range: ${at}`);
    return text.charCodeAt(at);
  },
  'Integer codePointAt(Integer)': (text: string, at: number) => text.codePointAt(at) ?? null,
  'List<Integer> getChars()': (text: string) =>
    new ApexList(
      'Integer',
      Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)),
    ),
  'Integer hashCode()': hashCode,
  'Integer compareTo(String)': (text: string, other: string) => {
    for (let at = 0; at < Math.min(text.length, other.length); at++) {
      const by = text.charCodeAt(at) - other.charCodeAt(at);
      if (by !== 0) return by;
    }
    return text.length - other.length;
  },
  'String substring(Integer)': substring,
  'String substring(Integer, Integer)': substring,
  'String substringBefore(String)': (text: string, by: string) => {
    const at = text.indexOf(by);
    return at < 0 ? text : text.slice(0, at);
  },
  'String substringAfter(String)': (text: string, by: string) => {
    const at = text.indexOf(by);
    return at < 0 ? '' : text.slice(at + by.length);
  },
  'String substringBeforeLast(String)': (text: string, by: string) => {
    const at = text.lastIndexOf(by);
    return at < 0 || by === '' ? text : text.slice(0, at);
  },
  'String substringAfterLast(String)': (text: string, by: string) => {
    const at = text.lastIndexOf(by);
    return at < 0 || by === '' ? '' : text.slice(at + by.length);
  },
  'String substringBetween(String)': (text: string, tag: string) => between(text, tag, tag),
  'String substringBetween(String, String)': between,
  'String left(Integer)': (text: string, length: number) => text.slice(0, Math.max(length, 0)),
  'String right(Integer)': (text: string, length: number) =>
    length <= 0 ? '' : text.slice(-length),
  'String mid(Integer, Integer)': (text: string, from: number, length: number) =>
    text.slice(Math.max(from, 0), Math.max(from, 0) + Math.max(length, 0)),
  'List<String> split(String)': (text: string, by: string) => split(text, by),
  'List<String> split(String, Integer)': split,
};

const changes = {
  'String trim()': (text: string) => text.trim(),
  'String toLowerCase()': (text: string) => text.toLowerCase(),
  'String toUpperCase()': (text: string) => text.toUpperCase(),
  'String capitalize()': capitalize,
  'String uncapitalize()': (text: string) => text.slice(0, 1).toLowerCase() + text.slice(1),
  'String reverse()': (text: string) => Array.from(text).toReversed().join(''),
  'String remove(String)': (text: string, part: string) => text.replaceAll(part, ''),
  'String removeStart(String?)': (text: string, part: string | null) =>
    part !== null && text.startsWith(part) ? text.slice(part.length) : text,
  'String removeEnd(String?)': (text: string, part: string | null) =>
    part !== null && part !== '' && text.endsWith(part) ? text.slice(0, -part.length) : text,
  'String replace(String, String)': (text: string, part: string, by: string) =>
    text.split(part).join(by),
  'String replaceAll(String, String)': replaceAll,
  'String replaceFirst(String, String)': replaceFirst,
  'String repeat(Integer)': (text: string, times: number) => text.repeat(Math.max(times, 0)),
  'String repeat(String, Integer)': (text: string, by: string, times: number) =>
    Array.from({ length: Math.max(times, 0) }, () => text).join(by),
  'String abbreviate(Integer)': abbreviate,
  'String leftPad(Integer)': (text: string, width: number) => pad(text, width, ' ', true),
  'String leftPad(Integer, String)': (text: string, width: number, by: string) =>
    pad(text, width, by, true),
  'String rightPad(Integer)': (text: string, width: number) => pad(text, width, ' ', false),
  'String rightPad(Integer, String)': (text: string, width: number, by: string) =>
    pad(text, width, by, false),
  'String normalizeSpace()': (text: string) => text.trim().replace(/\s+/g, ' '),
  'String deleteWhitespace()': (text: string) => text.replace(/\s/g, ''),
  'String escapeHtml4()': (text: string) =>
    text.replace(
      /[&<>"]/g,
      (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign,
    ),
  'String toString()': (text: string) => text,
};

/** @throws ApexException for what is no id */
export function idOf(text: string): string {
  const found = toId18(text);
  if (found === undefined) throw exception('StringException', `Invalid id: ${text}`);
  return found;
}

export const stringClasses: readonly PlatformClass[] = [
  platformClass('String', { ...statics, ...tests, ...parts, ...changes }),
  platformClass('Id', {
    'static Id valueOf(String)': idOf,
    'String to15()': (id: string) => id.slice(0, 15),
    'Boolean equals(Object)': (id: string, other: Value) =>
      typeof other === 'string' && toId18(id) === toId18(other),
    'String toString()': (id: string) => id,
    'Integer hashCode()': hashCode,
  }),
  platformClass('Boolean', {
    'static Boolean valueOf(Object)': (value: Value) => {
      if (value === null) throw nullPointer();
      return isInstance(value, 'Boolean') ? value : textOf(value).toLowerCase() === 'true';
    },
  }),
  platformClass('Object', {
    'String toString()': textOf,
    'Boolean equals(Object)': (value: Value, other: Value) => value === other,
    'Integer hashCode()': (value: Value) => hashCode(textOf(value)),
  }),
];
