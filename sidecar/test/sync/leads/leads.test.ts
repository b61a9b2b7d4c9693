import { beforeEach, expect, it } from 'vitest';
import type { Collection, ItemResult, LeadConversion } from '../../../src/ports/org.ts';
import { Leads, type LeadsParts } from '../../../src/sync/leads/leads.ts';
import type { Planned } from '../../../src/sync/model/record.ts';
import { Report } from '../../../src/sync/report/run-report.ts';
import { CountingPage, mappingTo } from '../../support/rows.ts';

const mapping = mappingTo('Contact', { resource: 'customer' });
const LEAD = { Id: '00Q1', Email: 'Ada@example.com', IsConverted: false, OwnerId: '0051' };

const page = new CountingPage();
let report: Report;
let converted: LeadConversion[];
let written: Collection[];
/** What the org says of each lead. */
let said: ItemResult['errors'];

beforeEach(() => {
  page.open = 0;
  report = new Report([mapping]);
  [converted, written, said] = [[], [], []];
});

const buyer = (key: string, more: object = { is_paying_customer: true }) =>
  ({ mapping, key, page, record: { email: 'ada@example.com', ...more } }) as unknown as Planned;
const GUEST = buyer('main:guest:ada@example.com', { guest: true });
const CUSTOMER = buyer('main:7');

function leads(): Leads {
  const contact = (Id: string) => ({ Id, AccountId: '0011', OwnerId: '0052' });
  const org = {
    queries: (soql: readonly string[]) =>
      Promise.resolve(
        soql.map((one) =>
          one.includes(' FROM Lead') ? [LEAD] : [contact('003C'), contact('003G')],
        ),
      ),
    convertLeads: (some: readonly LeadConversion[]) => {
      converted.push(...some);
      return Promise.resolve(some.map(() => ({ id: null, created: false, errors: said })));
    },
    write: (some: readonly Collection[]) => {
      written.push(...some);
      return Promise.resolve(some.map(() => [{ id: '00Q1', created: false, errors: said }]));
    },
  };
  const links = new Map([
    [GUEST.key, { recordId: '003G' }],
    [CUSTOMER.key, { recordId: '003C' }],
  ]);
  const columns = ['Id', 'Email', 'IsConverted', 'OwnerId'];
  return new Leads({
    org,
    settings: { rule: 'convert', convertedStatus: 'Closed' },
    object: { read: () => Promise.resolve({ refusal: null, linkRefusal: null, columns }) },
    state: { links: () => Promise.resolve(links) },
    report,
  } as unknown as LeadsParts);
}

async function seen(...rows: readonly Planned[]): Promise<void> {
  const those = leads();
  those.take(rows);
  await those.finish();
}

it('a lead is who has an account in the shop, rather than a guest who gave the address before', async () => {
  await seen(GUEST, CUSTOMER);
  expect(converted).toMatchObject([{ leadId: '00Q1', contactId: '003C' }]);
  expect(written).toEqual([]);
  expect(report.of(mapping).failed).toBe(0);
});

it('a lead of a guest alone is linked', async () => {
  await seen(GUEST);
  expect(converted).toEqual([]);
  const record = JSON.stringify({ id: '00Q1', Woo_Contact__c: '003G' });
  expect(written).toEqual([{ kind: 'update', object: 'Lead', records: [record] }]);
});

it.each([
  ['CANNOT_UPDATE_CONVERTED_LEAD', 0],
  ['INVALID_STATUS', 1],
])('what the org says of a conversion, %s, is %i failure', async (code, failed) => {
  said = [{ code, kind: 'permanent', message: 'No.', fields: [] }];
  await seen(CUSTOMER);
  expect(report.of(mapping).failed).toBe(failed);
});

it('a page is done when the leads of its buyers are, however often one is in it', async () => {
  const those = leads();
  those.take([CUSTOMER, GUEST, CUSTOMER]);
  expect(page.open).toBe(2);
  await those.finish();
  expect(page.open).toBe(0);
});
