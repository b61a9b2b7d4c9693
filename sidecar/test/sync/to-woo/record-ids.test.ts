import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../src/errors/coded-error.ts';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { Link } from '../../../src/ports/link.ts';
import type { WooStore } from '../../../src/ports/store.ts';
import { Report } from '../../../src/sync/report/run-report.ts';
import { SalesforceIds } from '../../../src/sync/to-woo/record-ids.ts';
import { IdStore, MemoryState } from '../../support/memory-state.ts';
import { mappingTo } from '../../support/rows.ts';
import { verified } from '../../support/links.ts';

const products = mappingTo('Product2', { resource: 'product', wooMetaKey: '_sf' });

async function world(mapping: Mapping = products, ...known: readonly number[]) {
  const [store, state, report] = [new IdStore({}), new MemoryState(), new Report([mapping])];
  const link = (id: number): Link => ({
    object: mapping.object,
    key: `main:${id}`,
    recordId: `01t${id}`,
    ...verified('h'),
    parentKey: null,
    byId: false,
  });
  const save = (...ids: readonly number[]) =>
    state.didWrite(
      ids.map((id) => ({ ...link(id), readNumber: 0 })),
      [],
    );
  await save(...known);
  const noted: string[] = [];
  const ids = new SalesforceIds(store, state, report, {
    sending: (resource, keys) => void noted.push(`sending ${resource} ${keys.join(' ')}`),
    refused: (resource, key) => void noted.push(`refused ${resource} ${key}`),
  });
  const take = (record: WooRecord, linked?: Link) => {
    ids.take(mapping, record, `main:${String(record['id'])}`, linked);
  };
  return { store, ids, take, link, save, noted, report: report.of(mapping) };
}

const holding = (id: number, value: unknown): WooRecord => ({
  id,
  parent_id: 0,
  meta_data: [
    { key: 'other', value: 'x' },
    { key: '_sf', value },
  ],
});

describe('ids of Salesforce records', () => {
  it('are written where the shop does not hold them, or holds another', async () => {
    const { store, ids, take } = await world(products, 1, 2, 3);
    take({ id: 1, parent_id: 0, meta_data: [] });
    take(holding(2, 'old'));
    take(holding(3, '01t3'));
    await ids.finish();
    expect(store.metaWrites).toEqual([
      ['products', '_sf', { id: 1, parentId: null, value: '01t1' }],
      ['products', '_sf', { id: 2, parentId: null, value: '01t2' }],
    ]);
  });

  it('are not looked at again where the link says that all is right', async () => {
    const { store, ids, take, link } = await world(products, 3);
    take(holding(3, '01t3'), link(3));
    expect(ids.isDue).toBe(false);
    await ids.finish();
    expect(store.metaWrites).toEqual([]);
  });

  it('wait for records on their way, and go without those that never arrive', async () => {
    const { store, ids, take, save } = await world(products, 1);
    for (const id of [1, 2, 3]) take({ id });
    await ids.write();
    await save(2);
    await ids.finish();
    await save(3);
    await ids.finish();
    expect(store.metaWrites.map(([, , { id }]) => id)).toEqual([1, 2]);
  });

  it('of variations go by their product, and guests have none', async () => {
    const { store, ids, take } = await world(products, 8);
    take({ id: 8, parent_id: 7 });
    take({ id: 9, guest: true });
    await ids.finish();
    expect(store.metaWrites).toEqual([
      ['variations', '_sf', { id: 8, parentId: 7, value: '01t8' }],
    ]);
  });

  it('are not asked for where the mapping names no custom field', async () => {
    const { store, ids, take } = await world(mappingTo('Product2', { resource: 'product' }), 1);
    take({ id: 1 });
    await ids.finish();
    expect(store.metaWrites).toEqual([]);
  });

  it('that the shop does not take are reported, and the others are there', async () => {
    const { store, ids, take, report, noted } = await world(products, 1, 2);
    const refuse: WooStore['writeMeta'] = () =>
      Promise.resolve([{ id: 2, code: 'META_NOT_KEPT', message: 'was not written' }]);
    store.writeMeta = refuse;
    take({ id: 1 });
    take({ id: 2 });
    await ids.finish();
    expect(report.failures).toEqual([
      { key: 'main:2', code: 'META_NOT_KEPT', message: 'was not written' },
    ]);
    expect(noted).toEqual(['sending product main:1 main:2', 'refused product main:2']);
  });

  it('that no shop takes stop nothing, and are asked for once', async () => {
    const { store, ids, take } = await world(products, 1, 2);
    let asked = 0;
    store.writeMeta = () => {
      asked += 1;
      return Promise.reject(
        new CodedError('WOO_KEY_REFUSED', 'The key may only read.', 'Change it.'),
      );
    };
    take({ id: 1 });
    await ids.write();
    take({ id: 2 });
    expect(await ids.finish()).toMatchObject({ code: 'WOO_KEY_REFUSED' });
    expect(asked).toBe(1);
  });

  it('wait like everything else while the way through the org is out', async () => {
    const { store, ids, take } = await world(products, 1);
    const out = new CodedError('SF_UNAVAILABLE', 'It is out.', 'Wait.');
    store.writeMeta = () => Promise.reject(out);
    take({ id: 1 });
    await expect(ids.finish()).rejects.toBe(out);
  });
});
