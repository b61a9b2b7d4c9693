import { newestOf, winnerByRule } from '../../merge/conflict-rule.ts';
import type { Returning } from '../../model/record.ts';
import type { Run } from '../../model/run.ts';
import { idsOf, type DesiredImages } from '../desired-images.ts';
import { imageFields } from '../direction.ts';

/** Which side's images are kept where both have changed; null where a person is to say it. */
export function winnerOf({ row, held, decided }: Returning): 'woo' | 'salesforce' | null {
  if (decided !== null) return decided;
  const winner = winnerByRule(row.mapping.conflictRule, () => newestOf(row, held));
  return winner === 'ask' ? null : winner;
}

/** On first contact it is only noted. */
export function reportConflict(
  run: Run,
  { row, recordId }: Returning,
  desired: DesiredImages,
  winner: 'woo' | 'salesforce' | null,
): void {
  const { mapping, key } = row;
  const [field] = imageFields(row).map((one) => one.field);
  const kept = winner === 'woo' ? "the shop's were kept" : "Salesforce's were kept";
  if (winner !== null && desired.base === undefined) {
    run.report.note(mapping, key, [`Images differed on first contact; ${kept}.`]);
    return;
  }
  run.report.fail(mapping, {
    key,
    recordId,
    field: field ?? null,
    // As of other fields, so that a decision on the issue is found again.
    ...(field !== undefined && { aspect: field }),
    code: winner === null ? 'CONFLICT_OPEN' : 'CONFLICT_DECIDED',
    message: `The images were changed on both sides: ${winner === null ? 'nothing was overwritten' : kept}.`,
    wooValue: desired.shown.map(({ id }) => id).join(';'),
    salesforceValue: idsOf(desired).join(';'),
  });
  if (winner !== null) run.onDecided?.([{ resource: 'product', key }]);
  // Until it is decided Salesforce is asked: the shop may take its change back.
  else run.stillDirty.add(key);
}
