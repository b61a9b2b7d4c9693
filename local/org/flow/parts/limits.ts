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

/**
 * What the flows of one transaction use. Interviews that a batch of records starts wait for each other at elements that
 * read or write, so an element is one query or statement for all of them, each time that it comes.
 */
class Usage {
  private readonly queries = new Set<string>();
  private readonly statements = new Set<string>();
  private queryRows = 0;
  private statementRows = 0;
  /** What follows once all is written. */
  readonly afterwards: (() => void)[] = [];
  /** The elements inside which the org is, from the outermost on; interviews of one batch have the same. */
  private at = '';

  inside<T>(name: string, work: () => T): T {
    const before = this.at;
    this.at = `${before}/${name}`;
    try {
      return work();
    } finally {
      this.at = before;
    }
  }

  query(): void {
    this.queries.add(this.at);
    if (this.queries.size > MOST.queries[0]) throw beyond(MOST.queries);
  }

  found(rows: number): void {
    this.queryRows += rows;
    if (this.queryRows > MOST.queryRows[0]) throw beyond(MOST.queryRows);
  }

  statement(rows: number): void {
    this.statements.add(this.at);
    this.statementRows += rows;
    if (this.statements.size > MOST.statements[0]) throw beyond(MOST.statements);
    if (this.statementRows > MOST.statementRows[0]) throw beyond(MOST.statementRows);
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

/** Runs the work inside an element, or a batch, of that name. */
export function inside<T>(db: Database, name: string, work: () => T): T {
  const usage = running.get(db);
  return usage ? usage.inside(name, work) : work();
}

/** Reads for the element in which the org is. */
export function counted<T>(db: Database, read: () => readonly T[]): readonly T[] {
  const usage = running.get(db);
  usage?.query();
  const found = read();
  usage?.found(found.length);
  return found;
}

/** The element in which the org is writes so many records. */
export const countStatement = (db: Database, rows: number): void =>
  running.get(db)?.statement(rows);
