import type { SqlValue, Row } from '../lib/database.ts';
import type { Caller } from '../model/caller.ts';
import { saveError, type SaveError } from '../model/errors.ts';
import { toId18 } from '../model/ids.ts';
import type { OrgView } from '../model/org-view.ts';
import type { ObjectDefinition } from '../model/schema.ts';
import { updateRecords } from './batch.ts';
import { absence } from './references.ts';

/** A lead that becomes a contact and an account which are there. */
export interface Conversion {
  readonly leadId: string;
  readonly accountId: string;
  readonly contactId: string;
  readonly convertedStatus: string;
  readonly overwriteLeadSource: boolean;
  /** Who would own what is made; empty for the owner of the lead. */
  readonly ownerId: string;
}

export type ConversionResult =
  | { readonly success: true; readonly ids: Pick<Conversion, 'leadId' | 'accountId' | 'contactId'> }
  | { readonly success: false; readonly errors: readonly SaveError[] };

/** Fields that a record takes from the lead where its own are empty, by the name that the lead has for them. */
const FILLED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Contact: {
    FirstName: 'FirstName',
    Salutation: 'Salutation',
    Title: 'Title',
    Email: 'Email',
    Phone: 'Phone',
    MobilePhone: 'MobilePhone',
    Fax: 'Fax',
    LeadSource: 'LeadSource',
    Street: 'MailingStreet',
    City: 'MailingCity',
    State: 'MailingState',
    PostalCode: 'MailingPostalCode',
    Country: 'MailingCountry',
  },
  Account: {
    Phone: 'Phone',
    Fax: 'Fax',
    Website: 'Website',
    Industry: 'Industry',
    Rating: 'Rating',
    AnnualRevenue: 'AnnualRevenue',
    NumberOfEmployees: 'NumberOfEmployees',
    Street: 'BillingStreet',
    City: 'BillingCity',
    State: 'BillingState',
    PostalCode: 'BillingPostalCode',
    Country: 'BillingCountry',
  },
};

const isError = (value: object): value is SaveError => 'statusCode' in value;

/** The record that an id of a conversion names, which the caller must be able to change. */
function target(
  org: OrgView,
  name: string,
  given: string,
): { readonly object: ObjectDefinition; readonly row: Row; readonly id: string } | SaveError {
  const object = org.whole.object(name);
  if (!object) throw new Error(`The org has no ${name}`);
  const id = toId18(given);
  if (id === undefined || org.whole.objectOfId(id) !== object) {
    return saveError('MALFORMED_ID', `bad id ${given}`);
  }
  const refused = absence(org.whole, object, id) ?? org.access?.changeRefusal(object, id, 'edit');
  return refused ?? { object, id, row: org.whole.row(object, id) ?? {} };
}

function statusRefusal(org: OrgView, status: string): SaveError | undefined {
  const found = org.db.get(
    'SELECT Id FROM LeadStatus WHERE MasterLabel = ? AND IsConverted = 1',
    status,
  );
  return found ? undefined : saveError('INVALID_STATUS', `invalid convertedStatus: ${status}`);
}

/** Nothing is made here, and a lead of a queue is not converted without a user all the same. */
function ownerRefusal(org: OrgView, lead: Row, ownerId: string): SaveError | undefined {
  const owner = ownerId === '' ? lead['OwnerId'] : toId18(ownerId);
  const user = org.db.get('SELECT IsActive FROM User WHERE Id = ?', owner ?? null);
  if (user?.['IsActive'] === 1) return undefined;
  return user === undefined
    ? saveError(
        'UNKNOWN_EXCEPTION',
        'Converted objects can only be owned by users. If the lead is not owned by a user, you must specify a user for the Owner field.',
      )
    : saveError('INACTIVE_OWNER_OR_USER', 'operation performed with inactive user');
}

/** What the record lacks and the lead has. */
function filled(object: string, lead: Row, row: Row, overwriteLeadSource: boolean) {
  const taken = Object.entries(FILLED[object] ?? {}).filter(([from, to]) => {
    const isKept = row[to] !== null && !(to === 'LeadSource' && overwriteLeadSource);
    return lead[from] !== null && lead[from] !== undefined && !isKept && to in row;
  });
  return Object.fromEntries(
    taken.map(([from, to]): [string, SqlValue] => [to, lead[from] ?? null]),
  );
}

/** Saves a record as the platform does, past the caller's rights on fields; validation and flows speak. */
function save(org: OrgView, caller: Caller, type: string, record: object): readonly SaveError[] {
  const [result] = updateRecords(org.whole, caller, [{ type, record: { ...record } }], true);
  return result?.success === false ? result.errors : [];
}

function convert(org: OrgView, caller: Caller, conversion: Conversion): ConversionResult {
  const refused = (...errors: readonly SaveError[]): ConversionResult => ({
    success: false,
    errors,
  });
  if (org.access?.has('ConvertLeads') === false) {
    return refused(
      saveError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights: Convert Leads'),
    );
  }
  const lead = target(org, 'Lead', conversion.leadId);
  if (isError(lead)) return refused(lead);
  const status = statusRefusal(org, conversion.convertedStatus);
  if (status) return refused(status);
  const owner = ownerRefusal(org, lead.row, conversion.ownerId);
  if (owner) return refused(owner);
  const account = target(org, 'Account', conversion.accountId);
  if (isError(account)) return refused(account);
  const contact = target(org, 'Contact', conversion.contactId);
  if (isError(contact)) return refused(contact);
  if (contact.row['AccountId'] !== account.id) {
    return refused(
      saveError('INVALID_CROSS_REFERENCE_KEY', 'the contact is not one of the account'),
    );
  }
  const errors = [
    ...save(org, caller, 'Lead', { Id: lead.id, Status: conversion.convertedStatus }),
    ...[account, contact].flatMap(({ object: { name }, row, id }) => {
      const fields = filled(name, lead.row, row, conversion.overwriteLeadSource);
      return Object.keys(fields).length === 0 ? [] : save(org, caller, name, { Id: id, ...fields });
    }),
  ];
  if (errors.length > 0) return refused(...errors);
  const ids = { leadId: lead.id, accountId: account.id, contactId: contact.id };
  const done = {
    IsConverted: 1,
    ConvertedDate: org.now().slice(0, 10),
    ConvertedAccountId: ids.accountId,
    ConvertedContactId: ids.contactId,
  };
  org.whole.update(lead.object, lead.id, new Map(Object.entries(done)));
  return { success: true, ids };
}

/** Converts leads, each by itself: what one of them has changed is taken back where it cannot be converted. */
export const convertLeads = (
  org: OrgView,
  caller: Caller,
  conversions: readonly Conversion[],
): readonly ConversionResult[] =>
  conversions.map((one) =>
    org.db.transaction(
      () => convert(org, caller, one),
      ({ success }) => success,
    ),
  );
