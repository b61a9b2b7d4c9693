import type { Place } from './tree.ts';

/** Something in a source that the compiler refuses, where it stands. */
export class Refusal extends Error {
  readonly at: Place;

  constructor(at: Place, message: string) {
    super(message);
    this.name = 'Refusal';
    this.at = at;
  }
}

/** What Apex has and this org does not run: a deploy refuses it, by its name. */
export const unsupported = (at: Place, what: string): Refusal =>
  new Refusal(at, `NOT_EMULATED: the local org does not run ${what}.`);
