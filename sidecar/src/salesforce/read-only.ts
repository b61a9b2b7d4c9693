import { CodedError } from '../errors/coded-error.ts';

/** What an org answers to each write while its instance is maintained; it still answers what is read. */
export const READ_ONLY = 'INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE';

export function readOnly(): CodedError {
  return new CodedError(
    'SF_READ_ONLY',
    `Salesforce takes no changes at the moment: ${READ_ONLY}.`,
    'Wait until its maintenance is over (status.salesforce.com). Nothing is lost meanwhile.',
  );
}
