import type { Assumption } from '../../model/assumption.ts';

export const RIGHTS: readonly Assumption[] = [
  {
    id: 'standard-user-profile',
    statement:
      'The profile _Standard User_ only reads products, price books and their entries, and creates, edits and deletes accounts, contacts, leads and orders: Salesforce says that it covers "most major types of records", and that administrators manage price books and products',
    places: ['local/org/access/profiles.ts'],
    person: 'Compare Setup › Profiles › Standard User › Object Settings with the file.',
  },
  {
    id: 'modify-all-data-and-fields',
    statement: '_Modify All Data_ does not pass over field-level security',
    places: ['local/org/access/rights.ts'],
    source:
      'Help, _View All and Modify All Permissions Overview_: "but must still be assigned field permissions"',
  },
  {
    id: 'write-of-read-only-field',
    statement:
      'A field without edit access is refused in a write with `INVALID_FIELD_FOR_INSERT_UPDATE`',
    places: ['local/org/access/visible-schema.ts'],
    person:
      'Take the edit access to Total__c from Woo_Integration in a sandbox, and write an order signed in as the integration user.',
  },
  {
    id: 'object-rights-refusals',
    statement:
      'Without create the code is 400 `CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY` (as others measured it); without edit or delete 403 `INSUFFICIENT_ACCESS_OR_READONLY`; for a record that sharing hides 403 `INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY`',
    places: ['local/org/access/user-access.ts'],
    person:
      'As a user with Woo_Sales alone, create, change and delete an order, and change one of another owner in a Private org.',
  },
  {
    id: 'upsert-of-a-hidden-record',
    statement: 'An upsert by the unique key of a hidden record is refused with `DUPLICATE_VALUE`',
    places: ['local/org/write/batch.ts'],
    person:
      'In an org with private contacts, as a user without View All, upsert a contact by the key of somebody else’s.',
  },
  {
    id: 'hidden-custom-metadata',
    statement:
      'Custom metadata records whose object the user may not see are left out of queries that follow the relationship; a query that does not follow it returns them',
    places: ['local/org/soql/scope.ts', 'sidecar/src/salesforce/custom-metadata.ts'],
    source:
      'Help, _Custom Metadata Relationship Considerations_: "results include only those records that reference objects you have permission to access"',
  },
  {
    id: 'hidden-custom-metadata-fields',
    statement:
      'Custom metadata records whose field the user may not see are left out as well, where a query follows the relationship. The sidecar asks both ways and names what is missing',
    places: ['local/org/soql/scope.ts', 'sidecar/src/salesforce/custom-metadata.ts'],
    person:
      'Map a field that the integration user may not read, and run `woo-salesforce check`: it must name the field.',
  },
  {
    id: 'price-book-fields',
    statement: 'Price books and their entries have no field-level security',
    places: ['local/org/model/field-security.ts'],
    person: 'Look for UnitPrice of Price Book Entry in a permission set’s field permissions.',
  },
  {
    id: 'api-disabled',
    statement:
      'A user without _API Enabled_ gets a token, and 403 `API_DISABLED_FOR_ORG` with the first call',
    places: ['local/org/http/api-permission.ts'],
    person: 'Run the app as a user whose profile lacks API Enabled, sign in and call `/limits`.',
  },
  {
    id: 'contacts-without-account',
    statement:
      'A contact without an account is visible to its owner and to those with _View All_ only',
    places: ['local/org/access/sharing/sharing.ts'],
    person: 'Make a contact without an account, and look for it as another user.',
  },
  {
    id: 'address-picklists',
    statement:
      'Address picklists: texts match by label only, a code that is unknown is refused with `FIELD_INTEGRITY_EXCEPTION` and not as a picklist value, and `Code` fields are no restricted picklists',
    places: ['local/org/rules/address-rule.ts', 'local/org/schema/address-picklists.ts'],
    person:
      'In an org with state and country picklists, create contacts with MailingCountry `DE` and with MailingCountryCode `QQ`.',
  },
  {
    id: 'valid-for-bits',
    statement:
      '`validFor` of a state’s code has a bit per value of the country’s code field, inactive ones included, the highest bit of a byte first',
    places: ['sidecar/src/salesforce/picklist-values.ts'],
    person:
      'In an org with state and country picklists of which one country is inactive, sync an address in a later country with a state.',
  },
  {
    id: 'person-accounts',
    statement:
      'A new account with a last name and no record type is a person account, whatever the user’s default record type; changing or deleting its contact is refused with `INVALID_PERSON_ACCOUNT_OPERATION`; `__pc` fields are neither required, unique nor external ids',
    places: ['local/org/rules/person-account-rules.ts', 'local/org/schema/person-accounts.ts'],
    person:
      'In an org with person accounts, create an account with a LastName and no Name, then change its contact by the API.',
  },
  {
    id: 'order-rules',
    statement:
      'Orders: the codes and words with which activation, closed orders, foreign entries and quantities of zero are refused; an order product needs `PricebookEntryId` and `UnitPrice`',
    places: ['local/org/rules/order-rules.ts'],
    person:
      'Use the recipe for standard orders in a sandbox, and compare its issues with the file.',
  },
];
