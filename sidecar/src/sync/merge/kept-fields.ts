import type { Base, FieldVersions } from '../../ports/two-way-state.ts';
import { agreedName, digest } from '../model/digest.ts';
import type { Guard } from '../model/pending-write.ts';
import type { Merged, Planned } from '../model/record.ts';
import type { Run } from '../model/run.ts';
import { NOT_KNOWN, reportConflict, reportSettled, type Settled } from './conflicts.ts';
import {
  asks,
  hadAnotherKey,
  isLost,
  onceWritten,
  PERSONS,
  type Sides,
  stepOf,
} from './kept-sides.ts';
import type { Linked } from './linked.ts';
import { NOT_WRITTEN } from './three-way.ts';

/** Whose value of a conflict is kept, and whether a person has said it; `ask`: one is to say it. */
export type Winner =
  | { readonly side: 'woo' | 'salesforce'; readonly isDecided: boolean }
  | { readonly side: 'ask'; readonly isDecided: false };

/** What becomes of the fields of one record. */
export class KeptFields {
  readonly row: Planned;
  readonly #run: Run;
  readonly #one: Linked;
  readonly #withheld: Set<string>;
  readonly #agrees: Record<string, FieldVersions> = {};
  readonly #reached: Record<string, FieldVersions> = {};
  readonly #pending: Record<string, FieldVersions> = {};
  readonly #guards: Guard[] = [];

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
    const forced = Object.keys(agrees).length > 0;
    return { withheld: this.#withheld, forced, agrees, guards: this.#guards };
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
    // What is written ahead now must not take the place of what an attempt before has brought about.
    const isNews = hadAnotherKey(row) || sides.isUnderWay || sides.base === undefined;
    if (isNews && sides.step) this.#reached[name] = sides.step;
    switch (stepOf(this.#one, sides)) {
      case 'agree':
        this.#reached[name] = this.#agreed(sides);
        this.#reportSettled(sides, 'same');
        break;
      case 'bring':
        this.#bring(sides);
        this.#reportSettled(sides, 'woo');
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

  /**
   * A person's value stays one where the shop says the same: anybody may know it, and register with it. So it is with
   * all that a record holds when it is adopted.
   */
  #agreed(sides: Sides): FieldVersions {
    const { step, base } = sides;
    const isPersons =
      (base?.[1] === PERSONS && !isLost(base)) ||
      (step === undefined && this.row.found?.adopted === true);
    const woo = digest(sides.woo);
    return isPersons ? [woo, PERSONS] : onceWritten(sides.field, woo, base);
  }

  #conflict(sides: Sides, { side, isDecided }: Winner): void {
    if (isDecided) this.#reportSettled(sides, side, isDecided);
    else this.#reportConflict(sides, side);
    if (side === 'woo') this.#bring(sides);
    else if (side !== 'ask') this.#stay(sides);
  }

  #reportConflict(sides: Sides, winner: Winner['side']): void {
    const why = whyAsked(sides);
    reportConflict(this.#run, this.row, {
      recordId: this.#one.recordId,
      field: sides.field.field,
      values: sides,
      winner,
      ...(why !== null && { why }),
    });
  }

  /** A person may have been asked of it before. */
  #reportSettled(sides: Sides, taken: Settled['taken'], isDecided = false): void {
    const { step, woo } = sides;
    const isNews = step !== undefined && digest(woo) !== step[0];
    if (!isNews || !asks(this.#one, sides)) return;
    const { field } = sides.field;
    reportSettled(this.#run, this.row, { field, values: sides, taken, isDecided });
  }

  #bring(sides: Sides): void {
    const name = agreedName(sides.field);
    this.#withheld.delete(sides.field.field);
    const { field, woo: written, salesforce: held, modified } = sides;
    const form = (value: unknown) => field.form(value);
    this.#guards.push({ name, field: field.field, held, modified, written, form });
    const woo = digest(written);
    this.#agrees[name] = onceWritten(sides.field, woo, sides.base);
    this.#pending[name] = [NOT_WRITTEN, woo];
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

/** Why it is a conflict, where that is not that both sides have changed. */
function whyAsked({ field: { field, isMatch }, step }: Sides): string | null {
  if (isMatch && step?.[1] === PERSONS)
    return `${field} was changed in the shop, and the record may have been found by it: nobody but a person may say that it is still the same one`;
  return isLost(step) ? `${field} differs, and ${NOT_KNOWN}` : null;
}
