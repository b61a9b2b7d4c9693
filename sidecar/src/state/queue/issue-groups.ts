import type { EqualFailures, Grouping, IssueSeen } from '../../ports/issues.ts';
import type { Queries } from '../db/types.ts';
import { recordFailures } from './issue-rows.ts';

type Row = Readonly<Record<string, unknown>>;

/** What may be counted; $1 is the prefix of issues that count others, $4 that of issues of no record. */
const isCounted = `state = 'open' and kind in ('failed', 'setup') and resource <> ''
  and woo_value is null and salesforce_value is null
  and not starts_with(key, $1) and not starts_with(key, $4)`;
const kinship = ['store', 'resource', 'object', 'code', 'field'];

/** Parts that wait for a record which has an issue itself, and what stands for that; $2 is the code of those that wait. */
const waiting = `waiting as materialized (
  select issue.key, min(coalesce(whole.absorbed_by, whole.key)) as by
  from woosync.issue as issue join woosync.issue as whole
    on whole.resource = issue.hint_resource and whole.record_key = issue.hint_key
  where issue.state = 'open' and issue.code = $2 and issue.resource <> issue.hint_resource
    and whole.state = 'open' and whole.kind <> 'conflict' and not starts_with(whole.key, $1)
  group by issue.key)`;

/**
 * In one transaction: opens and closes the issues that stand for equal failures, and marks whom they stand for, and
 * which are of parts of a record that has an issue.
 */
export async function groupIssues(queries: Queries, how: Grouping): Promise<void> {
  // Of a table that has grown since it was last looked at the database takes tens of thousands of rows for a few.
  await queries.query('set local enable_nestloop = off');
  const groups = (await equalFailures(queries, how)).map(how.describe);
  const open = await queries.query(
    `select key, code, reason, cure from woosync.issue
     where state = 'open' and starts_with(key, $1)`,
    [how.prefix],
  );
  const known = new Map(open.map((row) => [row['key'], row]));
  await recordFailures(
    queries,
    groups.filter((group) => !saysTheSame(known.get(group.key), group)),
  );
  const keys = JSON.stringify(groups.map(({ key, ...of }) => ({ key, ...of })));
  await closeGroups(queries, how.prefix, keys);
  const moved = [...(await markAbsorbed(queries, how, keys)), ...(await markParts(queries, how))];
  await sayParts(queries, how, moved);
}

async function equalFailures(
  queries: Queries,
  { least, prefix, standing, waiting: code }: Grouping,
): Promise<readonly EqualFailures[]> {
  const rows = await queries.query(
    // Of thousands of reasons only one is asked for: PGlite never gives back what it once took to sort them.
    `with ${waiting}
     select ${kinship.map((name) => `kin.${name}`).join(', ')}, kin.kind, count, first.reason, first.cure,
       array_to_string(array(select record_key from woosync.issue where key = any(keys)
         order by first_seen, key), e'\n') as record_keys
     from (select ${kinship.join(', ')}, max(kind) as kind, count(*)::integer as count,
             (array_agg(key order by first_seen, key))[1:5] as keys
           from woosync.issue left join waiting using (key) where ${isCounted} and waiting.by is null
           group by ${kinship.join(', ')} having count(*) >= $3::integer) as kin
       join woosync.issue as first on first.key = keys[1]`,
    [prefix, code, least, standing],
  );
  return rows.map(toFailures);
}

async function closeGroups(queries: Queries, prefix: string, groups: string): Promise<void> {
  await queries.query(
    `update woosync.issue set state = 'resolved', version = version + 1, news = version + 1
     where state = 'open' and starts_with(key, $1)
       and key not in (select key from json_to_recordset($2::json) as stays (key text))`,
    [prefix, groups],
  );
}

/** What stood for an issue before, and what stands for it now. */
type Moved = readonly Readonly<Record<'before' | 'by', unknown>>[];

/** Locks in order of the keys, as those do who record failures. */
async function markAbsorbed(
  queries: Queries,
  { prefix, standing, waiting: code }: Grouping,
  groups: string,
): Promise<Moved> {
  const columns = ['key', ...kinship].map((name) => `${name} text`).join(', ');
  const byGroup = `(select "group".key from json_to_recordset($3::json) as "group" (${columns})
    where ${kinship.map((name) => `"group".${name} is not distinct from issue.${name}`).join(' and ')}
      and ${isCounted.replaceAll(/\b(state|kind|resource|woo_value|salesforce_value|key)\b/g, 'issue.$1')})`;
  return move(
    queries,
    `select issue.key, issue.absorbed_by as before, ${byGroup} as by
     from woosync.issue as issue left join waiting on waiting.key = issue.key
     where issue.absorbed_by is distinct from ${byGroup} and waiting.key is null`,
    [prefix, code, groups, standing],
  );
}

/** What stands for the issue of a record stands for those of its parts. */
async function markParts(queries: Queries, { prefix, waiting: code }: Grouping): Promise<Moved> {
  return move(
    queries,
    `select issue.key, issue.absorbed_by as before, waiting.by
     from woosync.issue as issue join waiting on waiting.key = issue.key
     where issue.absorbed_by is distinct from waiting.by`,
    [prefix, code],
  );
}

async function move(queries: Queries, which: string, values: readonly string[]): Promise<Moved> {
  return queries.query(
    `with ${waiting}
     update woosync.issue set absorbed_by = moved.by, version = version + 1, news = version + 1
     from (${which} order by issue.key for update of issue) as moved
     where issue.key = moved.key returning moved.before, moved.by`,
    values,
  );
}

/** An issue says which parts wait for its record, so that they are news of it. */
async function sayParts(queries: Queries, { prefix }: Grouping, moved: Moved): Promise<void> {
  const wholes = new Set(moved.flatMap(({ before, by }) => [before, by]).map(String));
  const keys = [...wholes].filter((key) => !key.startsWith(prefix)).toSorted();
  await queries.query(
    `update woosync.issue set version = version + 1, news = version + 1
     where state = 'open' and key = any($1::text[])`,
    [keys],
  );
}

function saysTheSame(open: Row | undefined, { code, reason, cure }: IssueSeen): boolean {
  return open?.['code'] === code && open['reason'] === reason && open['cure'] === cure;
}

function toFailures(row: Row): EqualFailures {
  const { kind, store, resource, object, code, field, reason, cure, count } = row;
  const recordKeys = String(row['record_keys']).split('\n');
  return {
    ...{ kind, store, resource, object, code, field, reason, cure, count, recordKeys },
  } as EqualFailures;
}
