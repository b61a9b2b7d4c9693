import { setup, type Explanations } from './explanation.ts';

/** One field mapping. */
export const FIELD_MAPPINGS = {
  MAPPING_UNKNOWN_MAPPING: setup(
    'A field mapping or condition belongs to a mapping that does not exist.',
    'Choose its mapping, or delete it.',
  ),
  MAPPING_UNKNOWN_FIELD: setup(
    'A Salesforce field is named that the object does not have or the integration user may not see.',
    'Correct the name, or deploy the field and grant it in a permission set of your own that the integration user has (an upgrade replaces Woo_Integration).',
  ),
  MAPPING_HIDDEN_FIELD: setup(
    'A field mapping is hidden from the integration user, who may not see its field.',
    'Grant the field in a permission set of your own that the integration user has (an upgrade replaces Woo_Integration), or delete the field mapping.',
  ),
  MAPPING_FIELD_TWICE: setup(
    'Two field mappings write to the same field, or one to the field that holds the key.',
    'Remove one of the field mappings.',
  ),
  MAPPING_FIELD_READ_ONLY: setup(
    'The field cannot be written: it is a formula, a system field, or one that the integration user may not edit.',
    'Choose another field, or grant edit on it in a permission set of your own that the integration user has (an upgrade replaces Woo_Integration).',
  ),
  MAPPING_FIELD_NOT_UPDATEABLE: setup(
    'The field is always written, and can only be set when a record is created.',
    'Set Write When to on_create; on a master-detail field, allow reparenting instead.',
  ),
  MAPPING_FIELD_TYPE: setup(
    'The type of the field takes no single value.',
    'Choose another field; of an address choose its parts, such as BillingCity.',
  ),
  MAPPING_VALUE_TYPE: setup(
    'No value of the attribute ever fits the type of its field.',
    'Choose a transform or a part of the attribute as the message says, or another field.',
  ),
  MAPPING_UNKNOWN_KIND: setup(
    'The kind of the field mapping does not exist.',
    'Choose attribute, static, lookup or translation.',
  ),
  MAPPING_UNKNOWN_TRANSFORM: setup(
    'The transform of the field mapping does not exist.',
    'Choose one from the list, or leave it blank.',
  ),
  MAPPING_TRANSFORM_ATTRIBUTE: setup(
    'The transform is made for other attributes: for addresses, numbers or dates.',
    'Choose an attribute as the message says, or another transform.',
  ),
  MAPPING_TRANSFORM_ARGUMENT: setup(
    'The transform needs an argument and has none that can be used, or it has one and takes none.',
    'Correct the transform argument as the message says: for slice such as 0,10, for regex a regular expression of RE2; for other transforms leave it empty.',
  ),
  MAPPING_NO_ATTRIBUTE: setup(
    'The field mapping does not say which attribute of the shop it reads.',
    'Choose its attribute, or write a path.',
  ),
  MAPPING_UNKNOWN_ATTRIBUTE: setup(
    'The field mapping names an attribute that these records of the shop do not have.',
    'Correct the attribute; custom fields are reached by meta_data. and their key, such as meta_data.vat_number.',
  ),
  MAPPING_BAD_PATH: setup(
    'What the field mapping names as attribute is not a path.',
    'Write names with dots between them, such as billing.city or images.0.src.',
  ),
  MAPPING_ATTRIBUTE_DIRECTION: setup(
    'The attribute only goes from Salesforce to the shop, and the field mapping reads it.',
    'Set the direction of the field mapping to to_woo; to read images use images.0.src.',
  ),
  MAPPING_NOT_WRITABLE: setup(
    'The field goes to an attribute of the shop that cannot be written from here.',
    'Set the direction of the field mapping to to_salesforce, or map what the message names.',
  ),
  MAPPING_ATTRIBUTE_TWICE: setup(
    'Two fields go to the same attribute of the shop.',
    'Set the direction of one of them to to_salesforce, or remove it.',
  ),
  MAPPING_ATTRIBUTE_SHARED: setup(
    'Two mappings write to the same attribute of the shop, from different fields.',
    'Remove one of the two field mappings, map both to the same field, or give the mappings conditions that exclude each other.',
  ),
  MAPPING_TO_WOO_KIND: setup(
    'The field mapping goes to the shop and has a kind or a transform that only works towards Salesforce.',
    'Choose the kind attribute or translation and the transform none; a formula field can make the value.',
  ),
  MAPPING_TO_WOO_TYPE: setup(
    'The type of the field does not suit the attribute of the shop that it goes to.',
    'Choose a field of one of the types that the message lists.',
  ),
  MAPPING_BAD_STATIC: setup(
    'The static value is missing, or the field does not take it.',
    'Correct the static value, or choose another field.',
  ),
  MAPPING_BAD_TABLE: setup(
    'The value table is empty, a line of it is broken or names a value again, it cannot be turned back for the shop, or the kind of the field mapping does not go by it.',
    'Write one line for each value of the shop, such as processing = In progress, and choose the kind translation.',
  ),
  MAPPING_TABLE_VALUE: setup(
    'The value table has a value that its field, or its attribute of the shop, does not take: of a restricted picklist, one of its own.',
    'Correct the line that the message names, or choose another field.',
  ),
  MAPPING_BAD_DEFAULT: setup(
    'The field does not take the default value.',
    'Correct the default value, or choose another field.',
  ),
  MAPPING_LOSSY_BOTH_WAYS: setup(
    'The field goes both ways, but what arrives in Salesforce cannot be turned back into what the shop had.',
    'Set its direction to to_salesforce, or map the attribute as it is, without a transform or truncation; give each line of a value table a value of its own.',
  ),
  MAPPING_NOT_A_LOOKUP: setup(
    'The field mapping is of the kind lookup, and its field refers to no other record.',
    'Choose the kind attribute, or another field.',
  ),
  MAPPING_LOOKUP_KIND: setup(
    'The field refers to another record, and the attribute is no Salesforce id.',
    'Choose the kind lookup, and an attribute that gives the other record, such as customer or product.',
  ),
  MAPPING_LOOKUP_ATTRIBUTE: setup(
    'The attribute of a lookup is no id of a record, or that of another kind of record: it would link whichever has the same number.',
    'Choose an attribute that gives the other record, such as customer or product.',
  ),
  MAPPING_LOOKUP_WITHOUT_MAPPING: setup(
    'The field refers to records that no mapping brings to Salesforce.',
    'Add a mapping to the object that it refers to, or remove the field mapping.',
  ),
} satisfies Explanations;

/** What `check` finds beside the mappings themselves. */
export const CHECKS = {
  OBJECT_NOT_VISIBLE: setup(
    'The org does not have the object, or the integration user may not see it.',
    'Deploy force-app, and assign the permission set Woo_Integration with read on the object to the user.',
  ),
  GRANT_CREATE: setup(
    'The integration user may not create records that a mapping creates.',
    'Grant create on the object in a permission set of your own that the integration user has; an upgrade replaces Woo_Integration.',
  ),
  GRANT_EDIT: setup(
    'The integration user may not edit records that a mapping updates.',
    'Grant edit on the object in a permission set of your own that the integration user has; an upgrade replaces Woo_Integration.',
  ),
  GRANT_DELETE: setup(
    'The integration user may not delete records that a mapping deletes.',
    'Grant delete on the object in a permission set of your own that the integration user has; an upgrade replaces Woo_Integration.',
  ),
  GRANT_KEY: setup(
    'The integration user may not edit the field that holds the keys.',
    'Grant edit on the field in a permission set of your own that the integration user has; an upgrade replaces Woo_Integration.',
  ),
  FLOW_INACTIVE: setup(
    'A flow that tells the sidecar of changes in Salesforce is not active.',
    'Activate it in Setup › Flows. Production orgs deploy flows as inactive unless Setup › Process Automation Settings says otherwise.',
  ),
  FLOW_MISSING: setup(
    'The org has no flow that tells the sidecar of changes of these records, so they are found later.',
    'See Setup › Flows for flows on the object whose names start with Woo.',
  ),
  FLOW_UNKNOWN: setup(
    'The org does not tell the integration user which flows it has.',
    'See Setup › Flows for flows on the object whose names start with Woo.',
  ),
  BUDGET_SMALL: setup(
    'The API calls that a Woo Store gives the store for a day are about what the service takes for itself.',
    'Raise Daily API Calls or Daily API Share of the Woo Store, or clear both.',
  ),
  BUDGET_SILENCE: setup(
    'By the API calls that the stores have for a day signs of life are so rare that a service which is down is noticed later than Silent Minutes of the Woo Store asks for.',
    'Raise Daily API Calls or Daily API Share of the Woo Store, or set Silent Minutes to what the budget allows.',
  ),
  BUDGETS_EXCEED: setup(
    'The active stores may use more API calls together than the org has for 24 hours, so the budgets do not keep them from each other.',
    'Lower Daily API Calls or Daily API Share of the Woo Stores, so that they are less than the org has and leave some to others.',
  ),
  CONTENT_ADMINISTRATOR: setup(
    'The application password by which WordPress content is read is of an administrator, and opens the whole site.',
    'Make a WordPress user with no more rights than the mappings need, give an application password of that user, and revoke the other one.',
  ),
  CONTENT_VISITOR: setup(
    'WordPress does not look at the application password, and shows content as to every visitor.',
    'Give the address of the store with https, let the web server pass on the header Authorization and the proxy send X-Forwarded-Proto: https, and see that no plugin switches application passwords off.',
  ),
  TOTALS_FIELDS: setup(
    'What customers ordered is not kept, since the org does not have all fields for it, or the integration user may not edit them.',
    'Deploy force-app, and grant edit on the fields that the message names. To keep no count, set Paid Statuses of the Woo Store to none.',
  ),
  CHECK_SALES_UNMAPPED: setup(
    'A store has Paid Statuses of its own, and no mapping of its orders brings them: charts, reports and the dashboard count processing and completed, the numbers of customers go by the setting.',
    'Add a field mapping from is_sale to Counts_As_Sale__c to the mapping of orders, and give the command Backfill once the configuration is read.',
  ),
  CHECK_CURRENCY_UNMAPPED: setup(
    'The org has several currencies, and a mapping writes amounts without theirs: Salesforce takes them for amounts in the currency of the integration user.',
    'Add a field mapping of the attribute currency to CurrencyIsoCode to a mapping of orders, to others one of a static value; each currency of the shop is to be active in Setup › Manage Currencies.',
  ),
  PAID_STATUSES_CHANGED: setup(
    'Paid Statuses of a store were changed after orders were brought: these count as sold in charts and reports as they did before, orders that are written since by the new setting. Numbers of customers follow in the night.',
    'Give the command Backfill once. The issue closes at its end, or when the setting is set back before an order was written.',
  ),
  CHECK_PAID_UNKNOWN: setup(
    'Paid Statuses of a store name a status that WooCommerce does not have and no order looked at has, so that no order counts as sold by it.',
    'Correct Paid Statuses of the Woo Store and give the command Backfill once; one that a plugin adds may be right.',
  ),
  LOAD_WHEN_TOLD: setup(
    'The first backfill of the store waits until it is told, so that nothing of the store is written before.',
    'Nothing is wrong. Look and match, then give the command Backfill, or uncheck Load When Told (Setup › Custom Metadata Types › Woo Store).',
  ),
  RECORDS_SHARED: setup(
    'Records of the store are shared with another store, and belong to it.',
    'Nothing is wrong. To bring this store’s values too, give it a mapping of its own with fields of its own; to keep records apart, one without match fields.',
  ),
  RECORDS_SHARED_UNSEEN: setup(
    'The check could not list which records stores share, for it could not read the state.',
    'The service has the state while it runs: its log says at its start which records are shared. Or stop it, and check again.',
  ),
  CHECK_FIELD_TYPE: setup(
    'Some values of the attribute of the shop may not fit the type of its field.',
    'See that no record has such a value, or choose another field.',
  ),
  CHECK_ROWS_OFF: setup(
    'Field mappings or conditions of the mapping are off, and so are as if they were not there.',
    'Nothing, if that is meant; otherwise check Active of them.',
  ),
  CHECK_ACTIVE_UNFILLED: setup(
    'No field mapping of the org is active, as after an upgrade from a version without the checkbox, so that all count as active.',
    'Check Active of all field mappings and conditions at once, before you save one of them: docs/upgrade.md says how.',
  ),
  CHECK_TABLE_MISSES: setup(
    'The value table has no line for a value that the shop uses, and there is no default value: records that have it are refused.',
    'Add a line for each of them, or give the field mapping a default value.',
  ),
  CHECK_TABLE_PICKLIST: setup(
    'The value table has a value that the picklist does not list; Salesforce keeps it, but list views and reports do not offer it.',
    'Correct the line, or add the value to the picklist.',
  ),
  CHECK_OWNER_PRIVATE: setup(
    'The organization-wide default of the object is Private and no owner is mapped, so that only the integration user sees what the mapping makes.',
    'Map OwnerId (docs/recipes.md), or share the integration user’s records by a sharing rule.',
  ),
  CHECK_OWNER_CROWDED: setup(
    'One owner has more than 10,000 records of the object, which makes sharing slow.',
    'Map OwnerId to spread them over several owners (docs/recipes.md), or see that this owner has no role.',
  ),
  CHECK_ACCOUNT_CROWDED: setup(
    'One account has more than 10,000 contacts, so that saves of them wait for each other.',
    'Spread them over several accounts (docs/recipes.md).',
  ),
  CHECK_READ_ONLY_IN_WOO: setup(
    'A field mapping writes to an attribute that WooCommerce makes itself.',
    'Set the direction of the field mapping to to_salesforce.',
  ),
  CHECK_UNKNOWN_WORD: setup(
    'A condition waits for a word that WooCommerce does not have and no record looked at has.',
    'Correct the word; one that a plugin adds may be right.',
  ),
  CHECK_NOT_SEEN: setup(
    'None of the records looked at has the custom field.',
    'Custom fields are found by their exact key, capitals included; right if only few records have it.',
  ),
  CHECK_ACF_HIDDEN: setup(
    'The field is one of ACF, and the shop shows no field of ACF for records of this type: their acf is empty.',
    'In WordPress open the field group (ACF › Field Groups) and switch on Show in REST API in its Group Settings.',
  ),
  CHECK_PERIOD: setup(
    'A condition goes by a period such as last 30 days, and no event tells that a record enters or leaves it.',
    'Nothing, if what is in Salesforce may stay; otherwise give the command Backfill as often as it matters.',
  ),
  CHECK_RECORDS_REFUSED: setup(
    'Some of the latest records of the shop cannot be written as the mapping is now.',
    'Correct them in the shop, or the field mapping; woo-salesforce explain shows one record in full.',
  ),
} satisfies Explanations;
