import type { OrgFeatures } from '../model/features.ts';
import { withAddressCodes } from './address-picklists.ts';
import { withPersonFields } from './person-accounts.ts';
import { campaign, opportunity } from './standard/sales.ts';
import { cronJobDetail, cronTrigger } from './standard/scheduling.ts';
import { order, orderItem, pricebook2, pricebookEntry, product2 } from './standard/commerce.ts';
import { contentDocument, contentDocumentLink, contentVersion } from './standard/files.ts';
import { userPermissionAccess } from './standard/permissions.ts';
import { account, contact, lead } from './standard/people.ts';
import {
  entityDefinition,
  entityParticle,
  fieldDefinition,
  leadStatus,
  organization,
  permissionSet,
  permissionSetAssignment,
  queueSobject,
  recordType,
  staticResource,
  userExternalCredential,
} from './standard/setup.ts';
import {
  permissionSetLicense,
  permissionSetLicenseAssign,
  profile,
  user,
  userLicense,
} from './standard/users.ts';
import {
  customNotificationType,
  group,
  groupMember,
  orgEmailAddressSecurity,
  orgWideEmailAddress,
} from './standard/telling.ts';
import { withSystemFields } from './system-fields.ts';
import type { ObjectDefinition } from '../model/schema.ts';

const plainObjects: readonly ObjectDefinition[] = [
  organization,
  userLicense,
  profile,
  recordType,
  leadStatus,
  user,
  permissionSetLicense,
  permissionSetLicenseAssign,
  permissionSet,
  permissionSetAssignment,
  userExternalCredential,
  userPermissionAccess,
  staticResource,
  customNotificationType,
  group,
  groupMember,
  queueSobject,
  orgWideEmailAddress,
  orgEmailAddressSecurity,
  cronJobDetail,
  cronTrigger,
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
  campaign,
  opportunity,
  contentDocument,
  contentVersion,
  contentDocumentLink,
];

/** The objects that an org with these features has before anything is deployed. */
export function standardObjects(features: OrgFeatures): readonly ObjectDefinition[] {
  return plainObjects
    .map((one) => (features.personAccounts ? withPersonFields(one) : one))
    .map((one) => (features.statePicklists ? withAddressCodes(one) : one))
    .map(withSystemFields);
}
