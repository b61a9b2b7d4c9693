import type { Person } from '../world/person.ts';
import type { Edits } from './edits.ts';

/** Who does something in the org, and what they have done so far. */
export interface Actor {
  readonly admin: Person;
  readonly rep: Person;
  readonly edits: Edits;
  /** Takes a record out of the recycle bin, which the REST API does not; where the org refuses it, nothing. */
  readonly undelete: (id: string) => void;
}
