import { readFileSync } from 'node:fs';
import { compileMappings } from '../../../src/mapping/compile/compile.ts';
import type {
  ConditionRow,
  FieldMappingRow,
  MappingRow,
  MappingSource,
  Problem,
  StoreRow,
} from '../../../src/mapping/model/config-rows.ts';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { StoreContext, WooRecord } from '../../../src/mapping/model/record.ts';
import type { FieldSchema, ObjectSchema } from '../../../src/mapping/model/schema.ts';

export const STORE: StoreContext = { key: 'main', url: 'https://shop.example' };

export const STORE_ROW: StoreRow = {
  name: 'Main_Store',
  label: 'Main store',
  key: 'main',
  url: 'https://shop.example',
  route: 'direct',
  namedCredential: null,
  imageHosts: [],
  dailyApiCalls: null,
  dailyApiShare: null,
  loadWhenTold: false,
  silentMinutes: null,
  tellAfterMinutes: null,
  paidStatuses: null,
  leadRule: null,
  convertedLeadStatus: null,
  active: true,
};

/** A recorded record by its id. */
export function recorded(
  list: 'orders' | 'customers' | 'products' | 'refunds',
  id: number,
): WooRecord {
  const file = new URL(`../../recordings/${list}.json`, import.meta.url);
  const records = JSON.parse(readFileSync(file, 'utf8')) as WooRecord[];
  const found = records.find((record) => record['id'] === id);
  if (!found) throw new Error(`no ${list} ${id} in the recordings`);
  return found;
}

export function field(name: string, type: string, more: Partial<FieldSchema> = {}): FieldSchema {
  return {
    name,
    type,
    label: name,
    length: 255,
    precision: 18,
    scale: 2,
    nillable: true,
    createable: true,
    updateable: true,
    calculated: false,
    filterable: true,
    encrypted: false,
    externalId: false,
    unique: false,
    caseSensitive: false,
    defaultedOnCreate: false,
    referenceTo: [],
    relationshipName: null,
    restrictedPicklist: false,
    picklistValues: [],
    ...more,
  };
}

export const KEY = field('Woo_Key__c', 'string', {
  externalId: true,
  unique: true,
  caseSensitive: true,
});

export function lookup(name: string, to: string, more: Partial<FieldSchema> = {}): FieldSchema {
  const relationshipName = name.endsWith('__c') ? name.replace(/__c$/, '__r') : name.slice(0, -2);
  return field(name, 'reference', { length: 18, referenceTo: [to], relationshipName, ...more });
}

export function object(name: string, ...fields: readonly FieldSchema[]): ObjectSchema {
  const all = [KEY, ...fields];
  return { name, label: name, fields: new Map(all.map((f) => [f.name.toLowerCase(), f])) };
}

export function schemas(...objects: readonly ObjectSchema[]): ReadonlyMap<string, ObjectSchema> {
  return new Map(objects.map((schema) => [schema.name, schema]));
}

export function mappingRow(row: Partial<MappingRow> & Pick<MappingRow, 'name'>): MappingRow {
  return {
    label: row.name,
    store: null,
    resource: 'order',
    contentType: null,
    object: 'Woo_Order__c',
    externalIdField: 'Woo_Key__c',
    matchFields: null,
    direction: 'to_salesforce',
    onCreate: true,
    onUpdate: true,
    onDelete: true,
    conditionLogic: null,
    whenUnmet: null,
    realTime: true,
    sweepMinutes: 15,
    deleteRule: null,
    deleteField: null,
    deleteValue: null,
    conflictRule: null,
    wooMetaKey: null,
    active: true,
    createInWoo: false,
    keepShopImages: true,
    editsToAllStores: false,
    ...row,
  };
}

export function fieldRow(
  target: string,
  attribute: string | null,
  more: Partial<FieldMappingRow> = {},
): FieldMappingRow {
  return {
    name: `Map_${target}`,
    mapping: 'Order',
    attribute,
    field: target,
    kind: 'attribute',
    staticValue: null,
    valueTable: null,
    transform: null,
    defaultValue: null,
    overflow: null,
    transformArgument: null,
    direction: null,
    writeWhen: null,
    ...more,
  };
}

export function conditionRow(
  position: number | null,
  attribute: string | null,
  operator: string | null,
  value: string | null,
  mapping = 'Order',
  otherAttribute: string | null = null,
): ConditionRow {
  const name = `Condition_${position ?? 'x'}`;
  return { name, mapping, position, attribute, operator, value, otherAttribute };
}

export function source(parts: Partial<MappingSource>): MappingSource {
  return { stores: [STORE_ROW], mappings: [], fields: [], conditions: [], ...parts };
}

/** Compiles rows, whatever is wrong with them. `running` are the names of the mappings that run. */
export function compileRows(
  parts: Partial<MappingSource>,
  known: ReadonlyMap<string, ObjectSchema>,
) {
  const all = compileMappings(source(parts), known);
  return { ...all, running: all.mappings.map(({ name }) => name) };
}

/** Compiles and expects the one mapping to run. */
export function compiled(
  parts: Partial<MappingSource>,
  known: ReadonlyMap<string, ObjectSchema>,
): Mapping {
  const { mappings, problems } = compileRows(parts, known);
  const [mapping] = mappings;
  if (!mapping || mappings.length > 1) throw new Error(describe(problems));
  return mapping;
}

function describe(problems: readonly Problem[]): string {
  return `expected one mapping: ${problems.map(({ message }) => message).join(' ')}`;
}
