import type { Database } from '../../lib/database.ts';
import { NotEmulated } from '../runtime/run/exception.ts';

/** Savepoints of one transaction, each inside the one before. */
export class Savepoints {
  private readonly db: Database;
  private open = 0;
  /** Savepoints that were set before what runs now was called: it does not go back behind them. */
  private outer = 0;

  constructor(db: Database) {
    this.db = db;
  }

  /** @returns the number of the savepoint */
  set(): number {
    this.db.begin();
    return this.open++;
  }

  /**
   * What came after the savepoint is undone; it may be gone back to again.
   * @throws NotEmulated in code that a save has called, for a savepoint from before the save
   */
  rollbackTo(savepoint: number): void {
    if (savepoint < this.outer) throw new NotEmulated('a rollback to before the save that called');
    for (; this.open > savepoint; this.open--) this.db.rollback();
    this.set();
  }

  /** Runs code that a save or a flow calls: savepoints of its own end with it. */
  nested<T>(work: () => T): T {
    const before = this.outer;
    this.outer = this.open;
    try {
      const result = work();
      this.end(() => {
        this.db.commit();
      });
      return result;
    } catch (error) {
      this.end(() => {
        this.db.rollback();
      });
      throw error;
    } finally {
      this.outer = before;
    }
  }

  private end(close: () => void): void {
    for (; this.open > this.outer; this.open--) close();
  }

  /** The transaction ends well. */
  keep(): void {
    for (; this.open > 0; this.open--) this.db.commit();
  }

  /** The transaction is undone by who began it. */
  drop(): void {
    for (; this.open > 0; this.open--) this.db.rollback();
  }
}
