import { describe, expect, it } from 'vitest';
import { CountingPage, mappingTo, reference, rowOf, upsert } from '../../support/rows.ts';
import { Recorder, created, refusal, type Answer, write, writerTo } from './recorder.ts';

describe('a row that is repeated', () => {
  it('fault 28: repeats a locked row until it goes through', async () => {
    let refusals = 2;
    const locked: Answer = (record) =>
      refusals-- > 0 ? refusal('UNABLE_TO_LOCK_ROW', 'retry') : created(record);
    const { recorder, report } = await write(locked, upsert('Order', 'o1'));
    expect(recorder.calls).toHaveLength(3);
    expect(report).toMatchObject([{ created: 1, failed: 0 }]);
  });

  it('fault 29: repeats only the rows of a collection that may yet go through, and says why the others do not', async () => {
    let locks = 1;
    const answer: Answer = (record) => {
      if (record['Woo_Key__c'] === 'o7' && locks-- > 0)
        return refusal('UNABLE_TO_LOCK_ROW', 'retry');
      return record['Woo_Key__c'] === 'o13'
        ? refusal('STRING_TOO_LONG', 'permanent')
        : created(record);
    };
    const mapping = mappingTo('Order');
    const rows = Array.from({ length: 200 }, (_, at) => upsert('Order', `o${at}`, { mapping }));
    const { recorder, report } = await write(answer, ...rows);
    const keysSent = recorder.calls.map((call) =>
      call.flatMap((sent) =>
        sent.kind === 'delete' ? [] : sent.records.map(({ Woo_Key__c }) => Woo_Key__c),
      ),
    );
    expect(keysSent.map(({ length }) => length)).toEqual([200, 1]);
    expect(keysSent[1]).toEqual(['o7']);
    expect(report).toMatchObject([{ created: 199, failed: 1 }]);
    expect(report[0]?.failures).toEqual([
      { key: 'o13', code: 'STRING_TOO_LONG', message: 'Name: said STRING_TOO_LONG' },
    ]);
    expect(recorder.saved).toHaveLength(199);
  });

  it('gives up on a row that stays locked, and says so', async () => {
    const { recorder, report } = await write(
      () => refusal('UNABLE_TO_LOCK_ROW', 'retry'),
      upsert('Order', 'o1'),
    );
    expect(recorder.calls).toHaveLength(6);
    expect(report).toMatchObject([{ created: 0, failed: 1 }]);
  });

  it('fault 28: lets the items of a locked order wait for it', async () => {
    const there = new Set<unknown>();
    let locks = 2;
    const answer: Answer = (record) => {
      if (record['Woo_Key__c'] === 'o1' && locks-- > 0)
        return refusal('UNABLE_TO_LOCK_ROW', 'retry');
      if (record['Woo_Key__c'] !== 'o1' && !there.has('o1'))
        return refusal('INVALID_FIELD', 'reference');
      there.add(record['Woo_Key__c']);
      return created(record);
    };
    const order = reference('Order', 'o1', { required: true });
    const product = reference('Product2', 'p1', { recordId: '01t' });
    const { recorder, report } = await write(
      answer,
      upsert('Order', 'o1'),
      upsert('Item', 'i1', { references: [order, product] }),
    );
    expect(report).toMatchObject([
      { created: 1, failed: 0 },
      { created: 1, failed: 0 },
    ]);
    expect(recorder.removed).toEqual([]);
    expect(recorder.saved).toMatchObject([
      { key: 'o1', hash: 'hash of o1' },
      { key: 'i1', hash: 'hash of i1' },
    ]);
  });

  it('lets the items of an order wait that is repeated without its contact', async () => {
    const there = new Set<unknown>();
    const answer: Answer = (record) => {
      if ('Contact__c' in record) return refusal('ENTITY_IS_DELETED', 'reference');
      if ('Contact__r' in record) return refusal('INVALID_FIELD', 'reference');
      if ('Order__r' in record && !there.has('o1')) return refusal('INVALID_FIELD', 'reference');
      there.add(record['Woo_Key__c']);
      return created(record);
    };
    const { report } = await write(
      answer,
      upsert('Order', 'o1', { references: [reference('Contact', 'c1', { recordId: '003' })] }),
      upsert('Item', 'i1', { references: [reference('Order', 'o1', { required: true })] }),
    );
    expect(report).toMatchObject([
      { created: 1, failed: 0 },
      { created: 1, failed: 0 },
    ]);
  });

  it.each([
    ['while it waited to be repeated', 'after a call', 0],
    ['while its refusal was being saved', 'at once', 300],
  ])('never writes an older row over a newer one that came %s', async (_case, when, turns) => {
    let locks = 1;
    const answer: Answer = (record) =>
      locks-- > 0 ? refusal('UNABLE_TO_LOCK_ROW', 'retry') : created(record);
    const mapping = mappingTo('Order');
    const page = new CountingPage();
    const version = (Total: number) =>
      upsert('Order', 'o1', { mapping, page, row: rowOf('o1', { Total }) });
    const filler = Array.from({ length: 999 }, (_, at) => upsert('Order', `x${at}`, { mapping }));
    const recorder = new Recorder(answer);
    const didWrite = recorder.state.didWrite.bind(recorder.state);
    recorder.state.didWrite = async (...saved) => {
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      return didWrite(...saved);
    };
    const { writer } = writerTo(recorder, [version(1)]);
    await writer.add([version(1), ...filler]);
    if (when === 'after a call') await writer.add(filler);
    expect(writer.has('Order', 'o1'), 'it waits').toBe(true);
    await writer.add([version(2), ...filler]);
    await writer.flush();
    const totals = recorder.calls
      .flat()
      .flatMap((call) => (call.kind === 'upsert' ? call.records : []))
      .filter(({ Woo_Key__c }) => Woo_Key__c === 'o1')
      .map(({ Total }) => Total);
    expect(totals).toEqual([1, 2]);
    expect(page.open).toBe(0);
  });
});
