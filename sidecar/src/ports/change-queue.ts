import type { Resource } from '../mapping/model/mapping.ts';

/** What a hint is about. An order's covers its items and refunds; a variation's is a product's. */
export type HintResource = 'order' | 'product' | 'customer';

/** "This record of the shop may have changed." Nothing else: the truth is read from the shop. */
export interface Hint {
  readonly resource: HintResource;
  /** `<store>:<id>`, as Woo_Key__c; never that of a guest. */
  readonly key: string;
}

/** The queue of one resource of one store. */
export interface Lane {
  readonly store: string;
  readonly resource: HintResource;
}

/** A hint that this process works on. No other one gets its key meanwhile; a newer hint of it waits. */
export interface Claim extends Hint {
  /** Of the job. */
  readonly id: string;
  /** Tells this claim from a later one of the same job, after ours was taken for dead. */
  readonly attempt: number;
  readonly hintedAt: Date;
}

export interface Backlog extends Lane {
  readonly waiting: number;
  readonly active: number;
  /** When the oldest of both was hinted; null where there is none. */
  readonly oldest: Date | null;
}

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
  readonly hint: Hint | null;
  /** `backoff`: by itself, less and less often, and then not any more; `hourly`; `never`: only when it changes. */
  readonly retry: 'backoff' | 'hourly' | 'never';
}

/** What became of a batch of claims, of any lanes. */
export interface Finished {
  readonly claims: readonly Claim[];
  readonly failures: readonly IssueSeen[];
  /** Records that were looked at, by object and key: their issues close, unless they are among the failures. */
  readonly seen: readonly { readonly object: string; readonly key: string }[];
  /** What is to be looked at next. */
  readonly again: readonly Hint[];
}

/** The durable queue of hints: at most one waits per key, and one is worked on. */
export interface Hints {
  /**
   * Durable when it resolves; callers that come together share a transaction.
   * @param how `quiet` wakes nobody: they are taken along with the next hint that does, or within two seconds
   */
  add(hints: readonly Hint[], how?: 'quiet'): Promise<void>;
  /** The oldest hints whose key nobody works on. */
  claim(lane: Lane, most: number): Promise<readonly Claim[]>;
  /** Says that we are still at it; due every few seconds, or another process takes them. */
  keep(claims: readonly Claim[]): Promise<void>;
  /**
   * Takes the claims off the queue, opens and closes issues and adds `again` quietly, in one transaction. Where another
   * process took a claim over meanwhile, what was written may be old: the hashes of its key's links are
   * cleared, and it is hinted again.
   * @returns whether there is news of issues
   */
  finish(outcome: Finished): Promise<boolean>;
  /** Puts claims back as hints that wait, unharmed; those of a key that waits already are dropped. */
  giveBack(claims: readonly Claim[]): Promise<void>;
  backlog(): Promise<readonly Backlog[]>;
  /** How many of the records that these name wait to be looked at, or are worked on. */
  countOpen(hints: readonly Hint[]): Promise<number>;
  /** Calls back when this process adds hints to a lane that are not quiet. */
  onAdded(listener: (lane: Lane) => void): void;
}

/** An issue as it is to stand in Salesforce. */
export interface Issue extends IssueSeen {
  readonly attempts: number;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  readonly state: 'open' | 'resolved';
  /** Moves whenever something of it changes. */
  readonly version: number;
  /** Key of the issue that counts it among equal failures; null where it stands for itself. */
  readonly absorbedBy: string | null;
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

export interface Grouping {
  /** From how many equal failures on they are one issue. */
  readonly least: number;
  /** What the keys of such issues begin with, and no other's. */
  readonly prefix: string;
  /** @returns the issue that stands for them, with a key that is theirs alone */
  readonly describe: (failures: EqualFailures) => IssueSeen;
}

/** Open issues that fulfil all of what is given. */
export interface WhichIssues {
  readonly store?: string;
  readonly keys?: readonly string[];
  /** Those whose record is looked at by a hint of one of these keys. */
  readonly hintKeys?: readonly string[];
  /** Those whose key comes behind this one. */
  readonly after?: string;
  /** Those whose key begins with this. */
  readonly prefix?: string;
}

/** What is known of issues, and what Salesforce does not say yet. */
export interface IssueBook {
  /**
   * Has one issue stand for many equal failures, and each for itself again when they are fewer. Those that hold
   * values of both sides are about their record alone, and are never counted.
   */
  group(how: Grouping): Promise<void>;
  /**
   * Issues whose record in Salesforce is to be written: new ones, those with another code or reason, resolved
   * ones; those that only failed once more at most once an hour. Of those that another stands for, only what
   * Salesforce still shows.
   */
  unsaid(most: number): Promise<readonly Issue[]>;
  /** Those versions are in Salesforce now. Resolved ones are forgotten. */
  said(issues: readonly Pick<Issue, 'key' | 'version'>[]): Promise<void>;
  /** Hints the records of open issues whose time to be tried again has come. */
  hintDue(): Promise<void>;
  /** Hints the records of all open issues of a store. */
  hintAll(store: string): Promise<void>;
  /**
   * What makes the records of these issues be looked at again, and of those that they stand for; of those that
   * the book does not know, nothing.
   */
  hintsOf(keys: readonly string[]): Promise<readonly Hint[]>;
  /** Open issues, by their keys; where keys are asked for, with those that these stand for. */
  find(which: WhichIssues, most: number): Promise<readonly Issue[]>;
  /** Which of these keys of issues are in the book. */
  known(keys: readonly string[]): Promise<ReadonlySet<string>>;
  /** How many are open, by store; equal failures that one issue stands for count once. */
  open(): Promise<ReadonlyMap<string, number>>;
}

/** Work that only one of several processes does at a time. */
export interface Leases {
  /** Takes or extends it. @returns whether it is ours until then */
  hold(name: string, seconds: number): Promise<boolean>;
  release(name: string): Promise<void>;
}
