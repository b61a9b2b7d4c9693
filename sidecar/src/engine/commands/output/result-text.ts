import { maskEmails } from '../../../lib/redact.ts';
import { cut, pageText } from '../../../sync/report/own-objects.ts';

/** Characters of Result__c. */
export const RESULT_LENGTH = 131_072;
/** Characters of a result for a program. It has no line breaks. */
export const DATA_LENGTH = 130_000;
/** Salesforce may count a line break as two characters. */
const LONGEST = 30_000;

/**
 * A result for a program as JSON, without e-mail addresses. They are masked before the text is made: behind the backslash
 * of a line break one would take its letter along, and leave no JSON.
 */
export function resultData(value: unknown): string {
  return JSON.stringify(value, (_name, one: unknown) =>
    typeof one === 'string' ? maskEmails(one) : one,
  );
}

/** A result as the record takes it: without e-mail addresses, and where it is too long, with a word about that. */
export function resultText(text: string): string {
  const masked = pageText(maskEmails(text).trimEnd());
  if (masked.length <= LONGEST) return masked;
  const remark = `\n\nCut here: all of it has ${count(masked.length, 'character')}, more than this field takes.`;
  return cut(masked, LONGEST - remark.length) + remark;
}

/** `1 record`, `1,200 records`. */
export function count(number: number, what: string): string {
  return `${number.toLocaleString('en-US')} ${what}${number === 1 ? '' : 's'}`;
}

/** The first lines of many, and how many more there are. */
export function first(lines: readonly string[], most: number): readonly string[] {
  const more = lines.length - most;
  return more <= 0
    ? lines
    : [...lines.slice(0, most), `… and ${more.toLocaleString('en-US')} more.`];
}
