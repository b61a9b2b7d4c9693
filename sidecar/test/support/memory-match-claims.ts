import {
  CLAIM_SECONDS,
  type ClaimOwner,
  type MatchClaim,
  type MatchClaims,
} from '../../src/ports/match-claims.ts';

/** Claimed match values, in memory. */
export class MemoryMatchClaims implements MatchClaims {
  readonly held = new Map<string, ClaimOwner & { readonly until: number }>();
  /** What its clock says, in seconds. */
  now = 0;

  take(claims: readonly MatchClaim[]): Promise<ReadonlyMap<string, ClaimOwner>> {
    const holders = new Map<string, ClaimOwner>();
    for (const { place, object, key } of claims) {
      const held = this.held.get(place);
      const isOthers = held && held.until > this.now && nameOf(held) !== nameOf({ object, key });
      if (!isOthers) this.held.set(place, { object, key, until: this.now + CLAIM_SECONDS });
      const holder = isOthers ? held : { object, key };
      holders.set(place, { object: holder.object, key: holder.key });
    }
    return Promise.resolve(holders);
  }

  release(owners: readonly ClaimOwner[]): Promise<void> {
    const names = new Set(owners.map(nameOf));
    for (const [place, held] of this.held) if (names.has(nameOf(held))) this.held.delete(place);
    return Promise.resolve();
  }
}

function nameOf({ object, key }: ClaimOwner): string {
  return `${object} ${key}`;
}
