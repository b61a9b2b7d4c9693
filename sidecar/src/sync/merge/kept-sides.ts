import type { KeptField } from '../../mapping/model/mapping.ts';
import type { OrgRow } from '../../ports/org.ts';
import type { FieldVersions } from '../../ports/two-way-state.ts';
import { agreedName, digest } from '../model/digest.ts';
import type { Planned } from '../model/record.ts';
import type { Values } from './conflicts.ts';
import { formerOf, isFoundAgain, type Linked } from './linked.ts';
import { conflictKey } from './resolutions.ts';
import { lastInStep, NOT_WRITTEN } from './three-way.ts';

/** Stands for what Salesforce holds where that is a person's, so that it is never what was last in step. */
export const PERSONS = NOT_WRITTEN;

/**
 * In place of what both held, where that was lost with the state and a person is to say which side is right: neither
 * holds it. It is saved, so that the field waits until then, whatever becomes of its issue.
 */
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
  /** Nobody has changed the record in Salesforce since we made it. */
  readonly isUntouched: boolean;
}

/** Fields that the shop says something of. */
export function sent({ mapping, row }: Planned): readonly KeptField[] {
  return mapping.kept.filter(({ field }) => field in row.fields);
}

/** @param us id of the user that we write as; null where nobody asks who has changed a record */
export function sidesOf(
  { row, base: agreement }: Linked,
  held: OrgRow | undefined,
  us: string | null,
): readonly Sides[] {
  if (held === undefined) return [];
  const modified = String(held['LastModifiedDate']);
  const isUntouched =
    us !== null && held['LastModifiedById'] === us && held['CreatedDate'] === modified;
  return sent(row).map((field) => {
    const name = agreedName(field);
    const [base, pending] = [agreement?.base[name], agreement?.pending[name]];
    const woo = field.form(row.row.fields[field.field]);
    const salesforce = field.form(held[field.field]);
    const sides = { woo, salesforce, base, pending };
    const isUnderWay = pending !== undefined;
    const step = stepFrom(field, sides);
    return { field, woo, salesforce, base, isUnderWay, modified, isUntouched, step };
  });
}

/** What both sides held when they were last in step; a write of unknown end that was carried out ends as one that was heard of. */
function stepFrom(
  field: KeptField,
  sides: Parameters<typeof lastInStep>[0],
): FieldVersions | undefined {
  const step = lastInStep(sides);
  if (step === sides.base || step === undefined) return step;
  return onceWritten(field, step[0], sides.base);
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

/**
 * Whether nobody but a person decides: the record was found by this field, or may have been; or the state was lost, and
 * it cannot be known whether the shop has changed it or a person: a conflict rule is for what both have.
 */
export function asks({ row }: Linked, { field, step }: Sides): boolean {
  if (row.mapping.conflictRule === 'ask' || isLost(step)) return true;
  return field.isMatch && step?.[1] === PERSONS;
}

export function isLost(known: FieldVersions | undefined): boolean {
  return known?.[0] === LOST[0] && known[1] === LOST[1];
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
  const isAsked =
    sides.field.isMatch || mapping.conflictRule === 'ask' || isFieldForgotten(one, sides);
  return isAsked && !isNew && sides.step === undefined && stepOf(one, sides) === 'keep';
}

/** Whether it was lost with the state which side of a record of ours has changed. What is empty in the shop says nothing. */
function isFieldForgotten(one: Linked, { woo }: Sides): boolean {
  return woo !== null && isFoundAgain(one);
}

/**
 * With what is taken for known of fields that differ since the state was lost. Of a record that nobody has touched
 * since we made it the shop has changed what differs. Else a person is to say it: what one typed stands in Salesforce
 * alone, and we write other fields beside it, so that who was the last to change the record says nothing. So it is with
 * a conflict whose issue is open in Salesforce.
 */
export function withForgotten(
  one: Linked,
  all: readonly Sides[],
  open: ReadonlyMap<string, string>,
): readonly Sides[] {
  const { mapping, key } = one.row;
  return all.map((sides) => {
    if (!mayWait(one, sides)) return sides;
    const { field, salesforce, isUntouched } = sides;
    if (!isFieldForgotten(one, sides))
      return open.has(conflictKey(mapping, key, field)) ? { ...sides, step: LOST } : sides;
    const isOurs = isUntouched && !field.isMatch;
    return { ...sides, step: isOurs ? [NOT_WRITTEN, digest(salesforce)] : LOST };
  });
}
