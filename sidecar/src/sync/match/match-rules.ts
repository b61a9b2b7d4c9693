import { parseKey } from '../../mapping/keys/keys.ts';

/** A record of the org that holds what was asked for. */
export interface MatchCandidate {
  readonly recordId: string;
  /** What its key field holds. */
  readonly key: string | null;
  /** When it was changed last, as the org says it; null where a row before this one is about to change it. */
  readonly modified: string | null;
}

/** A Woo record whose place in the org is looked for. */
export interface MatchRequest {
  readonly key: string;
  readonly isCustomer: boolean;
  /** The customer's e-mail address in lower case; null for none that tells people apart. */
  readonly email: string | null;
}

/** Hits of one match field. */
export interface MatchCandidates {
  readonly hits: readonly MatchCandidate[];
  /** Found through records that hang on them, of which one may have many: an account by its contacts. */
  readonly through: boolean;
}

export type Decision =
  | {
      readonly kind: 'create';
      /** A person wants it made. */
      readonly chosen?: true;
    }
  /** A person wants it not to come. */
  | { readonly kind: 'leave_out' }
  /** What a person has chosen cannot be done, and nothing else is to be done in its place. */
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'ambiguous'; readonly recordIds: readonly string[] }
  | {
      readonly kind: 'link';
      readonly recordId: string;
      /** The record carries another key, which stays. */
      readonly byId: boolean;
      /** Key of the guest who is this customer now, or of a customer that the shop has deleted, whose record it was. */
      readonly formerKey: string | null;
      /** Key under which the sync base is that goes on, since both are one person's; null for none. */
      readonly baseKey: string | null;
      /** It was in the org before it was ours. */
      readonly adopted: boolean;
      /** As it was found. */
      readonly seen: Pick<MatchCandidate, 'key' | 'modified'>;
      /** The record is kept in step by another key of the store, so this row only points to it. */
      readonly silent: boolean;
      /** A person has chosen it. */
      readonly chosen?: true;
    };

type Link = Extract<Decision, { readonly kind: 'link' }>;

const NOBODY: ReadonlyMap<string, boolean> = new Map();

/**
 * What a record of the org is to the seeker, by the key that it carries: `own`; `free` without a key;
 * `former` where the seeker was a guest before, or
 * where the customer whose it was is gone; `account` where the guest that seeks has an account;
 * `shared` where its key is another store's, or that of another customer of the same company; else `stranger`.
 */
type Relation = 'own' | 'free' | 'former' | 'account' | 'shared' | 'stranger';

export function relationOf(
  request: MatchRequest,
  key: string | null,
  through: boolean,
  gone: Pick<ReadonlySet<string>, 'has'> = NOBODY,
): Relation {
  if (key === null || key === '') return 'free';
  if (key === request.key) return 'own';
  const [mine, other] = [parseKey(request.key), parseKey(key)];
  if (mine.store !== other.store) return 'shared';
  if (request.isCustomer) {
    if (mine.id !== null && other.email !== null && other.email === request.email) return 'former';
    if (mine.email !== null && other.id !== null) return 'account';
    if (gone.has(key)) return 'former';
    if (through) return 'shared';
  }
  return 'stranger';
}

/**
 * Which record of the org is the seeker's. The one with its own key, else the first match field that finds any
 * decides: its one hit, or the one of them that the same person has in this store already. Records of others in
 * the same store never match; several that might are for a person to decide.
 * @param gone by the keys of customers that the shop has deleted: whether the seeker is the same person
 */
export function decide(
  request: MatchRequest,
  byKey: readonly MatchCandidate[],
  byField: readonly MatchCandidates[],
  gone = NOBODY,
): Decision {
  const [own] = byKey;
  if (own) return linkTo(own, 'own');
  for (const { hits, through } of byField) {
    const possible = hits
      .map((hit) => ({ hit, relation: relationOf(request, hit.key, through, gone) }))
      .filter(({ relation }) => relation !== 'stranger');
    const mine = possible.filter(({ relation }) => relation !== 'free' && relation !== 'shared');
    const chosen = mine.length > 0 ? mine : possible;
    const [first] = chosen;
    if (!first) continue;
    if (chosen.length === 1) return withBase(linkFor(request, first.hit, first.relation), gone);
    return { kind: 'ambiguous', recordIds: chosen.map(({ hit }) => hit.recordId) };
  }
  return { kind: 'create' };
}

/** A guest's e-mail address was not even typed twice: the record that it finds stays as it is, without its key. */
function linkFor({ key }: MatchRequest, hit: MatchCandidate, relation: Relation): Link {
  const isGuest = parseKey(key).email !== null;
  return linkTo(hit, isGuest && relation === 'free' ? 'account' : relation);
}

/** A guest has the same e-mail address, and so has the customer who registers again, or it is another person. */
function withBase(link: Link, gone: ReadonlyMap<string, boolean>): Link {
  const { formerKey } = link;
  const isOther = formerKey === null || gone.get(formerKey) === false;
  return isOther ? link : { ...link, baseKey: formerKey };
}

function linkTo({ recordId, key, modified }: MatchCandidate, relation: Relation): Link {
  return {
    kind: 'link',
    recordId,
    byId: relation === 'shared' || relation === 'account',
    formerKey: relation === 'former' ? key : null,
    baseKey: null,
    adopted: relation !== 'own',
    seen: { key, modified },
    silent: relation === 'account',
  };
}
