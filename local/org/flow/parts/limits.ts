import type { Database } from '../../lib/database.ts';
import type { SaveError } from '../../model/errors.ts';

/** What flows may use in one transaction, and Salesforce's words for more than that. */
const MOST = {
  queries: [100, 'Too many SOQL queries'],
  queryRows: [50_000, 'Too many query rows'],
  statements: [150, 'Too many DML statements'],
  statementRows: [10_000, 'Too many DML rows'],
} as const;

/** A transaction whose flows have used too much: all of it is undone, and no fault path is taken. */
export class LimitFault extends Error {
  /** Label of the flow that a save or the clock started. */
  flow = '';
  /** Why records are not saved, where it is no flow that has used too much. */
  readonly refusal: SaveError | undefined;

  constructor(message: string, refusal?: SaveError) {
    super(message);
    this.name = 'LimitFault';
    this.refusal = refusal;
  }
}

const beyond = ([most, words]: (typeof MOST)[keyof typeof MOST]): LimitFault =>
  new LimitFault(`${words}: ${most + 1}`);

type Used = Record<keyof typeof MOST, number>;

/** What the flows of one transaction use. */
class Usage {
  used: Used = { queries: 0, queryRows: 0, statements: 0, statementRows: 0 };
  /** What follows once all is written. */
  readonly afterwards: (() => void)[] = [];

  add(what: keyof Used, times: number): void {
    this.used[what] += times;
    if (this.used[what] > MOST[what][0]) throw beyond(MOST[what]);
  }
}

const running = new WeakMap<Database, Usage>();

/** Runs the work as one transaction, whose limits its flows share; inside another one it is part of that. */
export function inTransaction<T>(db: Database, work: () => T): T {
  if (running.has(db)) return work();
  const usage = new Usage();
  running.set(db, usage);
  let result: T;
  try {
    result = work();
  } finally {
    running.delete(db);
  }
  for (const follow of usage.afterwards) follow();
  return result;
}

/** The transaction that is under way, as a key: it is another one each time. */
export const transactionOf = (db: Database): object | undefined => running.get(db);

/** Does the work once the transaction has ended well. */
export function afterTransaction(db: Database, work: () => void): void {
  running.get(db)?.afterwards.push(work);
}

/** What was to follow what is undone does not. */
export function nothingFollows(db: Database): void {
  running.get(db)?.afterwards.splice(0);
}

/** Whether a transaction is under way, of which the work is a part. */
export const isInTransaction = (db: Database): boolean => running.has(db);

/**
 * Counts what the flows of the transaction under way use.
 * @throws LimitFault where it is more than they may
 */
export const count = (db: Database, what: keyof Used, times = 1): void =>
  running.get(db)?.add(what, times);

/** Lets attempts at the same work begin with what was used, and was to follow, before the first. */
export function attemptsIn(db: Database): { readonly anew: () => void } {
  const usage = running.get(db);
  const [used, follow] = [{ ...usage?.used }, usage?.afterwards.length];
  return {
    anew: () => {
      if (!usage) return;
      usage.used = { ...usage.used, ...used };
      usage.afterwards.length = follow ?? 0;
    },
  };
}
