import { permanent, type Explanations } from './explanation.ts';

/** A value from Salesforce that the shop does not take, or would change without a word. */
export const TO_WOO = {
  TO_WOO_EMPTY: permanent(
    'The shop needs a value, and the field in Salesforce is empty.',
    'Fill it in in Salesforce.',
  ),
  TO_WOO_NUMBER: permanent(
    'The shop takes a number, and would misread what Salesforce has.',
    'Write a plain number in Salesforce, with a point for the decimals and nothing between thousands; or map a number field.',
  ),
  TO_WOO_WORD: permanent(
    'The shop takes one of few words, and Salesforce has another one.',
    'Choose one of the words that the reason lists.',
  ),
  TO_WOO_NOT_IN_TABLE: permanent(
    'The value table of the field mapping has no line for what Salesforce has.',
    'Choose one of the values that the reason lists, or add a line for it to the value table.',
  ),
  TO_WOO_FORM: permanent(
    'The value does not have the form that the shop takes.',
    'Correct it in Salesforce as the reason says.',
  ),
  TO_WOO_TOO_LONG: permanent(
    'The text is longer than the shop takes.',
    'Shorten it in Salesforce.',
  ),
  TO_WOO_FILTERED: permanent(
    'The text holds what the shop takes out, such as a script.',
    'Remove in Salesforce what the reason names.',
  ),
  TO_WOO_SALE_PRICE: permanent(
    'The sale price is not below the regular price, or there is none, so the shop would remove it.',
    'Lower the sale price or raise the regular one; if that is not mapped, do it in the shop.',
  ),
  TO_WOO_REGULAR_PRICE: permanent(
    'The regular price is not above the sale price that the product has, or is empty, so the shop would remove the sale price.',
    'Lower the sale price first, or end the sale in the shop; or enter a regular price above it. Nothing of the price was sent.',
  ),
  TO_WOO_PRODUCT_TYPE: permanent(
    'Products of this type do not have the attribute themselves: the price of one with variations is that of its variations.',
    'Empty the field on this record, and fill it in where the reason says.',
  ),
  TO_WOO_TRANSITION: permanent(
    'The list of transitions does not let Salesforce make this of the order. Salesforce shows the status that the shop has again.',
    'Change the status in the shop; or let an admin add the transition (Setup › Custom Metadata Types › Woo Order Transition, which says what the shop does then) and set the status once more. To keep what the shop has, dismiss the issue: set its Resolution to Try again.',
  ),
  TO_WOO_STATUS_UNKNOWN: permanent(
    'The shop has no such status: the plugin that made it is off or gone, or its name is another. Salesforce shows the status that the shop has again.',
    'Choose a status of the shop; correct the list of transitions (Setup › Custom Metadata Types › Woo Order Transition), or activate the plugin.',
  ),
  TO_WOO_CUSTOM_FIELD: permanent(
    'The custom field holds several values in the shop, and one from Salesforce would replace them all.',
    'Map another custom field, or change it in the shop.',
  ),
} satisfies Explanations;
