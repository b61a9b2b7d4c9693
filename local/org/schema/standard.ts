import { order, orderItem, pricebook2, pricebookEntry, product2 } from './standard/commerce.ts';
import { account, contact, lead } from './standard/people.ts';
import {
  entityDefinition,
  entityParticle,
  fieldDefinition,
  organization,
  permissionSet,
  permissionSetAssignment,
  profile,
  user,
} from './standard/setup.ts';
import { withSystemFields } from './system-fields.ts';
import type { ObjectDefinition } from './types.ts';

/** The objects that every org of this kind has before anything is deployed. */
export const standardObjects: readonly ObjectDefinition[] = [
  organization,
  profile,
  user,
  permissionSet,
  permissionSetAssignment,
  entityDefinition,
  entityParticle,
  fieldDefinition,
  account,
  contact,
  lead,
  product2,
  pricebook2,
  pricebookEntry,
  order,
  orderItem,
].map(withSystemFields);
