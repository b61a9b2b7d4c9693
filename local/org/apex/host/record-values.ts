import type { FieldDefinition, ObjectDefinition } from '../../model/schema.ts';
import type { OrgView } from '../../model/org-view.ts';
import { NotEmulated } from '../runtime/run/exception.ts';
import { ApexList } from '../runtime/values/collections.ts';
import { ApexDate, ApexDatetime } from '../runtime/values/dates.ts';
import { Decimal, Double } from '../runtime/values/decimal.ts';
import { SObjectValue } from '../runtime/values/sobject.ts';
import { ApexBlob, type Value } from '../runtime/values/value.ts';

const DAY = 86_400_000;

const decimals = new Set<FieldDefinition['type']>(['double', 'currency', 'percent']);

/** A number has the scale of its field. */
/** What is known of a value: its field, or what a function of a query gives. */
export type ValueKind = Pick<FieldDefinition, 'type' | 'scale'>;

function numberOf(value: number, field: ValueKind | undefined): number | Decimal {
  if (field?.type === 'int') return value;
  const found = Decimal.parse(String(value)) ?? new Decimal(0n);
  const scale = field && decimals.has(field.type) ? field.scale : 0;
  return found.scale < scale ? found.withScale(scale) : found;
}

/** A value of the REST API as Apex has it. */
export function apexValue(value: unknown, field: ValueKind | undefined): Value {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return numberOf(value, field);
  if (typeof value === 'string' && field?.type === 'datetime') {
    return new ApexDatetime(Date.parse(value.replace(/\+0000$/, 'Z')));
  }
  if (typeof value === 'string' && field?.type === 'date') {
    return new ApexDate(Date.parse(`${value}T00:00:00Z`) / DAY);
  }
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  throw new NotEmulated(`values of ${field?.type ?? 'this type'}`);
}

interface ApiRecord {
  readonly attributes: { readonly type: string; readonly url?: string };
}

const isRecord = (value: unknown): value is ApiRecord & Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && 'attributes' in value;

interface ApiList {
  readonly records: readonly unknown[];
}

const isList = (value: unknown): value is ApiList =>
  typeof value === 'object' && value !== null && 'records' in value;

/** Bytes of a field are kept apart; of static resources, with what was deployed. */
function bytesOf(org: OrgView, type: string, id: string): Value {
  if (type !== 'StaticResource') throw new NotEmulated(`bytes of ${type}`);
  const name = org.db.get('SELECT Name FROM "StaticResource" WHERE Id = ?', id)?.['Name'];
  const found = org.whole
    .components()
    .find((one) => one.type === 'StaticResource' && one.fullName === name);
  const { content = '' } = (found?.body ?? {}) as { readonly content?: string };
  return new ApexBlob(Buffer.from(content));
}

/** Turns records of queries into those that code holds. */
export class RecordReader {
  private readonly org: OrgView;
  private readonly fields = new Map<string, ReadonlyMap<string, FieldDefinition>>();
  private readonly computed: ReadonlyMap<string, ValueKind>;

  /** @param computed what the functions of a query give, by the names of their values */
  constructor(org: OrgView, computed: ReadonlyMap<string, ValueKind> = new Map()) {
    this.org = org;
    this.computed = computed;
  }

  private fieldOf(type: string, name: string): ValueKind | undefined {
    if (type === 'AggregateResult') return this.computed.get(name);
    const known =
      this.fields.get(type) ??
      new Map(this.org.whole.object(type)?.fields.map((one) => [one.name, one] as const) ?? []);
    this.fields.set(type, known);
    return known.get(name);
  }

  read(record: unknown): SObjectValue {
    if (!isRecord(record)) throw new Error('a query has found what is no record');
    const { type, url } = record.attributes;
    const found = new SObjectValue(type);
    for (const [name, value] of Object.entries(record)) {
      if (name === 'attributes') continue;
      found.load(name, this.value(type, url, name, value));
    }
    const id = url?.split('/').at(-1);
    if (id !== undefined && !found.has('Id') && /^\w{18}$/.test(id)) found.load('Id', id);
    found.isQueried = true;
    return found;
  }

  private value(type: string, url: string | undefined, name: string, value: unknown): Value {
    if (isRecord(value)) return this.read(value);
    if (isList(value)) {
      const rows = value.records.map((one) => this.read(one));
      return new ApexList(rows[0]?.type ?? 'SObject', rows);
    }
    const field = this.fieldOf(type, name);
    if (field?.type === 'base64') return bytesOf(this.org, type, url?.split('/').at(-1) ?? '');
    return apexValue(value, field);
  }
}

/** A value of Apex as the REST API takes it. */
export function apiValue(value: Value): unknown {
  if (value instanceof Decimal) return value.toNumber();
  if (value instanceof Double) return value.value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof ApexDate || value instanceof ApexDatetime) return value.iso();
  if (value instanceof ApexBlob) return value.bytes.toString('base64');
  return value;
}

/** What a record sends when it is saved: what was set, and of one that was queried what has changed. */
export function sentValues(
  record: SObjectValue,
  object: ObjectDefinition | undefined,
): Record<string, unknown> {
  const own = new Set(object?.fields.map(({ name }) => name.toLowerCase()));
  return Object.fromEntries(
    record
      .changed()
      .filter(([name]) => own.has(name.toLowerCase()))
      .map(([name, value]) => [name, apiValue(value)] as const),
  );
}
