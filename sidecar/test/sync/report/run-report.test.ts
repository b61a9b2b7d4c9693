import { describe, expect, it } from 'vitest';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { Collection, ItemError, ItemResult, Org } from '../../../src/ports/org.ts';
import type { PipelineRun } from '../../../src/sync/pipeline/pipeline-run.ts';
import { MatchBuffer, flushMatchBuffer, addPage } from '../../../src/sync/pipeline/match-buffer.ts';
import { pullOrders } from '../../../src/sync/pipeline/orders.ts';
import { bothWays } from '../../../src/sync/pipeline/push-to-woo.ts';
import {
  type HeardFailure,
  Report,
  type ReportListener,
} from '../../../src/sync/report/run-report.ts';
import { Writer } from '../../../src/sync/to-salesforce/writer.ts';
import { applyDeleteRules } from '../../../src/sync/transform/deletions.ts';
import { candidates, plan } from '../../../src/sync/transform/plan-rows.ts';
import { IdStore, MemoryState } from '../../support/memory-state.ts';
import { CountingPage, mappingTo, rowOf } from '../../support/rows.ts';
import { verified } from '../../support/links.ts';

/** An org that refuses the records that it is told to, by key or id. */
class PickyOrg {
  readonly refused = new Map<string, ItemError>();
  readonly asOrg = { write: (all: readonly Collection[]) => this.write(all) } as unknown as Org;

  write(collections: readonly Collection[]): Promise<readonly (readonly ItemResult[])[]> {
    return Promise.resolve(
      collections.map((collection) =>
        collection.kind === 'delete'
          ? collection.ids.map((id) => this.#answer(id))
          : collection.records.map((text) => {
              const { id, Woo_Key__c: key } = JSON.parse(text) as Record<string, string>;
              return this.#answer(key ?? id ?? '');
            }),
      ),
    );
  }

  #answer(name: string): ItemResult {
    const error = this.refused.get(name);
    return error
      ? { id: null, created: false, errors: [error] }
      : { id: `id of ${name}`, created: true, errors: [] };
  }
}

/** Remembers what it hears, failures by object and record. */
class Listener implements ReportListener {
  readonly failures = new Map<string, HeardFailure>();
  readonly looked = new Set<string>();

  failed({ object }: Mapping, failure: HeardFailure): void {
    this.failures.set(`${object} ${failure.recordKey}`, failure);
  }

  seen({ object }: Mapping, recordKey: string): void {
    this.looked.add(`${object} ${recordKey}`);
  }
}

const tooLong: ItemError = {
  code: 'STRING_TOO_LONG',
  kind: 'permanent',
  fields: ['Name'],
  message: 'Name: data value too large: Earl Grey (max length=5)',
};

const keyed = ({ id }: WooRecord) => ({ row: rowOf(`main:${String(id)}`) });
const required = (object: string, key: string) => ({
  field: `${object}__c`,
  relationshipName: `${object}__r`,
  object,
  keyField: 'Woo_Key__c',
  key,
  required: true,
});
const orders = mappingTo('Order', {
  build: ({ id, customer_id }) => {
    const lookup = { ...required('Contact', `main:${String(customer_id)}`), required: false };
    const lookups = customer_id === 0 ? [] : [lookup];
    return { row: { ...rowOf(`main:${String(id)}`), lookups } };
  },
});
const items = mappingTo('Item', {
  resource: 'order_item',
  deleteRule: 'delete',
  build: ({ id, order_id }) => {
    const lookups = [required('Order', `main:${String(order_id)}`)];
    return { row: { ...rowOf(`main:${String(id)}`), lookups } };
  },
});
const contacts = mappingTo('Contact', { resource: 'customer', build: keyed });
const accounts = mappingTo('Account', { resource: 'customer', build: keyed });

function world(...mappings: Mapping[]) {
  const org = new PickyOrg();
  const state = new MemoryState();
  const listener = new Listener();
  const report = new Report(mappings, listener);
  const store = new IdStore({ customers: [{ id: 3 }] });
  const onWritten = () => Promise.resolve();
  const writer = new Writer({ org: org.asOrg, state, report, onWritten, retryDelayMs: 1 });
  const run: PipelineRun = {
    org: org.asOrg,
    store,
    state,
    mappings,
    report,
    writer,
    requestedParents: new Set(),
    matchBuffer: new MatchBuffer(),
    dry: false,
    ...bothWays(new Map(), null),
  };
  const read = { readNumber: 0, readAt: new Date(0), page: new CountingPage() };
  const link = (object: string, key: string, parentKey: string | null = null) => ({
    object,
    key,
    recordId: `id of ${key}`,
    ...verified(null),
    parentKey,
    byId: false,
  });
  const finish = async () => {
    await flushMatchBuffer(run);
    await writer.flush();
  };
  return { org, state, listener, report, run, read, link, finish };
}

const order = (id: number, items: readonly number[], customer_id = 0): WooRecord => ({
  id,
  status: 'completed',
  customer_id,
  refunds: [],
  line_items: items.map((item) => ({ id: item, name: 'Tea', product_id: 0, quantity: 1 })),
});

describe('a listener of a report', () => {
  it('hears of a refused item with its order and its field, and of its neighbours that all is well', async () => {
    const { org, listener, run, read, finish } = world(orders, items);
    org.refused.set('main:11', tooLong);
    await pullOrders(run, [order(1, [10, 11])], read);
    await finish();
    expect([...listener.failures]).toEqual([
      [
        'Item main:11',
        {
          key: 'main:11',
          recordKey: 'main:11',
          code: 'STRING_TOO_LONG',
          message: 'Name: Name: data value too large (max length=5)',
          parentKey: 'main:1',
          recordId: null,
          field: 'Name',
          errorKind: 'permanent',
        },
      ],
    ]);
    expect(listener.looked).toContain('Order main:1');
    expect(listener.looked).toContain('Item main:10');
  });

  it('hears of items that cannot be without their order, which was refused', async () => {
    const { listener, run, read, finish, report } = world(orders, items);
    const record = { id: 10, order_id: 1 };
    const from = candidates(run, 'order_item', [{ record, parentKey: 'main:1' }], read);
    await addPage(run, { planned: await plan(run, from), page: read.page, known: null });
    await finish();
    expect(listener.failures.get('Item main:10')).toMatchObject({
      code: 'PARENT_MISSING',
      parentKey: 'main:1',
      field: 'Order__c',
      recordId: null,
    });
    expect(listener.looked).toEqual(new Set());
    expect(report.of(items).failed).toBe(1);
  });

  it('hears which field a value does not fit, and which record is there', async () => {
    const message = 'Tea: name for Name has 9 characters, and the field takes 5.';
    const problem = { code: 'VALUE_TOO_LONG', field: 'Name', attribute: 'name', message };
    const teas = mappingTo('Tea', { build: () => ({ problems: [problem] }) });
    const { listener, run, read, state, link } = world(teas);
    await state.didWrite([{ ...link('Tea', 'main:7'), readNumber: 0 }], []);
    await plan(run, candidates(run, 'order', [{ record: { id: 7 }, parentKey: null }], read));
    expect(listener.failures.get('Tea main:7')).toMatchObject({
      code: 'VALUE_TOO_LONG',
      message,
      field: 'Name',
      recordId: 'id of main:7',
    });
  });

  it('hears of what is not wanted, so that its issues close', async () => {
    const { listener, run, read } = world(mappingTo('Tea', { meets: () => false }));
    await plan(run, candidates(run, 'order', [{ record: { id: 7 }, parentKey: null }], read));
    expect(listener.looked).toEqual(new Set(['Tea main:7']));
  });

  it('hears nothing of a parent that is there already: an order does not update it', async () => {
    const { listener, run, read, state, link, finish } = world(orders, accounts, contacts);
    await state.didWrite([{ ...link('Account', 'main:3'), readNumber: 0 }], []);
    await pullOrders(run, [order(1, [], 3)], read);
    await finish();
    expect(listener.looked).toEqual(new Set(['Contact main:3', 'Order main:1']));
  });

  it('hears of an item that the org does not let go', async () => {
    const { org, listener, run, read, link, finish } = world(items);
    org.refused.set('id of main:11', { ...tooLong, code: 'DELETE_FAILED', fields: [] });
    const leaving = ['main:10', 'main:11'].map((key) => ({
      mapping: items,
      link: { ...link('Item', key, 'main:1'), ...verified('h') },
    }));
    await applyDeleteRules(run, leaving, read);
    await finish();
    expect(listener.failures.get('Item main:11')).toMatchObject({
      parentKey: 'main:1',
      recordId: 'id of main:11',
      field: null,
      errorKind: 'permanent',
    });
    expect(listener.looked).toEqual(new Set(['Item main:10']));
  });

  it('hears that a lock was behind a failed trigger, after several attempts', async () => {
    const { org, listener, run, read, finish } = world(orders);
    const message = 'OrderTrigger: UNABLE_TO_LOCK_ROW';
    const code = 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY';
    org.refused.set('main:1', { code, kind: 'retry', message, fields: [] });
    await pullOrders(run, [order(1, [])], read);
    await finish();
    expect(listener.failures.get('Order main:1')).toMatchObject({ code, errorKind: 'retry' });
  });

  it('hears of all failures, where the report keeps the first hundred', () => {
    const { listener, report } = world(orders);
    for (let id = 1; id <= 150; id += 1)
      report.fail(orders, { key: `main:${id}`, code: 'PARENT_MISSING', message: 'Gone.' });
    expect(listener.failures.size).toBe(150);
    expect(report.of(orders).failures).toHaveLength(100);
    expect(report.of(orders).failed).toBe(150);
  });

  it('fault 49: tells guests apart without their addresses', () => {
    const { listener, report } = world(contacts);
    for (const name of ['ada', 'alan'])
      report.fail(contacts, {
        key: `main:guest:${name}@example.com`,
        code: 'INVALID_EMAIL_ADDRESS',
        message: `Email: invalid email address: ${name}@example.com`,
      });
    const heard = [...listener.failures.values()];
    expect(heard.map(({ key }) => key)).toEqual(Array(2).fill('main:guest:a…@example.com'));
    const [ada = '', alan = ''] = heard.map(({ recordKey }) => recordKey);
    expect(ada).toMatch(/^main:guest:[0-9a-f]{16}$/);
    expect(alan).not.toBe(ada);
    report.see(contacts, 'main:guest:ada@example.com');
    expect(listener.looked).toEqual(new Set([`Contact ${ada}`]));
    expect(JSON.stringify(heard)).not.toMatch(/ada@|alan@/);
  });
});
