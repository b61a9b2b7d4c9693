import type { Component, DeployTarget } from '../model/deploy-target.ts';
import { SentMessages } from './outbound/sent.ts';
import { OutboundMessages } from './outbound/outbound-messages.ts';
import { standardObjects } from '../schema/standard.ts';
import type { ObjectDefinition, Schema } from '../model/schema.ts';
import { ComponentStore } from './component-store.ts';
import { ObjectStore } from './object-store.ts';
import { RecycleBin } from './recycle-bin.ts';
import { RowStore } from './row-store.ts';
import { ScheduledPaths } from './scheduled-paths.ts';
import { Database, type Row, type SqlValue } from '../lib/database.ts';
import { describeInDefinitions, forgetFields, forgetObject } from './definitions.ts';
import { DuplicateRules } from './duplicate-rules.ts';
import { Faults } from './faults.ts';
import { noFeatures, type OrgFeatures } from '../model/features.ts';
import { putMetadataRow, removeMetadataRow } from './metadata-rows.ts';
import type { WholeOrg } from '../model/org-view.ts';
import { dropFields } from './tables.ts';

export interface OrgDataOptions {
  /** A SQLite file that keeps the org; in memory when left out. */
  readonly file?: string;
  /** What Setup has turned on; nothing when left out. */
  readonly features?: Partial<OrgFeatures>;
  /** Clock, for tests. */
  readonly now?: () => Date;
  /** Its objects, where they are others than those of every org. */
  readonly objects?: readonly ObjectDefinition[];
}

interface Snapshot {
  readonly objects: ReadonlyMap<string, ObjectDefinition>;
  readonly components: ReadonlyMap<string, Component>;
}

/** Everything an org holds: schema, deployed components and rows. */
export class OrgData implements DeployTarget, WholeOrg {
  readonly db: Database;
  readonly faults = new Faults();
  readonly duplicateRules = new DuplicateRules();
  readonly features: OrgFeatures;
  readonly outbound: OutboundMessages;
  readonly recycleBin: RecycleBin;
  readonly scheduled: ScheduledPaths;
  readonly sent: SentMessages;
  readonly whole: WholeOrg = this;
  readonly access = undefined;
  /** Grows with each change of schema or components, which is when rights must be worked out anew. */
  revision = 0;
  address: string | null = null;
  private readonly clock: () => Date;
  private readonly objects: ObjectStore;
  private readonly deployed: ComponentStore;
  private readonly rows: RowStore;
  private readonly snapshots: Snapshot[] = [];

  constructor(options: OrgDataOptions = {}) {
    this.db = new Database(options.file ?? ':memory:');
    this.clock = options.now ?? (() => new Date());
    this.objects = new ObjectStore(this.db);
    this.rows = new RowStore(this.db);
    this.deployed = new ComponentStore(this.db);
    this.outbound = new OutboundMessages(this.db, () => this.time());
    this.recycleBin = new RecycleBin(this.db);
    this.scheduled = new ScheduledPaths(this.db);
    this.sent = new SentMessages(this.db);
    this.features = { ...noFeatures, ...options.features };
    this.complete(options.objects ?? standardObjects(this.features));
  }

  private complete(objects: readonly ObjectDefinition[]): void {
    const missing = objects.flatMap((one) => this.objects.incomplete(one));
    if (missing.length > 0) {
      this.db.transaction(() => {
        this.putObjects([...missing, ...this.objects.all().values()]);
      });
    }
  }

  schema(): Schema {
    return this.objects.all();
  }

  /** The object of that API name, in any case. */
  object(name: string): ObjectDefinition | undefined {
    return this.objects.named(name);
  }

  /** The object whose record this is. */
  objectOfId(id: string): ObjectDefinition | undefined {
    return this.objects.ofId(id);
  }

  time(): Date {
    return this.clock();
  }

  /** The time of the org's clock in the form that the REST API gives, whole seconds. */
  now(): string {
    return `${this.clock().toISOString().slice(0, 19)}.000+0000`;
  }

  begin(): void {
    this.snapshots.push({ objects: this.objects.snapshot(), components: this.deployed.snapshot() });
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
    this.objects.restore(before.objects);
    this.deployed.restore(before.components);
    this.rows.forgetAll();
    this.revision++;
  }

  /** As `ObjectStore.put`. */
  putObjects(objects: readonly ObjectDefinition[]): void {
    this.revision++;
    for (const object of this.objects.put(objects)) describeInDefinitions(this, object);
  }

  removeObjects(names: readonly string[]): void {
    this.revision++;
    for (const name of names) {
      const object = this.object(name);
      if (!object) continue;
      forgetObject(this, object);
      this.objects.remove(object);
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
