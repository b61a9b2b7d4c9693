import { expect, it } from 'vitest';
import { createOrg } from '../../org.ts';
import { deployTestObjects } from '../../test/objects.ts';
import { masterRecordType, recordTypeOf, recordTypesOf } from '../record-types.ts';

function parts(personAccounts: boolean) {
  const { data } = createOrg({ features: { personAccounts } });
  deployTestObjects(data);
  const object = (name: string) => {
    const found = data.object(name);
    if (!found) throw new Error(`no ${name}`);
    return found;
  };
  return { data, object };
}

it('has the master alone where records have no types', () => {
  const { data, object } = parts(false);
  const master = { recordTypeId: masterRecordType, master: true, defaultRecordTypeMapping: true };
  expect(recordTypesOf(data, object('Account'))).toMatchObject([master]);
  expect(recordTypeOf(data, object('Account'), undefined)).toEqual({
    recordTypeId: masterRecordType,
    recordTypeInfo: null,
  });
  expect(recordTypesOf(data, object('User'))).toEqual([]);
  expect(recordTypeOf(data, object('User'), undefined)).toEqual({
    recordTypeId: null,
    recordTypeInfo: null,
  });
});

it('has those of accounts where Person Accounts are on', () => {
  const { data, object } = parts(true);
  const [business, person, master] = recordTypesOf(data, object('Account'));
  expect(business).toMatchObject({ name: 'Business Account', defaultRecordTypeMapping: true });
  expect(person).toMatchObject({ name: 'Person Account', defaultRecordTypeMapping: false });
  expect(master).toMatchObject({ master: true, defaultRecordTypeMapping: false });
  expect(recordTypeOf(data, object('Account'), person?.recordTypeId)).toEqual({
    recordTypeId: person?.recordTypeId,
    recordTypeInfo: person,
  });
});
