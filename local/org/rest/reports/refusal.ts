import { ApiError } from '../../model/errors.ts';

/** What a report holds and the local org does not run. */
export const notRun = (what: string): ApiError =>
  new ApiError(501, 'NOT_EMULATED', `The local org does not run reports with ${what}.`);
