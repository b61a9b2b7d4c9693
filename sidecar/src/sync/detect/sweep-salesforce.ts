import type { Clock } from '../../lib/clock.ts';
import { soqlText } from '../../lib/soql.ts';
import type { Org, OrgAudit } from '../../ports/org.ts';
import type { State } from '../../ports/state.ts';
import { backfilledAt } from '../model/sweep-start.ts';
import { type Edit, type EditsParts, queueEdits } from './outbound-edits.ts';

export interface SalesforceSweepParts extends EditsParts {
  readonly org: Pick<Org & OrgAudit, 'queries' | 'userId'>;
  readonly state: Pick<State, 'cursor' | 'saveCursor'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** How far a sweep came: what was seen at its end comes again, for a save is dated before it can be read. */
interface Place {
  /** SystemModstamp of the last record. */
  readonly stamp: string;
  /** Ids and stamps of the records seen in the last minutes before it. */
  readonly seen: readonly (readonly [id: string, stamp: string])[];
  /** Number of the last request to go back that was followed; absent where there was none. */
  readonly followed?: number;
}

/** To look once more at what was saved since then. Apart from the place, which a sweep that is under way will write. */
interface Request {
  /** As ISO 8601. */
  readonly since: string;
  readonly number: number;
}

/** Where a sweep begins. */
interface Start {
  readonly place: Place | null;
  readonly from: string;
  readonly followed: Place['followed'];
}

/** An object whose records go to the shops. */
interface SweptObject {
  readonly object: string;
  readonly keyField: string;
}

type Setups = ReturnType<SalesforceSweepParts['setup']>;

/** Records of one query: Salesforce's own page. */
const PAGE = 2000;
/** A save is dated when it begins, and seen when it is done: a batch of the Bulk API may take ten minutes. */
const OVERLAP_MS = 600_000;

/** Rows of other queries that share the sweep's call. */
export type Others = readonly (readonly Readonly<Record<string, unknown>>[])[];

/**
 * Queues the records of Salesforce that have changed since the last time: outbound messages are given up after a
 * day, and without a public address there are none. One API call where little has changed.
 * @param others queries that share its call
 * @returns how many were queued, and the answers to the other queries
 */
export async function sweepSalesforce(
  parts: SalesforceSweepParts,
  others: readonly string[],
): Promise<{ readonly changed: number; readonly others: Others }> {
  const sources = sourcesOf(parts.setup());
  const starts = await Promise.all(sources.map((source) => startOf(parts, source)));
  const asked = sources.map((source, at) => question(source, starts[at]?.from ?? ''));
  const answers = await parts.org.queries([...asked, ...others]);
  let changed = 0;
  for (const [at, source] of sources.entries()) {
    const start = starts[at];
    if (start !== undefined) changed += await take(parts, source, start, answers[at] ?? []);
  }
  return { changed, others: answers.slice(sources.length) };
}

/** Has the next sweep of an object look at what was saved since then once more. */
export async function sweepAgain(
  state: SalesforceSweepParts['state'],
  object: string,
  since: Date,
): Promise<void> {
  const { request, isOpen } = await standOf(state, { object });
  const wanted = since.toISOString();
  const next: Request = {
    since: isOpen && request !== null && request.since < wanted ? request.since : wanted,
    number: (request?.number ?? 0) + 1,
  };
  await state.saveCursor('', requestName({ object }), next);
}

/** Up to where the records of an object were looked at, as ISO 8601; null where they never were. */
export async function sweptUntil(
  state: Pick<State, 'cursor'>,
  object: string,
): Promise<string | null> {
  return (await standOf(state, { object })).place?.stamp ?? null;
}

/** Objects of which every edit is found: those whose records go to the shops. */
export function sweptObjects(setup: Setups): ReadonlySet<string> {
  return new Set(sourcesOf(setup).map(({ object }) => object));
}

function sourcesOf(setup: Setups): readonly SweptObject[] {
  const sources = new Map<string, SweptObject>();
  for (const { mappings } of setup?.stores ?? []) {
    for (const { outgoing, object, keyField } of mappings) {
      if (outgoing.length > 0) sources.set(object, { object, keyField });
    }
  }
  return [...sources.values()];
}

type Named = Pick<SweptObject, 'object'>;
const cursorName = ({ object }: Named): string => `salesforce:${object}`;
const requestName = ({ object }: Named): string => `salesforce again:${object}`;

/** Where the sweep of an object stands: at its place, or before it where it was asked to go back, and has not yet. */
async function standOf(state: Pick<State, 'cursor'>, of: Named) {
  // First: one that comes meanwhile is followed by the next sweep.
  const request = (await state.cursor('', requestName(of))) as Request | null;
  const place = (await state.cursor('', cursorName(of))) as Place | null;
  const isOpen = request !== null && request.number !== place?.followed;
  const goesBack = isOpen && place !== null && request.since < place.stamp;
  const begun: Place | null = goesBack ? { stamp: request.since, seen: [] } : place;
  return { request, isOpen, place: begun };
}

async function startOf(
  { state, org, setup, clock }: SalesforceSweepParts,
  source: SweptObject,
): Promise<Start> {
  const { request, place } = await standOf(state, source);
  const followed = request?.number;
  if (place !== null) {
    const since = new Date(Date.parse(place.stamp) - OVERLAP_MS).toISOString();
    return { place, followed, from: `SystemModstamp >= ${since}` };
  }
  // The first backfill has written them itself; only what others did meanwhile is news.
  const starts = await Promise.all(
    (setup()?.stores ?? []).map(({ store }) => backfilledAt(state, store.key)),
  );
  const times = starts.flatMap((start) => start?.getTime() ?? []);
  const since = new Date(Math.min(clock.now().getTime(), ...times) - OVERLAP_MS).toISOString();
  const user = soqlText(await org.userId());
  const from = `SystemModstamp >= ${since} AND LastModifiedById != ${user}`;
  return { place, followed, from };
}

function question({ object, keyField }: SweptObject, from: string): string {
  return `SELECT Id, ${keyField}, SystemModstamp FROM ${object} WHERE ${from} ORDER BY SystemModstamp, Id LIMIT ${PAGE}`;
}

interface Row {
  readonly id: string;
  readonly stamp: string;
  readonly key: string | null;
}

async function take(
  parts: SalesforceSweepParts,
  source: SweptObject,
  { place, followed }: Start,
  first: Others[number],
): Promise<number> {
  const known = new Map(place?.seen ?? []);
  const recent: Row[] = [];
  let changed = 0;
  let page = first;
  for (;;) {
    const rows = page.map((row) => toRow(source, row));
    const news = rows.filter(({ id, stamp }) => known.get(id) !== stamp);
    const edits = news.map(({ id, key }): Edit => ({ object: source.object, recordId: id, key }));
    changed += await queueEdits(parts, edits);
    recent.push(...rows);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) break;
    const behind = `(SystemModstamp = ${last.stamp} AND Id > ${soqlText(last.id)}) OR SystemModstamp > ${last.stamp}`;
    [page = []] = await parts.org.queries([question(source, behind)]);
  }
  const stamp = recent.at(-1)?.stamp ?? place?.stamp ?? parts.clock.now().toISOString();
  const since = Date.parse(stamp) - OVERLAP_MS;
  const seen = recent
    .filter((row) => Date.parse(row.stamp) >= since)
    .map(({ id, stamp: at }) => [id, at] as const);
  const next: Place = { stamp, seen, ...(followed !== undefined && { followed }) };
  await parts.state.saveCursor('', cursorName(source), next);
  return changed;
}

/** Stamps in the one form that both JavaScript and SOQL read. */
function toRow({ keyField }: SweptObject, row: Others[number][number]): Row {
  const key = row[keyField];
  const stamp = new Date(String(row['SystemModstamp']).replace('+0000', 'Z')).toISOString();
  return { id: String(row['Id']), stamp, key: typeof key === 'string' ? key : null };
}
