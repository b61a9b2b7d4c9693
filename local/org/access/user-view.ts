import type { Database, Row, SqlValue } from '../lib/database.ts';
import type { OrgView, WholeOrg } from '../model/org-view.ts';
import type { ObjectDefinition, Schema } from '../model/schema.ts';
import type { Access } from '../model/access.ts';

/** An org as one user meets it; rows are read and written in the org itself. */
export class UserView implements OrgView {
  readonly db: Database;
  readonly whole: WholeOrg;
  readonly access: Access;
  private readonly seen: Schema;
  /** The same for code `with sharing`, which sees all objects and fields. */
  readonly shared: OrgView;
  private readonly byPrefix: ReadonlyMap<string, ObjectDefinition>;

  constructor(whole: WholeOrg, access: Access, schema: Schema, shared?: OrgView) {
    this.db = whole.db;
    this.whole = whole;
    this.access = access;
    this.shared = shared ?? this;
    this.seen = schema;
    this.byPrefix = new Map([...schema.values()].map((one) => [one.keyPrefix, one]));
  }

  schema(): Schema {
    return this.seen;
  }

  object(name: string): ObjectDefinition | undefined {
    return this.seen.get(name) ?? this.seen.get(name.toLowerCase());
  }

  objectOfId(id: string): ObjectDefinition | undefined {
    return this.byPrefix.get(id.slice(0, 3));
  }

  time(): Date {
    return this.whole.time();
  }

  now(): string {
    return this.whole.now();
  }

  nextId(object: ObjectDefinition): string {
    return this.whole.nextId(object);
  }

  nextAutoNumber(object: ObjectDefinition): number {
    return this.whole.nextAutoNumber(object);
  }

  row(object: ObjectDefinition, id: string): Row | undefined {
    return this.whole.row(object, id);
  }

  insert(object: ObjectDefinition, values: ReadonlyMap<string, SqlValue>): void {
    this.whole.insert(object, values);
  }

  update(object: ObjectDefinition, id: string, values: ReadonlyMap<string, SqlValue>): void {
    this.whole.update(object, id, values);
  }
}
