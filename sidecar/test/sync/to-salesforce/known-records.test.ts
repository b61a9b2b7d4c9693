import { describe, expect, it } from 'vitest';
import { reference, rowOf, upsert } from '../../support/rows.ts';
import { Recorder, created, refusal, type Answer, write, writerTo } from './recorder.ts';

describe('a record that is known', () => {
  it('writes a known record by its id, and what is not known by its key', async () => {
    const row = rowOf('o1', { Total: 5 });
    const { recorder } = await write(
      created,
      upsert('Order', 'o1', { row, target: { recordId: 'a01', byId: false } }),
      upsert('Order', 'o2'),
      upsert('Order', 'o3', { row, target: { recordId: 'a03', byId: true } }),
    );
    expect(recorder.calls).toEqual([
      [
        {
          kind: 'update',
          object: 'Order',
          records: [
            { id: 'a01', Woo_Key__c: 'o1', Total: 5 },
            { id: 'a03', Total: 5 },
          ],
        },
        { kind: 'upsert', object: 'Order', records: [{ Woo_Key__c: 'o2' }] },
      ],
    ]);
    expect(recorder.saved).toMatchObject([
      { key: 'o1', byId: false },
      { key: 'o3', recordId: 'a03', byId: true },
      { key: 'o2', byId: false },
    ]);
  });

  it('never names a record twice in one collection', async () => {
    const target = { recordId: '001', byId: true };
    const { recorder } = await write(
      created,
      upsert('Account', 'a1', { target: { ...target, byId: false } }),
      upsert('Account', 'a2', { target }),
      upsert('Account', 'a3', { target }),
    );
    const collections = recorder.calls.flat();
    expect(collections.map((one) => (one.kind === 'delete' ? 0 : one.records.length))).toEqual([
      1, 1, 1,
    ]);
  });

  it('makes a known record anew that was deleted in Salesforce, with what only a create sends', async () => {
    const answer: Answer = (record) =>
      'id' in record ? refusal('ENTITY_IS_DELETED', 'reference') : created(record);
    const row = { ...rowOf('a1'), onCreate: { Name: 'Acme' }, whenEmpty: { Phone: '1' } };
    const parent = reference('Account', 'a0', { recordId: '000', onCreate: true });
    const entry = upsert('Account', 'a1', {
      row,
      references: [parent],
      target: { recordId: '001', byId: false },
    });
    const recorder = new Recorder(answer);
    recorder.fates.set('001', { kind: 'gone' });
    const { writer, report } = writerTo(recorder, [entry]);
    await writer.add([entry]);
    await writer.flush();
    expect(recorder.searched).toEqual([
      { object: 'Account', keyField: 'Woo_Key__c', ids: ['001'] },
    ]);
    expect(recorder.calls).toMatchObject([
      [{ kind: 'update', records: [{ id: '001', Woo_Key__c: 'a1' }] }],
      [{ kind: 'upsert', records: [{ Woo_Key__c: 'a1', Name: 'Acme', Phone: '1' }] }],
    ]);
    expect(recorder.calls[0]).not.toHaveProperty('0.records.0.Name');
    expect(recorder.calls[0]).not.toHaveProperty('0.records.0.Account__c');
    expect(recorder.calls[1]).toHaveProperty('0.records.0.Account__c', '000');
    expect(recorder.removed).toEqual([{ object: 'Account', key: 'a1' }]);
    expect(recorder.saved).toMatchObject([{ key: 'a1', recordId: 'id of a1' }]);
    expect(report.rows).toMatchObject([{ created: 1, updated: 0, failed: 0 }]);
  });

  it.each([
    ['carries no key, and gets ours', null, false],
    ['carries our key', 'c1', false],
    ['carries another key, which stays', 'main:8', true],
  ])('follows a record that was merged into one that %s', async (_case, key, byId) => {
    const answer: Answer = (record) =>
      record['id'] === '003old' || record['Contact__c'] === '003old'
        ? refusal('ENTITY_IS_DELETED', 'reference')
        : created(record);
    const contact = upsert('Contact', 'c1', { target: { recordId: '003old', byId: false } });
    const order = upsert('Order', 'o1', {
      references: [reference('Contact', 'c1', { recordId: '003old' })],
    });
    const recorder = new Recorder(answer);
    recorder.fates.set('003old', { kind: 'merged', recordId: '003new', key });
    const { writer, report } = writerTo(recorder, [contact, order]);
    await writer.add([contact]);
    await writer.flush();
    await writer.add([order]);
    await writer.flush();
    const sent = recorder.calls.flat().flatMap((one) => (one.kind === 'delete' ? [] : one.records));
    expect(sent).toEqual([
      { id: '003old', Woo_Key__c: 'c1' },
      // Who carries another key is kept in step by that one.
      ...(byId ? [] : [{ id: '003new', Woo_Key__c: 'c1' }]),
      { Woo_Key__c: 'o1', Contact__c: '003old' },
      { Woo_Key__c: 'o1', Contact__c: '003new' },
    ]);
    expect(recorder.saved).toMatchObject([
      ...(byId ? [] : [{ key: 'c1', recordId: '003new', byId, hash: 'hash of c1' }]),
      { key: 'o1', hash: 'hash of o1' },
    ]);
    const merged = { lostId: '003old', recordId: '003new', key };
    expect(recorder.followed).toEqual([merged, merged]);
    expect(report.failed).toBe(0);
  });

  it('forgets a link whose key another record carries by now, and says so', async () => {
    const answer: Answer = () => ({
      id: null,
      created: false,
      errors: [
        {
          code: 'DUPLICATE_VALUE',
          kind: 'retry',
          fields: [],
          message: 'duplicate value found: Woo_Key__c duplicates value on record with id: 003x',
        },
      ],
    });
    const { recorder, report } = await write(
      answer,
      upsert('Contact', 'c1', { target: { recordId: '003', byId: false } }),
    );
    expect(recorder.calls).toHaveLength(1);
    expect(recorder.removed).toEqual([{ object: 'Contact', key: 'c1' }]);
    expect(report[0]?.failures).toMatchObject([{ key: 'c1', code: 'KEY_TAKEN' }]);
  });

  it('turns the link of a guest who registered into one by id', async () => {
    const { recorder } = await write(
      created,
      upsert('Contact', 'main:5', {
        target: { recordId: '003', byId: false },
        formerKey: 'main:guest:a@example.com',
        adopted: true,
      }),
    );
    expect(recorder.saved).toMatchObject([
      { key: 'main:5', recordId: '003', byId: false },
      { key: 'main:guest:a@example.com', recordId: '003', byId: true, hash: null },
    ]);
  });
});
