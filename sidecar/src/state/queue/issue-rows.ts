import type { ChangeEvent, ChangeResource } from '../../ports/change.ts';
import type { Issue, IssueScope, IssueSeen } from '../../ports/issues.ts';
import type { Queries } from '../db/types.ts';
import { texts } from '../db/texts.ts';
import { endConflicts } from './ended-conflicts.ts';
import { asJson, columns, toRow } from './issue-columns.ts';

/** Issues of one statement: PGlite holds the text of more several times over. */
const AT_ONCE = 500;

/** What a grouping goes by. */
const grouped = [
  'kind',
  'code',
  'field',
  'woo_value',
  'salesforce_value',
  'hint_resource',
  'hint_key',
  'whole_key',
];

/** Opens an issue for each failure, or counts one more attempt of one that there is. */
export async function recordFailures(
  queries: Queries,
  failures: readonly IssueSeen[],
): Promise<void> {
  if (await saveFailures(queries, failures)) await markChanged(queries);
}

/** Has issues be grouped anew, once this transaction has ended. */
async function markChanged(queries: Queries): Promise<void> {
  await queries.query('insert into woosync.issue_change default values');
}

/**
 * The same where no grouping has to follow.
 * @returns whether one had to
 */
export async function saveFailures(
  queries: Queries,
  failures: readonly IssueSeen[],
): Promise<boolean> {
  const rows = new Map(failures.map((failure) => [failure.key, toRow(failure)]));
  // In order of the keys, so that two processes wait for each other and never in a circle.
  const sorted = [...rows.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  let isChanged = false;
  for (let from = 0; from < sorted.length; from += AT_ONCE) {
    const some = sorted.slice(from, from + AT_ONCE);
    if (await saveRows(queries, some)) isChanged = true;
  }
  return isChanged;
}

async function saveRows(queries: Queries, rows: readonly object[]): Promise<boolean> {
  const of = (row: string) => grouped.map((name) => `${row}.${name}`).join(', ');
  const [saved] = await queries.query(
    `with given as materialized (
       select * from json_populate_recordset(null::woosync.issue, $1::json)),
     changed as materialized (
       select given.key from given where (
         select issue.state = 'open' and (${of('issue')}) is not distinct from (${of('given')})
         from woosync.issue where issue.key = given.key) is not true limit 1),
     saved as (insert into woosync.issue as issue
       (${columns.join(', ')}, attempts, first_seen, last_seen, state, version, news, retry_at)
     select ${columns.join(', ')}, 1, now(), now(), 'open', 1, 1, ${retryAt('given', '1')}
     from given order by key
     on conflict (key) do update set
       ${columns.map((name) => `${name} = excluded.${name}`).join(', ')},
       attempts = issue.attempts + ${isAttempt('excluded')},
       first_seen = case issue.state when 'open' then issue.first_seen else now() end,
       last_seen = now(),
       state = 'open',
       version = issue.version + 1,
       news = case when (issue.state, issue.code, issue.reason, issue.woo_value, issue.salesforce_value)
           is not distinct from
           ('open', excluded.code, excluded.reason, excluded.woo_value, excluded.salesforce_value)
         then issue.news else issue.version + 1 end,
       retry_at = ${retryAt('excluded', `issue.attempts + ${isAttempt('excluded')}`)})
     select exists (select from changed) as is_changed`,
    [asJson(rows)],
  );
  return saved?.['is_changed'] === true;
}

/** A decided conflict is none: it is said before it is written, and again when that has ended. */
function isAttempt(row: string): string {
  return `(${row}.code <> 'CONFLICT_DECIDED')::integer`;
}

/** When the record of an issue is tried again by itself. Behind the last of the steps it is not. */
function retryAt(row: string, attempts: string): string {
  return `now() + case
       when ${row}.hint_key is null then null
       when ${row}.retry = 'hourly' then interval '1 hour'
       when ${row}.retry = 'backoff' then (array['1 minute', '5 minutes', '30 minutes', '2 hours',
         '12 hours', '24 hours']::interval[])[${attempts}] end`;
}

/**
 * Closes the issues of records that were seen, and those whose change event is settled and whose mapping looked
 * at it, but for those that failed again.
 * @returns how many, and what makes those be looked at that waited for their records
 */
export async function closeIssues(
  queries: Queries,
  looked: {
    readonly changes: readonly ChangeEvent[];
    readonly lookedAt: readonly IssueScope[];
    readonly seen: readonly { readonly object: string; readonly key: string }[];
    readonly failures: readonly Pick<IssueSeen, 'key'>[];
    /** What is said of conflicts that close. */
    readonly settled: readonly IssueSeen[];
  },
): Promise<Closed> {
  const { changes, lookedAt, seen, failures, settled } = looked;
  if (changes.length === 0 && seen.length === 0) return { count: 0, released: [] };
  const closed = await queries.query(
    // By indexes, however many are open that this is not about: that is what the lists of keys are for, which are not
    // looked through where the pairs say no. Locked in order of the keys, as those that fail.
    `with closing as materialized (
       select key from woosync.issue where state = 'open' and (
         (object, record_key) in
           (select * from json_to_recordset($1::json) as seen (object text, key text))
         and record_key = any(${texts('$5')})
         or (hint_resource, hint_key) in
           (select * from json_to_recordset($2::json) as change (resource text, key text))
         and (resource, object) in
           (select * from json_to_recordset($4::json) as looked (resource text, object text))
         and hint_key = any(${texts('$6')}))
       and key not in (select json_array_elements_text($3::json))
       order by key for update)
     update woosync.issue set state = 'resolved', retry_at = null,
       version = version + 1, news = version + 1
     from closing where issue.key = closing.key
     returning issue.key, resource, record_key, code, woo_value, salesforce_value`,
    [
      asJson(seen.map(({ object, key }) => ({ object, key }))),
      asJson(changes.map(({ resource, key }) => ({ resource, key }))),
      asJson(failures.map(({ key }) => key)),
      asJson(lookedAt.map(({ resource, object }) => ({ resource: resource ?? '', object }))),
      asJson(seen.map(({ key }) => key)),
      asJson(changes.map(({ key }) => key)),
    ],
  );
  if (closed.length > 0) await markChanged(queries);
  await endConflicts(queries, closed, settled);
  return { count: closed.length, released: await waitingFor(queries, closed) };
}

interface Closed {
  readonly count: number;
  readonly released: readonly ChangeEvent[];
}

/** What is looked at by itself and waits for records whose issues are closed: variations for their products. */
async function waitingFor(
  queries: Queries,
  closed: readonly Readonly<Record<string, unknown>>[],
): Promise<readonly ChangeEvent[]> {
  if (closed.length === 0) return [];
  const rows = await queries.query(
    `select distinct hint_resource, hint_key from woosync.issue
     where state = 'open' and hint_key is not null and whole_key = any(${texts('$2')})
       and (hint_resource, whole_key) in
         (select * from json_to_recordset($1::json) as closed (resource text, record_key text))`,
    [
      asJson(closed.map(({ resource, record_key }) => ({ resource, record_key }))),
      asJson(closed.map(({ record_key }) => record_key)),
    ],
  );
  return rows.map((row) => ({
    resource: row['hint_resource'] as ChangeResource,
    key: String(row['hint_key']),
  }));
}

/**
 * Resolves issues with what is to be said of it, but for those that have changed since they were read.
 * @returns how many
 */
export async function resolveIssues(
  queries: Queries,
  issues: readonly Pick<Issue, 'key' | 'version' | 'code' | 'reason' | 'cure'>[],
): Promise<number> {
  const said = issues.map(({ key, version, code, reason, cure }) => ({
    key,
    version,
    code,
    reason,
    cure,
  }));
  const closed = await queries.query(
    `update woosync.issue set state = 'resolved', retry_at = null, code = said.code,
       reason = said.reason, cure = said.cure, version = issue.version + 1, news = issue.version + 1
     from json_to_recordset($1::json) as said (key text, version integer, code text, reason text, cure text)
     where issue.key = said.key and issue.version = said.version and issue.state = 'open'
     returning issue.key`,
    [asJson(said)],
  );
  if (closed.length > 0) await markChanged(queries);
  return closed.length;
}
