import { CodedError } from '../../errors/coded-error.ts';
import { maskEmails } from '../../lib/redact.ts';

/**
 * An error for the one who ran the command. Of one that was not foreseen only the stack is shown: database
 * drivers hang the rows on it that they were given.
 */
export function describeError(error: unknown): string {
  if (error instanceof CodedError) {
    return maskEmails(`${error.code}: ${error.message}\n${error.cure}`);
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `UNEXPECTED: This is a bug; please report what follows.\n${maskEmails(stack)}`;
}
