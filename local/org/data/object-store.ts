import { customKeyPrefix } from '../model/ids.ts';
import type { ObjectDefinition, Schema } from '../model/schema.ts';
import { hasPersonAccounts, withContactFields } from '../schema/person-accounts.ts';
import { withSystemFields } from '../schema/system-fields.ts';
import type { Database } from '../lib/database.ts';
import { defineTable, dropTable } from './tables.ts';

/** The definitions of an org's objects, each with the table that keeps its rows. */
export class ObjectStore {
  private readonly db: Database;
  private objects = new Map<string, ObjectDefinition>();
  private prefixes = new Map<string, ObjectDefinition>();

  constructor(db: Database) {
    this.db = db;
    db.define('CREATE TABLE IF NOT EXISTS "-object" (name TEXT PRIMARY KEY, body TEXT NOT NULL)');
    for (const { body } of db.all('SELECT body FROM "-object"')) {
      this.remember(JSON.parse(String(body)) as ObjectDefinition);
    }
  }

  all(): Schema {
    return this.objects;
  }

  /** The object of that API name, in any case. */
  named(name: string): ObjectDefinition | undefined {
    return this.objects.get(name) ?? this.objects.get(name.toLowerCase());
  }

  /** The object whose record this is. */
  ofId(id: string): ObjectDefinition | undefined {
    return this.prefixes.get(id.slice(0, 3));
  }

  /** A new org has none of the standard objects; one in a file may lack some, or some of their fields. */
  incomplete(standard: ObjectDefinition): readonly ObjectDefinition[] {
    const known = this.named(standard.name);
    if (!known) return [standard];
    const names = new Set(known.fields.map((one) => one.name));
    const more = standard.fields.filter((one) => !names.has(one.name));
    return more.length === 0 ? [] : [{ ...standard, ...known, fields: [...known.fields, ...more] }];
  }

  /**
   * Adds objects or replaces them whole; tables follow, existing rows stay.
   * An empty `keyPrefix` is given the next free one; system fields that are missing are added.
   * @returns them as the org keeps them
   */
  put(objects: readonly ObjectDefinition[]): readonly ObjectDefinition[] {
    const complete = this.withPersons(objects).map((one) => {
      const object = this.complete(one);
      defineTable(this.db, object);
      this.remember(object);
      return object;
    });
    for (const object of complete) {
      this.db.run(
        'INSERT OR REPLACE INTO "-object" (name, body) VALUES (?, ?)',
        object.name,
        JSON.stringify(object),
      );
    }
    return complete;
  }

  remove(object: ObjectDefinition): void {
    dropTable(this.db, object);
    this.db.run('DELETE FROM "-object" WHERE name = ?', object.name);
    this.objects.delete(object.name.toLowerCase());
    this.prefixes.delete(object.keyPrefix);
  }

  snapshot(): ReadonlyMap<string, ObjectDefinition> {
    return new Map(this.objects);
  }

  restore(before: ReadonlyMap<string, ObjectDefinition>): void {
    this.objects = new Map(before);
    this.prefixes = new Map([...before.values()].map((one) => [one.keyPrefix, one]));
  }

  private remember(object: ObjectDefinition): void {
    this.objects.set(object.name.toLowerCase(), object);
    this.prefixes.set(object.keyPrefix, object);
  }

  private freePrefix(kind: 'custom' | 'customMetadata'): string {
    for (let n = 0; ; n++) {
      const prefix = customKeyPrefix(kind, n);
      if (!this.prefixes.has(prefix)) return prefix;
    }
  }

  /** The definition as the org keeps it: with system fields, and its old or a new key prefix. */
  private complete(object: ObjectDefinition): ObjectDefinition {
    const keyPrefix = this.named(object.name)?.keyPrefix ?? object.keyPrefix;
    const kind = object.kind === 'customMetadata' ? 'customMetadata' : 'custom';
    return withSystemFields({
      ...object,
      keyPrefix: keyPrefix === '' ? this.freePrefix(kind) : keyPrefix,
    });
  }

  /** Where there are Person Accounts, the account shows what custom fields its contact has. */
  private withPersons(objects: readonly ObjectDefinition[]): readonly ObjectDefinition[] {
    const named = (name: string): ObjectDefinition | undefined =>
      objects.find((one) => one.name === name) ?? this.named(name);
    const [account, contact] = [named('Account'), named('Contact')];
    const touched = objects.some((one) => one === account || one === contact);
    if (!touched || !account || !contact || !hasPersonAccounts(account)) return objects;
    return [...objects.filter((one) => one !== account), withContactFields(account, contact)];
  }
}
