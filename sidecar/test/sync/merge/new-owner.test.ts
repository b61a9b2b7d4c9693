import { beforeEach, describe, expect, it } from 'vitest';

import type { KeptField, Mapping, OutgoingField } from '../../../src/mapping/model/mapping.ts';
import type { OrgRow } from '../../../src/ports/org.ts';
import type { Base } from '../../../src/ports/two-way-state.ts';
import { basesOfNewOwner } from '../../../src/sync/merge/new-owner.ts';
import { PERSONS } from '../../../src/sync/merge/kept-sides.ts';
import { NOT_WRITTEN } from '../../../src/sync/merge/three-way.ts';
import { agreedName, digest, IMAGES } from '../../../src/sync/model/digest.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { mappingTo } from '../../support/rows.ts';

const OBJECT = 'Product2';
const RECORD = '01t000000000001AAA';
const OTHER = '01t000000000002AAA';
const PAIR = { object: OBJECT, key: 'outlet:101', recordId: RECORD };

function outgoing(field: string, more: Partial<OutgoingField> = {}): OutgoingField {
  return {
    place: field,
    field,
    attribute: field.toLowerCase(),
    kind: 'value',
    direction: 'both',
    fromWoo: () => null,
    fromSalesforce: (held) => (typeof held === 'string' ? held : null),
    toWoo: () => ({ patch: {} }),
    ...more,
  };
}

function keptField(field: string): KeptField {
  return {
    field,
    attribute: field.toLowerCase(),
    isMatch: false,
    isHashed: true,
    form: () => null,
    isStandIn: () => false,
    isNameless: () => false,
  };
}

const NAME = outgoing('Name');
const PRICE = outgoing('Price__c');
const nameOf = (field: Pick<OutgoingField, 'field' | 'attribute'>) => agreedName(field);

let state: MemoryState;
let held: OrgRow[];
/** What Salesforce was asked. */
let asked: string[];

beforeEach(() => {
  state = new MemoryState();
  held = [];
  asked = [];
});

/** What the former owner, or a store before it, has agreed on. */
async function agreed(base: Base, pending: Base = {}, recordId = RECORD): Promise<void> {
  const pair = { object: OBJECT, key: 'main:1', recordId };
  await state.twoWay.saveBase([{ ...pair, base }]);
  await state.twoWay.savePending([{ ...pair, pending }]);
}

/** The base with which the record goes from the store `main` to `outlet`. */
async function baseOf(fields: Partial<Mapping>, own: Partial<Mapping['foreign']> = {}) {
  const plain = mappingTo(OBJECT, { resource: 'product', direction: 'both', ...fields });
  const mapping = { ...plain, foreign: { ...plain.foreign, ...own } };
  const org = {
    queries: (queries: readonly string[]) => {
      asked.push(...queries);
      return Promise.resolve([held]);
    },
  };
  const changing = { ...PAIR, mapping, owner: 'main:1' };
  const all = await basesOfNewOwner({ org, twoWay: state.twoWay }, [changing]);
  expect(all).toEqual([{ ...PAIR, base: expect.anything() as unknown }]);
  return all[0]?.base;
}

describe('a field that goes both ways and was the former owner’s', () => {
  it('counts as changed in the new owner’s shop, and in Salesforce since its last agreement', async () => {
    await agreed({ [nameOf(NAME)]: ['of the shop', 'of Salesforce'] });
    expect(await baseOf({ outgoing: [NAME] })).toEqual({
      [nameOf(NAME)]: [NOT_WRITTEN, 'of Salesforce'],
    });
    expect(asked).toEqual([]);
  });

  it('is asked of Salesforce where nothing was agreed, and it alone', async () => {
    await agreed({ [nameOf(NAME)]: ['of the shop', 'of Salesforce'] });
    held = [{ Id: RECORD, Price__c: '12.5', Name: 'Tea' }];
    expect(await baseOf({ outgoing: [NAME, PRICE] })).toEqual({
      [nameOf(NAME)]: [NOT_WRITTEN, 'of Salesforce'],
      [nameOf(PRICE)]: [NOT_WRITTEN, digest('12.5')],
    });
    expect(asked).toEqual([`SELECT Id, Price__c FROM ${OBJECT} WHERE Id IN ('${RECORD}')`]);
  });

  it('is asked where a write of it was under way: what it has come to is not known', async () => {
    await agreed(
      { [nameOf(NAME)]: ['of the shop', 'of Salesforce'] },
      { [nameOf(NAME)]: [NOT_WRITTEN, 'coming'] },
    );
    held = [{ Id: RECORD, Name: 'Tea' }];
    expect(await baseOf({ outgoing: [NAME] })).toEqual({
      [nameOf(NAME)]: [NOT_WRITTEN, digest('Tea')],
    });
  });

  it('is asked where the former owner agreed on it of another record', async () => {
    await agreed({ [nameOf(NAME)]: ['of the shop', 'of Salesforce'] }, {}, OTHER);
    held = [{ Id: RECORD, Name: 'Tea' }];
    expect(await baseOf({ outgoing: [NAME] })).toEqual({
      [nameOf(NAME)]: [NOT_WRITTEN, digest('Tea')],
    });
  });

  it('counts as empty where the record is not there any more', async () => {
    expect(await baseOf({ outgoing: [NAME] })).toEqual({
      [nameOf(NAME)]: [NOT_WRITTEN, digest(null)],
    });
    expect(asked).toHaveLength(1);
  });

  it('is so too where the store only got what people typed', async () => {
    await agreed({ [nameOf(NAME)]: ['of the shop', 'of Salesforce'] });
    const own = { outgoing: [outgoing('Name', { onlyEdits: true })] };
    expect(await baseOf({ outgoing: [NAME] }, own)).toEqual({
      [nameOf(NAME)]: [NOT_WRITTEN, 'of Salesforce'],
    });
  });
});

describe('what the store has agreed on itself', () => {
  it.each([
    ['a field of its own', [NAME], [NAME]],
    ['a field that goes to the shop alone', [outgoing('Name', { direction: 'to_woo' })], []],
  ])('stays as it is, and nobody asks: %s', async (_, all, own) => {
    await agreed({ [nameOf(NAME)]: ['of the shop', 'of Salesforce'] });
    expect(await baseOf({ outgoing: all }, { outgoing: own })).toEqual({});
    expect(asked).toEqual([]);
  });
});

describe('a field that is written unless edited', () => {
  const CITY = keptField('MailingCity');

  it('keeps what Salesforce held when the former owner was last in step', async () => {
    await agreed({ [nameOf(CITY)]: ['of the shop', 'of Salesforce'] });
    expect(await baseOf({ kept: [CITY] })).toEqual({
      [nameOf(CITY)]: [NOT_WRITTEN, 'of Salesforce'],
    });
    expect(asked).toEqual([]);
  });

  it.each<[string, Base]>([
    ['a person has said it', { [nameOf(CITY)]: ['of the shop', PERSONS] }],
    ['nothing is known of it', {}],
  ])('begins anew where %s', async (_, base) => {
    await agreed(base);
    expect(await baseOf({ kept: [CITY] })).toEqual({});
  });
});

describe('images', () => {
  const IMAGE = outgoing('Featured__c', { kind: 'featured_image', attribute: 'images' });

  it('that go both ways are taken over with the fields', async () => {
    await agreed({ [IMAGES]: ['of the shop', 'of Salesforce'] });
    const text = outgoing('Note__c', { direction: 'to_woo' });
    expect(await baseOf({ outgoing: [text, IMAGE] })).toEqual({
      [IMAGES]: [NOT_WRITTEN, 'of Salesforce'],
    });
    expect(asked).toEqual([]);
  });

  it.each([[{}], [null]] as const)(
    'meet as for the first time where nothing is known: %j',
    async (base) => {
      if (base !== null) await agreed(base);
      expect(await baseOf({ outgoing: [IMAGE] })).toEqual({ [IMAGES]: [NOT_WRITTEN, NOT_WRITTEN] });
    },
  );

  it.each([
    [
      'go to the shop alone',
      [outgoing('Featured__c', { kind: 'featured_image', direction: 'to_woo' })],
      [],
    ],
    ['are the store’s own', [IMAGE], [IMAGE]],
    ['are not mapped', [outgoing('Note__c', { direction: 'to_woo' })], []],
  ])('stay as they are where they %s', async (_, all, own) => {
    await agreed({ [IMAGES]: ['of the shop', 'of Salesforce'] });
    expect(await baseOf({ outgoing: all }, { outgoing: own })).toEqual({});
  });
});

it('records of several objects change together', async () => {
  const mapping = mappingTo(OBJECT, { outgoing: [NAME] });
  const order = mappingTo('Woo_Order__c', { outgoing: [NAME] });
  await agreed({ [nameOf(NAME)]: ['of the shop', 'of Salesforce'] });
  const other = { object: 'Woo_Order__c', key: 'outlet:5', recordId: 'a01000000000001AAA' };
  await state.twoWay.saveBase([{ ...other, key: 'main:5', base: { [nameOf(NAME)]: ['x', 'y'] } }]);
  const org = { queries: () => Promise.resolve([]) };
  const all = await basesOfNewOwner({ org, twoWay: state.twoWay }, [
    { ...other, mapping: order, owner: 'main:5' },
    { ...PAIR, mapping, owner: 'main:1' },
  ]);
  expect(all).toEqual([
    { ...other, base: { [nameOf(NAME)]: [NOT_WRITTEN, 'y'] } },
    { ...PAIR, base: { [nameOf(NAME)]: [NOT_WRITTEN, 'of Salesforce'] } },
  ]);
});
