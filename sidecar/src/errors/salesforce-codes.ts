import { limit, permanent, retry, setup, type Explanations } from './explanation.ts';

/** What Salesforce says of one record that it refuses, as issues show it. */
export const SALESFORCE_RECORDS = {
  REQUIRED_FIELD_MISSING: permanent(
    'Salesforce requires a field of the record that is empty.',
    'Fill it in in the shop, add a field mapping for the field, or give the one that is there a default value.',
  ),
  STRING_TOO_LONG: permanent(
    'A text is longer than its Salesforce field.',
    'Shorten it in the shop, lengthen the field, or set Overflow of the field mapping to truncate.',
  ),
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: permanent(
    'A picklist of the org takes only its own values, and the value from the shop is none of them.',
    'Add the value to the picklist, or open the picklist for other values. With record types, see too that the record type offers it.',
  ),
  INVALID_EMAIL_ADDRESS: permanent(
    'Salesforce does not take the e-mail address.',
    'Correct the address in the shop, or map it to a text field.',
  ),
  NUMBER_OUTSIDE_VALID_RANGE: permanent(
    'A number is larger than its Salesforce field takes.',
    'Correct it in the shop, or give the field more digits.',
  ),
  FIELD_CUSTOM_VALIDATION_EXCEPTION: permanent(
    'A validation rule of the org refuses the record. The reason is the message of that rule.',
    'Correct the record in the shop, fill what the rule asks for by a field mapping, or let the rule except the integration user (Setup › Object Manager › Validation Rules).',
  ),
  FIELD_INTEGRITY_EXCEPTION: permanent(
    'A value does not go with other data of the org: often a state or country that its picklist does not have, or a combination that Salesforce rules out.',
    'See the field in the reason. For addresses choose the transform address in the field mapping, or add the state to State and Country Picklists in Setup.',
  ),
  FIELD_FILTER_VALIDATION_EXCEPTION: permanent(
    'The lookup filter of a field does not allow the record that it would refer to.',
    'Change the lookup filter of the field, or the record that it refers to.',
  ),
  DUPLICATES_DETECTED: permanent(
    'A duplicate rule of the org blocks the record.',
    'Let the mapping match by the fields that the rule compares, so that the record that is there is adopted; or merge what is double; or let the rule only report.',
  ),
  STANDARD_PRICE_NOT_DEFINED: permanent(
    'A product has no standard price yet, which Salesforce wants before any other price.',
    'Add the product to the standard price book, in the same currency, or map the standard price first.',
  ),
  MALFORMED_ID: permanent(
    'A value that should be the id of a Salesforce record is none.',
    'Correct the static value or the attribute of the field mapping, or choose the kind lookup.',
  ),
  DELETE_FAILED: permanent(
    'Salesforce does not let the record be deleted, often because other records refer to it.',
    'Remove what refers to it, or set the delete rule of the mapping to flag or keep.',
  ),
  JSON_PARSER_ERROR: permanent(
    'Salesforce cannot read a value as the field has it: often a date, a number or a yes or no of another form.',
    'See the field in the reason, and choose another transform or field for it.',
  ),
  APEX_ERROR: permanent(
    'Apex code of the org failed while the record was saved.',
    'Give the reason to whoever looks after the Apex code of the org.',
  ),
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: permanent(
    'A trigger or flow of the org refused the record or failed. The reason names it.',
    'Give the reason to whoever looks after that trigger or flow, or correct what it asks for.',
  ),
  CANNOT_EXECUTE_FLOW_TRIGGER: permanent(
    'A flow of the org failed while the record was saved. The reason names it.',
    'Open the flow in Setup › Flows and correct it, or let it pass over the integration user.',
  ),
  DUPLICATE_VALUE: retry(
    'Another record holds a value that must be unique: its key, or a unique field of the org.',
    'Where it stays, find the other record by the field in the reason, and merge the two or correct the value.',
  ),
  ENTITY_IS_LOCKED: retry(
    'The record is locked, for instance by an approval that is under way.',
    'Finish or recall the approval; the record follows by itself. To write in spite of locks the integration user needs Modify All on the object.',
  ),
  UNABLE_TO_LOCK_ROW: retry(
    'Something else was writing the record, or one that it belongs to, at the same moment.',
    'Nothing: it is tried again. Where it happens often, see which job, flow or integration writes the same records.',
  ),
  PRECONDITION_FAILED: retry(
    'Somebody changed the record in Salesforce after it was read, so that nothing was written over.',
    'Nothing: both sides are read once more at once.',
  ),
  ENTITY_IS_DELETED: retry(
    'The record, or one that it refers to, was deleted in Salesforce.',
    'Nothing, if it was meant: it is made anew. Or take it out of the recycle bin.',
  ),
  INVALID_CROSS_REFERENCE_KEY: retry(
    'The record refers to another one that does not exist, or that the integration user may not see.',
    'See the field in the reason: correct a static id, or give the integration user access to the other record.',
  ),
  NOT_FOUND: retry(
    'Salesforce does not find the record, or the integration user may not see it.',
    'Give the integration user View All on the object if others own such records.',
  ),
  MULTIPLE_CHOICES: retry(
    'Several records hold the same key.',
    'Make the key field unique, and clear the key on all but the right record.',
  ),
} satisfies Explanations;

/** What Salesforce says of rights, schema, limits and itself. */
export const SALESFORCE_ORG = {
  INSUFFICIENT_ACCESS: setup(
    'The integration user may not do this to the record.',
    'Grant it in a permission set of your own that the integration user has (an upgrade replaces Woo_Integration); for records that others own the user needs Modify All on the object.',
  ),
  INSUFFICIENT_ACCESS_OR_READONLY: setup(
    'The integration user may not edit the record, or it is read-only.',
    'Grant edit on the object in a permission set of your own that the integration user has (an upgrade replaces Woo_Integration); for records that others own the user needs Modify All on the object.',
  ),
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: setup(
    'The integration user may not use the record that this one refers to, such as its account or its owner.',
    'Give the integration user access to that record, or View All on its object.',
  ),
  INVALID_FIELD: setup(
    'A mapped field is not there any more, or the integration user may not use it.',
    'Deploy the field and grant it in a permission set of your own that the integration user has (an upgrade replaces Woo_Integration), or correct the field mapping.',
  ),
  INVALID_FIELD_FOR_INSERT_UPDATE: setup(
    'A mapped field cannot be written by the integration user.',
    'Grant edit on it in a permission set of your own that the integration user has (an upgrade replaces Woo_Integration), or set Write When to on_create, or choose another field.',
  ),
  INVALID_TYPE: setup(
    'The object of the mapping is not there any more, or the integration user may not see it.',
    'Deploy the object and grant it in a permission set of your own that the integration user has (an upgrade replaces Woo_Integration), or correct the mapping.',
  ),
  INVALID_TYPE_FOR_OPERATION: setup(
    'Salesforce does not let records of this object be written in this way.',
    'Choose another object in the mapping.',
  ),
  CANNOT_UPDATE_CONVERTED_LEAD: setup(
    'The lead was converted, and Salesforce refuses changes to converted leads.',
    'Switch On Update of the mapping off, or map customers to contacts.',
  ),
  MALFORMED_QUERY: setup(
    'Salesforce cannot read a question that was made from a mapping.',
    'Check the match fields of the mapping; where they are right, report the message as a bug.',
  ),
  REQUEST_LIMIT_EXCEEDED: limit(
    'The org has used up its API requests of 24 hours.',
    'Nothing is lost: work goes on when the limit resets. See in Setup › System Overview how many there are, and which integration uses them.',
  ),
  STORAGE_LIMIT_EXCEEDED: limit(
    'The data storage of the org is full.',
    'Delete what is not needed (Setup › Storage Usage), buy storage, or let a condition of the mapping want fewer records.',
  ),
  API_CURRENTLY_DISABLED: limit(
    'Salesforce has switched off the API of the org for the moment.',
    'Wait; it comes back by itself. See status.salesforce.com.',
  ),
  API_DISABLED_FOR_ORG: limit(
    'The edition of the org has no API, or it is switched off.',
    'Ask Salesforce to switch the API on for the org.',
  ),
  SERVER_UNAVAILABLE: retry('Salesforce was not able to answer.', 'Nothing: it is tried again.'),
  INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE: retry(
    'Salesforce lets nothing be written while it maintains the instance of the org.',
    'Nothing: work goes on when the maintenance is over. See status.salesforce.com.',
  ),
  REQUEST_RUNNING_TOO_LONG: retry(
    'Salesforce took too long, often for a flow or trigger that runs on every record.',
    'It is tried again. Where it stays, let flows and triggers do less for the integration user.',
  ),
  QUERY_TIMEOUT: retry(
    'Salesforce took too long to find records.',
    'It is tried again. Where it stays, match by a field that is indexed, such as an external id.',
  ),
  UNKNOWN_EXCEPTION: retry(
    'Salesforce failed without saying why.',
    'It is tried again. Where it stays, give the reason with its number to Salesforce support.',
  ),
  TXN_SECURITY_RUNTIME_EXCEPTION: retry(
    'A transaction security policy of the org could not be evaluated.',
    'It is tried again. Where it stays, see Setup › Transaction Security Policies.',
  ),
} satisfies Explanations;

/** Codes of Salesforce that begin alike and mean the same. */
export const SALESFORCE_FAMILIES = {
  CONCURRENT_: limit(
    'The org works on as many requests at a time as it may.',
    'Nothing is lost: it is tried again. See which integrations make long requests.',
  ),
  PORTAL_: setup(
    'The record belongs to a user of a portal or site, whom Salesforce does not let be changed in this way.',
    'Leave such records out by a condition of the mapping, or change them by hand.',
  ),
  HTTP_: retry(
    'Salesforce refused a part of a call and gave no reason but a number of HTTP.',
    'It is tried again. Where it stays, look at status.salesforce.com for the instance of the org.',
  ),
} satisfies Explanations;
