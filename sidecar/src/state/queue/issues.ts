import { LEAST_IN_BULK, type QueuedAs, queuedAs } from '../../ports/change-queue.ts';
import type { ChangeEvent, ChangeResource } from '../../ports/change.ts';
import type {
  Grouping,
  Issue,
  IssueCause,
  UnreportedIssue,
  WhichIssues,
  IssueStore,
} from '../../ports/issues.ts';
import type { Database } from '../db/types.ts';
import { texts } from '../db/texts.ts';
import { groupIssues, takeChanges } from './issue-groups.ts';
import { resolveIssues } from './issue-rows.ts';

type Row = Readonly<Record<string, unknown>>;

/** How many issues are queued at once. */
const PAGE = LEAST_IN_BULK;

type Add = (changes: readonly ChangeEvent[], how?: QueuedAs) => Promise<void>;

/** What is known of records that cannot be synced, and what was said of it in Salesforce. */
export class DurableIssues implements IssueStore {
  readonly #database: Database;
  readonly #add: Add;
  /** Whether this process has done it. */
  #isGrouped = false;

  /** @param add keeps change events, durably when it resolves */
  constructor(database: Database, add: Add) {
    this.#database = database;
    this.#add = add;
  }

  /** Has one issue stand for many equal failures, and each for itself again when they are fewer; costs little where nothing has changed. */
  async group(how: Grouping): Promise<void> {
    await this.#database.transaction(async (queries) => {
      const isChanged = await takeChanges(queries);
      // The version before may have grouped in another way.
      if (isChanged || !this.#isGrouped) await groupIssues(queries, how);
    });
    this.#isGrouped = true;
  }

  /**
   * Those with news, and those that only failed once more when the last word is an hour old. An open one is said
   * anew after a month, since pages of the org look for what was written in the last two. Those that came and went
   * unsaid are last: many at once, as when an issue for all of them has closed, keep nothing else waiting.
   */
  async unreported(most: number): Promise<readonly UnreportedIssue[]> {
    const rows = await this.#database.query(
      `select issue.*, waiting.parts from woosync.issue as issue
       left join (select absorbed_by as whole, coalesce(whole_key, hint_key) as whole_key,
           array_to_string(array_agg(resource || ' ' || record_key order by resource, key), e'\n') as parts
         from woosync.issue where state = 'open' and absorbed_by is not null
         group by 1, 2) as waiting
         on waiting.whole = issue.key and waiting.whole_key = issue.record_key
       where case when absorbed_by is not null then said_version is not null
         else said_version is null or said_version < news
           or (said_version < version and said_at <= now() - interval '1 hour')
           or (state = 'open' and said_at <= now() - interval '30 days') end
       order by state = 'resolved' and said_version is null, last_seen, key limit $1::integer`,
      [most],
    );
    return rows.map((row) => ({
      ...toIssue(row),
      parts: typeof row['parts'] === 'string' ? row['parts'].split('\n') : [],
    }));
  }

  async markReported(issues: readonly Pick<Issue, 'key' | 'version'>[]): Promise<void> {
    if (issues.length === 0) return;
    const said = JSON.stringify(issues.map(({ key, version }) => ({ key, version })));
    const given = `json_to_recordset($1::json) as said (key text, version integer)`;
    await this.#database.transaction(async (queries) => {
      await queries.query(
        // Of one that another stands for nothing is said any more, once Salesforce has closed it.
        `update woosync.issue set said_at = now(), said_version = case
           when absorbed_by is not null and issue.version = said.version then null
           else said.version end
         from ${given}
         where issue.key = said.key and issue.version >= said.version`,
        [said],
      );
      await queries.query(
        `delete from woosync.issue using ${given}
         where issue.key = said.key and state = 'resolved' and issue.version = said.version`,
        [said],
      );
    });
  }

  /** Each once until its record fails again; of equal failures that one issue stands for, in bulk. */
  async queueDue(): Promise<void> {
    for (;;) {
      const due = await this.#database.query(
        `select key, hint_resource, hint_key, absorbed_by from woosync.issue where retry_at <= now()
         order by retry_at limit ${PAGE}`,
      );
      if (due.length === 0) return;
      const { one = [], equal = [] } = Object.groupBy(due, ({ absorbed_by: group }) =>
        group === null ? 'one' : 'equal',
      );
      await this.#add(one.map(toChange));
      await this.#add(equal.map(toChange), 'bulk');
      // Only then, so that no retry is lost; those that failed again meanwhile have a later time.
      await this.#database.query(
        `update woosync.issue set retry_at = null where retry_at <= now() and key = any($1::text[])`,
        [due.map(({ key }) => String(key))],
      );
    }
  }

  /** An order once, and not again for each of its items. */
  async queueAll(store: string): Promise<void> {
    let last = { resource: '', key: '' };
    let how: QueuedAs | undefined;
    for (;;) {
      const page = await this.#database.query(
        `select hint_resource, hint_key from woosync.issue
         where state = 'open' and store = $1 and (hint_key, hint_resource) > ($2, $3)
         group by hint_key, hint_resource order by hint_key, hint_resource limit ${PAGE}`,
        [store, last.key, last.resource],
      );
      const changes = page.map(toChange);
      const end = changes.at(-1);
      if (end === undefined) return;
      how ??= queuedAs(changes.length);
      await this.#add(changes, how);
      last = end;
    }
  }

  async resolve(issues: Parameters<IssueStore['resolve']>[0]): Promise<number> {
    return issues.length === 0 ? 0 : resolveIssues(this.#database, issues);
  }

  async changesOf(keys: readonly string[]): Promise<readonly ChangeEvent[]> {
    if (keys.length === 0) return [];
    const rows = await this.#database.query(
      `select distinct hint_resource, hint_key from woosync.issue
       where hint_key is not null and (key = any($1::text[]) or absorbed_by = any($1::text[]))`,
      [keys],
    );
    return rows.map(toChange);
  }

  /** Open issues, by their keys. */
  async find(
    { store, kind, keys, withGroup, changeKeys: hintKeys, after, prefix }: WhichIssues,
    most: number,
  ): Promise<readonly Issue[]> {
    const rows = await this.#database.query(
      `select * from woosync.issue
       where state = 'open' and key > $1 and ($2::text is null or store = $2)
         and ($3::text[] is null or key = any($3)) and ($4::text[] is null or hint_key = any($4))
         and ($6::text is null or starts_with(key, $6)) and ($7::text is null or kind = $7)
         and ($8::text is null or key = $8 or absorbed_by = $8)
       order by key limit $5::integer`,
      [
        after ?? '',
        store ?? null,
        keys ?? null,
        hintKeys ?? null,
        most,
        prefix ?? null,
        kind ?? null,
        withGroup ?? null,
      ],
    );
    return rows.map(toIssue);
  }

  async known(keys: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.#database.query(
      'select key from woosync.issue where key = any($1::text[])',
      [keys],
    );
    return new Set(rows.map(({ key }) => String(key)));
  }

  async open(): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#database.query(
      `select store, count(*)::integer as issues from woosync.issue
       where state = 'open' and absorbed_by is null group by store`,
    );
    return new Map(rows.map(({ store, issues }) => [String(store), Number(issues)]));
  }

  async causes(
    without: readonly string[],
    ignored: readonly string[],
  ): Promise<readonly IssueCause[]> {
    const rows = await this.#database.query(
      `select store, resource, code, kind in ('conflict', 'ambiguous') as to_decide,
         count(*)::integer as issues, min(first_seen) as oldest, min(cure) as cure
       from woosync.issue where state = 'open' and not exists
         (select from json_array_elements_text($1::json) as one (prefix) where starts_with(key, prefix))
         and not coalesce(absorbed_by, key) = any(${texts('$2')}) and not key = any(${texts('$2')})
       group by store, resource, code, to_decide`,
      [JSON.stringify(without), JSON.stringify(ignored)],
    );
    return rows.map((row) => ({
      store: String(row['store']),
      code: String(row['code']),
      cure: String(row['cure']),
      count: Number(row['issues']),
      toDecide: row['to_decide'] === true,
      resource: row['resource'] === '' ? null : (row['resource'] as IssueCause['resource']),
      oldest: new Date(row['oldest'] as string | Date),
    }));
  }
}

function toChange(row: Row): ChangeEvent {
  return { resource: row['hint_resource'] as ChangeResource, key: String(row['hint_key']) };
}

function toIssue(row: Row): Issue {
  const { key, kind, store, object, code, reason, cure, field, retry } = row;
  const { attempts, state, version } = row;
  return {
    key,
    kind,
    store,
    object,
    code,
    reason,
    cure,
    field,
    retry,
    resource: row['resource'] === '' ? null : row['resource'],
    attempts,
    state,
    version,
    absorbedBy: row['absorbed_by'],
    recordKey: row['record_key'],
    recordId: row['record_id'],
    wooValue: row['woo_value'],
    salesforceValue: row['salesforce_value'],
    change: row['hint_key'] === null ? null : toChange(row),
    wholeKey: row['whole_key'] ?? undefined,
    firstSeen: row['first_seen'],
    lastSeen: row['last_seen'],
  } as Issue;
}
