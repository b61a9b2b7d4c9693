import { sharedFields } from '../schema/person-accounts.ts';
import type { ObjectDefinition } from '../model/schema.ts';
import type { Row, SqlValue } from '../lib/database.ts';
import { saveError, type SaveError } from '../model/errors.ts';
import { after, before, rowOf, type Change, type ObjectRule } from '../model/object-rule.ts';

function badNames(names: readonly string[]): SaveError {
  return saveError(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    `Account: bad field names on insert/update call: ${names.join(', ')}`,
    ...names,
  );
}

const notDirectly = (message: string): SaveError =>
  saveError('INVALID_PERSON_ACCOUNT_OPERATION', message);

/** The record type that accounts of this kind get where none is named. */
function recordType(change: Change, person: boolean): SqlValue {
  const sql =
    "SELECT Id FROM RecordType WHERE SobjectType = 'Account' AND IsPersonType = ? ORDER BY Id LIMIT 1";
  return change.org.db.get(sql, person ? 1 : 0)?.['Id'] ?? null;
}

const isPersonType = (change: Change, id: SqlValue): boolean =>
  rowOf(change.org, 'RecordType', id)?.['IsPersonType'] === 1;

/** Whether the account will be a person: by its record type, else by having a last name. */
function willBePerson(change: Change, old: Row): boolean {
  if (change.id !== undefined) return old['IsPersonAccount'] === 1;
  const type = change.values.get('RecordTypeId') ?? null;
  if (type !== null) return isPersonType(change, type);
  return (change.values.get('LastName') ?? null) !== null;
}

const personNames = (change: Change): readonly string[] => {
  const contact = change.org.object('Contact');
  return contact
    ? sharedFields(contact)
        .map(([name]) => name)
        .filter((name) => name !== 'Phone' && name !== 'Fax')
    : [];
};

const isFilled = (value: SqlValue | undefined): boolean =>
  value !== undefined && value !== null && value !== 0;

function businessAccount(change: Change): SaveError | undefined {
  const bad = personNames(change).filter((name) => isFilled(change.values.get(name)));
  if (bad.length > 0) return badNames(bad);
  if (change.id === undefined && !change.values.has('RecordTypeId')) {
    change.values.set('RecordTypeId', recordType(change, false));
  }
  return undefined;
}

function personAccount(change: Change, old: Row): SaveError | undefined {
  const { values } = change;
  if (values.has('Name')) return badNames(['Name']);
  const [first, last] = [after(change, old, 'FirstName'), after(change, old, 'LastName')];
  if (last === null) {
    return saveError(
      'REQUIRED_FIELD_MISSING',
      'Required fields are missing: [LastName]',
      'LastName',
    );
  }
  values.set('Name', [first, last].filter((one) => one !== null).join(' '));
  if (change.id !== undefined) return undefined;
  values.set('IsPersonAccount', 1);
  if (!values.has('RecordTypeId')) values.set('RecordTypeId', recordType(change, true));
  return undefined;
}

/** Values of the contact that follow from those of its account. */
function contactValues(
  contact: ObjectDefinition,
  values: ReadonlyMap<string, SqlValue>,
): Map<string, SqlValue> {
  const result = new Map<string, SqlValue>();
  for (const [onAccount, onContact] of sharedFields(contact)) {
    const value = values.get(onAccount);
    if (value !== undefined) result.set(onContact, value);
  }
  for (const name of ['Name', 'OwnerId', 'Phone', 'Fax', 'LastModifiedDate', 'LastModifiedById']) {
    const value = values.get(name);
    if (value !== undefined) result.set(name, value);
  }
  return result.set('SystemModstamp', values.get('SystemModstamp') ?? null);
}

/** An account that is a person has a contact of its own, which follows it. */
export const personAccountRule: ObjectRule = {
  complete(change) {
    const old = before(change);
    const type = change.values.get('RecordTypeId') ?? null;
    const person = willBePerson(change, old);
    if (change.id !== undefined && type !== null && isPersonType(change, type) !== person) {
      return notDirectly(
        'The local org turns no business accounts into persons, and no persons into those.',
      );
    }
    return person ? personAccount(change, old) : businessAccount(change);
  },
  saved({ org, object, id: known, values }, id, caller, now) {
    const contact = org.object('Contact');
    const row = org.row(object, id);
    if (!contact || row?.['IsPersonAccount'] !== 1) return;
    const shared = contactValues(contact, values);
    if (known !== undefined) {
      org.update(contact, String(row['PersonContactId']), shared);
      return;
    }
    const contactId = org.nextId(contact);
    shared
      .set('Id', contactId)
      .set('AccountId', id)
      .set('IsPersonAccount', 1)
      .set('IsDeleted', 0)
      .set('CreatedDate', now)
      .set('CreatedById', caller.userId);
    org.insert(contact, shared);
    org.update(object, id, new Map([['PersonContactId', contactId]]));
  },
};

/** The contact of a person account is changed through its account, and is its only contact. */
export const personContactRule: ObjectRule = {
  check(change) {
    if (before(change)['IsPersonAccount'] === 1) {
      return notDirectly('The contact of a person account is changed through its account.');
    }
    const account = rowOf(change.org, 'Account', change.values.get('AccountId') ?? null);
    if (account?.['IsPersonAccount'] !== 1) return undefined;
    return saveError(
      'FIELD_INTEGRITY_EXCEPTION',
      'A contact cannot belong to a person account.',
      'AccountId',
    );
  },
  deleting(_org, row) {
    return row['IsPersonAccount'] === 1
      ? notDirectly('You cannot delete the contact of a person account.')
      : undefined;
  },
};
