import type { KeptField } from '../../mapping/model/mapping.ts';
import type { FieldValue } from '../../mapping/model/record.ts';
import { changeFor } from '../../ports/change-for.ts';
import type { OrgRow } from '../../ports/org.ts';
import type { Base, FieldVersions } from '../../ports/two-way-state.ts';
import type { Merged, Planned } from '../model/record.ts';
import type { Run } from '../model/run.ts';
import { OrgRecords } from '../read/read-org-rows.ts';
import { agreedName, digest } from '../model/digest.ts';
import { formerOf, type Linked, withBases } from './linked.ts';
import { newestOf } from './newest.ts';
import { conflictKey, decidedOn } from './resolutions.ts';
import { lastInStep, NOT_WRITTEN } from './three-way.ts';

/** Stands for what Salesforce holds where that is a person's, so that it is never what was last in step. */
const PERSONS = NOT_WRITTEN;

/** In place of the sync base of a conflict that was open when the state was lost: neither side holds it. */
const LOST: FieldVersions = [NOT_WRITTEN, PERSONS];

type Step = 'agree' | 'keep' | 'leave' | 'bring' | 'conflict';

/** One field of a record, as both sides hold it. */
interface Sides {
  readonly field: KeptField;
  readonly woo: FieldValue;
  readonly salesforce: FieldValue;
  /** What both held when they were last in step; undefined for what was never compared. */
  readonly step: FieldVersions | undefined;
  /** What is known, as it was saved. */
  readonly base: FieldVersions | undefined;
}

/**
 * Decides field by field what of the shop goes into records of Salesforce, for fields that people may edit there:
 * what only the shop has changed does, and what a person typed stays. Salesforce is asked, in one query for some
 * 500 records, only for those whose side of the shop has changed, and of which nothing is known.
 */
export async function keepEdits(
  run: Run,
  planned: readonly Planned[],
): Promise<ReadonlyMap<Planned, Merged>> {
  const merged = new Map<Planned, Merged>();
  const rows = planned.filter(({ mapping, found }) => mapping.kept.length > 0 && !found?.silent);
  for (const row of rows) if (row.link === undefined) merged.set(row, whole(row));
  const linked = await withBases(run, rows);
  for (const one of linked) if (!mustAsk(one)) merged.set(one.row, withheld(one.row));
  const asked = linked.filter(mustAsk);
  if (asked.length === 0) return merged;
  const held = await readHeld(run, asked);
  const read = asked.map((one) => ({ one, sides: sidesOf(one, held.get(one.recordId)) }));
  const decided = await decidedOn(
    run,
    read.flatMap(({ one, sides }) => openKeys(one, sides)),
  );
  const seen = read.map(({ one, sides }) => ({ one, sides: withWaiting(one, sides, decided) }));
  const made = seen.flatMap(({ one, sides }) => {
    const there = held.get(one.recordId);
    // Gone, or merged: the writer finds out. A new record gets the whole row; a survivor is compared next time.
    if (there === undefined) {
      merged.set(one.row, whole(one.row));
      lookAgain(run, one.row);
    }
    return there === undefined
      ? []
      : [new Outcome(run, one, sides, (of) => winnerOf(one, of, there, decided))];
  });
  await run.state.twoWay.saveBase(made.flatMap(({ reached }) => reached));
  await run.state.twoWay.savePending(made.flatMap(({ coming }) => coming));
  for (const { row, merged: said } of made) merged.set(row, said);
  return merged;
}

function whole({ mapping, row }: Planned): Merged {
  const agrees = mapping.kept
    .filter(({ field }) => field in row.fields)
    .map((field) => {
      const value = digest(field.form(row.fields[field.field]));
      return [agreedName(field), [value, value] as const] as const;
    });
  return { withheld: new Set(), forced: true, agrees: Object.fromEntries(agrees) };
}

function withheld({ mapping }: Planned): Merged {
  return { withheld: new Set(mapping.kept.map(({ field }) => field)), forced: false, agrees: {} };
}

function mustAsk({ row, base: agreement }: Linked): boolean {
  // The sync base is to go on under the new key.
  if (hadAnotherKey(row)) return true;
  return sent(row).some((field) => {
    const name = agreedName(field);
    const [base, pending] = [agreement?.base[name], agreement?.pending[name]];
    return pending !== undefined || base?.[0] !== digest(field.form(row.row.fields[field.field]));
  });
}

/** Fields that the shop says something of. */
function sent({ mapping, row }: Planned): readonly KeptField[] {
  return mapping.kept.filter(({ field }) => field in row.fields);
}

async function readHeld(run: Run, asked: readonly Linked[]): Promise<ReadonlyMap<string, OrgRow>> {
  const records = new OrgRecords();
  for (const { row, recordId } of asked) {
    const fields = row.mapping.kept.map(({ field }) => field);
    records.want(row.mapping.object, recordId, [...fields, 'LastModifiedDate']);
  }
  return records.read(run.org);
}

function sidesOf({ row, base: agreement }: Linked, held: OrgRow | undefined): readonly Sides[] {
  if (held === undefined) return [];
  return sent(row).map((field) => {
    const name = agreedName(field);
    const [base, pending] = [agreement?.base[name], agreement?.pending[name]];
    const woo = field.form(row.row.fields[field.field]);
    const salesforce = field.form(held[field.field]);
    return { field, woo, salesforce, base, step: lastInStep({ woo, salesforce, base, pending }) };
  });
}

function stepOf(one: Linked, sides: Sides): Step {
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

function hadAnotherKey(row: Planned): boolean {
  return formerOf(row) !== null;
}

/** Whether nobody but a person decides: the record was found by this field, or may have been. */
function asks({ row }: Linked, { field, step }: Sides): boolean {
  return row.mapping.conflictRule === 'ask' || (field.isMatch && step?.[1] === PERSONS);
}

function openKeys(one: Linked, all: readonly Sides[]): readonly string[] {
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
function withWaiting(
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

/** What becomes of the fields of one record. */
class Outcome {
  readonly row: Planned;
  readonly #run: Run;
  readonly #one: Linked;
  readonly #withheld: Set<string>;
  readonly #agrees: Record<string, FieldVersions> = {};
  readonly #reached: Record<string, FieldVersions> = {};
  readonly #pending: Record<string, FieldVersions> = {};

  constructor(run: Run, one: Linked, all: readonly Sides[], winner: (sides: Sides) => Winner) {
    this.row = one.row;
    this.#run = run;
    this.#one = one;
    this.#withheld = new Set(one.row.mapping.kept.map(({ field }) => field));
    if (hadAnotherKey(one.row)) Object.assign(this.#reached, one.base?.base);
    for (const sides of all) this.#take(sides, winner);
  }

  get merged(): Merged {
    const agrees = this.#agrees;
    return { withheld: this.#withheld, forced: Object.keys(agrees).length > 0, agrees };
  }

  /** What is known of both sides from now on. */
  get reached() {
    return Object.keys(this.#reached).length === 0
      ? []
      : [{ ...this.#pair, base: this.#reached as Base }];
  }

  /** What is about to be written. */
  get coming() {
    return Object.keys(this.#pending).length === 0
      ? []
      : [{ ...this.#pair, pending: this.#pending as Base }];
  }

  get #pair() {
    const { row, recordId } = this.#one;
    return { object: row.mapping.object, key: row.key, recordId };
  }

  #take(sides: Sides, winner: (sides: Sides) => Winner): void {
    const { row } = this.#one;
    const name = agreedName(sides.field);
    if (hadAnotherKey(row) && sides.step) this.#reached[name] = sides.step;
    switch (stepOf(this.#one, sides)) {
      case 'agree':
        this.#reached[name] = inStep(sides);
        break;
      case 'bring':
        this.#bring(sides);
        break;
      case 'leave':
        this.#leave(name, sides);
        break;
      case 'keep':
        if (sides.step !== undefined) break;
        this.#stay(sides);
        this.#run.report.keep(row.mapping);
        break;
      case 'conflict':
        this.#conflict(sides, winner(sides));
    }
  }

  #conflict(sides: Sides, winner: Winner): void {
    const isDecided = winner === 'decided_woo' || winner === 'decided_salesforce';
    if (!isDecided) reportConflict(this.#run, this.#one, sides, winner);
    if (winner === 'woo' || winner === 'decided_woo') this.#bring(sides);
    else if (winner !== 'ask') this.#stay(sides);
  }

  #bring(sides: Sides): void {
    const name = agreedName(sides.field);
    this.#withheld.delete(sides.field.field);
    this.#agrees[name] = inStep(sides);
    this.#pending[name] = [NOT_WRITTEN, digest(sides.woo)];
  }

  /** What Salesforce holds goes on following the shop, unless a person typed it. */
  #leave(name: string, { woo, salesforce, step }: Sides): void {
    const held = digest(salesforce);
    this.#reached[name] = [digest(woo), held === step?.[1] ? held : PERSONS];
  }

  #stay({ field, woo }: Sides): void {
    this.#reached[agreedName(field)] = [digest(woo), PERSONS];
  }
}

/** Once both hold what the shop does; a record that may have been found by the field stays a person's. */
function inStep({ field, woo, base }: Sides): FieldVersions {
  const isGuarded = field.isMatch && (base?.[1] ?? PERSONS) === PERSONS;
  return [digest(woo), isGuarded ? PERSONS : digest(woo)];
}

type Winner = 'woo' | 'salesforce' | 'ask' | 'decided_woo' | 'decided_salesforce';

function winnerOf(
  one: Linked,
  sides: Sides,
  held: OrgRow,
  decided: ReadonlyMap<string, string>,
): Winner {
  const { mapping, key } = one.row;
  if (asks(one, sides)) {
    const said = decided.get(conflictKey(mapping, key, sides.field));
    if (said === 'take_woo') return 'decided_woo';
    return said === 'take_salesforce' ? 'decided_salesforce' : 'ask';
  }
  if (mapping.conflictRule === 'newest_wins') return newestOf(one.row, held);
  return mapping.conflictRule === 'woo_wins' ? 'woo' : 'salesforce';
}

function reportConflict(run: Run, one: Linked, sides: Sides, winner: Winner): void {
  const { row, recordId } = one;
  const { field, woo, salesforce, step } = sides;
  const kept = winner === 'woo' ? "the shop's value was kept" : "Salesforce's value was kept";
  const matched = field.isMatch && step?.[1] === PERSONS;
  const why = matched
    ? `${field.field} was changed in the shop, and the record may have been found by it: nobody but a person may say that it is still the same one`
    : `${field.field} was changed on both sides`;
  run.report.fail(row.mapping, {
    ...{ key: row.key, recordId, field: field.field, aspect: field.field },
    code: winner === 'ask' ? 'CONFLICT_OPEN' : 'CONFLICT_DECIDED',
    message: `${why}: ${winner === 'ask' ? 'nothing was overwritten' : kept}.`,
    wooValue: woo === null ? null : String(woo),
    salesforceValue: salesforce === null ? null : String(salesforce),
  });
  if (winner !== 'ask') lookAgain(run, row);
}

function lookAgain(run: Run, { mapping, key, parentKey }: Planned): void {
  const change = changeFor(mapping.resource, key, parentKey);
  if (change !== null) run.enqueueFollowUps?.([change]);
}
