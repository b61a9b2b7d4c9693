import { setup, type Explanations } from './explanation.ts';

/** The settings of a mapping. */
export const MAPPINGS = {
  MAPPING_NO_RESOURCE: setup(
    'The mapping does not say which records of the shop it is for.',
    'Choose its Woo resource.',
  ),
  MAPPING_UNKNOWN_RESOURCE: setup(
    'The mapping names records of the shop that there are not.',
    'Choose its Woo resource from the list.',
  ),
  MAPPING_NO_CONTENT_TYPE: setup(
    "The mapping of WordPress's content does not say of which type, or names one that cannot be one.",
    'Enter the name of the type as WordPress has it, such as post, page, attachment, user, category, or that of a custom post type.',
  ),
  MAPPING_NO_OBJECT: setup(
    'The mapping does not say which Salesforce object it writes to.',
    'Choose its Salesforce object.',
  ),
  MAPPING_UNKNOWN_OBJECT: setup(
    'The mapping names an object that the org does not have or the integration user may not see.',
    'Choose another object, or deploy it and grant it in a permission set of your own that the integration user has (an upgrade replaces Woo_Integration).',
  ),
  MAPPING_UNKNOWN_STORE: setup(
    'The mapping is for a store that does not exist.',
    'Choose an existing store, or leave it blank for all stores.',
  ),
  MAPPING_STORE_HELD: setup(
    'The mapping of one store is held by a problem, and the one for all stores does not stand in for it.',
    'Correct the mapping of the store; or deactivate it, and the one for all stores applies again.',
  ),
  MAPPING_UNKNOWN_DIRECTION: setup(
    'The direction of the mapping or of a field mapping does not exist.',
    'Choose to_salesforce, to_woo or both.',
  ),
  MAPPING_UNKNOWN_RULE: setup(
    'A rule of the mapping or of a field mapping has a value that does not exist.',
    'Choose one of the values that the message lists.',
  ),
  MAPPING_SWEEP_MINUTES: setup(
    'The mapping names an interval between two sweeps that would ask the shop without end.',
    'Enter a whole number of minutes of at least 1, such as 15. To stop a mapping, deactivate it.',
  ),
  MAPPING_KEY_NOT_EXTERNAL_ID: setup(
    'The field that is to hold the keys cannot: it is no external id, no text, or too short.',
    'Choose an external id field of type Text(255), unique and case-sensitive, such as Woo_Key__c.',
  ),
  MAPPING_KEY_NOT_UNIQUE: setup(
    'The field that holds the keys is not unique, so that a record could be made twice.',
    'Make the field unique and case-sensitive.',
  ),
  MAPPING_NOT_TO_WOO: setup(
    'The mapping or one of its fields is to go to the shop, and does not: only fields of products and orders do, in a mapping whose direction is both or to_woo.',
    'Set the direction to to_salesforce; or, of products and orders, that of the mapping to both.',
  ),
  MAPPING_TRANSITION: setup(
    'A transition of the list names no status, one that only the shop gives, or is of a mapping of other records than orders. It is left out.',
    'Name two statuses of the shop in From Status and To Status, such as on-hold and processing; or uncheck Active of the transition.',
  ),
  MAPPING_CREATE_IN_WOO: setup(
    'The mapping creates products in the shop, but none of its fields gives them a name; or orders, and none gives them a status.',
    'Map the name (of an order the status) both ways, or uncheck Create in WooCommerce.',
  ),
  MAPPING_META_KEY: setup(
    'The id of the Salesforce record cannot be written to the custom field that the mapping names.',
    'Leave its Woo Meta Key blank, or choose one that no other mapping uses.',
  ),
  MAPPING_NO_DELETE_FIELD: setup(
    'The mapping flags deleted records in a field that the object does not have or the integration user may not see.',
    'Choose the field that its delete rule writes, or the delete rule keep or delete.',
  ),
  MAPPING_BAD_DELETE_VALUE: setup(
    'The mapping flags deleted records with a value that its field does not take.',
    'Choose a checkbox, text or picklist field that can be edited, and a value that it takes.',
  ),
  MAPPING_SAME_OBJECT: setup(
    'Two mappings write the same records of the shop to the same object. Each record goes through one of them: one whose condition is met, else one that keeps it.',
    'Give them conditions that exclude each other, or deactivate one.',
  ),
  MAPPING_SAME_KEYS: setup(
    'Two mappings write different records of the shop to the same object, where their keys can be equal.',
    'Choose another object for one of them, or deactivate it.',
  ),
  MAPPING_MATCH_TYPE: setup(
    'The mapping finds records by a field whose values cannot be asked for as text.',
    'Match by a text, e-mail, phone, URL or picklist field.',
  ),
  MAPPING_MATCH_ENCRYPTED: setup(
    'The mapping finds records by a field that Shield Platform Encryption encrypts: in the scheme "probabilistic" its values cannot be asked for, in "case sensitive" only as they are written.',
    'Choose the scheme "deterministic, case insensitive" for the field (Setup › Encryption Settings), or match by another field.',
  ),
  MAPPING_MATCH_ATTRIBUTE: setup(
    'The mapping finds records by a field of another record, and does not say what it must equal.',
    'Add the attribute of the shop, such as Contacts.Email=email.',
  ),
  MAPPING_UNKNOWN_RELATIONSHIP: setup(
    'The mapping finds records by a list of other records that the object does not have, or that the integration user may not see.',
    'Write the name of the list, its field and an attribute of the shop, such as Contacts.Email=email.',
  ),
  MAPPING_REQUIRED_FIELD: setup(
    'Salesforce requires a field that the mapping does not fill.',
    'Add a field mapping for it, of an attribute or a static value, or check Active of the one that is off.',
  ),
  MAPPING_NO_EVENTS: setup(
    'The mapping neither creates, updates nor deletes records.',
    'Check On Create, On Update or On Delete; or deactivate the mapping.',
  ),
  MAPPING_MATCH_STATIC: setup(
    'The mapping finds records by a value that is the same for all of them.',
    'Match by a field that tells records apart, such as an e-mail address or a SKU.',
  ),
  MAPPING_NO_FIELDS: setup(
    'The mapping has no field mappings, or all are off, so that its records would hold a key and nothing else.',
    'Add field mappings, check Active of those that it needs, or deactivate the mapping.',
  ),
  MAPPING_ROWS_OFF: setup(
    'All conditions of the mapping are off, and more of its field mappings than are on. They were probably never switched on after an upgrade from a version without the checkbox Active; every record would arrive almost empty.',
    'Check Active of each of its field mappings and conditions, or of all at once as docs/upgrade.md says. Delete the conditions that are not meant.',
  ),
  MAPPING_FIELDS_OFF: setup(
    'More field mappings of the mapping are off than on, so that most of what it could write stays as Salesforce has it. It runs all the same.',
    'Check Active of those that it needs, and delete the others. After an upgrade from a version without the checkbox Active, check all at once as docs/upgrade.md says.',
  ),
  MAPPING_HIDDEN: setup(
    'The mapping is hidden from the integration user, who may not see an object or field that it names.',
    'Give the integration user read access to the object and to the external id field of the mapping.',
  ),
} satisfies Explanations;

/** A condition of a mapping. */
export const CONDITIONS = {
  CONDITION_POSITION: setup(
    'A condition has no position that can be used, or that of another one.',
    'Number the conditions of the mapping 1, 2, 3 and so on.',
  ),
  CONDITION_ATTRIBUTE: setup(
    'A condition tests something that comes from the store and not from the record.',
    'Test another attribute; for one store only, choose the store in the mapping.',
  ),
  CONDITION_UNKNOWN_OPERATOR: setup(
    'A condition has no operator, or one that does not exist.',
    'Choose one of the operators that the message lists.',
  ),
  CONDITION_NO_VALUE: setup(
    'A condition has nothing to compare with.',
    'Enter a value, or use is_empty or is_not_empty.',
  ),
  CONDITION_NOT_A_NUMBER: setup(
    'A condition compares sizes, and its value is neither a number nor a date.',
    'Write a number such as 10.50, a date such as 2026-11-24, or a period such as last 30 days.',
  ),
  CONDITION_PERIOD: setup(
    'A condition asks whether a date lies within a period, and its value is none.',
    'Write a period such as today, last 30 days, next 2 weeks, this month or last year.',
  ),
  CONDITION_OTHER: setup(
    'A condition compares two attributes that cannot be compared so, or names a value beside the other attribute.',
    'Choose another attribute or operator as the message says, or empty the value.',
  ),
  CONDITION_VALUE: setup(
    'A condition compares an attribute with what it can never be, so that every record has the same answer.',
    'Correct the value, the operator or the attribute as the message says.',
  ),
  CONDITION_STATUS_PREFIX: setup(
    'A condition names a status as WordPress stores it, which the shop does not send.',
    'Leave out wc- at its beginning.',
  ),
  CONDITION_LOGIC: setup(
    'The condition logic of the mapping cannot be read, names a condition that is off, or its outcome is the same for every record.',
    'Write it with the numbers of conditions that are on, such as 1 AND (2 OR NOT 3).',
  ),
  CONDITION_ALL_OFF: setup(
    'The mapping has conditions and all of them are off, so that it takes every record.',
    'Check Active of them; delete them where every record is meant.',
  ),
} satisfies Explanations;
