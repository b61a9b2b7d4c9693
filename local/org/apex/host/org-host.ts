import type { UserView } from '../../access/user-view.ts';
import { callFlow } from '../../flow/launched.ts';
import { isStop, runAlone } from '../../flow/parts/together.ts';
import { systemRecords } from '../../flow/system-records.ts';
import { quoted } from '../../lib/database.ts';
import { ApiError } from '../../model/errors.ts';
import type { OrgView } from '../../model/org-view.ts';
import type { ObjectDefinition } from '../../model/schema.ts';
import { compile, type Compiled } from '../../soql/compile.ts';
import { RecordBuilder } from '../../soql/run.ts';
import { createRecords, updateRecords, upsertRecords, type SaveResult } from '../../write/batch.ts';
import { deleteRecords } from '../../write/delete.ts';
import { undeleteRecords } from '../../write/undelete.ts';
import { exception } from '../runtime/run/exception.ts';
import type { Access, DmlVerb, Host, Saved, ScheduledJob } from '../runtime/run/host.ts';
import { ApexList } from '../runtime/values/collections.ts';
import { Decimal } from '../runtime/values/decimal.ts';
import type { SObjectValue } from '../runtime/values/sobject.ts';
import { textOf } from '../runtime/values/text.ts';
import type { Value } from '../runtime/values/value.ts';
import { apiValue, RecordReader, sentValues, type ValueKind } from './record-values.ts';
import type { Savepoints } from './savepoints.ts';
import { scheduleOf } from './schedule.ts';

/** What one run of code reaches besides data. */
export interface Outside extends Pick<Host, 'callout' | 'enqueueDeployment' | 'debug'> {
  viewOf(userId: string): UserView;
  readonly savepoints: Savepoints;
}

/** The end of a query that asks for what is in the recycle bin, too. */
const ALL_ROWS = /\bALL\s+ROWS\s*$/i;

/** Characters of a long text that `getAll` gives. */
const GET_ALL_LENGTH = 255;

const savedOf = (result: SaveResult): Saved => ({
  id: result.id ?? null,
  isCreated: result.success && result.created === true,
  errors: result.errors,
});

/** An org as the code of one of its users meets it. */
export class OrgHost implements Host {
  readonly user: Host['user'];
  readonly callout: Host['callout'];
  readonly enqueueDeployment: Host['enqueueDeployment'];
  readonly debug: Host['debug'];
  private readonly view: UserView;
  /** Custom metadata that was read: a transaction cannot change it. */
  private readonly kept = new Map<string, readonly SObjectValue[]>();
  private readonly outside: Outside;

  constructor(userId: string, outside: Outside) {
    this.outside = outside;
    this.view = outside.viewOf(userId);
    this.callout = outside.callout;
    this.enqueueDeployment = outside.enqueueDeployment;
    this.debug = outside.debug;
    const row = this.view.db.get('SELECT Name, Username FROM "User" WHERE Id = ?', userId);
    this.user = {
      id: userId,
      name: String(row?.['Name'] ?? ''),
      userName: String(row?.['Username'] ?? ''),
    };
  }

  private org(access: Access): OrgView {
    if (access === 'system') return this.view.whole;
    return access === 'user' ? this.view : this.view.shared;
  }

  get organizationId(): string {
    return String(this.view.db.get('SELECT Id FROM "Organization"')?.['Id'] ?? '');
  }

  now(): number {
    return this.view.time().getTime();
  }

  object(name: string, access: Access): ObjectDefinition | undefined {
    return this.org(access).object(name);
  }

  objects(access: Access): readonly ObjectDefinition[] {
    return [...new Set(this.org(access).schema().values())];
  }

  objectOfId(id: string): ObjectDefinition | undefined {
    return this.view.whole.objectOfId(id);
  }

  private rights(object: ObjectDefinition) {
    return this.view.access.rights(object);
  }

  mayRead(object: ObjectDefinition): boolean {
    return this.rights(object).read;
  }

  mayCreate(object: ObjectDefinition): boolean {
    return isData(object) && this.rights(object).create;
  }

  mayUpdate(object: ObjectDefinition): boolean {
    return isData(object) && this.rights(object).edit;
  }

  mayDelete(object: ObjectDefinition): boolean {
    return isData(object) && this.rights(object).delete;
  }

  hasCustomPermission(name: string): boolean {
    return this.view.access.customPermissions.includes(name);
  }

  query(soql: string, access: Access): readonly SObjectValue[] {
    const org = this.org(access);
    const plain = soql
      .replace(/\bWITH\s+(?:(?:USER|SYSTEM)_MODE|SECURITY_ENFORCED)\b/i, '')
      .replace(ALL_ROWS, '');
    try {
      const compiled = compile(org, plain, ALL_ROWS.test(soql));
      const builder = new RecordBuilder(org, 'v66.0');
      const reader = new RecordReader(org, kindsOf(compiled));
      return org.db
        .all(compiled.sql, ...compiled.values)
        .map((row) => reader.read(builder.build(compiled, row)));
    } catch (error) {
      if (error instanceof ApiError) throw exception('QueryException', error.message);
      throw error;
    }
  }

  save(
    verb: DmlVerb,
    records: readonly SObjectValue[],
    { allOrNone, access, by }: { allOrNone: boolean; access: Access; by?: string },
  ): readonly Saved[] {
    const org = this.org(access);
    const caller = { userId: this.user.id };
    const sent = records.map((one) => ({
      type: one.type,
      record: sentValues(one, org.object(one.type)),
    }));
    const ids = records.map((one) => textOf(one.get('Id')));
    switch (verb) {
      case 'insert':
        return createRecords(org, caller, sent, allOrNone).map(savedOf);
      case 'update':
        return updateRecords(
          ...([org, caller] as const),
          sent.map(({ type, record }, at) => ({ type, record: { ...record, Id: ids[at] } })),
          allOrNone,
        ).map(savedOf);
      case 'delete':
        return deleteRecords(org, caller, ids, allOrNone).map(savedOf);
      case 'undelete':
        return undeleteRecords(org, caller, ids, allOrNone).map(savedOf);
      case 'upsert':
        return this.upsert(access, records, by, allOrNone);
    }
  }

  /** By an external id, or by the ids that some of them have. */
  private upsert(
    access: Access,
    records: readonly SObjectValue[],
    by: string | undefined,
    allOrNone: boolean,
  ): readonly Saved[] {
    const org = this.org(access);
    const caller = { userId: this.user.id };
    const [first] = records;
    const object = first && org.object(first.type);
    if (!object) return [];
    const key = by?.split('.').at(-1)?.toLowerCase() ?? 'id';
    const field = object.fields.find((one) => one.name.toLowerCase() === key);
    if (key !== 'id' && field) {
      const sent = records.map((one) => sentValues(one, object));
      return upsertRecords(org, caller, object, field, sent, allOrNone).map(savedOf);
    }
    const isNew = (one: SObjectValue): boolean => one.get('Id') === null;
    const saved = new Map<SObjectValue, Saved>();
    for (const [verb, some] of [
      ['insert', records.filter(isNew)],
      ['update', records.filter((one) => !isNew(one))],
    ] as const) {
      const results = this.save(verb, some, { allOrNone, access });
      for (const [at, one] of some.entries()) {
        const result = results[at];
        if (result) saved.set(one, { ...result, isCreated: verb === 'insert' });
      }
    }
    return records.flatMap((one) => saved.get(one) ?? []);
  }

  metadataRows(object: ObjectDefinition): readonly SObjectValue[] {
    const known = this.kept.get(object.name) ?? this.readRows(object);
    this.kept.set(object.name, known);
    return known;
  }

  private readRows(object: ObjectDefinition): readonly SObjectValue[] {
    const fields = object.fields.map(({ name }) => name);
    const names = [...new Set(['Id', 'DeveloperName', ...fields])].join(', ');
    const rows = this.query(`SELECT ${names} FROM ${object.name}`, 'system');
    for (const row of rows) {
      row.isQueried = false;
      for (const [name, value] of row.entries()) {
        if (typeof value === 'string') row.load(name, value.slice(0, GET_ALL_LENGTH));
      }
    }
    return rows;
  }

  startFlow(name: string, inputs: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
    const { whole } = this.view;
    const given = new Map(
      [...inputs].map(([key, value]) => [key, apiValue(value) as string | null] as const),
    );
    const records = { ...systemRecords(whole, this.user.id), userId: this.user.id };
    try {
      const outputs = runAlone(callFlow(name, given, whole, records));
      return new Map(
        Object.entries(outputs).map(([key, value]) => [key, flowValue(value)] as const),
      );
    } catch (error) {
      if (isStop(error)) {
        throw exception('FlowException', error.message);
      }
      throw error;
    }
  }

  schedule(job: ScheduledJob): string {
    return scheduleOf(this.view.whole).schedule(job, this.user.id);
  }

  abortJob(id: string): void {
    scheduleOf(this.view.whole).abort(id);
  }

  setCreatedDate(id: string, ms: number): void {
    const object = this.objectOfId(id);
    if (!object) throw exception('StringException', `Invalid id: ${id}`);
    const at = `${new Date(ms).toISOString().slice(0, 19)}.000+0000`;
    this.view.db.run(`UPDATE ${quoted(object.name)} SET CreatedDate = ? WHERE Id = ?`, at, id);
  }

  savepoint(): number {
    return this.outside.savepoints.set();
  }

  rollbackTo(savepoint: number): void {
    this.outside.savepoints.rollbackTo(savepoint);
  }

  /** Runs code that a save or a flow calls. */
  nested<T>(work: () => T): T {
    return this.outside.savepoints.nested(work);
  }

  as(userId: string): Host {
    return new OrgHost(userId, this.outside);
  }
}

/** What the values of an aggregate query are. */
function kindsOf({ kind, selection }: Compiled): ReadonlyMap<string, ValueKind> {
  if (kind !== 'aggregate') return new Map();
  return new Map(
    selection.outputs.flatMap((one) =>
      one.kind === 'value' ? [[one.name, { type: one.type, scale: 0 }] as const] : [],
    ),
  );
}

const isData = ({ kind }: ObjectDefinition): boolean => kind === 'standard' || kind === 'custom';

function flowValue(value: unknown): Value {
  if (typeof value === 'number') return Decimal.parse(String(value)) ?? null;
  if (Array.isArray(value)) return new ApexList('Object', value as Value[]);
  return value ?? null;
}
