import {
  CLAIM_SECONDS,
  type ClaimOwner,
  type MatchClaim,
  type MatchClaims,
} from '../ports/match-claims.ts';
import type { Database } from './db/types.ts';
import { texts } from './db/texts.ts';

/** Whether a claim may go to somebody else: it has run out. */
const ENDED = 'match_claim.until <= now()';

export class DurableMatchClaims implements MatchClaims {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async take(claims: readonly MatchClaim[]): Promise<ReadonlyMap<string, ClaimOwner>> {
    if (claims.length === 0) return new Map();
    const rows = await this.#database.query(
      // In order, so that two processes that claim the same places wait for each other and never in a circle. Rows
      // that stay as they are change too, or the statement would not say whose they are.
      `insert into woosync.match_claim as match_claim (place, object, key, until)
       select distinct on (place) place, object, key, now() + $4::integer * interval '1 second'
       from unnest(${['$1', '$2', '$3'].map(texts).join(', ')})
         with ordinality as given (place, object, key, at)
       order by place, at
       on conflict (place) do update set
         object = case when ${ENDED} then excluded.object else match_claim.object end,
         key = case when ${ENDED} then excluded.key else match_claim.key end,
         until = case when ${ENDED}
             or (match_claim.object, match_claim.key) = (excluded.object, excluded.key)
           then excluded.until else match_claim.until end
       returning place, object, key`,
      [
        JSON.stringify(claims.map(({ place }) => place)),
        JSON.stringify(claims.map(({ object }) => object)),
        JSON.stringify(claims.map(({ key }) => key)),
        CLAIM_SECONDS,
      ],
    );
    return new Map(
      rows.map((row) => [
        String(row['place']),
        { object: String(row['object']), key: String(row['key']) },
      ]),
    );
  }

  /** Those that ended long ago go too: their rows have not come again. */
  async release(owners: readonly ClaimOwner[]): Promise<void> {
    if (owners.length === 0) return;
    await this.#database.query(
      `delete from woosync.match_claim where until < now() - interval '1 day' or (object, key) in
         (select * from unnest(${texts('$1')}, ${texts('$2')}))`,
      [
        JSON.stringify(owners.map(({ object }) => object)),
        JSON.stringify(owners.map(({ key }) => key)),
      ],
    );
  }
}
