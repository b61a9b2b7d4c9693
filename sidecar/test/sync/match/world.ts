import { guestOf } from '../../../src/mapping/attributes/guest-customers.ts';
import { recordKey } from '../../../src/mapping/keys/keys.ts';
import type { Mapping, MatchField } from '../../../src/mapping/model/mapping.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { PipelineRun } from '../../../src/sync/pipeline/pipeline-run.ts';
import { MatchBuffer, flushMatchBuffer, addPage } from '../../../src/sync/pipeline/match-buffer.ts';
import { pullOrders } from '../../../src/sync/pipeline/orders.ts';
import { bothWays } from '../../../src/sync/pipeline/push-to-woo.ts';
import { Report } from '../../../src/sync/report/run-report.ts';
import { Writer } from '../../../src/sync/to-salesforce/writer.ts';
import { candidates, plan } from '../../../src/sync/transform/plan-rows.ts';
import { HoldingOrg } from '../../support/holding-org.ts';
import { IdStore, MemoryState } from '../../support/memory-state.ts';
import { CountingPage, mappingTo, rowOf } from '../../support/rows.ts';

function byField(object: string, field: string): MatchField {
  return {
    name: field,
    object,
    field,
    caseSensitive: false,
    through: null,
    value: (_record, row) => (row.fields[field] ?? null) as string | null,
  };
}

const byContacts: MatchField = {
  name: 'Contacts.Email',
  object: 'Contact',
  field: 'Email',
  caseSensitive: false,
  through: { field: 'AccountId', relationshipName: 'Account' },
  value: ({ email }) => (email === '' ? null : (email as string)),
};

const keyOf = (record: WooRecord, store: string): string =>
  recordKey('customer', record, store) ?? '';

const toAccount = (store: string) => ({
  field: 'AccountId',
  relationshipName: 'Account',
  object: 'Account',
  keyField: 'Woo_Key__c',
  required: false,
  onCreate: true,
  whenEmpty: true,
  key: store,
});

/** In the shape of the defaults: e-mail always, the name for a create, phone and account where empty. */
export const contacts: Mapping = mappingTo('Contact', {
  resource: 'customer',
  reads: ['email', 'last_name', 'phone'],
  matchFields: [byField('Contact', 'Email')],
  build: (record, { key: store }) => ({
    row: {
      ...rowOf(keyOf(record, store), { Email: (record['email'] as string) || null }),
      onCreate: { LastName: record['last_name'] as string },
      whenEmpty: { Phone: (record['phone'] as string | undefined) ?? null },
      lookups: [toAccount(keyOf(record, store))],
    },
  }),
});
export const accounts: Mapping = mappingTo('Account', {
  resource: 'customer',
  reads: ['email', 'last_name'],
  matchFields: [byContacts],
  build: (record, { key: store }) => ({
    row: {
      ...rowOf(keyOf(record, store)),
      onCreate: { Name: record['last_name'] as string },
    },
  }),
});
export const products: Mapping = mappingTo('Product2', {
  resource: 'product',
  matchFields: [byField('Product2', 'StockKeepingUnit'), byField('Product2', 'ProductCode')],
  build: ({ id, sku, name }, { key: store }) => {
    const code = (sku as string) || null;
    const fields = { Name: String(name), StockKeepingUnit: code, ProductCode: code };
    return { row: rowOf(`${store}:${String(id)}`, fields) };
  },
});
const orders: Mapping = mappingTo('Order', {
  build: (order, { key: store }) => {
    const guest = guestOf(order);
    const key = guest ? keyOf(guest, store) : `${store}:${String(order['customer_id'])}`;
    const names = ['Contact', 'Account'].map((object) => ({
      field: `${object}__c`,
      relationshipName: `${object}__r`,
      object,
      keyField: 'Woo_Key__c',
      key,
      required: false,
    }));
    const row = rowOf(`${store}:${String(order['id'])}`, { Status: String(order['status']) });
    return { row: { ...row, lookups: names } };
  },
});

const MAPPINGS = [orders, accounts, contacts, products];

export const ONE_WAY = bothWays(new Map(), null);

/** A shop and an org that holds records, and runs of the sync between them. */
export function world(customers: readonly WooRecord[] = []) {
  const org = new HoldingOrg();
  const state = new MemoryState();
  const page = new CountingPage();
  const questions: unknown[] = [];
  const within = async (
    storeKey: string,
    work: (run: PipelineRun, read: Read) => Promise<void>,
    mappings = MAPPINGS,
  ) => {
    const store = Object.assign(new IdStore({ customers }), { key: storeKey });
    const lists = store.lists.bind(store);
    store.lists = (reads) => {
      reads.forEach(({ list, params }) => questions.push({ list, ...params }));
      return lists(reads);
    };
    const report = new Report(mappings);
    const onWritten = () => Promise.resolve();
    const writer = new Writer({ org: org.asOrg, state, report, onWritten, retryDelayMs: 1 });
    const base = { org: org.asOrg, store, state, mappings, report, writer };
    const run: PipelineRun = {
      ...base,
      requestedParents: new Set(),
      matchBuffer: new MatchBuffer(),
      dry: false,
      ...ONE_WAY,
    };
    await work(run, { readNumber: 0, readAt: new Date(0), page });
    await flushMatchBuffer(run);
    await writer.flush();
    return report;
  };
  const pull = (
    resource: 'customer' | 'product',
    records: readonly WooRecord[],
    store = 'main',
    mappings = MAPPINGS,
  ) =>
    within(
      store,
      async (run, read) => {
        const owned = records.map((record) => ({ record, parentKey: null }));
        const planned = await plan(run, candidates(run, resource, owned, read));
        await addPage(run, { planned, page: read.page, known: null });
      },
      mappings,
    );
  const order = (...records: WooRecord[]) =>
    within('main', (run, read) => pullOrders(run, records, read));
  return { org, state, page, pull, order, asked: () => questions };
}

interface Read {
  readonly readNumber: number;
  readonly readAt: Date;
  readonly page: CountingPage;
}

/** A customer of the shop. */
export const ada = { id: 5, email: 'Ada@Example.com', last_name: 'Lovelace' };

export function guestOrder(id: number, email: string): WooRecord {
  return { id, status: 'completed', customer_id: 0, billing: { email, last_name: 'Guest' } };
}
