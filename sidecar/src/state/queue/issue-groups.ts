import { CHANGE_RESOURCES } from '../../mapping/model/resources.ts';
import type { EqualFailures, Grouping, IssueSeen } from '../../ports/issues.ts';
import type { Queries } from '../db/types.ts';
import { saveFailures } from './issue-rows.ts';

type Row = Readonly<Record<string, unknown>>;

/** What may be counted; $1 is the prefix of issues that count others, $4 that of issues of no record. */
const isCounted = `issue.state = 'open' and issue.kind in ('failed', 'setup') and issue.resource <> ''
  and issue.woo_value is null and issue.salesforce_value is null
  and not starts_with(issue.key, $1) and not starts_with(issue.key, $4)`;
const kinship = ['store', 'resource', 'object', 'code', 'field'];

/** Of a record that parts may wait for: they name it by what makes it be looked at. */
const isWhole = `whole.state = 'open' and whole.kind <> 'conflict' and not starts_with(whole.key, $1)
  and whole.resource in (${CHANGE_RESOURCES.map((resource) => `'${resource}'`).join(', ')})`;
/** Of a part, which waits for another record; $2 is the code of those that wait. */
const isPart = `issue.state = 'open' and issue.code = $2
  and (issue.resource <> issue.hint_resource or issue.whole_key is not null)`;
/** Of the record that a part waits for. */
const wholeKey = 'coalesce(issue.whole_key, issue.hint_key)';
/** Of a part that waits for a record which has an issue itself. */
const isWaiting = `(${isPart} and (issue.hint_resource, ${wholeKey}) in
  (select whole.resource, whole.record_key from woosync.issue as whole where ${isWhole})) is true`;

/**
 * In the transaction of a grouping, before it: whether there is anything to group. Where another process groups at
 * this moment it waits for the end of that.
 */
export async function takeChanges(queries: Queries): Promise<boolean> {
  const rows = await queries.query(
    'with taken as (delete from woosync.issue_change returning at) select from taken limit 1',
  );
  return rows.length > 0;
}

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
  await saveFailures(
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
    `select kin.*,
       (select reason from woosync.issue where key = keys[1]) as reason,
       (select cure from woosync.issue where key = keys[1]) as cure,
       array_to_string(array(select record_key from woosync.issue where key = any(keys)
         order by first_seen, key), e'\n') as record_keys
     from (select ${kinship.join(', ')}, max(kind) as kind, count(*)::integer as count,
             (array_agg(key order by first_seen, key))[1:5] as keys
           from woosync.issue as issue where ${isCounted} and not ${isWaiting}
           group by ${kinship.join(', ')} having count(*) >= $3::integer) as kin`,
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
  return move(
    queries,
    `select issue.key, issue.absorbed_by as before, "group".key as by
     from woosync.issue as issue left join json_to_recordset($3::json) as "group" (${columns})
       on ${['store', 'resource', 'object', 'code'].map((name) => `"group".${name} = issue.${name}`).join(' and ')}
         and "group".field is not distinct from issue.field and ${isCounted}
     where issue.absorbed_by is distinct from "group".key and not ${isWaiting}`,
    [prefix, code, groups, standing],
  );
}

/** What stands for the issue of a record stands for those of its parts. */
async function markParts(queries: Queries, { prefix, waiting: code }: Grouping): Promise<Moved> {
  return move(
    queries,
    `select issue.key, issue.absorbed_by as before, whole.by
     from woosync.issue as issue join (
       select resource, record_key, min(coalesce(absorbed_by, key)) as by
       from woosync.issue as whole where ${isWhole} group by resource, record_key) as whole
       on whole.resource = issue.hint_resource and whole.record_key = ${wholeKey}
     where ${isPart} and issue.absorbed_by is distinct from whole.by`,
    [prefix, code],
  );
}

async function move(queries: Queries, which: string, values: readonly string[]): Promise<Moved> {
  return queries.query(
    // Each once: of tens of thousands of parts PGlite would hold the answer several times over.
    `with moved as (
       update woosync.issue set absorbed_by = moved.by, version = version + 1, news = version + 1
       from (${which} order by issue.key for update of issue) as moved
       where issue.key = moved.key returning moved.before, moved.by)
     select distinct before, by from moved`,
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
    kind,
    store,
    resource,
    object,
    code,
    field,
    reason,
    cure,
    count,
    recordKeys,
  } as EqualFailures;
}
