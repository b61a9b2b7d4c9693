import { permanent, retry, type Explanations } from './explanation.ts';

/** One record that could not be brought into step. */
export const RECORDS = {
  MATCH_AMBIGUOUS: permanent(
    'Salesforce has several records that may be the one from the shop, so nothing was written.',
    'Merge them in Salesforce, or put the key that the reason names into the key field of the right one.',
  ),
  MATCH_CHOICE_REFUSED: permanent(
    'Somebody has chosen a Salesforce record for the one from the shop, which cannot be that one, so nothing was written.',
    'Choose another record, or delete the Woo Match record that the reason names so that the match fields decide; then run a backfill, or wait for the night.',
  ),
  MATCH_UNDER_WAY: retry(
    'The same person came new in another store at the same moment, and that record is being created.',
    'Nothing: it is tried again in a minute, and finds that record.',
  ),
  CUSTOMERS_MERGED: permanent(
    'Two customers of the shop have one record in Salesforce, mostly since their records were merged there, so the values of one of them are not written.',
    'If both are one person, delete in the shop the customer whose values are not written. If they are two, make a record of its own for that one in Salesforce, put its key into the key field, and set the resolution of this issue to Retry.',
  ),
  PARENT_MISSING: retry(
    'The record belongs to another one that is not in Salesforce, and cannot be without it.',
    'See why the other record is missing: it has an issue of its own, its mapping does not want it, or nothing maps it. This one follows by itself.',
  ),
  KEY_TAKEN: retry(
    'Another Salesforce record carries the key than the one that was synced so far.',
    'Nothing, if somebody moved the key on purpose: the next attempt writes to the record that carries it. Otherwise clear the key on the wrong one.',
  ),
  KEY_MISSING: permanent(
    'The record from the shop has no id, so nothing tells which Salesforce record it is.',
    'Look at the record in the shop: a plugin may send records that are none.',
  ),
  KEY_TOO_LONG: permanent(
    'The key of the record is longer than its key field.',
    'Make the key field of the mapping Text(255), or choose a shorter key for the store before the first backfill.',
  ),
  RECORD_BROKE: retry(
    'The sidecar met an error that it does not know while it worked on this record.',
    'It is tried again for some days. Please report what the log of the sidecar says of it as a bug.',
  ),
  RECORD_LOOPS: permanent(
    'The sync had the record looked at again more than twelve times within an hour, though neither side has told of a change: it is left alone.',
    'Look at the other open issues of the record, and change what they name. It is looked at again with its next change on either side, or by the command Retry. Please report it as a bug, with the mapping of the record.',
  ),
  RECORD_NOT_IN_SHOP: permanent(
    'A Salesforce record carries the key of a record that the shop does not have, and the sync has not written it.',
    'Delete the record, or empty its key field. If somebody changed the key of a synced record, put the right one back.',
  ),
  RECORD_IS_ANOTHER: permanent(
    'The shop has another record under an id that was synced, as after a backup was restored there: nothing of it was written.',
    'See in the shop which record is right. If the former one should stay in Salesforce, empty its key field. Then give the command Adopt with Store = the key of the store: Salesforce takes what the shop has now, of all its records that wait.',
  ),
  RECORD_WENT_BACK: permanent(
    'The shop has an older state of the record than the one that was synced, as after a backup was restored there: nothing of it was written.',
    'Bring the record up to date in the shop and save it there: it is synced again. If the older state is right, give the command Adopt with Store = the key of the store: Salesforce takes what the shop has now, of all its records that wait.',
  ),
  PARENT_IS_ANOTHER: permanent(
    'The record belongs to another one, under whose id the shop has another record than the one that was synced, as after a backup was restored there: it was not written, since it would be linked to the former one.',
    'See the issue RECORD_IS_ANOTHER of the record that it names. The command Adopt with Store = the key of the store takes both as the shop has them now.',
  ),
  ISSUE_NOT_MAPPED: permanent(
    'The issue was closed since no active mapping is of such records any more; nothing was cured.',
    'Nothing, if the mapping was deactivated or deleted on purpose. Otherwise activate it again: the record is tried again by itself, and an edit in Salesforce that has not reached the shop goes there. What is still refused has an issue again.',
  ),
  ORDER_NOT_COUNTED: permanent(
    'An order of the shop has an amount or a currency that is none, so it is in no number of its customer.',
    'Correct the order in the shop; a plugin may write such values.',
  ),
  TOTALS_NOT_WRITTEN: permanent(
    'Salesforce did not take what a customer ordered; everything else of the customer is written.',
    'See the reason: mostly a validation rule, a flow or a right. It is tried again with the next order, and each night.',
  ),
  META_NOT_KEPT: retry(
    'The shop did not keep the id of the Salesforce record in the custom field that the mapping names. The record in Salesforce is right.',
    'See whether a plugin removes or changes that custom field; or leave the Woo Meta Key of the mapping blank.',
  ),
} satisfies Explanations;

/** A value from the shop that does not fit its Salesforce field. */
export const VALUES = {
  VALUE_TOO_LONG: permanent(
    'A text is longer than the field.',
    'Shorten it in the shop, lengthen the field, or set Overflow of the field mapping to truncate.',
  ),
  VALUE_REQUIRED: permanent(
    'The field must not be empty, and the shop has nothing for it.',
    'Fill it in in the shop, or give the field mapping a default value.',
  ),
  VALUE_NOT_NUMBER: permanent(
    'The field takes a number, and the shop has something else.',
    'Correct the value in the shop, or map another attribute.',
  ),
  VALUE_OUT_OF_RANGE: permanent(
    'A number has more digits than the field.',
    'Correct the value in the shop, or give the field more digits.',
  ),
  VALUE_NOT_DATE: permanent(
    'The field takes a date, and the shop has something else.',
    'Correct the value in the shop, or map another attribute.',
  ),
  VALUE_NOT_TIME: permanent(
    'The field takes a time of day, and the shop has something else.',
    'Correct the value in the shop, or map another attribute.',
  ),
  VALUE_NOT_BOOLEAN: permanent(
    'The field is a checkbox, and the value is neither a yes nor a no.',
    'Correct the value in the shop, or map it to a text field.',
  ),
  VALUE_NOT_EMAIL: permanent(
    'The value is not an e-mail address that Salesforce takes.',
    'Correct the address in the shop, or map it to a text field.',
  ),
  VALUE_NOT_IN_PICKLIST: permanent(
    'The picklist takes only its own values, and this is none of them.',
    'Add the value to the picklist, open the picklist for other values, or give the field mapping a transform that chooses one.',
  ),
  VALUE_NOT_IN_TABLE: permanent(
    'The value table of the field mapping has no line for what the shop has, and there is no default value.',
    'Add a line for it to the value table that the reason names, or give the field mapping a default value.',
  ),
  VALUE_NOT_RECORD_ID: permanent(
    'The field takes the id of a Salesforce record, and the value is none.',
    'To refer to a record that is synced too, choose the kind lookup; otherwise correct the value.',
  ),
  VALUE_IS_LIST: permanent(
    'The shop has a list of values, and the field takes one.',
    'Choose the transform first or join, or one value of the list by its position.',
  ),
  VALUE_IS_OBJECT: permanent(
    'The shop has a group of values, and the field takes one.',
    'Choose one value of the group, such as billing.city in place of billing, or the transform json.',
  ),
  VALUE_BROKEN_TEXT: permanent(
    'The path leads into a text that should hold several values, as JSON or as PHP serialises them, and the text is broken.',
    'Correct it in the shop or in the plugin that writes it; or map the custom field as a whole.',
  ),
  VALUE_PHP_OBJECT: permanent(
    'The path leads into a text in which PHP keeps objects of a plugin. Those are never read.',
    'Map another attribute: most plugins keep what people need in a custom field of its own too.',
  ),
  VALUE_TEXT_TOO_LARGE: permanent(
    'The text is too large to be taken apart or searched while other records wait.',
    'Shorten it in the shop, map another attribute, or write a shorter regular expression.',
  ),
} satisfies Explanations;
