import { describe, expect, it } from 'vitest';
import { withRecordNames } from '../../src/diagnostics/record-names.ts';
import { CodedError } from '../../src/errors/coded-error.ts';
import type { FieldMappingRow } from '../../src/mapping/model/config-rows.ts';
import { toObjectSchema } from '../../src/salesforce/describe.ts';
import {
  compileRows,
  field,
  fieldRow,
  lookup,
  mappingRow,
  object,
  schemas,
  source,
  STORE,
} from '../mapping/support/mappings.ts';

const ANNA = '005000000000001AAA';
const LEADS = '00G000000000002AAA';
const OWNER = lookup('OwnerId', 'User', { referenceTo: ['Group', 'User'] });
const ORG = schemas(
  object('Lead', field('Name', 'string'), OWNER, lookup('Rep__c', 'User')),
  object('Account', field('Name', 'string'), lookup('OwnerId', 'User')),
);
const MAPPINGS = [
  mappingRow({ name: 'Lead', resource: 'customer', object: 'Lead' }),
  mappingRow({ name: 'Account', resource: 'customer', object: 'Account' }),
];
const row = (mapping: string, target: string, more: Partial<FieldMappingRow>) =>
  fieldRow(target, null, { name: `${mapping}_${target}`, mapping, kind: 'static', ...more });
const NAMES = ['Lead', 'Account'].map((mapping) =>
  fieldRow('Name', 'email', { name: `${mapping}_Name`, mapping }),
);

/** An org with one active user and a queue for leads. */
function org(refused: string | null = null) {
  const asked: string[] = [];
  const answer = (soql: string) => {
    asked.push(soql);
    if (refused !== null && soql.includes(refused)) {
      throw new CodedError('SF_QUERY_REFUSED', 'No.', 'Grant it.');
    }
    if (soql.includes('FROM User')) {
      const left = { Id: '005000000000009AAA', Username: 'left@x.example', IsActive: false };
      return [{ Id: ANNA, Username: 'Anna@x.example', IsActive: true }, left];
    }
    const queue = { QueueId: LEADS, Queue: { DeveloperName: 'Web_Leads' } };
    return [{ ...queue, SobjectType: 'Lead' }];
  };
  const queries = (soql: readonly string[]) => Promise.resolve().then(() => soql.map(answer));
  return { queries, asked };
}

async function compiled(rows: readonly FieldMappingRow[], from = org()) {
  const parts = { mappings: MAPPINGS, fields: [...NAMES, ...rows] };
  const found = compileRows(parts, await withRecordNames(from, source(parts), ORG));
  return { ...found, asked: from.asked };
}

const BUYER = { id: 5, email: 'a@b.example', billing: { country: 'DE' } };

describe('an owner', () => {
  it('is named by user name or queue, whatever the case, with one query for each', async () => {
    const { mappings, problems, asked } = await compiled([
      row('Lead', 'OwnerId', { staticValue: 'web_leads' }),
      row('Lead', 'Rep__c', { staticValue: 'anna@X.example' }),
      row('Account', 'OwnerId', { staticValue: 'anna@x.example', writeWhen: 'on_create' }),
    ]);
    expect(problems.filter(({ fatal }) => fatal)).toEqual([]);
    expect(asked).toEqual([
      "SELECT Id, Username, IsActive FROM User WHERE Username IN ('anna@X.example','anna@x.example')",
      "SELECT QueueId, Queue.DeveloperName, SobjectType FROM QueueSobject WHERE Queue.DeveloperName IN ('web_leads')",
    ]);
    const [lead, account] = mappings.map((one) => one.build(BUYER, STORE).row);
    expect(lead?.fields).toMatchObject({ OwnerId: LEADS, Rep__c: ANNA });
    expect(account?.onCreate).toEqual({ OwnerId: ANNA });
  });

  it('goes by a rule of values of the shop, and by a default for the rest', async () => {
    const { mappings } = await compiled([
      row('Lead', 'OwnerId', {
        kind: 'translation',
        attribute: 'billing.country',
        valueTable: 'DE = anna@x.example',
        defaultValue: 'Web_Leads',
      }),
    ]);
    const [lead] = mappings.filter(({ name }) => name === 'Lead');
    expect(lead?.build(BUYER, STORE).row?.fields['OwnerId']).toBe(ANNA);
    const other = { ...BUYER, billing: { country: 'AT' } };
    expect(lead?.build(other, STORE).row?.fields['OwnerId']).toBe(LEADS);
  });

  it.each([
    ['Lead', 'OwnerId', 'nobody@x.example', 'a queue of Lead'],
    ['Lead', 'OwnerId', 'left@x.example', 'an active user'],
    ['Account', 'OwnerId', 'Web_Leads', 'an active user'],
    ['Lead', 'Rep__c', 'Web_Leads', 'an active user'],
  ])('of %s by %s = %s is a mistake at its row', async (mapping, target, staticValue, said) => {
    const { problems, running } = await compiled([row(mapping, target, { staticValue })]);
    expect(running).not.toContain(mapping);
    expect(problems.filter(({ fatal }) => fatal)).toMatchObject([
      { code: 'MAPPING_BAD_STATIC', place: `${mapping}_${target}` },
    ]);
    expect(problems.find(({ fatal }) => fatal)?.message).toContain(said);
  });

  it('is a mistake at its line of a value table, and the other mappings run', async () => {
    const { problems, running } = await compiled([
      row('Lead', 'OwnerId', {
        kind: 'translation',
        attribute: 'billing.country',
        valueTable: 'DE = anna@x.example\nAT = ana@x.example',
      }),
    ]);
    expect(running).toEqual(['Account']);
    expect(problems.filter(({ fatal }) => fatal)).toMatchObject([
      { code: 'MAPPING_TABLE_VALUE', place: 'Lead_OwnerId' },
    ]);
  });

  it('asks nothing where nobody is named, and takes what the org does not tell as unknown', async () => {
    const ids = await compiled([row('Lead', 'OwnerId', { staticValue: ANNA })]);
    expect([ids.asked, ids.running]).toEqual([[], ['Lead', 'Account']]);
    const rows = [
      row('Lead', 'OwnerId', { staticValue: 'Web_Leads' }),
      row('Account', 'OwnerId', { staticValue: 'anna@x.example' }),
    ];
    expect((await compiled(rows, org('QueueSobject'))).running).toEqual(['Account']);
  });
});

describe('a record type', () => {
  const WHOLESALE = '012000000000003AAA';
  const described = toObjectSchema({
    name: 'Account',
    label: 'Account',
    createable: true,
    updateable: true,
    deletable: true,
    fields: [field('Name', 'string'), lookup('RecordTypeId', 'RecordType'), ...ORG_KEY()],
    recordTypeInfos: [
      { recordTypeId: WHOLESALE, developerName: 'WholesaleOrders', available: true },
      { recordTypeId: '012000000000004AAA', developerName: 'Hidden', available: false },
      { recordTypeId: '012000000000000AAA', developerName: 'Master', available: true },
    ],
  });
  const compile = (staticValue: string) =>
    compileRows(
      {
        mappings: MAPPINGS.slice(1),
        fields: [...NAMES.slice(1), row('Account', 'RecordTypeId', { staticValue })],
      },
      schemas(described),
    );

  it.each(['wholesaleorders', WHOLESALE, WHOLESALE.slice(0, 15)])('is %s', (name) => {
    const { mappings } = compile(name);
    const id = mappings[0]?.build(BUYER, STORE).row?.fields['RecordTypeId'];
    expect(String(id).slice(0, 15)).toBe(WHOLESALE.slice(0, 15));
  });

  it.each(['Hidden', 'Retail', '012000000000004AAA', 'FifteenLettersX'])('is not %s', (name) => {
    const { problems, running } = compile(name);
    expect(running).toEqual([]);
    expect(problems).toMatchObject([{ code: 'MAPPING_BAD_STATIC', place: 'Account_RecordTypeId' }]);
    expect(problems[0]?.message).toContain('it has WholesaleOrders, Master');
  });
});

function ORG_KEY() {
  return [field('Woo_Key__c', 'string', { externalId: true, unique: true, caseSensitive: true })];
}
