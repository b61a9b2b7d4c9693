import { quoted, type Database, type Row, type SqlValue } from '../lib/database.ts';
import { counterOf, makeId } from '../model/ids.ts';
import type { ObjectDefinition } from '../model/schema.ts';

/** The rows of an org's objects, and the ids and numbers that new ones get. */
export class RowStore {
  private readonly db: Database;
  private readonly lastIds = new Map<string, number>();
  private readonly lastNumbers = new Map<string, number>();

  constructor(db: Database) {
    this.db = db;
  }

  /** The id of the object's next record. */
  nextId(object: ObjectDefinition): string {
    let last = this.lastIds.get(object.name);
    if (last === undefined) {
      const highest = this.db.get(`SELECT max(Id) AS id FROM ${quoted(object.name)}`)?.['id'];
      last = typeof highest === 'string' ? counterOf(highest) : 0;
    }
    this.lastIds.set(object.name, last + 1);
    return makeId(object.keyPrefix, last + 1);
  }

  /** One more than the records that the object has had, deleted ones included. */
  nextAutoNumber(object: ObjectDefinition): number {
    let last = this.lastNumbers.get(object.name);
    last ??= Number(this.db.get(`SELECT count(*) AS n FROM ${quoted(object.name)}`)?.['n']);
    this.lastNumbers.set(object.name, last + 1);
    return last + 1;
  }

  /** The table of an object went: another of its name starts anew. */
  forget(object: ObjectDefinition): void {
    this.lastIds.delete(object.name);
    this.lastNumbers.delete(object.name);
  }

  /** Rows went or came back by a rollback: ids and numbers are looked up again. */
  forgetAll(): void {
    this.lastIds.clear();
    this.lastNumbers.clear();
  }

  get(object: ObjectDefinition, id: string): Row | undefined {
    return this.db.get(`SELECT * FROM ${quoted(object.name)} WHERE Id = ?`, id);
  }

  insert(object: ObjectDefinition, values: ReadonlyMap<string, SqlValue>): void {
    const columns = [...values.keys()];
    const list = columns.map(quoted).join(', ');
    const marks = columns.map(() => '?').join(', ');
    this.db.run(
      `INSERT INTO ${quoted(object.name)} (${list}) VALUES (${marks})`,
      ...values.values(),
    );
  }

  update(object: ObjectDefinition, id: string, values: ReadonlyMap<string, SqlValue>): void {
    const sets = [...values.keys()].map((column) => `${quoted(column)} = ?`).join(', ');
    this.db.run(`UPDATE ${quoted(object.name)} SET ${sets} WHERE Id = ?`, ...values.values(), id);
  }
}
