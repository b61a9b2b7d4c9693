import type { FieldValue } from '../../mapping/model/record.ts';
import { changeFor } from '../../ports/change-for.ts';
import type { Planned } from '../model/record.ts';
import type { Run } from '../model/run.ts';

/** What both sides hold of a field, in canonical form. */
export interface Values {
  readonly woo: FieldValue;
  readonly salesforce: FieldValue;
}

/** A field that both sides have changed, to different values. */
interface Conflict {
  readonly recordId: string;
  readonly field: string;
  readonly values: Values;
  /** Whose value is kept; `ask`: a person is to say it. */
  readonly winner: 'woo' | 'salesforce' | 'ask';
  /** Why it is one, where that is not that both have changed. */
  readonly why?: string;
}

/** What names a record and makes it be looked at again. */
type Named = Pick<Planned, 'mapping' | 'key' | 'parentKey'>;

/** Of what differs since the state was lost. */
export const NOT_KNOWN = 'what both sides held before is not known any more';

export function reportConflict(
  run: Pick<Run, 'report' | 'onDecided'>,
  row: Named,
  conflict: Conflict,
): void {
  const { recordId, field, values, winner } = conflict;
  const why = conflict.why ?? `${field} was changed on both sides`;
  const kept =
    winner === 'ask' ? 'nothing was overwritten' : `${possessive(winner)} value was kept`;
  run.report.fail(row.mapping, {
    key: row.key,
    recordId,
    field,
    aspect: field,
    code: winner === 'ask' ? 'CONFLICT_OPEN' : 'CONFLICT_DECIDED',
    message: `${why}: ${kept}.`,
    ...shownValues(values),
  });
  const change = changeFor(row.mapping.resource, row.key, row.parentKey);
  if (winner !== 'ask' && change !== null) run.onDecided?.([change]);
}

export function possessive(side: 'woo' | 'salesforce'): string {
  return side === 'woo' ? "the shop's" : "Salesforce's";
}

export function lookAgain(
  run: Pick<Run, 'enqueueFollowUps'>,
  { mapping, key, parentKey }: Named,
): void {
  const change = changeFor(mapping.resource, key, parentKey);
  if (change !== null) run.enqueueFollowUps?.([change]);
}

/** How a field came into step. */
export interface Settled {
  readonly field: string;
  readonly values: Values;
  /** Whose value both have from now on. */
  readonly taken: 'woo' | 'salesforce' | 'same';
  readonly isDecided: boolean;
}

/** Says how a field came into step that may have waited for a person; where it did, its issue closes with that. */
export function reportSettled(
  run: Pick<Run, 'report'>,
  { mapping, key }: Named,
  settled: Settled,
): void {
  const { field, values } = settled;
  run.report.settle(mapping, {
    key,
    field,
    aspect: field,
    code: 'CONFLICT_OVER',
    message: reasonOf(settled),
    ...shownValues(values),
  });
}

function reasonOf({ field, taken, isDecided }: Settled): string {
  if (taken === 'same') return `${field} is the same on both sides now.`;
  const back = taken === 'woo' ? 'Salesforce' : 'the shop';
  const why = isDecided
    ? 'as a person has decided'
    : `since ${back} holds again what both held before`;
  return `${field}: ${possessive(taken)} value was taken, ${why}.`;
}

function shownValues({ woo, salesforce }: Values) {
  return { wooValue: shown(woo), salesforceValue: shown(salesforce) };
}

function shown(value: FieldValue): string | null {
  return value === null ? null : String(value);
}
