import type { HeldTotals, RecordTotals } from '../../ports/totals/totals-state.ts';
import { currencyRecord, type TotalsRows } from './held-values.ts';
import type { TotalsWrite } from './pending-totals.ts';

/** Nothing where the org holds it all; else the customer with what differs of its other currencies. */
export function writesOf(
  { object, recordId, key }: RecordTotals,
  { own, others, isEmpty }: TotalsRows,
  held: readonly HeldTotals[],
): readonly TotalsWrite[] {
  const main = held.find(({ currency }) => currency === '');
  if (isEmpty && main === undefined) return [];
  const shared = { object, recordId, key, attempt: 0 };
  const known = new Map(held.map((one) => [one.currency, one]));
  const changed = [...others].filter(
    ([currency, { digest }]) => known.get(currency)?.digest !== digest,
  );
  const left = held.filter(
    ({ currency, childId }) => currency !== '' && childId !== null && !others.has(currency),
  );
  if (main?.digest === own.digest && changed.length + left.length === 0) return [];
  const text = JSON.stringify({ id: recordId, ...own.fields });
  const { digest } = own;
  return [
    { ...shared, kind: 'own', currency: '', text, digest, childId: null },
    ...changed.map(([currency, row]) => ({
      ...({ ...shared, kind: 'currency', currency, digest: row.digest } as const),
      text: currencyRecord(object, recordId, currency, row),
      childId: known.get(currency)?.childId ?? null,
    })),
    ...left.map(({ currency, childId }) => ({
      ...({ ...shared, kind: 'leaves', currency, childId, text: '', digest: '' } as const),
    })),
  ];
}
