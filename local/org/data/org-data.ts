import type { Component, DeployTarget } from '../model/deploy-target.ts';
import { OutboundMessages } from './outbound/outbound-messages.ts';
import { hasPersonAccounts, withContactFields } from '../schema/person-accounts.ts';
import { standardObjects } from '../schema/standard.ts';
import { withSystemFields } from '../schema/system-fields.ts';
import type { ObjectDefinition, Schema } from '../model/schema.ts';
import { ComponentStore } from './component-store.ts';
import { RowStore } from './row-store.ts';
import { Database, type Row, type SqlValue } from '../lib/database.ts';
import { describeInDefinitions, forgetFields, forgetObject } from './definitions.ts';
import { DuplicateRules } from './duplicate-rules.ts';
import { Faults } from './faults.ts';
import { noFeatures, type OrgFeatures } from '../model/features.ts';
import { customKeyPrefix } from '../model/ids.ts';
import { putMetadataRow, removeMetadataRow } from './metadata-rows.ts';
import type { WholeOrg } from '../model/org-view.ts';
import { defineTable, dropFields, dropTable } from './tables.ts';

export interface OrgDataOptions {
  /** A SQLite file that keeps the org; in memory when left out. */
  readonly file?: string;
  /** What Setup has turned on; nothing when left out. */
  readonly features?: Partial<OrgFeatures>;
  /** Clock, for tests. */
  readonly now?: () => Date;
}

interface Snapshot {
  readonly objects: Map<string, ObjectDefinition>;
  readonly components: ReadonlyMap<string, Component>;
}

/** Everything an org holds: schema, deployed components and rows. */
export class OrgData implements DeployTarget, WholeOrg {
  readonly db: Database;
  readonly faults = new Faults();
  readonly duplicateRules = new DuplicateRules();
  readonly features: OrgFeatures;
  readonly outbound: OutboundMessages;
  readonly whole: WholeOrg = this;
  readonly access = undefined;
  /** Grows with each change of schema or components, which is when rights must be worked out anew. */
  revision = 0;
  private readonly clock: () => Date;
  private objects = new Map<string, ObjectDefinition>();
  private readonly deployed: ComponentStore;
  private readonly rows: RowStore;
  private prefixes = new Map<string, ObjectDefinition>();
  private readonly snapshots: Snapshot[] = [];

  constructor(options: OrgDataOptions = {}) {
    this.db = new Database(options.file ?? ':memory:');
    this.clock = options.now ?? (() => new Date());
    this.db.define(
      'CREATE TABLE IF NOT EXISTS "-object" (name TEXT PRIMARY KEY, body TEXT NOT NULL)',
    );
    this.rows = new RowStore(this.db);
    this.deployed = new ComponentStore(this.db);
    this.outbound = new OutboundMessages(this.db, () => this.time());
    this.features = { ...noFeatures, ...options.features };
    this.load(this.features);
  }

  private load(features: OrgFeatures): void {
    for (const { body } of this.db.all('SELECT body FROM "-object"')) {
      this.remember(JSON.parse(String(body)) as ObjectDefinition);
    }
    const missing = standardObjects(features).flatMap((one) => this.incomplete(one));
    if (missing.length > 0) {
      this.db.transaction(() => {
        this.putObjects([...missing, ...this.objects.values()]);
      });
    }
  }

  /** A new org has none of the standard objects; one in a file may lack some, or some of their fields. */
  private incomplete(standard: ObjectDefinition): readonly ObjectDefinition[] {
    const known = this.object(standard.name);
    if (!known) return [standard];
    const names = new Set(known.fields.map((one) => one.name));
    const more = standard.fields.filter((one) => !names.has(one.name));
    return more.length === 0 ? [] : [{ ...known, fields: [...known.fields, ...more] }];
  }

  private remember(object: ObjectDefinition): void {
    this.objects.set(object.name.toLowerCase(), object);
    this.prefixes.set(object.keyPrefix, object);
  }

  schema(): Schema {
    return this.objects;
  }

  /** The object of that API name, in any case. */
  object(name: string): ObjectDefinition | undefined {
    return this.objects.get(name) ?? this.objects.get(name.toLowerCase());
  }

  /** The object whose record this is. */
  objectOfId(id: string): ObjectDefinition | undefined {
    return this.prefixes.get(id.slice(0, 3));
  }

  time(): Date {
    return this.clock();
  }

  /** The time of the org's clock in the form that the REST API gives, whole seconds. */
  now(): string {
    return `${this.clock().toISOString().slice(0, 19)}.000+0000`;
  }

  begin(): void {
    this.snapshots.push({ objects: new Map(this.objects), components: this.deployed.snapshot() });
    this.db.begin();
  }

  commit(): void {
    this.db.commit();
    this.snapshots.pop();
  }

  rollback(): void {
    this.db.rollback();
    const before = this.snapshots.pop();
    if (!before) throw new Error('rollback without begin: the deploy must begin first');
    this.objects = before.objects;
    this.deployed.restore(before.components);
    this.prefixes = new Map([...this.objects.values()].map((one) => [one.keyPrefix, one]));
    this.rows.forgetAll();
    this.revision++;
  }

  private freePrefix(kind: 'custom' | 'customMetadata'): string {
    for (let n = 0; ; n++) {
      const prefix = customKeyPrefix(kind, n);
      if (!this.prefixes.has(prefix)) return prefix;
    }
  }

  /** The definition as the org keeps it: with system fields, and its old or a new key prefix. */
  private complete(object: ObjectDefinition): ObjectDefinition {
    const keyPrefix = this.object(object.name)?.keyPrefix ?? object.keyPrefix;
    const kind = object.kind === 'customMetadata' ? 'customMetadata' : 'custom';
    return withSystemFields({
      ...object,
      keyPrefix: keyPrefix === '' ? this.freePrefix(kind) : keyPrefix,
    });
  }

  /** Where there are Person Accounts, the account shows what custom fields its contact has. */
  private withPersons(objects: readonly ObjectDefinition[]): readonly ObjectDefinition[] {
    const named = (name: string): ObjectDefinition | undefined =>
      objects.find((one) => one.name === name) ?? this.object(name);
    const [account, contact] = [named('Account'), named('Contact')];
    const touched = objects.some((one) => one === account || one === contact);
    if (!touched || !account || !contact || !hasPersonAccounts(account)) return objects;
    return [...objects.filter((one) => one !== account), withContactFields(account, contact)];
  }

  /**
   * Adds objects or replaces them whole; tables follow, existing rows stay.
   * An empty `keyPrefix` is given the next free one; system fields that are missing are added.
   */
  putObjects(objects: readonly ObjectDefinition[]): void {
    this.revision++;
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
      describeInDefinitions(this, object);
    }
  }

  removeObjects(names: readonly string[]): void {
    this.revision++;
    for (const name of names) {
      const object = this.object(name);
      if (!object) continue;
      dropTable(this.db, object);
      forgetObject(this, object);
      this.db.run('DELETE FROM "-object" WHERE name = ?', object.name);
      this.objects.delete(object.name.toLowerCase());
      this.prefixes.delete(object.keyPrefix);
      this.rows.forget(object);
    }
  }

  replaceObject(object: ObjectDefinition): void {
    const names = new Set(object.fields.map(({ name }) => name));
    const gone = this.object(object.name)?.fields.filter(({ name }) => !names.has(name)) ?? [];
    dropFields(this.db, object, gone);
    forgetFields(this, object, gone);
    this.putObjects([object]);
  }

  components(): readonly Component[] {
    return this.deployed.all();
  }

  putComponents(components: readonly Component[]): void {
    this.revision++;
    this.deployed.put(components);
  }

  removeComponents(components: readonly Component[]): void {
    this.revision++;
    this.deployed.remove(components);
  }

  removeSystemRow(object: string, match: Readonly<Record<string, string>>): void {
    removeMetadataRow(this, object, match);
  }

  putSystemRow(
    object: string,
    match: Readonly<Record<string, string>>,
    values: Readonly<Record<string, unknown>>,
  ): string {
    return putMetadataRow(this, object, match, values);
  }

  nextId(object: ObjectDefinition): string {
    return this.rows.nextId(object);
  }

  nextAutoNumber(object: ObjectDefinition): number {
    return this.rows.nextAutoNumber(object);
  }

  row(object: ObjectDefinition, id: string): Row | undefined {
    return this.rows.get(object, id);
  }

  insert(object: ObjectDefinition, values: ReadonlyMap<string, SqlValue>): void {
    this.rows.insert(object, values);
  }

  update(object: ObjectDefinition, id: string, values: ReadonlyMap<string, SqlValue>): void {
    this.rows.update(object, id, values);
  }

  close(): void {
    this.db.close();
  }
}

/** An org with its standard objects and nothing deployed. */
export function createOrgData(options: OrgDataOptions = {}): OrgData {
  return new OrgData(options);
}
