import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

export type SqlValue = string | number | null;
export type Row = Record<string, SqlValue>;

/** Quotes an API name for SQL; only names that passed the schema get here. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** SQLite with prepared statements kept by their text, and transactions that nest. */
export class Database {
  private readonly db: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();
  private depth = 0;

  /**
   * @param path a file, or `:memory:`
   * @throws Error with a sentence where the file cannot be opened or is no SQLite file
   */
  constructor(path: string) {
    try {
      this.db = new DatabaseSync(path);
      this.db.exec(
        'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY',
      );
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new Error(
        `The org cannot be kept in ${path}: ${why}. Name a SQLite file of a local org, or a new one in a folder that exists.`,
        { cause },
      );
    }
  }

  private prepared(sql: string): StatementSync {
    let statement = this.statements.get(sql);
    if (!statement) {
      if (this.statements.size >= 2000) this.statements.clear();
      statement = this.db.prepare(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }

  get(sql: string, ...values: readonly SQLInputValue[]): Row | undefined {
    return this.prepared(sql).get(...values) as Row | undefined;
  }

  all(sql: string, ...values: readonly SQLInputValue[]): Row[] {
    return this.prepared(sql).all(...values) as Row[];
  }

  run(sql: string, ...values: readonly SQLInputValue[]): number {
    return Number(this.prepared(sql).run(...values).changes);
  }

  /** Changes the schema; statements prepared before it are forgotten. */
  define(sql: string): void {
    this.db.exec(sql);
    this.statements.clear();
  }

  begin(): void {
    this.db.exec(this.depth === 0 ? 'BEGIN' : `SAVEPOINT level_${this.depth}`);
    this.depth++;
  }

  commit(): void {
    this.depth--;
    this.db.exec(this.depth === 0 ? 'COMMIT' : `RELEASE level_${this.depth}`);
  }

  rollback(): void {
    this.depth--;
    this.db.exec(
      this.depth === 0
        ? 'ROLLBACK'
        : `ROLLBACK TO level_${this.depth}; RELEASE level_${this.depth}`,
    );
    this.statements.clear();
  }

  /** Runs the work in a transaction, undone when it throws or when it answers false to `keep`. */
  transaction<T>(work: () => T, keep: (result: T) => boolean = () => true): T {
    this.begin();
    let result: T;
    try {
      result = work();
    } catch (error) {
      this.rollback();
      throw error;
    }
    if (keep(result)) this.commit();
    else this.rollback();
    return result;
  }

  close(): void {
    this.statements.clear();
    this.db.close();
  }
}
