import type { Database } from '../../lib/database.ts';

/** Savepoints of one transaction, each inside the one before. */
export class Savepoints {
  private readonly db: Database;
  private open = 0;

  constructor(db: Database) {
    this.db = db;
  }

  /** @returns the number of the savepoint */
  set(): number {
    this.db.begin();
    return this.open++;
  }

  /** What came after the savepoint is undone; it may be gone back to again. */
  rollbackTo(savepoint: number): void {
    for (; this.open > savepoint; this.open--) this.db.rollback();
    this.set();
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
