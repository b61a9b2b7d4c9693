import { CodedError } from '../../../errors/coded-error.ts';
import type { CommandResult } from '../command.ts';
import { DATA_LENGTH, resultData } from '../output/result-text.ts';

/** Records that one result shows at most: an order may have hundreds of items. */
const MOST = 8;
/** Characters of a value. */
const VALUE = 200;

/**
 * A result for a program, as JSON that the record can hold.
 * @param make the result with so many records
 * @throws CodedError `COMMAND_RESULT_TOO_LARGE` where one record alone is too large
 */
export function dataResult(make: (most: number) => unknown): CommandResult {
  for (let most = MOST; most > 0; most -= 1) {
    const text = resultData(make(most));
    if (text.length <= DATA_LENGTH) return { failed: false, text, isData: true };
  }
  throw new CodedError(
    'COMMAND_RESULT_TOO_LARGE',
    'The result is longer than the field Result of a command takes.',
    'Ask for less: a mapping with fewer fields.',
  );
}

/** A value as JSON has it, cut to what helps; undefined for one that the record was sent without. */
export function shortened(value: unknown): unknown {
  if (value === undefined || value === null) return value;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= VALUE ? text : `${text.slice(0, VALUE).toWellFormed()}…`;
}
