import type { Link } from './link.ts';

export type ClaimOwner = Pick<Link, 'object' | 'key'>;

/** A value by which a customer's record is looked for, and who is about to make a record that has it. */
export interface MatchClaim extends ClaimOwner {
  /** Fingerprint of the value and of where it is looked for; it shows no e-mail address. */
  readonly place: string;
}

/**
 * How long a claim holds, by the clock of the state: longer than rows wait for their call. What a process that died
 * has claimed is free then, and for its owner at once.
 */
export const CLAIM_SECONDS = 180;

/**
 * Values of customers who are on their way into the org, whichever store or process brings them, so that one person
 * becomes one record. `State.didWrite` releases those of the links that it saves.
 */
export interface MatchClaims {
  /**
   * Claims what nobody holds. Of a place that is given twice the first counts.
   * @returns who holds each of the places now
   */
  take(claims: readonly MatchClaim[]): Promise<ReadonlyMap<string, ClaimOwner>>;
  /** Of rows that make no record after all. */
  release(owners: readonly ClaimOwner[]): Promise<void>;
}
