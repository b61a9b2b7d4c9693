import { createHash } from 'node:crypto';
import type { Mapping } from '../../mapping/model/mapping.ts';
import { recordIdIn } from '../../mapping/keys/record-id-meta.ts';
import type { ClaimOwner, MatchClaim, MatchClaims } from '../../ports/match-claims.ts';
import type { Org } from '../../ports/org.ts';
import type { WooStore } from '../../ports/store.ts';
import { RecordMap } from '../model/record-map.ts';
import type { Planned } from '../model/record.ts';
import { type Gone, goneOwners } from './gone-owners.ts';
import { askChoice, type Choice } from './choices.ts';
import { idSource, type MatchResults, MatchQueries, type MatchSource } from './match-queries.ts';
import { decide, type Decision, type MatchCandidate, relationOf } from './match-rules.ts';
import { chosen, guestsLast, type Search, searchFor } from './search.ts';

/** What was found for rows whose records were never synced. */
export interface Matched {
  readonly decisions: RecordMap<Decision>;
  /** What people have decided of them. */
  readonly choices: RecordMap<Choice>;
  /** Rows that must wait: the same person's record is being created, and is found once it is there. */
  readonly waiting: readonly Planned[];
  /** Rows whose person another store, or another process, is creating: they are tried again later. */
  readonly taken: readonly Planned[];
}

/** Whether a row's record is looked for in the org before it is written for the first time. */
export function isSought({ link, mapping, row, record }: Planned): boolean {
  if (link) return false;
  return (
    mapping.matchFields.length > 0 ||
    // What people typed there must not be overwritten because we have forgotten the record.
    hasMembers(row.onCreate) ||
    hasMembers(row.whenEmpty) ||
    row.lookups.some(({ onCreate }) => onCreate) ||
    recordIdIn(mapping, record) !== null
  );
}

function hasMembers(values: object): boolean {
  for (const name in values) if (Object.hasOwn(values, name)) return true;
  return false;
}

/**
 * Finds records that were in the org before they were synced. Remembers what it gave out until that is
 * written, so that rows of later pages see the org as it will be by then.
 */
export class Matcher {
  /** Keys on their way into records that were found, by record id. */
  readonly #claims = new Map<string, ClaimOwner>();
  /** Customers being created by this run, by each of their match values. */
  readonly #coming = new Map<string, ClaimOwner>();

  /**
   * Looks for the records of rows in the org. What others are about to create is claimed before: whoever comes second
   * either sees the claim, or finds the record.
   * @param isWaiting whether a row of that key is on its way to the org
   * @param claims null where nothing is created
   */
  async match(
    org: Pick<Org, 'queries'>,
    store: WooStore,
    rows: readonly Planned[],
    isWaiting: (object: string, key: string) => boolean,
    claims: MatchClaims | null,
  ): Promise<Matched> {
    forgetWritten(this.#claims, isWaiting);
    forgetWritten(this.#coming, isWaiting);
    const asked = [...rows].sort(guestsLast).map((row) => searchFor(row, store));
    const holders = (await claims?.take(asked.flatMap(claimsOf))) ?? new Map<string, ClaimOwner>();
    const { searches, answers } = await look(org, asked);
    const gone = await goneOwners(store, searches, answers);
    const decisions = new RecordMap<Decision>();
    const choices = new RecordMap<Choice>();
    const waiting: Planned[] = [];
    const taken: Planned[] = [];
    const own = new RecordMap<true>();
    for (const { row } of asked) own.set(row.mapping.object, row.key, true);
    const isOthers = ({ object, key }: ClaimOwner) =>
      !own.has(object, key) && !isWaiting(object, key);
    for (const search of searches) {
      const { mapping, key } = search.row;
      if (decisions.has(mapping.object, key)) continue;
      if (search.choice) choices.set(mapping.object, key, search.choice);
      const decision = this.#decide(search, answers, gone);
      if (decision.kind !== 'create') decisions.set(mapping.object, key, decision);
      else if (this.#isComing(search)) waiting.push(search.row);
      else if (isClaimed(search, holders, isOthers)) taken.push(search.row);
      else {
        this.#expect(search);
        decisions.set(mapping.object, key, decision);
      }
    }
    const left = unmade(asked, decisions, waiting);
    if (left.length > 0) await claims?.release(left);
    return { decisions, choices, waiting, taken };
  }

  #decide(
    { row, request, own, fields, choice, takesOver }: Search,
    answers: MatchResults,
    gone: ReadonlyMap<string, Gone>,
  ): Decision {
    const seen = (hits: readonly MatchCandidate[]) => hits.map((hit) => this.#asItWillBe(hit));
    const byRules = decide(
      request,
      answers.hits(own, row.key),
      fields.map(({ source, value, through }) => ({
        hits: seen(answers.hits(source, value)),
        through,
      })),
      takesOver ? gone.get(row.key) : undefined,
    );
    const decision = byChoice(choice, byRules, answers, row.mapping);
    const owner = { object: row.mapping.object, key: row.key };
    if (decision.kind === 'link' && !decision.byId) this.#claims.set(decision.recordId, owner);
    return decision;
  }

  /** Whether this run is creating the record of the same person, who is found once it is there. */
  #isComing(search: Search): boolean {
    return placesOf(search).some((place) => {
      const other = this.#coming.get(place);
      const relation = other ? relationOf(search.request, other.key, false) : 'own';
      return relation === 'former' || relation === 'account';
    });
  }

  #expect(search: Search): void {
    const { row, request } = search;
    if (!request.isCustomer) return;
    const owner = { object: row.mapping.object, key: row.key };
    for (const place of placesOf(search)) this.#coming.set(place, owner);
  }

  #asItWillBe(candidate: MatchCandidate): MatchCandidate {
    const claim = this.#claims.get(candidate.recordId);
    return claim === undefined ? candidate : { ...candidate, key: claim.key, modified: null };
  }
}

/** Asks the org once, and once more where people have chosen records, which may be any. */
async function look(
  org: Pick<Org, 'queries'>,
  searches: readonly Search[],
): Promise<{ readonly searches: readonly Search[]; readonly answers: MatchResults }> {
  const questions = new MatchQueries();
  for (const { row, own, fields } of searches) {
    questions.ask(own, row.key);
    for (const { source, value } of fields) questions.ask(source, value);
    askChoice(questions, row.mapping.object, row.key);
  }
  const answers = await questions.put((soql) => org.queries(soql));
  const decided = searches.map((search) => chosen(search, answers));
  const named = decided.filter(({ choice }) => choice?.kind === 'use');
  if (named.length === 0) return { searches: decided, answers };
  const again = new MatchQueries();
  for (const { source, value } of named.flatMap(({ fields }) => fields)) again.ask(source, value);
  const more = await again.put((soql) => org.queries(soql));
  return { searches: decided, answers: answers.and(more) };
}

/** What comes of a person's choice; a record that carries the key is the one, whatever was chosen. */
function byChoice(
  choice: Choice | null,
  byRules: Decision,
  answers: MatchResults,
  { object, ...mapping }: Mapping,
): Decision {
  if (choice === null) return byRules;
  if (byRules.kind === 'link') {
    const isChosen = choice.kind === 'use' && choice.recordId === byRules.recordId;
    return isChosen ? { ...byRules, chosen: true } : byRules;
  }
  if (choice.kind === 'leave_out') return { kind: 'leave_out' };
  if (choice.kind === 'create') return { kind: 'create', chosen: true };
  if (choice.kind === 'unreadable')
    return { kind: 'refused', why: 'it names no decision that the sidecar knows, or no record' };
  const { recordId } = choice;
  const isThere = answers.hits(idSource({ object, ...mapping }), recordId).length > 0;
  const why = isThere
    ? `the record ${recordId} has the key of another record of the shop`
    : `${object} has no record ${recordId}, or the integration user may not see it`;
  return { kind: 'refused', why };
}

function placesOf({ values }: Search): readonly string[] {
  return values.map(({ source, value }) => placeOf(source, value));
}

/** What only goes to the shop makes no records in Salesforce. */
function isClaimant({ request, row }: Search): boolean {
  return request.isCustomer && row.mapping.direction !== 'to_woo';
}

function claimsOf(search: Search): readonly MatchClaim[] {
  if (!isClaimant(search)) return [];
  const { mapping, key } = search.row;
  return placesOf(search).map((place) => ({
    place: fingerprintOf(place),
    object: mapping.object,
    key,
  }));
}

/** Whether somebody else is creating the record of the same person. */
function isClaimed(
  search: Search,
  holders: ReadonlyMap<string, ClaimOwner>,
  isOthers: (holder: ClaimOwner) => boolean,
): boolean {
  if (!isClaimant(search)) return false;
  return placesOf(search).some((place) => {
    const holder = holders.get(fingerprintOf(place));
    if (holder === undefined || !isOthers(holder)) return false;
    // Another customer of the same store is another person.
    return relationOf(search.request, holder.key, false) !== 'stranger';
  });
}

/** Owners of claims whose rows make no record now. */
function unmade(
  searches: readonly Search[],
  decisions: RecordMap<Decision>,
  waiting: readonly Planned[],
): readonly ClaimOwner[] {
  const claimants = searches.filter((search) => claimsOf(search).length > 0);
  return claimants.flatMap(({ row }) => {
    const { mapping, key } = row;
    const kind = decisions.get(mapping.object, key)?.kind;
    const isMade = kind === 'create' || kind === 'link' || waiting.includes(row);
    return isMade ? [] : [{ object: mapping.object, key }];
  });
}

/** A place names an e-mail address. */
function fingerprintOf(place: string): string {
  return createHash('sha256').update(place).digest('hex');
}

function placeOf({ object, field, idField }: MatchSource, value: string): string {
  return `${object}.${field}>${idField} ${value.toLowerCase()}`;
}

function forgetWritten(
  owners: Map<string, ClaimOwner>,
  isWaiting: (object: string, key: string) => boolean,
): void {
  for (const [place, { object, key }] of owners) if (!isWaiting(object, key)) owners.delete(place);
}
