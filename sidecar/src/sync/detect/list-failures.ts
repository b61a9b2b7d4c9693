import { explanationOf, sideOf } from '../../errors/catalogue.ts';
import { CodedError } from '../../errors/coded-error.ts';

/** A list of the shop that could not be read to its end, while its neighbours were. */
export interface ListFailure {
  readonly list: string;
  readonly error: CodedError;
}

/** Keeps one list from holding up others. What is out of reach as a whole still ends the sweep. */
export class ListFailures {
  readonly all: ListFailure[] = [];

  /**
   * @returns null where the list failed, of which a note is kept
   * @throws CodedError of a side that is out
   */
  async attempt<T>(list: string, read: () => Promise<T>): Promise<T | null> {
    try {
      return await read();
    } catch (error) {
      if (isWhole(error)) throw error;
      this.all.push({ list, error: failureOf(list, error) });
      return null;
    }
  }
}

/** Whether an error is about a whole side, so that no other list can be read either. */
export function isWhole(error: unknown): boolean {
  return error instanceof CodedError && sideOf(error) !== null;
}

/** The message of an error that nobody knows may quote a record, so another stands for it. */
export function failureOf(list: string, cause: unknown): CodedError {
  if (cause instanceof CodedError) return cause;
  const message = `Looking for changes in the list ${list} broke off by an error that the sidecar does not know.`;
  return new CodedError('LIST_BROKE', message, explanationOf('LIST_BROKE')?.cure ?? '', { cause });
}
