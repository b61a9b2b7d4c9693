import type { ObjectDefinition } from '../../../model/schema.ts';

const users = ['CREATEDBY_USER', 'CREATEDBY_USER.ALIAS', 'UPDATEDBY_USER', 'UPDATEDBY_USER.ALIAS'];
const owners = ['OWNER.ALIAS', 'OWNER.FIRST_NAME', 'OWNER.LAST_NAME'];

/** Columns of a custom object's list view that are not its own fields. */
const customColumns = new Set(['NAME', 'CREATED_DATE', 'LAST_UPDATE', 'LAST_ACTIVITY', ...users]);

/** Columns of a custom metadata type's list view that are not its own fields. */
const metadataColumns = new Set(['MasterLabel', 'DeveloperName', 'NamespacePrefix', 'Language']);

const coreOwners = ['CORE.USERS.ALIAS', 'CORE.USERS.FIRST_NAME', 'CORE.USERS.LAST_NAME'];
const addressOf = (prefix: string): readonly string[] =>
  ['STREET', 'CITY', 'STATE', 'ZIP', 'COUNTRY'].map((part) => `${prefix}_${part}`);

const coded = (prefix: string, names: readonly string[]): readonly string[] =>
  names.map((name) => `${prefix}.${name}`);
const dates = ['CREATED_DATE', 'LAST_UPDATE', 'LAST_ACTIVITY'];

/** Standard objects name their columns by codes of their own. */
const standardColumns: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'Account',
    new Set([
      ...coded('ACCOUNT', ['NAME', 'SITE', 'PHONE1', 'PHONE2', 'TYPE', 'INDUSTRY', 'SALES']),
      ...coded('ACCOUNT', ['EMPLOYEES', 'OWNERSHIP', 'RATING', 'ACCOUNT_NUMBER', 'TICKER', 'URL']),
      ...coded('ACCOUNT', ['DESCRIPTION', 'SOURCE', 'SIC', ...dates]),
      ...coded('ACCOUNT', [...addressOf('ADDRESS1'), ...addressOf('ADDRESS2')]),
      ...coreOwners,
      ...users,
      'PARENT_NAME',
    ]),
  ],
  [
    'Contact',
    new Set([
      'FULL_NAME',
      'ACCOUNT.NAME',
      'ACCOUNT.SITE',
      ...coreOwners,
      ...users,
      ...coded('CONTACT', ['FIRST_NAME', 'LAST_NAME', 'TITLE', 'DEPARTMENT', 'EMAIL', 'PHONE1']),
      ...coded('CONTACT', ['PHONE2', 'PHONE3', 'PHONE4', 'PHONE5', 'PHONE6', 'BIRTHDATE']),
      ...coded('CONTACT', ['LEAD_SOURCE', 'DESCRIPTION', ...dates]),
      ...coded('CONTACT', [...addressOf('ADDRESS1'), ...addressOf('ADDRESS2')]),
    ]),
  ],
  [
    'Lead',
    new Set([
      'FULL_NAME',
      ...coreOwners,
      ...users,
      ...coded('LEAD', ['FIRST_NAME', 'LAST_NAME', 'COMPANY', 'TITLE', 'EMAIL', 'PHONE', 'STATUS']),
      ...coded('LEAD', ['MOBILE_PHONE', 'FAX', 'LEAD_SOURCE', 'INDUSTRY', 'RATING', 'UNREAD']),
      ...coded('LEAD', ['STREET', 'CITY', 'STATE', 'ZIP', 'COUNTRY', 'DESCRIPTION', ...dates]),
    ]),
  ],
  [
    'Product2',
    new Set([
      ...coded('PRODUCT2', ['NAME', 'CUSTOMER_PRODUCT_ID', 'DESCRIPTION', 'ACTIVE']),
      ...coded('PRODUCT2', ['FAMILY_ENUM', 'STOCK_KEEPING_UNIT', 'CREATED_DATE', 'LAST_UPDATE']),
      ...users,
    ]),
  ],
  [
    'Order',
    new Set([
      ...coded('ORDERS', ['ORDER_NUMBER', 'EFFECTIVE_DATE', 'END_DATE', 'STATUS', 'TYPE', 'NAME']),
      ...coded('ORDERS', ['TOTAL_AMOUNT', 'DESCRIPTION', 'CREATED_DATE', 'LAST_UPDATE']),
      'ACCOUNT.NAME',
      ...coreOwners,
      ...users,
    ]),
  ],
]);

/** The form of a code, for objects whose codes are not listed here. */
const code = /^[A-Z][A-Z0-9_]*(\.[A-Z0-9_]+)*$/;

/** Whether a list view of the object can have the column or filter by it. */
export function isColumn(object: ObjectDefinition, column: string): boolean {
  const wanted = column.toLowerCase();
  if (wanted.endsWith('__c')) {
    return object.fields.some((one) => one.custom && one.name.toLowerCase() === wanted);
  }
  switch (object.kind) {
    case 'customMetadata':
      return metadataColumns.has(column);
    case 'standard':
      return standardColumns.get(object.name)?.has(column) ?? code.test(column);
    default:
      return (
        customColumns.has(column) ||
        (owners.includes(column) && object.fields.some((one) => one.name === 'OwnerId'))
      );
  }
}
