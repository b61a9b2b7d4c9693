import { CodedError } from '../../../errors/coded-error.ts';
import type { CommandResult } from '../command.ts';
import { DATA_LENGTH, resultData } from '../output/result-text.ts';

/** Characters of a value. */
const VALUE = 200;
/** For the numbers of the parts. */
const SPARE = 100;

/** An answer for a program with its lists as entries in order: what is longer than the record comes in parts. */
export interface ListedAnswer<Entry> {
  readonly entries: readonly Entry[];
  /** The answer with some of the entries; the rest of it is in each part. */
  readonly make: (entries: readonly Entry[]) => object;
}

/** Whether the record can hold the answer in one part. */
export function isShort<Entry>(answer: ListedAnswer<Entry>): boolean {
  return partsOf(answer).length === 1;
}

/**
 * One part of an answer, from 1, as JSON that the record can hold, with how many `parts` there are.
 * @throws CodedError `COMMAND_RESULT_TOO_LARGE` where one entry alone is too large
 */
export function partOf<Entry>(answer: ListedAnswer<Entry>, part: number): CommandResult {
  const parts = partsOf(answer);
  const numbers = { part, parts: parts.length };
  const text = resultData({ ...answer.make(parts[part - 1] ?? []), ...numbers });
  if (text.length <= DATA_LENGTH) return { failed: false, text, isData: true };
  throw new CodedError(
    'COMMAND_RESULT_TOO_LARGE',
    'The result is longer than the field Result of a command takes.',
    'Ask for less: a mapping with fewer fields.',
  );
}

/** As many entries in a part as there is room for. */
function partsOf<Entry>({ entries, make }: ListedAnswer<Entry>): readonly (readonly Entry[])[] {
  const room = DATA_LENGTH - SPARE - resultData(make([])).length;
  const parts: Entry[][] = [[]];
  let left = room;
  for (const entry of entries) {
    const size = resultData(entry).length + 1;
    if (size > left) {
      parts.push([]);
      left = room;
    }
    left -= size;
    parts.at(-1)?.push(entry);
  }
  return parts;
}

/** A value as JSON has it, cut to what helps; undefined for one that the record was sent without. */
export function shortened(value: unknown): unknown {
  if (value === undefined || value === null) return value;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= VALUE ? text : `${text.slice(0, VALUE).toWellFormed()}…`;
}
