import type {
  ConditionRow,
  FieldMappingRow,
  HiddenRow,
  MappingRow,
  StoreRow,
  TransitionRow,
} from '../mapping/model/config-rows.ts';
import {
  type Columns,
  either,
  flag,
  from,
  name,
  number,
  select,
  text,
} from './metadata-columns.ts';

/*
 * The configuration as the org stores it: each field of a custom metadata type stands here once, for query and
 * reader alike. Relationships are read by the names that the admin sees. Values are taken as they are; the
 * compiler of mappings checks them.
 */

export const STORE: Columns<StoreRow> = {
  name: name('DeveloperName'),
  label: name('MasterLabel'),
  key: name('Key__c'),
  url: from(name('URL__c'), (url) => url.replace(/\/+$/, '')),
  route: from(text('Route__c'), (route) =>
    route === 'named_credential' ? 'named_credential' : 'direct',
  ),
  namedCredential: text('Named_Credential__c'),
  imageHosts: from(name('Image_Hosts__c'), listed),
  dailyApiCalls: number('Daily_API_Calls__c'),
  dailyApiShare: number('Daily_API_Share__c'),
  loadWhenTold: flag('Load_When_Told__c'),
  silentMinutes: number('Silent_Minutes__c'),
  tellAfterMinutes: number('Tell_After_Minutes__c'),
  paidStatuses: text('Paid_Statuses__c'),
  leadRule: text('Lead_Rule__c'),
  convertedLeadStatus: text('Converted_Lead_Status__c'),
  active: flag('Active__c'),
};

export const MAPPING: Columns<MappingRow> = {
  name: name('DeveloperName'),
  label: name('MasterLabel'),
  store: text('Store__r.Key__c'),
  resource: text('Woo_Resource__c'),
  contentType: text('Content_Type__c'),
  object: text('Salesforce_Object__r.QualifiedApiName'),
  externalIdField: text('External_Id_Field__r.QualifiedApiName'),
  matchFields: text('Match_Fields__c'),
  direction: text('Direction__c'),
  onCreate: flag('On_Create__c'),
  onUpdate: flag('On_Update__c'),
  onDelete: flag('On_Delete__c'),
  conditionLogic: text('Condition_Logic__c'),
  whenUnmet: text('When_Unmet__c'),
  realTime: flag('Real_Time__c'),
  sweepMinutes: number('Sweep_Minutes__c'),
  deleteRule: text('Delete_Rule__c'),
  deleteField: text('Delete_Field__r.QualifiedApiName'),
  deleteValue: text('Delete_Value__c'),
  conflictRule: text('Conflict_Rule__c'),
  wooMetaKey: text('Woo_Meta_Key__c'),
  createInWoo: flag('Create_In_Woo__c'),
  keepShopImages: flag('Keep_Shop_Images__c'),
  editsToAllStores: flag('Edits_To_All_Stores__c'),
  active: flag('Active__c'),
};

/** A row that its checkbox switches on and off. */
export interface Switched {
  readonly active: boolean;
}

export const FIELD: Columns<FieldMappingRow & Switched> = {
  name: name('DeveloperName'),
  mapping: text('Mapping__r.DeveloperName'),
  attribute: either(text('Woo_Path__c'), text('Woo_Attribute__c')),
  field: text('Salesforce_Field__r.QualifiedApiName'),
  kind: text('Kind__c'),
  staticValue: text('Static_Value__c'),
  valueTable: text('Value_Table__c'),
  transform: text('Transform__c'),
  transformArgument: text('Transform_Argument__c'),
  defaultValue: text('Default_Value__c'),
  overflow: text('Overflow__c'),
  direction: text('Direction__c'),
  writeWhen: text('Write_When__c'),
  active: flag('Active__c'),
};

export const CONDITION: Columns<ConditionRow & Switched> = {
  name: name('DeveloperName'),
  mapping: text('Mapping__r.DeveloperName'),
  position: number('Position__c'),
  attribute: text('Woo_Attribute__c'),
  operator: text('Operator__c'),
  value: text('Value__c'),
  otherAttribute: text('Other_Attribute__c'),
  active: flag('Active__c'),
};

export const TRANSITION: Columns<TransitionRow & Switched> = {
  name: name('DeveloperName'),
  mapping: text('Mapping__r.DeveloperName'),
  from: text('From_Status__c'),
  to: text('To_Status__c'),
  active: flag('Active__c'),
};

export interface FieldName extends HiddenRow, Switched {
  readonly mappingActive: boolean;
}

/** A field mapping without the field's own row: the org leaves out rows whose field or object we may not see. */
export const FIELD_NAME: Columns<FieldName> = {
  name: name('DeveloperName'),
  mapping: text('Mapping__r.DeveloperName'),
  mappingActive: flag('Mapping__r.Active__c'),
  active: flag('Active__c'),
  // `Account.Phone`, or ids where object and field are custom.
  field: from(text('Salesforce_Field__c'), (field) => field?.split('.').at(-1) ?? null),
};

/** What is read of each custom metadata type. */
export const mappingQueries = {
  // In the order in which they were set up, which nobody's name changes: it decides whose shared records are.
  stores: select('Woo_Store__mdt', STORE, 'Id'),
  mappings: select('Woo_Mapping__mdt', MAPPING),
  fields: select('Woo_Field_Mapping__mdt', FIELD),
  conditions: select('Woo_Condition__mdt', CONDITION),
  transitions: select('Woo_Order_Transition__mdt', TRANSITION),
  every: select('Woo_Field_Mapping__mdt', FIELD_NAME),
} as const;

function listed(hosts: string): readonly string[] {
  return hosts
    .split(';')
    .map((host) => host.trim())
    .filter((host) => host !== '');
}
