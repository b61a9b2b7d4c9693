import { describe, expect, it, vi } from 'vitest';
import type { PipelineRun } from '../../../src/sync/pipeline/pipeline-run.ts';
import { MatchBuffer, flushMatchBuffer, addPage } from '../../../src/sync/pipeline/match-buffer.ts';
import { Report } from '../../../src/sync/report/run-report.ts';
import { Writer } from '../../../src/sync/to-salesforce/writer.ts';
import { candidates, plan } from '../../../src/sync/transform/plan-rows.ts';
import { IdStore, MemoryState } from '../../support/memory-state.ts';
import { CountingPage } from '../../support/rows.ts';
import { accounts, ada, contacts, guestOrder, ONE_WAY, products, world } from './world.ts';

describe('a record that is in the org already', () => {
  it('is adopted by the first match field that finds one, whatever the case', async () => {
    const { org, pull, page } = world();
    const id = org.add('Product2', { Name: 'Old', ProductCode: 'tea-1' });
    const report = await pull('product', [{ id: 7, name: 'Tea', sku: 'TEA-1' }]);
    expect(org.of('Product2')).toMatchObject([{ Id: id, Name: 'Tea', Woo_Key__c: 'main:7' }]);
    expect(report.of(products)).toMatchObject({ adopted: 1, created: 0, updated: 0 });
    expect(report.of(products).adoptions).toEqual([{ key: 'main:7', recordId: id, byId: false }]);
    expect(page.open).toBe(0);
  });

  it('keeps what people typed, and gets what is empty', async () => {
    const { org, pull } = world();
    const account = org.add('Account', { Name: 'Engines Ltd' });
    const id = org.add('Contact', {
      Email: 'ada@example.com',
      LastName: 'Byron',
      Phone: null,
      AccountId: account,
    });
    await pull('customer', [{ ...ada, phone: '555' }]);
    expect(org.of('Contact')).toHaveLength(1);
    expect(org.get('Contact', id)).toMatchObject({
      LastName: 'Byron',
      Phone: '555',
      AccountId: account,
      Woo_Key__c: 'main:5',
    });
    expect(org.of('Account')).toMatchObject([
      { Id: account, Name: 'Engines Ltd', Woo_Key__c: 'main:5' },
    ]);
  });

  it('keeps what is filled in, and gets beside it what is empty', async () => {
    const { org, pull } = world();
    const filled = { Email: 'ada@example.com', LastName: 'Byron', Phone: '777', AccountId: null };
    const id = org.add('Contact', filled);
    await pull('customer', [{ ...ada, phone: '555' }]);
    await pull('customer', [{ ...ada, phone: '556' }]);
    const [account] = org.of('Account');
    expect(org.get('Contact', id)).toMatchObject({ Phone: '777', AccountId: account?.Id });
    const sent = org.written.filter(({ object }) => object === 'Contact');
    expect(sent.filter(({ record }) => 'Phone' in (record as object))).toEqual([]);
  });

  it('is not asked for again, and not written again when nothing changed', async () => {
    const { org, pull } = world();
    org.add('Contact', { Email: 'ada@example.com' });
    await pull('customer', [ada]);
    const [written, queried] = [org.written.length, org.queried.length];
    const report = await pull('customer', [ada]);
    expect(org.written).toHaveLength(written);
    expect(org.queried).toHaveLength(queried);
    expect(report.of(contacts)).toMatchObject({ unchanged: 1, adopted: 0 });
  });

  it('is given to the account when the contact had none', async () => {
    const { org, pull } = world();
    org.add('Contact', { Email: 'ada@example.com', AccountId: null });
    await pull('customer', [ada]);
    const [account] = org.of('Account');
    expect(account).toMatchObject({ Woo_Key__c: 'main:5' });
    expect(org.of('Contact')).toMatchObject([{ AccountId: account?.Id }]);
  });

  it.each([
    ['whose match field is empty', { ...ada, email: '' }],
    ['that nothing matches', { ...ada, email: 'other@example.com' }],
  ])('is left alone by a customer %s, who is created', async (_case, customer) => {
    const { org, pull } = world();
    org.add('Contact', { Email: 'ada@example.com' });
    org.add('Contact', { Email: null });
    const report = await pull('customer', [customer]);
    expect(org.of('Contact')).toHaveLength(3);
    expect(report.of(contacts)).toMatchObject({ created: 1, adopted: 0 });
  });

  it('is found by its own key when our state is lost, and what people typed stays', async () => {
    const { org, pull } = world();
    const id = org.add('Contact', { Woo_Key__c: 'main:5', Email: 'old@x.org', LastName: 'Byron' });
    org.add('Contact', { Email: 'ada@example.com' });
    const report = await pull('customer', [ada]);
    expect(org.get('Contact', id)).toMatchObject({ Email: 'Ada@Example.com', LastName: 'Byron' });
    expect(report.of(contacts)).toMatchObject({ updated: 1, adopted: 0, created: 0 });
  });
});

describe('several records that may be meant', () => {
  it('fault 30: are named, none is written, and orders go on without', async () => {
    const { org, order } = world();
    const ids = [1, 2].map(() => org.add('Contact', { Email: 'g@example.com' }));
    const report = await order(guestOrder(1, 'g@example.com'), guestOrder(2, 'g@example.com'));
    expect(report.of(contacts)).toMatchObject({ ambiguous: 1, failed: 1, created: 0 });
    const [failure] = report.of(contacts).failures;
    expect(failure).toMatchObject({ code: 'MATCH_AMBIGUOUS', key: 'main:guest:g…@example.com' });
    for (const id of ids) expect(failure?.message).toContain(id);
    expect(failure?.message).toContain('"main:guest:" and the whole address in lower case');
    expect(org.of('Contact').map((contact) => contact['Woo_Key__c'])).toEqual([
      undefined,
      undefined,
    ]);
    expect(org.of('Order')).toMatchObject([{ Contact__c: null }, { Contact__c: null }]);
    expect(org.of('Order')[0]).toHaveProperty('Account__c', org.of('Account')[0]?.Id);
  });

  it('are none where one is the same person’s already', async () => {
    const { org, pull } = world();
    const id = org.add('Contact', {
      Email: 'ada@example.com',
      Woo_Key__c: 'main:guest:ada@example.com',
    });
    org.add('Contact', { Email: 'ada@example.com' });
    await pull('customer', [ada]);
    expect(org.get('Contact', id)).toMatchObject({ Woo_Key__c: 'main:5' });
  });
});

describe('a record that carries another key', () => {
  it('of another store is written by its id and keeps its key; orders refer to it by id', async () => {
    const { org, pull, state } = world();
    await pull('customer', [ada], 'other');
    const [contact] = org.of('Contact');
    const report = await pull('customer', [{ ...ada, id: 9 }]);
    expect(org.of('Contact')).toHaveLength(1);
    expect(contact).toMatchObject({ Woo_Key__c: 'other:5' });
    expect(report.of(contacts).adoptions).toEqual([
      { key: 'main:9', recordId: contact?.Id, byId: true },
    ]);
    expect((await state.links('Contact', ['main:9'])).get('main:9')).toMatchObject({ byId: true });
  });

  it('of a guest with the same e-mail address gets that of the account', async () => {
    const { org, pull, order } = world();
    await order(guestOrder(1, 'ada@example.com'));
    const [contact] = org.of('Contact');
    const report = await pull('customer', [ada]);
    expect(org.of('Contact')).toHaveLength(1);
    expect(contact).toMatchObject({ Woo_Key__c: 'main:5', LastName: 'Guest' });
    expect(report.of(contacts)).toMatchObject({ adopted: 1, created: 0 });
    await order(guestOrder(2, 'ada@example.com'));
    expect(org.of('Order')[1]).toMatchObject({ Contact__c: contact?.Id });
    expect(org.of('Contact')).toHaveLength(1);
  });

  it('of an account is what a guest’s orders point to, and it is not written', async () => {
    const { org, pull, order } = world();
    await pull('customer', [ada]);
    const [contact] = org.of('Contact');
    const writes = org.written.length;
    const report = await order(guestOrder(1, 'ADA@example.com'));
    expect(org.written.slice(writes).map(({ object }) => object)).toEqual(['Order']);
    expect(org.of('Order')).toMatchObject([{ Contact__c: contact?.Id }]);
    expect(report.of(contacts)).toMatchObject({ adopted: 1, created: 0, failed: 0 });
  });

  it('of another customer of the store is somebody else’s', async () => {
    const { org, pull } = world([{ id: 4 }]);
    org.add('Contact', { Email: 'ada@example.com', Woo_Key__c: 'main:4' });
    const report = await pull('customer', [ada]);
    expect(org.of('Contact')).toHaveLength(2);
    expect(report.of(contacts).created).toBe(1);
  });

  it('of a customer whom the shop has deleted goes to who registers again', async () => {
    const { org, pull, state, asked } = world();
    await pull('customer', [{ ...ada, id: 4 }]);
    const [contact] = org.of('Contact');
    expect(asked(), 'nobody else was found').toEqual([]);
    const report = await pull('customer', [ada]);
    expect(org.of('Contact')).toEqual([contact]);
    expect(org.of('Account')).toHaveLength(1);
    expect(contact).toMatchObject({ Woo_Key__c: 'main:5' });
    expect(org.of('Account')[0]).toMatchObject({ Woo_Key__c: 'main:5' });
    expect(report.of(contacts)).toMatchObject({ adopted: 1, created: 0, failed: 0 });
    const links = await state.links('Contact', ['main:4', 'main:5']);
    expect([...links.values()].map(({ byId }) => byId)).toEqual([true, false]);
    expect(asked(), 'once, and for ids alone').toEqual([
      { list: 'customers', include: '4', role: 'all', _fields: 'id', per_page: '100' },
    ]);
  });

  it('is asked for in one go, and not where a delete rule settles it', async () => {
    const { org, pull, asked } = world();
    const many = Array.from({ length: 30 }, (_, at) => {
      const email = `p${at}@example.com`;
      org.add('Contact', { Email: email, Woo_Key__c: `main:${100 + at}` });
      return { ...ada, id: 200 + at, email };
    });
    await pull('customer', many);
    expect(org.of('Contact')).toHaveLength(30);
    expect(asked()).toHaveLength(1);
    const flagging = world();
    flagging.org.add('Contact', { Email: 'ada@example.com', Woo_Key__c: 'main:4' });
    await flagging.pull('customer', [ada], 'main', [
      { ...contacts, deleteRule: 'flag', events: { ...contacts.events, delete: true } },
    ]);
    expect(flagging.org.of('Contact')).toHaveLength(2);
    expect(flagging.asked()).toEqual([]);
  });

  it('of a colleague is shared where it is the account of both', async () => {
    const { org, pull, state } = world();
    const account = org.add('Account', { Name: 'Acme' });
    for (const email of ['a@acme.example', 'b@acme.example', 'c@acme.example']) {
      org.add('Contact', { Email: email, AccountId: account });
    }
    const customers = ['a', 'b', 'c'].map((name, at) => ({
      id: at + 1,
      email: `${name}@acme.example`,
      last_name: name,
    }));
    const report = await pull('customer', customers);
    expect(org.of('Account')).toMatchObject([{ Id: account, Woo_Key__c: 'main:1' }]);
    expect(report.of(accounts)).toMatchObject({ adopted: 3, created: 0, failed: 0 });
    const links = await state.links('Account', ['main:1', 'main:2', 'main:3']);
    expect([...links.values()].map(({ byId }) => byId)).toEqual([false, true, true]);
  });
});

describe('records of one page', () => {
  it('do not take the same record twice: the second is created', async () => {
    const { org, pull } = world();
    const id = org.add('Product2', { StockKeepingUnit: 'TEA' });
    await pull('product', [
      { id: 1, name: 'Tea', sku: 'TEA' },
      { id: 2, name: 'Tea, green', sku: 'TEA' },
    ]);
    expect(org.of('Product2')).toHaveLength(2);
    expect(org.get('Product2', id)).toMatchObject({ Woo_Key__c: 'main:1' });
  });

  it('of a guest and of the account that the guest opened become one contact', async () => {
    const { org, order } = world([ada]);
    const account = { id: 2, status: 'completed', customer_id: 5, billing: {} };
    const report = await order(guestOrder(1, 'ada@example.com'), account);
    expect(org.of('Contact')).toMatchObject([{ Woo_Key__c: 'main:5' }]);
    expect(org.of('Account')).toMatchObject([{ Woo_Key__c: 'main:5' }]);
    const [contact] = org.of('Contact');
    expect(org.of('Order')).toMatchObject([
      { Contact__c: contact?.Id },
      { Contact__c: contact?.Id },
    ]);
    expect(report.failed).toBe(0);
  });

  it('are remembered where they need no write, though the others do not get through', async () => {
    const { org, state, pull } = world();
    const recordId = org.add('Product2', {
      Woo_Key__c: 'main:1',
      Name: 'Tea',
      StockKeepingUnit: 'TEA',
      ProductCode: 'TEA',
    });
    const link = { object: 'Product2', key: 'main:1', recordId, parentKey: null, byId: false };
    await state.didWrite([{ ...link, state: 'unverified', hash: null, readNumber: 0 }], []);
    const adding = vi.spyOn(Writer.prototype, 'add').mockRejectedValueOnce(new Error('It is out.'));
    const rows = [
      { id: 1, name: 'Tea', sku: 'TEA' },
      { id: 2, name: 'Mug', sku: 'MUG' },
    ];
    await expect(pull('product', rows)).rejects.toThrow('It is out.');
    adding.mockRestore();
    expect(state.saved.get('Product2 main:1')).toMatchObject({ state: 'verified' });
  });

  it('wait for those of other pages, so that many are looked for in one go', async () => {
    const { org } = world();
    const state = new MemoryState();
    const report = new Report([products]);
    const asked: number[] = [];
    const queries = org.queries.bind(org);
    org.queries = (soql) => {
      asked.push(soql.length);
      return queries(soql);
    };
    const writer = new Writer({
      org: org.asOrg,
      state,
      report,
      onWritten: () => Promise.resolve(),
    });
    const base = { org: org.asOrg, store: new IdStore({}), state, mappings: [products], report };
    const run: PipelineRun = {
      ...base,
      writer,
      requestedParents: new Set(),
      matchBuffer: new MatchBuffer(),
      dry: false,
      ...ONE_WAY,
    };
    const pages = Array.from({ length: 20 }, () => new CountingPage());
    for (const [at, page] of pages.entries()) {
      const records = Array.from({ length: 100 }, (_, index) => {
        const id = at * 100 + index + 1;
        return { record: { id, name: 'n', sku: `SKU-${id}` }, parentKey: null };
      });
      const read = { readNumber: 0, readAt: new Date(0), page };
      const planned = await plan(run, candidates(run, 'product', records, read));
      await addPage(run, { planned, page, known: null });
      expect(run.matchBuffer.has('Product2', `main:${at * 100 + 1}`), 'it waits').toBe(
        page.open > 0 && at % 4 < 3,
      );
    }
    await flushMatchBuffer(run);
    await writer.flush();
    expect(asked.length).toBe(5);
    expect(Math.max(...asked)).toBeLessThanOrEqual(5);
    expect(org.of('Product2')).toHaveLength(2000);
    expect(pages.map(({ open }) => open)).toEqual(pages.map(() => 0));
  });
});
