import { CodedError } from '../errors/coded-error.ts';
import type { ItemError, ItemResult } from '../ports/org.ts';

/** What an org answers to each write while its instance is maintained; it still answers what is read. */
export const READ_ONLY = 'INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE';

const says = ({ code }: ItemError): boolean => code === READ_ONLY;

/** Whether one of the results says so. */
export const isReadOnlyIn = (results: readonly ItemResult[]): boolean =>
  results.some(({ errors }) => errors.some(says));

export function readOnly(): CodedError {
  return new CodedError(
    'SF_READ_ONLY',
    `Salesforce takes no changes at the moment: ${READ_ONLY}.`,
    'Wait until its maintenance is over (status.salesforce.com). Nothing is lost meanwhile.',
  );
}
