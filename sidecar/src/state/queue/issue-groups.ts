import type { EqualFailures, Grouping, IssueSeen } from '../../ports/issues.ts';
import type { Queries } from '../db/types.ts';
import { recordFailures } from './issue-rows.ts';

type Row = Readonly<Record<string, unknown>>;

/** What may be counted; $1 is the prefix of issues that count others. */
const isCounted = `state = 'open' and kind in ('failed', 'setup') and resource <> ''
  and woo_value is null and salesforce_value is null and not starts_with(key, $1)`;
const kinship = ['store', 'resource', 'object', 'code', 'field'];

/** In one transaction: opens and closes the issues that stand for equal failures, and marks whom they stand for. */
export async function groupIssues(queries: Queries, how: Grouping): Promise<void> {
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
  await markAbsorbed(queries, how.prefix, keys);
}

async function equalFailures(
  queries: Queries,
  { least, prefix }: Grouping,
): Promise<readonly EqualFailures[]> {
  const rows = await queries.query(
    // Of thousands of reasons only one is asked for: PGlite never gives back what it once took to sort them.
    `select ${kinship.map((name) => `kin.${name}`).join(', ')}, kin.kind, count, first.reason, first.cure,
       array_to_string(array(select record_key from woosync.issue where key = any(keys)
         order by first_seen, key), e'\n') as record_keys
     from (select ${kinship.join(', ')}, max(kind) as kind, count(*)::integer as count,
             (array_agg(key order by first_seen, key))[1:5] as keys
           from woosync.issue where ${isCounted}
           group by ${kinship.join(', ')} having count(*) >= $2::integer) as kin
       join woosync.issue as first on first.key = keys[1]`,
    [prefix, least],
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

/** Locks in order of the keys, as those do who record failures. */
async function markAbsorbed(queries: Queries, prefix: string, groups: string): Promise<void> {
  const columns = ['key', ...kinship].map((name) => `${name} text`).join(', ');
  const byGroup = `(select "group".key from json_to_recordset($2::json) as "group" (${columns})
    where ${kinship.map((name) => `"group".${name} is not distinct from issue.${name}`).join(' and ')}
      and ${isCounted.replaceAll(/\b(state|kind|resource|woo_value|salesforce_value|key)\b/g, 'issue.$1')})`;
  await queries.query(
    `update woosync.issue set absorbed_by = moved.by, version = version + 1, news = version + 1
     from (select issue.key, ${byGroup} as by from woosync.issue as issue
           where issue.absorbed_by is distinct from ${byGroup} order by issue.key for update) as moved
     where issue.key = moved.key`,
    [prefix, groups],
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
