import type { OrgRow } from '../../ports/org.ts';
import type { Agreement } from '../../ports/two-way-state.ts';
import type { Planned } from '../model/record.ts';

/** A record whose pictures go both ways, as both sides have it. */
export interface Returning {
  readonly row: Planned;
  readonly recordId: string;
  readonly held: OrgRow;
  readonly agreement: Agreement | undefined;
  /** What a person has decided of a conflict; null for nothing. */
  readonly decided: 'woo' | 'salesforce' | null;
}

/** Why a picture cannot go to the shop. */
export interface PictureProblem {
  readonly code: string;
  readonly message: string;
}
