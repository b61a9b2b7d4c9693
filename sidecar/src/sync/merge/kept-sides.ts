import type { KeptField } from '../../mapping/model/mapping.ts';
import type { OrgRow } from '../../ports/org.ts';
import type { FieldVersions } from '../../ports/two-way-state.ts';
import { agreedName, digest } from '../model/digest.ts';
import type { Planned } from '../model/record.ts';
import type { Values } from './conflicts.ts';
import { formerOf, type Linked } from './linked.ts';
import { conflictKey } from './resolutions.ts';
import { lastInStep, NOT_WRITTEN } from './three-way.ts';

/** Stands for what Salesforce holds where that is a person's, so that it is never what was last in step. */
export const PERSONS = NOT_WRITTEN;

/** In place of the sync base of a conflict that was open when the state was lost: neither side holds it. */
const LOST: FieldVersions = [NOT_WRITTEN, PERSONS];

export type Step = 'agree' | 'keep' | 'leave' | 'bring' | 'conflict';

/** One field of a record, as both sides hold it. */
export interface Sides extends Values {
  readonly field: KeptField;
  /** What both held when they were last in step; undefined for what was never compared. */
  readonly step: FieldVersions | undefined;
  /** What is known, as it was saved. */
  readonly base: FieldVersions | undefined;
  /** A write was begun whose end is not known. */
  readonly isUnderWay: boolean;
  /** When the record in Salesforce was changed last, as the org says it. */
  readonly modified: string;
}

/** Fields that the shop says something of. */
export function sent({ mapping, row }: Planned): readonly KeptField[] {
  return mapping.kept.filter(({ field }) => field in row.fields);
}

export function sidesOf(
  { row, base: agreement }: Linked,
  held: OrgRow | undefined,
): readonly Sides[] {
  if (held === undefined) return [];
  const modified = String(held['LastModifiedDate']);
  return sent(row).map((field) => {
    const name = agreedName(field);
    const [base, pending] = [agreement?.base[name], agreement?.pending[name]];
    const woo = field.form(row.row.fields[field.field]);
    const salesforce = field.form(held[field.field]);
    const sides = { woo, salesforce, base, pending };
    const isUnderWay = pending !== undefined;
    return { field, woo, salesforce, base, isUnderWay, modified, step: stepFrom(field, sides) };
  });
}

/** What both sides held when they were last in step; a write of unknown end that was carried out ends as one that was heard of. */
function stepFrom(
  field: KeptField,
  sides: Parameters<typeof lastInStep>[0],
): FieldVersions | undefined {
  const step = lastInStep(sides);
  return step === undefined || step === sides.base ? step : onceWritten(field, step[0], sides.base);
}

/**
 * What both hold once Salesforce has the shop's value; a record that may have been found by the field stays a person's.
 * @param base what was known before
 */
export function onceWritten(
  field: KeptField,
  woo: string,
  base: FieldVersions | undefined,
): FieldVersions {
  const isGuarded = field.isMatch && (base?.[1] ?? PERSONS) === PERSONS;
  return [woo, isGuarded ? PERSONS : woo];
}

export function stepOf(one: Linked, sides: Sides): Step {
  const { row } = one;
  const { field, woo, salesforce, step } = sides;
  if (woo === salesforce) return 'agree';
  if (step === undefined) {
    const isOurs = row.found?.adopted !== true && field.isStandIn(salesforce, row.record);
    return salesforce === null || isOurs ? 'bring' : 'keep';
  }
  if (digest(woo) === step[0]) return 'keep';
  if (isLacking(one, sides)) return 'leave';
  return digest(salesforce) === step[1] ? 'bring' : 'conflict';
}

/** What the shop does not have takes nothing away: a name, or what a person said before and a new account does not repeat. */
function isLacking({ row }: Linked, { field, woo }: Sides): boolean {
  return field.isNameless(row.record) || (hadAnotherKey(row) && woo === null);
}

export function hadAnotherKey(row: Planned): boolean {
  return formerOf(row) !== null;
}

/** Whether nobody but a person decides: the record was found by this field, or may have been. */
export function asks({ row }: Linked, { field, step }: Sides): boolean {
  return row.mapping.conflictRule === 'ask' || (field.isMatch && step?.[1] === PERSONS);
}

export function openKeys(one: Linked, all: readonly Sides[]): readonly string[] {
  return all
    .filter((sides) => {
      const isConflict = stepOf(one, sides) === 'conflict' && asks(one, sides);
      return isConflict || mayWait(one, sides);
    })
    .map(({ field }) => conflictKey(one.row.mapping, one.row.key, field));
}

/** Whether a person may have been asked before the state was lost; never of a record that is met for the first time. */
function mayWait(one: Linked, sides: Sides): boolean {
  const { found, link, mapping } = one.row;
  const isNew = found?.adopted === true && link?.byId !== true;
  const isAsked = sides.field.isMatch || mapping.conflictRule === 'ask';
  return isAsked && !isNew && sides.step === undefined && stepOf(one, sides) === 'keep';
}

/** A conflict whose issue is open in Salesforce stays one, though nothing is known of an agreement any more. */
export function withWaiting(
  one: Linked,
  all: readonly Sides[],
  open: ReadonlyMap<string, string>,
): readonly Sides[] {
  const { mapping, key } = one.row;
  return all.map((sides) =>
    mayWait(one, sides) && open.has(conflictKey(mapping, key, sides.field))
      ? { ...sides, step: LOST }
      : sides,
  );
}
