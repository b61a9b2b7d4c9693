import type { OutgoingField } from '../../mapping/model/mapping.ts';
import type { Row } from '../../mapping/model/record.ts';
import { mergePatches } from '../../mapping/to-woo/outgoing-field.ts';
import type { OrgRow } from '../../ports/org.ts';
import type { SyncBase, Base, FieldVersions } from '../../ports/two-way-state.ts';
import type { Merged, Planned, ChangedField } from '../model/record.ts';
import type { Run } from '../model/run.ts';
import { OrgRecords } from '../read/read-org-rows.ts';
import { agreedName, digest } from '../model/digest.ts';
import { decideShared, editOf, isTyped, noEdit } from './edits-to-all.ts';
import { type Linked, withBases } from './linked.ts';
import { newestOf } from './newest.ts';
import { ownersOf, sharesEdits } from './owners.ts';
import { resolutions, type Resolutions } from './resolutions.ts';
import {
  decide,
  lastInStep,
  mayDiffer,
  NOT_WRITTEN,
  type Question,
  type Verdict,
} from './three-way.ts';

/**
 * Decides field by field what goes where, for rows with fields that go to the shop. Salesforce is asked, in one
 * query for some 500 records, only for those that it has reported, whose side of the shop has changed, or of
 * which nothing is known. Changes for the shop wait in the run's pushes; what is to be written on either side is
 * written ahead.
 */
export async function merge(
  run: Run,
  planned: readonly Planned[],
): Promise<ReadonlyMap<Planned, Merged>> {
  const merged = new Map<Planned, Merged>();
  const rows = planned.filter(
    ({ mapping, found }) => mapping.outgoing.length > 0 && !found?.silent,
  );
  for (const row of rows) {
    if (row.link) continue;
    merged.set(row, whole(row));
    run.imageImports.addNew(row);
  }
  const linked = await withBases(run, rows);
  const unread = linked.filter((one) => !mustAsk(run, one));
  for (const { row } of unread) merged.set(row, untouched(row));
  const asked = linked.filter((one) => mustAsk(run, one));
  const held = await readHeld(run, asked);
  const us = asked.length > 0 ? ((await run.userId?.()) ?? null) : null;
  const decided = await resolutions(
    run,
    asked.map(({ row }) => row),
  );
  const owners = await ownersOf(run, asked, held);
  const decisions = asked.map((one) => {
    const there = held.get(one.recordId);
    // Gone, or merged into another: the writer finds out, and the whole row is there to be written.
    if (there === undefined) return null;
    return new Decision(run, one, there, { decided, owner: owners.get(one) });
  });
  for (const [at, one] of asked.entries()) {
    const { row, recordId } = one;
    const of = decisions[at]?.merged ?? whole(row);
    const isForced = of.forced || isOverwritten(us, row, held.get(recordId));
    merged.set(row, { ...of, forced: isForced });
  }
  const made = decisions.filter((decision) => decision !== null);
  // What is written ahead now must not take the place of what an attempt before has brought about.
  await run.state.twoWay.saveBase(made.flatMap(({ reached }) => reached));
  await run.state.twoWay.savePending(made.flatMap(({ coming }) => coming));
  for (const decision of made) decision.send();
  return merged;
}

function mustAsk(run: Run, { row, base: agreement }: Linked): boolean {
  if (run.dirty.has(row.key) || run.imageImports.mayDiffer(row, agreement)) return true;
  return row.mapping.outgoing.some((field) => {
    if (field.kind === 'value' && field.onlyEdits) {
      const { base, pending } = knownOf(agreement, field);
      return base === undefined || pending !== undefined;
    }
    if (field.direction !== 'both' || field.kind !== 'value') return false;
    return mayDiffer(field.fromWoo(row.record), knownOf(agreement, field));
  });
}

/** The fields that go to the shop for this record. */
function outgoingOf({ mapping, record }: Planned): readonly OutgoingField[] {
  return mapping.outgoing.filter(({ meets }) => meets === undefined || meets(record));
}

function knownOf(
  agreement: SyncBase | undefined,
  field: OutgoingField,
): { readonly base: FieldVersions | undefined; readonly pending: FieldVersions | undefined } {
  const name = agreedName(field);
  return { base: agreement?.base[name], pending: agreement?.pending[name] };
}

async function readHeld(run: Run, asked: readonly Linked[]): Promise<ReadonlyMap<string, OrgRow>> {
  const records = new OrgRecords();
  for (const { row, recordId } of asked) {
    const fields = row.mapping.outgoing.map(({ field }) => field);
    const { object, keyField } = row.mapping;
    const owner = sharesEdits(row) ? [keyField] : [];
    const others = run.userId ? [...oneWay(row).map(([name]) => name), 'LastModifiedById'] : [];
    records.want(object, recordId, [...fields, ...others, 'LastModifiedDate', ...owner]);
  }
  return records.read(run.org);
}

/** What the shop alone says, which no merge compares. */
function oneWay({ mapping, row }: Planned): readonly (readonly [string, Row['fields'][string]])[] {
  const outgoing = new Set(mapping.outgoing.map(({ field }) => field));
  return Object.entries(row.fields).filter(([name]) => !outgoing.has(name));
}

/**
 * Whether somebody else has written over what the shop alone says. What a trigger of the org makes of our own
 * write counts as ours: it would make it again, for ever.
 */
function isOverwritten(us: string | null, row: Planned, there: OrgRow | undefined): boolean {
  if (us === null || there === undefined || row.link?.byId !== false) return false;
  if (there['LastModifiedById'] === us) return false;
  return oneWay(row).some(([name, value]) => !row.mapping.holds(name, value, there[name]));
}

/** Nothing is known of the record in Salesforce, or it is not there: the row says all. */
function whole({ mapping, row, record }: Planned): Merged {
  const both = mapping.outgoing.filter(
    ({ direction, field }) => direction === 'both' && field in row.fields,
  );
  const agrees = both.map((field) => {
    const value = digest(field.fromWoo(record));
    return [agreedName(field), [value, value] as const] as const;
  });
  return { withheld: new Set(), forced: true, agrees: Object.fromEntries(agrees) };
}

/** Neither side of what goes both ways has changed, as far as we were told. */
function untouched({ mapping, row }: Planned): Merged {
  const both = mapping.outgoing.filter(({ field }) => field in row.fields);
  return { withheld: new Set(both.map(({ field }) => field)), forced: false, agrees: {} };
}

/** What else decides of a pair. */
interface Circumstances {
  readonly decided: Resolutions;
  /** What is known of the pair to which the record belongs, where it is another one. */
  readonly owner: SyncBase | undefined;
}

/** What becomes of the fields of one pair. */
class Decision {
  readonly #run: Run;
  readonly #linked: Linked;
  readonly #held: OrgRow;
  readonly #decided: Resolutions;
  readonly #owner: SyncBase | undefined;
  readonly #withheld = new Set<string>();
  readonly #agrees: Record<string, FieldVersions> = {};
  readonly #reached: Record<string, FieldVersions> = {};
  readonly #pending: Record<string, FieldVersions> = {};
  readonly #pushed: ChangedField[] = [];

  constructor(run: Run, linked: Linked, held: OrgRow, { decided, owner }: Circumstances) {
    this.#run = run;
    this.#linked = linked;
    this.#held = held;
    this.#decided = decided;
    this.#owner = owner;
    const problems = outgoingOf(linked.row)
      .filter(({ kind }) => kind === 'value')
      .flatMap((field) => this.#take(field));
    const [first] = problems;
    if (first === undefined) return;
    const { mapping, key } = linked.row;
    run.stillDirty.add(key);
    run.report.fail(mapping, {
      ...{ key, recordId: linked.recordId, aspect: 'shop', field: first.field },
      code: [...new Set(problems.map(({ code }) => code))].join(', '),
      message: problems.map(({ message }) => message).join('; '),
    });
  }

  get merged(): Merged {
    const agrees = this.#agrees;
    return { withheld: this.#withheld, forced: Object.keys(agrees).length > 0, agrees };
  }

  /** What is about to be written, on either side. */
  get coming() {
    return this.#pairWith('pending', this.#pending);
  }

  /** What both sides hold already, where that is news. */
  get reached() {
    return this.#pairWith('base', this.#reached);
  }

  send(): void {
    const { row, recordId } = this.#linked;
    const { mapping, key, record } = row;
    if (this.#pushed.length > 0) {
      const { object } = mapping;
      this.#run.productUpdates.add({
        mapping,
        object,
        key,
        recordId,
        record,
        fields: this.#pushed,
      });
    }
    if (outgoingOf(row).some(({ kind }) => kind !== 'value')) {
      const item = { row, recordId, held: this.#held, base: this.#linked.base };
      const both = this.#run.imageImports.field(row);
      if (both === undefined) this.#run.imageUploads.add(item);
      else this.#run.imageImports.add({ ...item, decided: this.#decided.of(row, both) });
    }
  }

  #pairWith<N extends 'base' | 'pending'>(name: N, held: Base) {
    if (Object.keys(held).length === 0) return [];
    const { row, recordId } = this.#linked;
    const pair = { object: row.mapping.object, key: row.key, recordId };
    return [{ ...pair, [name]: held } as typeof pair & Record<N, Base>];
  }

  #take(field: OutgoingField) {
    const { row, base: agreement } = this.#linked;
    const woo = field.fromWoo(row.record);
    const salesforce = field.fromSalesforce(this.#held[field.field]);
    const { base, pending } = knownOf(agreement, field);
    const before = lastInStep({ woo, salesforce, base, pending });
    const verdict = this.#decide(field, { woo, salesforce, base, pending });
    const name = agreedName(field);
    const isRowField = field.field in row.row.fields;
    if (verdict.step !== 'to_salesforce' || !isRowField) this.#withheld.add(field.field);
    if (verdict.conflict) this.#reportConflict(field, verdict, before !== undefined);
    if (pending !== undefined && before !== undefined) this.#reached[name] = before;
    const held: FieldVersions = [digest(woo), digest(salesforce)];
    switch (verdict.step) {
      case 'agree':
        this.#agree(field, held);
        return [];
      case 'to_salesforce':
        if (isRowField) this.#bring(field, held[0]);
        return [];
      case 'to_woo':
        return this.#push(field, name, held[1]);
      case 'keep':
        if (field.onlyEdits && before?.[1] !== held[1]) this.#reached[name] = held;
        return [];
      case 'ask':
        return [];
    }
  }

  /** Both hold the same. */
  #agree(field: OutgoingField, held: FieldVersions): void {
    const { base, pending } = knownOf(this.#linked.base, field);
    if (isNews(held, base, pending)) this.#reached[agreedName(field)] = held;
    if (!this.#sharesEdits || base === undefined) return;
    const isEdit = base[1] !== held[1] && pending?.[1] !== held[1];
    if (isEdit) Object.assign(this.#reached, editOf(field, held[1]));
  }

  #bring(field: OutgoingField, inWoo: string): void {
    const name = agreedName(field);
    this.#agrees[name] = [inWoo, inWoo];
    if (this.#sharesEdits) Object.assign(this.#agrees, noEdit(field));
    this.#pending[name] = [NOT_WRITTEN, inWoo];
  }

  /** Whether the owner's agreement must tell edits from what its shop wrote. */
  get #sharesEdits(): boolean {
    const { mapping, link } = this.#linked.row;
    return mapping.editsToAllStores && link?.byId !== true;
  }

  #decide(
    field: OutgoingField,
    sides: Pick<Question, 'woo' | 'salesforce' | 'base' | 'pending'>,
  ): Verdict {
    const { row } = this.#linked;
    const { direction } = field;
    if (field.onlyEdits) {
      const { woo, salesforce } = sides;
      const told = this.#run.dirty.has(row.key);
      const typed = direction === 'to_woo' || isTyped(field, salesforce, this.#owner);
      return decideShared({ woo, salesforce, step: lastInStep(sides), typed, told });
    }
    return decide({
      ...{ ...sides, direction, rule: row.mapping.conflictRule },
      newest: newestOf(row, this.#held),
      decided: this.#decided.of(row, field),
    });
  }

  #push(field: OutgoingField, name: string, inSalesforce: string) {
    const held = this.#held[field.field];
    const patches = this.#pushed.map(({ patch }) => patch);
    // With what goes along: a sale price is measured against the price that it comes with.
    const made = field.toWoo(held, mergePatches([this.#linked.row.record, ...patches]));
    if ('problem' in made) return [made.problem];
    if (Object.keys(made.patch).length === 0) return [];
    this.#pending[name] = [inSalesforce, NOT_WRITTEN];
    this.#pushed.push({ field, patch: made.patch, held });
    return [];
  }

  #reportConflict(field: OutgoingField, { step }: Verdict, hadBase: boolean): void {
    const { row, recordId } = this.#linked;
    const { mapping, key, record } = row;
    if (!hadBase && step !== 'ask') {
      const kept = step === 'to_woo' ? "Salesforce's" : "the shop's";
      this.#run.report.note(mapping, key, [
        `${field.field} differed on first contact; ${kept} value was kept.`,
      ]);
      return;
    }
    const outcome =
      step === 'ask'
        ? 'nothing was overwritten'
        : step === 'to_woo'
          ? "Salesforce's value was kept"
          : "the shop's value was kept";
    this.#run.report.fail(mapping, {
      ...{ key, recordId, field: field.field, aspect: field.field },
      code: step === 'ask' ? 'CONFLICT_OPEN' : 'CONFLICT_DECIDED',
      message: `${field.field} was changed on both sides: ${outcome}.`,
      wooValue: shown(field.fromWoo(record)),
      salesforceValue: shown(field.fromSalesforce(this.#held[field.field])),
    });
    // A decided one is over as soon as somebody looks again.
    if (step !== 'ask') this.#run.enqueueFollowUps?.([{ resource: 'product', key }]);
  }
}

/** Whether it must be remembered that both hold this. */
function isNews(
  [woo, salesforce]: FieldVersions,
  base: FieldVersions | undefined,
  pending: FieldVersions | undefined,
): boolean {
  return pending !== undefined || base?.[0] !== woo || base[1] !== salesforce;
}

function shown(value: string | number | boolean | null): string | null {
  return value === null ? null : String(value);
}
