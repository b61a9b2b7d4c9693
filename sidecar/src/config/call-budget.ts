import { CodedError } from '../errors/coded-error.ts';

/** Of a row of Woo_Store__mdt. */
interface Budgeted {
  readonly key: string;
  readonly dailyApiCalls: number | null;
  readonly dailyApiShare: number | null;
}

/** @throws CodedError `STORE_BUDGET_INVALID`, `STORE_BUDGET_NONE` where nothing may be done for the store */
export function refuseBudget({ key, dailyApiCalls: calls, dailyApiShare: share }: Budgeted): void {
  const isWrong =
    (calls !== null && (calls < 0 || !Number.isInteger(calls))) ||
    (share !== null && (share < 0 || share > 100));
  if (isWrong)
    throw new CodedError(
      'STORE_BUDGET_INVALID',
      `The store "${key}" has ${shown('Daily API Calls', calls)}${shown('Daily API Share', share)}which is no number of calls, or no share of 100.`,
      'Put a whole number into Daily API Calls, or one from 0 to 100 into Daily API Share (Setup › Custom Metadata Types › Woo Store); clear both to set no limit.',
    );
  if (calls !== 0 && share !== 0) return;
  throw new CodedError(
    'STORE_BUDGET_NONE',
    `The store "${key}" may make no API calls: its ${calls === 0 ? 'Daily API Calls' : 'Daily API Share'} is 0. So nothing of it is synced; what was stays.`,
    'Raise or clear it (Setup › Custom Metadata Types › Woo Store). To stop the store for good, uncheck Active.',
  );
}

function shown(field: string, value: number | null): string {
  return value === null ? '' : `${value} in ${field}, `;
}
