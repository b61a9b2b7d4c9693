import type { ObjectDefinition } from '../model/schema.ts';

/** Standard objects of this org that the UI API supports, and with it GraphQL. */
const supported = new Set([
  'Account',
  'Contact',
  'ContentDocument',
  'ContentDocumentLink',
  'ContentVersion',
  'Lead',
  'Opportunity',
  'Order',
  'OrderItem',
  'Pricebook2',
  'PricebookEntry',
  'Product2',
  'User',
]);

export const isSupported = (object: ObjectDefinition): boolean =>
  object.kind === 'custom' || supported.has(object.name);
