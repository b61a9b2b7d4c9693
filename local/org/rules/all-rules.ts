import { documentRule } from './files/documents.ts';
import { canHaveFiles } from '../model/file-objects.ts';
import { linkRule, linksGoRule } from './files/links.ts';
import { versionRule } from './files/versions.ts';
import { hasAddressCodes } from '../schema/address-picklists.ts';
import { hasPersonAccounts } from '../schema/person-accounts.ts';
import { isQueueOwner } from '../model/queues.ts';
import { isRecordType } from '../schema/record-types.ts';
import type { ObjectDefinition } from '../model/schema.ts';
import { wholeOf } from '../model/whole-object.ts';
import { addressRule } from './address-rule.ts';
import { opportunityRule } from './opportunity-rule.ts';
import { orderItemRule, orderRule } from './order-rules.ts';
import { permissionSetAssignmentRule } from './permission-set-rules.ts';
import { personAccountRule, personContactRule } from './person-account-rules.ts';
import { leadRule, pricebookEntryRule, pricebookRule } from './price-rules.ts';
import { queueOwnerRule } from './queue-owner-rule.ts';
import { recordTypeRule } from './record-type-rule.ts';
import { permissionSetLicenseAssignRule, userRule } from './user-rules.ts';
import type { ObjectRule } from '../model/object-rule.ts';

const byObject: Readonly<Record<string, readonly ObjectRule[]>> = {
  ContentDocument: [documentRule],
  ContentDocumentLink: [linkRule],
  ContentVersion: [versionRule],
  Lead: [leadRule],
  Opportunity: [opportunityRule],
  Order: [orderRule],
  OrderItem: [orderItemRule],
  PermissionSetAssignment: [permissionSetAssignmentRule],
  PermissionSetLicenseAssign: [permissionSetLicenseAssignRule],
  Pricebook2: [pricebookRule],
  PricebookEntry: [pricebookEntryRule],
  User: [userRule],
};

const personRules: Readonly<Record<string, ObjectRule>> = {
  Account: personAccountRule,
  Contact: personContactRule,
};

/** The rules of an object's records, in the order in which they speak. */
export function rulesOf(object: ObjectDefinition): readonly ObjectRule[] {
  const { fields } = wholeOf(object);
  const person = hasPersonAccounts(object) ? personRules[object.name] : undefined;
  return [
    ...(hasAddressCodes(object) ? [addressRule] : []),
    ...(person ? [person] : []),
    // Which kind of account a new one is, that of persons says first.
    ...(fields.some(isRecordType) ? [recordTypeRule] : []),
    ...(fields.some(isQueueOwner) ? [queueOwnerRule] : []),
    ...(byObject[object.name] ?? []),
    ...(canHaveFiles(object) ? [linksGoRule] : []),
  ];
}
