import type { Resource } from '../mapping/model/record.ts';
import type { ChangeEvent } from './change.ts';

/** A record that could not be synced, as an issue says it. Holds no personal data beyond keys. */
export interface IssueSeen {
  /** Of the issue, the same each time the record fails in the same object: Issue_Key__c. */
  readonly key: string;
  readonly kind: 'failed' | 'conflict' | 'ambiguous' | 'setup';
  readonly store: string;
  /** Null where it is about no record. */
  readonly resource: Resource | null;
  /** `<store>:<id>` of the record itself; of a guest without the address. */
  readonly recordKey: string;
  readonly object: string;
  readonly recordId: string | null;
  readonly code: string;
  readonly reason: string;
  readonly cure: string;
  readonly field: string | null;
  /** What both sides hold of the field, where that is what the issue is about. */
  readonly wooValue: string | null;
  readonly salesforceValue: string | null;
  /** What makes the record be looked at again: its own, its order's; null where nothing does. */
  readonly change: ChangeEvent | null;
  /** Key of the product without which a variation cannot be; absent where it is that of its change, or there is none. */
  readonly wholeKey?: string | undefined;
  /** `backoff`: by itself, less and less often, and then not any more; `hourly`; `never`: only when it changes. */
  readonly retry: 'backoff' | 'hourly' | 'never';
}

/** An issue as it is to stand in Salesforce. */
export interface Issue extends IssueSeen {
  readonly attempts: number;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  readonly state: 'open' | 'resolved';
  /** Moves whenever something of it changes. */
  readonly version: number;
  /** Key of the issue that counts it among equal failures or as a part of its record; null where it stands for itself. */
  readonly absorbedBy: string | null;
}

/** An issue of which Salesforce is to be told. */
export interface UnreportedIssue extends Issue {
  /** Parts of its record that only wait for it, such as `order_item main:7`. */
  readonly parts: readonly string[];
}

/** What the mappings of an issue have in common: the records that they read, and where these go. */
export type IssueScope = Pick<Issue, 'resource' | 'object'>;

/** Open issues that fulfil all of what is given. */
export interface WhichIssues {
  readonly store?: string;
  readonly kind?: IssueSeen['kind'];
  readonly keys?: readonly string[];
  /** Key of one, which is found with those that it stands for. */
  readonly withGroup?: string;
  /** Those whose record is looked at by a change event of one of these keys. */
  readonly changeKeys?: readonly string[];
  /** Those whose key comes behind this one. */
  readonly after?: string;
  /** Those whose key begins with this. */
  readonly prefix?: string;
}

/** Open issues of one store, resource and object with the same code and field. */
export interface EqualFailures extends Pick<
  IssueSeen,
  'kind' | 'store' | 'object' | 'code' | 'field' | 'reason' | 'cure'
> {
  readonly resource: Resource;
  readonly count: number;
  /** Of the records that failed first, at most five. */
  readonly recordKeys: readonly string[];
}

/** Open issues of records with the same code and resource of a store: a person is told of them once. */
export interface IssueCause extends Pick<IssueSeen, 'store' | 'resource' | 'code' | 'cure'> {
  readonly count: number;
  /** When the first of them was first seen. */
  readonly oldest: Date;
  /** Nothing is written before a person decides; the others may heal. */
  readonly toDecide: boolean;
}

export interface Grouping {
  /** From how many equal failures on they are one issue. */
  readonly least: number;
  /** What the keys of such issues begin with, and no other's. */
  readonly prefix: string;
  /** What the keys of issues begin with that are of no record, and are never counted. */
  readonly standing: string;
  /** Code of parts that only wait for the record that they are of: while that has an issue, they belong to it. */
  readonly waiting: string;
  /** @returns the issue that stands for them, with a key that is theirs alone */
  readonly describe: (failures: EqualFailures) => IssueSeen;
}

/** What is known of issues, and what Salesforce does not say yet. */
export interface IssueStore {
  /**
   * Has one issue stand for many equal failures, and each for itself again when they are fewer. Those that hold
   * values of both sides are about their record alone, and are never counted. Has the issue of a record stand for
   * the parts that wait for it, such as the items of a refused order.
   */
  group(how: Grouping): Promise<void>;
  /**
   * Issues whose record in Salesforce is to be written: new ones, those with another code or reason, resolved
   * ones; those that only failed once more at most once an hour; open ones of which nothing was said for a month. Of those that another stands for, only what
   * Salesforce still shows.
   */
  unreported(most: number): Promise<readonly UnreportedIssue[]>;
  /** Those versions are in Salesforce now. Resolved ones are forgotten. */
  markReported(issues: readonly Pick<Issue, 'key' | 'version'>[]): Promise<void>;
  /** Queues the records of open issues whose time to be tried again has come. */
  queueDue(): Promise<void>;
  /** Queues the records of all open issues of a store, each once. */
  queueAll(store: string): Promise<void>;
  /**
   * Resolves issues, each with the code, reason and cure that it is given; but for those that have changed since.
   * @returns how many
   */
  resolve(
    issues: readonly Pick<Issue, 'key' | 'version' | 'code' | 'reason' | 'cure'>[],
  ): Promise<number>;
  /**
   * What makes the records of these issues be looked at again, and of those that they stand for; of those that
   * the store of issues does not know, nothing.
   */
  changesOf(keys: readonly string[]): Promise<readonly ChangeEvent[]>;
  /** Open issues, by their keys. */
  find(which: WhichIssues, most: number): Promise<readonly Issue[]>;
  /** Which of these keys of issues are in the store of issues. */
  known(keys: readonly string[]): Promise<ReadonlySet<string>>;
  /** How many are open, by store; equal failures that one issue stands for count once. */
  open(): Promise<ReadonlyMap<string, number>>;
  /**
   * What open issues have in common, but for those whose key begins with one of the prefixes.
   * @param ignored keys of issues that people ignore, which leave out those that they stand for, too
   */
  causes(without: readonly string[], ignored: readonly string[]): Promise<readonly IssueCause[]>;
}
