import type { OutgoingField } from '../../mapping/model/mapping.ts';
import type { ValueProblem } from '../../mapping/model/record.ts';
import { mergePatches } from '../../mapping/to-woo/outgoing-field.ts';
import type { Base, FieldVersions } from '../../ports/two-way-state.ts';
import { agreedName, digest } from '../model/digest.ts';
import type { Guard } from '../model/pending-write.ts';
import type { ChangedField, Merged } from '../model/record.ts';
import type { Run } from '../model/run.ts';
import { NOT_KNOWN, possessive, reportConflict, reportSettled, type Values } from './conflicts.ts';
import { editOf, noEdit } from './edits-to-all.ts';
import type { Linked } from './linked.ts';
import { knownOf, outgoingOf } from './outgoing.ts';
import { kept, report } from '../model/refused.ts';
import { lastInStep, NOT_WRITTEN, type Verdict } from './three-way.ts';
import { type Circumstances, verdictOf } from './verdict.ts';

/** What becomes of the fields of one pair. */
export class Decision {
  readonly #run: Run;
  readonly #linked: Linked;
  readonly #circumstances: Circumstances;
  readonly #withheld = new Set<string>();
  readonly #agrees: Record<string, FieldVersions> = {};
  readonly #reached: Record<string, FieldVersions> = {};
  readonly #pending: Record<string, FieldVersions> = {};
  readonly #guards: Guard[] = [];
  readonly #pushed: ChangedField[] = [];
  readonly #refused = new Set<OutgoingField>();

  constructor(run: Run, linked: Linked, circumstances: Circumstances) {
    this.#run = run;
    this.#linked = linked;
    this.#circumstances = circumstances;
    const problems = outgoingOf(linked.row)
      .filter(({ kind }) => kind === 'value')
      .flatMap((field) => this.#take(field));
    const [first] = problems;
    if (first === undefined) return;
    const { mapping, key } = linked.row;
    run.stillDirty.add(key);
    run.report.fail(mapping, {
      key,
      recordId: linked.recordId,
      aspect: 'shop',
      field: first.field,
      code: [...new Set(problems.map(({ code }) => code))].join(', '),
      message: problems.map(({ message }) => message).join('; '),
    });
  }

  get merged(): Merged {
    const agrees = this.#agrees;
    const forced = Object.keys(agrees).length > 0;
    return { withheld: this.#withheld, forced, agrees, guards: this.#guards };
  }

  /** What is about to be written, on either side. */
  get coming() {
    return this.#pairWith('pending', this.#pending);
  }

  /** What both sides hold already, where that is news. */
  get reached() {
    return this.#pairWith('base', this.#reached);
  }

  /**
   * Whether something new was decided of the field: it is on its way to the shop, or not taken once more. The shop's
   * value that goes back into Salesforce is nothing new.
   */
  isAnew(field: OutgoingField): boolean {
    return this.#refused.has(field) || this.#pushed.some((one) => one.field === field);
  }

  send(): void {
    const { row, recordId } = this.#linked;
    const { mapping, key, record } = row;
    if (this.#pushed.length > 0) {
      const { object } = mapping;
      this.#run.shopUpdates.add({
        mapping,
        object,
        key,
        recordId,
        record,
        fields: this.#pushed,
      });
    }
    if (outgoingOf(row).some(({ kind }) => kind !== 'value')) {
      const item = { row, recordId, held: this.#circumstances.held, base: this.#linked.base };
      const both = this.#run.imageImports.field(row);
      if (both === undefined) this.#run.imageUploads.add(item);
      else
        this.#run.imageImports.add({ ...item, decided: this.#circumstances.decided.of(row, both) });
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
    const values = {
      woo: field.fromWoo(row.record),
      salesforce: field.fromSalesforce(this.#circumstances.held[field.field]),
    };
    const sides = { ...values, ...knownOf(agreement, field) };
    const verdict = verdictOf(this.#circumstances, field, sides);
    const before = lastInStep(sides);
    const held: FieldVersions = [digest(values.woo), digest(values.salesforce)];
    if (!verdict.conflict && before && isNews(held, before))
      this.#reportSettled(field, verdict.step, values);
    if (sides.pending !== undefined && before) this.#reached[agreedName(field)] = before;
    const problems = this.#carryOut(field, verdict.step, held, before);
    // What cannot go to the shop has decided nothing: why it cannot is said.
    if (verdict.conflict && problems.length === 0)
      this.#reportConflict(field.field, verdict.step, values, !before);
    return problems;
  }

  /** @returns what keeps the value from the shop */
  #carryOut(
    field: OutgoingField,
    step: Verdict['step'],
    held: FieldVersions,
    before: FieldVersions | undefined,
  ) {
    const { row } = this.#linked;
    const isBrought = step === 'to_salesforce' && field.field in row.row.fields;
    if (!isBrought) this.#withheld.add(field.field);
    switch (step) {
      case 'agree':
        this.#agree(field, held);
        return [];
      case 'to_salesforce':
        if (isBrought) this.#bring(field);
        return [];
      case 'to_woo':
        return this.#push(field, held[1]);
      case 'keep':
        if (field.onlyEdits && before?.[1] !== held[1]) this.#reached[agreedName(field)] = held;
        return [];
      case 'ask':
        // Until it is decided Salesforce is asked: the shop may take its change back.
        this.#run.stillDirty.add(row.key);
        return [];
    }
  }

  /** Both hold the same. */
  #agree(field: OutgoingField, held: FieldVersions): void {
    const { base, pending } = knownOf(this.#linked.base, field);
    if (pending !== undefined || isNews(held, base)) this.#reached[agreedName(field)] = held;
    if (!this.#sharesEdits || base === undefined) return;
    const isEdit = base[1] !== held[1] && pending?.[1] !== held[1];
    if (isEdit) Object.assign(this.#reached, editOf(field, held[1]));
  }

  #bring(field: OutgoingField): void {
    const name = agreedName(field);
    const written = field.fromWoo(this.#linked.row.record);
    const inWoo = digest(written);
    const form = (value: unknown) => field.fromSalesforce(value);
    const there = this.#circumstances.held;
    const held = form(there[field.field]);
    const modified = String(there['LastModifiedDate']);
    this.#guards.push({ name, field: field.field, held, modified, written, form });
    this.#agrees[name] = [inWoo, inWoo];
    if (this.#sharesEdits) Object.assign(this.#agrees, noEdit(field));
    this.#pending[name] = [NOT_WRITTEN, inWoo];
  }

  /** Whether the owner's agreement must tell edits from what its shop wrote. */
  get #sharesEdits(): boolean {
    const { mapping, link } = this.#linked.row;
    return mapping.editsToAllStores && link?.byId !== true;
  }

  #push(field: OutgoingField, inSalesforce: string) {
    const held = this.#circumstances.held[field.field];
    const patches = this.#pushed.map(({ patch }) => patch);
    // With what goes along: a sale price is measured against the price that it comes with.
    const made = field.toWoo(held, mergePatches([this.#linked.row.record, ...patches]));
    if ('problem' in made) return this.#refuse(field, made.problem);
    if (Object.keys(made.patch).length === 0) return [];
    this.#pending[agreedName(field)] = [inSalesforce, NOT_WRITTEN];
    const isFirst = knownOf(this.#linked.base, field).base === undefined;
    this.#pushed.push({ field, patch: made.patch, held, isFirst });
    return [];
  }

  /** @returns what keeps the value from the shop and stays as it was entered */
  #refuse(field: OutgoingField, problem: ValueProblem): readonly ValueProblem[] {
    const { row } = this.#linked;
    if (field.revertsIfRefused !== true || !(field.field in row.row.fields)) return [problem];
    this.#withheld.delete(field.field);
    this.#refused.add(field);
    this.#bring(field);
    Object.assign(this.#reached, kept(field, row.record, problem));
    report(this.#run, this.#linked, field, problem);
    return [];
  }

  #reportConflict(field: string, step: Verdict['step'], values: Values, isFirst: boolean): void {
    const { row, recordId } = this.#linked;
    const winner = step === 'ask' ? 'ask' : step === 'to_woo' ? 'salesforce' : 'woo';
    const { mayBeTyped, isOurs } = this.#circumstances;
    // The rule would have taken the other value: that is said.
    const isAgainstRule = isOurs && row.mapping.conflictRule !== 'woo_wins';
    if (isFirst && !mayBeTyped && !isAgainstRule && winner !== 'ask') {
      const kept = `${possessive(winner)} value was kept`;
      this.#run.report.note(row.mapping, row.key, [`${field} differed on first contact; ${kept}.`]);
      return;
    }
    const why = mayBeTyped ? FORGOTTEN : isOurs ? `differs, and ${NOT_KNOWN}` : null;
    reportConflict(this.#run, row, {
      recordId,
      field,
      values,
      winner,
      ...(isFirst && why !== null && { why: `${field} ${why}` }),
    });
  }

  /** A person may have been asked of it before. */
  #reportSettled(field: OutgoingField, step: Verdict['step'], values: Values): void {
    const { row } = this.#linked;
    const asks = row.mapping.conflictRule === 'ask' && field.direction === 'both';
    // What another store's record gets of a shared one is no conflict, whatever the rule.
    if (!asks || field.onlyEdits === true || step === 'keep') return;
    const taken = step === 'agree' ? 'same' : step === 'to_woo' ? 'salesforce' : 'woo';
    const isDecided = this.#circumstances.decided.of(row, field) !== null;
    reportSettled(this.#run, row, { field: field.field, values, taken, isDecided });
  }
}

const FORGOTTEN = `differs, a person has changed the record in Salesforce, and ${NOT_KNOWN}`;

/** Whether it must be remembered that both hold this. */
function isNews([woo, salesforce]: FieldVersions, base: FieldVersions | undefined): boolean {
  return base?.[0] !== woo || base[1] !== salesforce;
}
