import {
  address,
  checkbox,
  createOnly,
  currency,
  date,
  dateTime,
  email,
  integer,
  phone,
  picklist,
  readOnly,
  reference,
  required,
  text,
  textArea,
  url,
  values,
} from '../fields.ts';
import { ownerField, ownerOrQueueField } from '../system-fields.ts';
import type { FieldDefinition, ObjectDefinition } from '../../model/schema.ts';

export const salutations = values('Mr.|Ms.|Mrs.|Dr.|Prof.|Mx.');
export const leadSources = values('Web|Phone Inquiry|Partner Referral|Purchased List|Other');
const ratings = values('Hot|Warm|Cold');
const industries = values(
  'Agriculture|Apparel|Banking|Biotechnology|Chemicals|Communications|Construction|Consulting|' +
    'Education|Electronics|Energy|Engineering|Entertainment|Environmental|Finance|Food & Beverage|' +
    'Government|Healthcare|Hospitality|Insurance|Machinery|Manufacturing|Media|Not For Profit|' +
    'Recreation|Retail|Shipping|Technology|Telecommunications|Transportation|Utilities|Other',
);

/** `Name` is compound and read-only: the platform joins it from the parts. */
const personName: readonly FieldDefinition[] = [
  text('LastName', 80, required),
  text('FirstName', 40),
  picklist('Salutation', 40, salutations),
  text('Name', 121, readOnly, { label: 'Full Name' }),
];

const emailBounce: readonly FieldDefinition[] = [
  text('EmailBouncedReason', 255),
  dateTime('EmailBouncedDate'),
];

export const account: ObjectDefinition = {
  name: 'Account',
  label: 'Account',
  labelPlural: 'Accounts',
  keyPrefix: '001',
  kind: 'standard',
  sharingModel: 'ReadWrite',
  nameField: 'Name',
  fields: [
    reference('MasterRecordId', ['Account'], readOnly, { relationshipName: 'MasterRecord' }),
    text('Name', 255, required, { label: 'Account Name' }),
    picklist(
      'Type',
      255,
      values(
        'Prospect|Customer - Direct|Customer - Channel|Channel Partner / Reseller|' +
          'Installation Partner|Technology Partner|Other',
      ),
      { label: 'Account Type' },
    ),
    reference('ParentId', ['Account'], {
      label: 'Parent Account ID',
      childRelationshipName: 'ChildAccounts',
    }),
    ...address('Billing'),
    ...address('Shipping'),
    phone('Phone', { label: 'Account Phone' }),
    phone('Fax', { label: 'Account Fax' }),
    text('AccountNumber', 40),
    url('Website'),
    text('Sic', 20, { label: 'SIC Code' }),
    picklist('Industry', 255, industries),
    currency('AnnualRevenue', 0),
    integer('NumberOfEmployees', 8, { label: 'Employees' }),
    picklist('Ownership', 255, values('Public|Private|Subsidiary|Other')),
    text('TickerSymbol', 20),
    textArea('Description', 32_000, { label: 'Account Description' }),
    picklist('Rating', 255, ratings, { label: 'Account Rating' }),
    text('Site', 80, { label: 'Account Site' }),
    ownerField,
    picklist('AccountSource', 255, leadSources),
    text('SicDesc', 80, { label: 'SIC Description' }),
  ],
};

export const contact: ObjectDefinition = {
  name: 'Contact',
  label: 'Contact',
  labelPlural: 'Contacts',
  keyPrefix: '003',
  kind: 'standard',
  sharingModel: 'ControlledByParent',
  nameField: 'Name',
  fields: [
    reference('MasterRecordId', ['Contact'], readOnly, { relationshipName: 'MasterRecord' }),
    reference('AccountId', ['Account'], { childRelationshipName: 'Contacts' }),
    ...personName,
    ...address('Other'),
    ...address('Mailing'),
    phone('Phone', { label: 'Business Phone' }),
    phone('Fax', { label: 'Business Fax' }),
    phone('MobilePhone'),
    phone('HomePhone'),
    phone('OtherPhone'),
    phone('AssistantPhone', { label: 'Asst. Phone' }),
    reference('ReportsToId', ['Contact'], { relationshipName: 'ReportsTo' }),
    email('Email'),
    text('Title', 128),
    text('Department', 80),
    text('AssistantName', 40),
    picklist('LeadSource', 255, leadSources),
    date('Birthdate'),
    textArea('Description', 32_000, { label: 'Contact Description' }),
    ownerField,
    ...emailBounce,
    checkbox('IsEmailBounced', readOnly),
    checkbox('HasOptedOutOfEmail', { label: 'Email Opt Out' }),
    checkbox('HasOptedOutOfFax', { label: 'Fax Opt Out' }),
    checkbox('DoNotCall'),
  ],
};

const leadAddress: readonly FieldDefinition[] = address('').map((part) =>
  part.name === 'Address' ? part : { ...part, label: part.label.trim() },
);

export const lead: ObjectDefinition = {
  name: 'Lead',
  label: 'Lead',
  labelPlural: 'Leads',
  keyPrefix: '00Q',
  kind: 'standard',
  sharingModel: 'ReadWriteTransfer',
  nameField: 'Name',
  fields: [
    reference('MasterRecordId', ['Lead'], readOnly, { relationshipName: 'MasterRecord' }),
    ...personName,
    text('Title', 128),
    text('Company', 255, required),
    ...leadAddress,
    phone('Phone'),
    phone('MobilePhone'),
    phone('Fax'),
    email('Email'),
    url('Website'),
    textArea('Description', 32_000),
    picklist('LeadSource', 255, leadSources),
    picklist(
      'Status',
      255,
      values(
        'Open - Not Contacted|Working - Contacted|Closed - Converted|Closed - Not Converted',
        'Open - Not Contacted',
      ),
      required,
      { defaultValue: 'Open - Not Contacted' },
    ),
    picklist('Industry', 255, industries),
    picklist('Rating', 255, ratings),
    currency('AnnualRevenue', 0),
    integer('NumberOfEmployees', 8, { label: 'Employees' }),
    ownerOrQueueField,
    checkbox('HasOptedOutOfEmail', { label: 'Email Opt Out' }),
    checkbox('DoNotCall'),
    checkbox('IsConverted', createOnly, { label: 'Converted' }),
    date('ConvertedDate', readOnly),
    reference('ConvertedAccountId', ['Account'], readOnly),
    reference('ConvertedContactId', ['Contact'], readOnly),
    reference('ConvertedOpportunityId', ['Opportunity'], readOnly),
    checkbox('IsUnreadByOwner'),
    ...emailBounce,
  ],
};
