import type {
  ConditionRow,
  FieldMappingRow,
  HiddenRow,
  MappingRow,
  MappingSource,
  StoreRow,
} from '../mapping/model/config-rows.ts';
import type { QueryRow } from './rest/query.ts';

/** What is read of each custom metadata type, with relationships by the names that the admin sees. */
export const mappingQueries = {
  stores: select('Woo_Store__mdt', [
    ...['MasterLabel', 'Key__c', 'URL__c', 'Image_Hosts__c', 'Named_Credential__c'],
    ...['Route__c', 'Active__c'],
  ]),
  mappings: select('Woo_Mapping__mdt', [
    ...['MasterLabel', 'Store__r.Key__c', 'Woo_Resource__c'],
    ...['Salesforce_Object__r.QualifiedApiName', 'External_Id_Field__r.QualifiedApiName'],
    ...['Match_Fields__c', 'Direction__c', 'On_Create__c', 'On_Update__c', 'On_Delete__c'],
    ...['Condition_Logic__c', 'When_Unmet__c', 'Real_Time__c', 'Sweep_Minutes__c'],
    ...['Delete_Rule__c', 'Delete_Field__r.QualifiedApiName', 'Delete_Value__c'],
    ...['Conflict_Rule__c', 'Woo_Meta_Key__c', 'Active__c'],
    ...['Create_In_Woo__c', 'Keep_Shop_Images__c', 'Edits_To_All_Stores__c'],
  ]),
  fields: select('Woo_Field_Mapping__mdt', [
    ...['Mapping__r.DeveloperName', 'Woo_Attribute__c', 'Woo_Path__c'],
    ...['Salesforce_Field__r.QualifiedApiName', 'Kind__c', 'Static_Value__c', 'Transform__c'],
    ...['Default_Value__c', 'Overflow__c', 'Direction__c', 'Write_When__c'],
  ]),
  /** Without the field's own row: the org leaves out rows whose field or object we may not see. */
  every: select('Woo_Field_Mapping__mdt', [
    ...['Mapping__r.DeveloperName', 'Mapping__r.Active__c', 'Salesforce_Field__c'],
  ]),
  conditions: select('Woo_Condition__mdt', [
    ...['Mapping__r.DeveloperName', 'Position__c', 'Woo_Attribute__c', 'Operator__c', 'Value__c'],
  ]),
} as const;

function select(type: string, fields: readonly string[]): string {
  return `SELECT DeveloperName, ${fields.join(', ')} FROM ${type} ORDER BY DeveloperName`;
}

/** The rows of the four queries as mapping knows them. Values are taken as they are; compile.ts checks them. */
export function toMappingSource(
  rows: Readonly<Record<keyof typeof mappingQueries, readonly QueryRow[]>>,
): MappingSource {
  return {
    stores: rows.stores.map(toStore),
    mappings: rows.mappings.map(toMapping),
    fields: rows.fields.map(toField),
    conditions: rows.conditions.map(toCondition),
    hidden: {
      mappings: hiddenMappings(rows.mappings, rows.every),
      fields: hiddenFields(rows.fields, rows.every),
    },
  };
}

function toStore(row: QueryRow): StoreRow {
  return {
    name: text(row, 'DeveloperName') ?? '',
    label: text(row, 'MasterLabel') ?? '',
    key: text(row, 'Key__c') ?? '',
    url: (text(row, 'URL__c') ?? '').replace(/\/+$/, ''),
    route: text(row, 'Route__c') === 'named_credential' ? 'named_credential' : 'direct',
    namedCredential: text(row, 'Named_Credential__c'),
    imageHosts: (text(row, 'Image_Hosts__c') ?? '')
      .split(';')
      .map((host) => host.trim())
      .filter((host) => host !== ''),
    active: flag(row, 'Active__c'),
  };
}

function toMapping(row: QueryRow): MappingRow {
  return {
    name: text(row, 'DeveloperName') ?? '',
    label: text(row, 'MasterLabel') ?? '',
    store: related(row, 'Store__r', 'Key__c'),
    resource: text(row, 'Woo_Resource__c'),
    object: related(row, 'Salesforce_Object__r', 'QualifiedApiName'),
    externalIdField: related(row, 'External_Id_Field__r', 'QualifiedApiName'),
    matchFields: text(row, 'Match_Fields__c'),
    direction: text(row, 'Direction__c'),
    onCreate: flag(row, 'On_Create__c'),
    onUpdate: flag(row, 'On_Update__c'),
    onDelete: flag(row, 'On_Delete__c'),
    conditionLogic: text(row, 'Condition_Logic__c'),
    whenUnmet: text(row, 'When_Unmet__c'),
    realTime: flag(row, 'Real_Time__c'),
    sweepMinutes: number(row, 'Sweep_Minutes__c'),
    deleteRule: text(row, 'Delete_Rule__c'),
    deleteField: related(row, 'Delete_Field__r', 'QualifiedApiName'),
    deleteValue: text(row, 'Delete_Value__c'),
    conflictRule: text(row, 'Conflict_Rule__c'),
    wooMetaKey: text(row, 'Woo_Meta_Key__c'),
    createInWoo: flag(row, 'Create_In_Woo__c'),
    keepShopImages: flag(row, 'Keep_Shop_Images__c'),
    editsToAllStores: flag(row, 'Edits_To_All_Stores__c'),
    active: flag(row, 'Active__c'),
  };
}

function toField(row: QueryRow): FieldMappingRow {
  return {
    name: text(row, 'DeveloperName') ?? '',
    mapping: related(row, 'Mapping__r', 'DeveloperName'),
    attribute: text(row, 'Woo_Path__c') ?? text(row, 'Woo_Attribute__c'),
    field: related(row, 'Salesforce_Field__r', 'QualifiedApiName'),
    kind: text(row, 'Kind__c'),
    staticValue: text(row, 'Static_Value__c'),
    transform: text(row, 'Transform__c'),
    defaultValue: text(row, 'Default_Value__c'),
    overflow: text(row, 'Overflow__c'),
    direction: text(row, 'Direction__c'),
    writeWhen: text(row, 'Write_When__c'),
  };
}

/** Mappings that field rows belong to, but that the org does not tell us. */
function hiddenMappings(
  told: readonly QueryRow[],
  every: readonly QueryRow[],
): readonly { readonly name: string; readonly active: boolean }[] {
  const known = new Set(told.map((row) => text(row, 'DeveloperName')));
  const hidden = new Map<string, boolean>();
  for (const row of every) {
    const name = related(row, 'Mapping__r', 'DeveloperName');
    if (name === null || known.has(name)) continue;
    const mapping = row['Mapping__r'] as QueryRow;
    hidden.set(name, flag(mapping, 'Active__c'));
  }
  return [...hidden].map(([name, active]) => ({ name, active }));
}

/** Field rows that exist, but whose field the org does not tell us. */
function hiddenFields(told: readonly QueryRow[], every: readonly QueryRow[]): readonly HiddenRow[] {
  const known = new Set(told.map((row) => text(row, 'DeveloperName')));
  return every
    .filter((row) => !known.has(text(row, 'DeveloperName')))
    .map((row) => ({
      name: text(row, 'DeveloperName') ?? '',
      mapping: related(row, 'Mapping__r', 'DeveloperName'),
      // `Account.Phone`, or ids where object and field are custom.
      field: text(row, 'Salesforce_Field__c')?.split('.').at(-1) ?? null,
    }));
}

function toCondition(row: QueryRow): ConditionRow {
  return {
    name: text(row, 'DeveloperName') ?? '',
    mapping: related(row, 'Mapping__r', 'DeveloperName'),
    position: number(row, 'Position__c'),
    attribute: text(row, 'Woo_Attribute__c'),
    operator: text(row, 'Operator__c'),
    value: text(row, 'Value__c'),
  };
}

function text(row: QueryRow, field: string): string | null {
  const value = row[field];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function number(row: QueryRow, field: string): number | null {
  const value = row[field];
  return typeof value === 'number' ? value : null;
}

function flag(row: QueryRow, field: string): boolean {
  return row[field] === true;
}

function related(row: QueryRow, relationship: string, field: string): string | null {
  const parent = row[relationship];
  return typeof parent === 'object' && parent !== null ? text({ ...parent }, field) : null;
}
