import type { Mapping } from '../../mapping/model/mapping.ts';
import { recordIdIn } from '../../mapping/keys/record-id-meta.ts';
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

interface Owner {
  readonly object: string;
  readonly key: string;
}

/**
 * Finds records that were in the org before they were synced. Remembers what it gave out until that is
 * written, so that rows of later pages see the org as it will be by then.
 */
export class Matcher {
  /** Keys on their way into records that were found, by record id. */
  readonly #claims = new Map<string, Owner>();
  /** Customers being created, by each of their match values. */
  readonly #coming = new Map<string, Owner>();

  /**
   * Looks for the records of rows in the org.
   * @param isWaiting whether a row of that key is on its way to the org
   */
  async match(
    org: Pick<Org, 'queries'>,
    store: WooStore,
    rows: readonly Planned[],
    isWaiting: (object: string, key: string) => boolean,
  ): Promise<Matched> {
    forgetWritten(this.#claims, isWaiting);
    forgetWritten(this.#coming, isWaiting);
    const { searches, answers } = await look(
      org,
      [...rows].sort(guestsLast).map((row) => searchFor(row, store)),
    );
    const gone = await goneOwners(store, searches, answers);
    const decisions = new RecordMap<Decision>();
    const choices = new RecordMap<Choice>();
    const waiting: Planned[] = [];
    for (const search of searches) {
      const { mapping, key } = search.row;
      if (decisions.has(mapping.object, key)) continue;
      if (search.choice) choices.set(mapping.object, key, search.choice);
      const decision = this.#decide(search, answers, gone);
      if (decision) decisions.set(mapping.object, key, decision);
      else waiting.push(search.row);
    }
    return { decisions, choices, waiting };
  }

  /** Null where the decision must wait. */
  #decide(
    { row, request, own, values, fields, choice, takesOver }: Search,
    answers: MatchResults,
    gone: ReadonlyMap<string, Gone>,
  ): Decision | null {
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
    if (decision.kind !== 'create') return decision;
    const places = values.map(({ source, value }) => placeOf(source, value));
    const person = places.some((place) => {
      const other = this.#coming.get(place);
      const relation = other ? relationOf(request, other.key, false) : 'own';
      return relation === 'former' || relation === 'account';
    });
    if (person) return null;
    if (request.isCustomer) for (const place of places) this.#coming.set(place, owner);
    return decision;
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

function placeOf({ object, field, idField }: MatchSource, value: string): string {
  return `${object}.${field}>${idField} ${value.toLowerCase()}`;
}

function forgetWritten(
  owners: Map<string, Owner>,
  isWaiting: (object: string, key: string) => boolean,
): void {
  for (const [place, { object, key }] of owners) if (!isWaiting(object, key)) owners.delete(place);
}
