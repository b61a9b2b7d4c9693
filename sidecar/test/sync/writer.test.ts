import { describe, expect, it } from 'vitest';

import type { Entry, Removal } from '../../src/sync/entry.ts';
import type {
  Collection,
  ErrorKind,
  ItemResult,
  Link,
  Org,
  SavedLink,
  State,
} from '../../src/sync/ports.ts';
import { Report } from '../../src/sync/report.ts';
import { Writer } from '../../src/sync/writer.ts';
import { CountingPage, mappingTo, reference, rowOf, upsert } from './support.ts';

type Answer = (record: Readonly<Record<string, unknown>>) => ItemResult;

const created: Answer = (record) => ({
  id: `id of ${String(record['Woo_Key__c'])}`,
  created: true,
  errors: [],
});

function refusal(code: string, kind: ErrorKind): ItemResult {
  return {
    id: null,
    created: false,
    errors: [{ code, kind, message: `said ${code}`, fields: ['Name'] }],
  };
}

type Sent = Readonly<Record<string, unknown>>;

type SentCollection =
  | { readonly kind: 'upsert'; readonly object: string; readonly records: readonly Sent[] }
  | Extract<Collection, { kind: 'delete' }>;

function parsed(collection: Collection): SentCollection {
  if (collection.kind === 'delete') return collection;
  const { kind, object, records } = collection;
  return { kind, object, records: records.map((record) => JSON.parse(record) as Sent) };
}

/** An org and a state that keep what they are given, in the order of the calls. */
class Recorder {
  readonly log: string[] = [];
  readonly calls: (readonly SentCollection[])[] = [];
  readonly saved: SavedLink[] = [];
  readonly removed: Pick<Link, 'object' | 'key'>[] = [];
  readonly #answer: Answer;

  constructor(answer: Answer) {
    this.#answer = answer;
  }

  readonly org: Pick<Org, 'write'> = {
    write: (collections) => {
      this.log.push('write');
      const sent = collections.map(parsed);
      this.calls.push(sent);
      return Promise.resolve(
        sent.map((collection) =>
          collection.kind === 'delete'
            ? collection.ids.map((id) => ({ id, created: false, errors: [] }))
            : collection.records.map(this.#answer),
        ),
      );
    },
  };

  readonly state: Pick<State, 'willWrite' | 'didWrite'> = {
    willWrite: (object, keys) => {
      this.log.push(`willWrite ${object} ${keys.join(',')}`);
      return Promise.resolve();
    },
    didWrite: (written, removed) => {
      this.log.push('didWrite');
      this.saved.push(...written);
      this.removed.push(...removed);
      return Promise.resolve();
    },
  };
}

function writerTo(recorder: Recorder, entries: readonly Entry[]) {
  const report = new Report([...new Set(entries.map(({ mapping }) => mapping))]);
  const writer = new Writer({
    org: recorder.org as Org,
    state: recorder.state as State,
    report,
    onWritten: () => Promise.resolve(),
    retryDelayMs: 1,
  });
  return { writer, report };
}

async function write(answer: Answer, ...entries: Entry[]) {
  const recorder = new Recorder(answer);
  const { writer, report } = writerTo(recorder, entries);
  await writer.add(entries);
  await writer.flush();
  return { recorder, report: report.rows };
}

describe('Writer', () => {
  it('forgets the hash of a known record before writing it, and saves the new one after', async () => {
    const known = upsert('Order', 'o1', { linked: true });
    const { recorder } = await write(created, known);
    expect(recorder.log).toEqual(['willWrite Order o1', 'write', 'didWrite']);
    expect(recorder.saved).toMatchObject([
      { object: 'Order', key: 'o1', recordId: 'id of o1', hash: 'hash of o1' },
    ]);
  });

  it('settles every row of a page, written or not', async () => {
    const page = new CountingPage();
    const mapping = mappingTo('Order');
    const bad = (record: Readonly<Record<string, unknown>>) =>
      record['Woo_Key__c'] === 'bad' ? refusal('STRING_TOO_LONG', 'permanent') : created(record);
    const { report } = await write(
      bad,
      upsert('Order', 'good', { page, mapping }),
      upsert('Order', 'bad', { page, mapping }),
    );
    expect(page.open).toBe(0);
    expect(report).toMatchObject([{ created: 1, failed: 1 }]);
    expect(report[0]?.failures).toEqual([
      { key: 'bad', code: 'STRING_TOO_LONG', message: 'Name: said STRING_TOO_LONG' },
    ]);
  });

  it('repeats a locked row until it goes through', async () => {
    let refusals = 2;
    const locked: Answer = (record) =>
      refusals-- > 0 ? refusal('UNABLE_TO_LOCK_ROW', 'retry') : created(record);
    const { recorder, report } = await write(locked, upsert('Order', 'o1'));
    expect(recorder.calls).toHaveLength(3);
    expect(report).toMatchObject([{ created: 1, failed: 0 }]);
  });

  it('gives up on a row that stays locked, and says so', async () => {
    const { recorder, report } = await write(
      () => refusal('UNABLE_TO_LOCK_ROW', 'retry'),
      upsert('Order', 'o1'),
    );
    expect(recorder.calls).toHaveLength(6);
    expect(report).toMatchObject([{ created: 0, failed: 1 }]);
  });

  it('names the record by its key where its id is refused, and forgets the id', async () => {
    const contact = reference('Contact', 'c1', { recordId: '003' });
    const answer: Answer = (record) =>
      'Contact__c' in record
        ? refusal('INVALID_CROSS_REFERENCE_KEY', 'reference')
        : created(record);
    const { recorder } = await write(answer, upsert('Order', 'o1', { references: [contact] }));
    expect(recorder.removed).toEqual([{ object: 'Contact', key: 'c1' }]);
    expect(recorder.calls[1]).toMatchObject([
      { records: [{ Woo_Key__c: 'o1', Contact__r: { Woo_Key__c: 'c1' } }] },
    ]);
    expect(recorder.saved).toMatchObject([{ key: 'o1', hash: 'hash of o1' }]);
  });

  it('writes a record without an optional reference that cannot be had, to be looked at again', async () => {
    const order = reference('Order', 'o1', { required: true, recordId: 'a01' });
    const product = reference('Product2', 'p1');
    const answer: Answer = (record) =>
      'Product2__r' in record ? refusal('INVALID_FIELD', 'reference') : created(record);
    const { recorder } = await write(
      answer,
      upsert('Item', 'i1', { references: [order, product] }),
    );
    expect(recorder.saved).toMatchObject([{ key: 'i1', hash: null }]);
  });

  it('lets the items of a locked order wait for it', async () => {
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

  it('forgets only the reference that was refused', async () => {
    const answer: Answer = (record) =>
      'Contact__c' in record
        ? {
            ...refusal('ENTITY_IS_DELETED', 'reference'),
            errors: [
              {
                code: 'ENTITY_IS_DELETED',
                kind: 'reference',
                message: 'entity is deleted',
                fields: ['Contact__c'],
              },
            ],
          }
        : created(record);
    const references = [
      reference('Account', 'a1', { recordId: '001' }),
      reference('Contact', 'c1', { recordId: '003' }),
    ];
    const { recorder } = await write(answer, upsert('Order', 'o1', { references }));
    expect(recorder.removed).toEqual([{ object: 'Contact', key: 'c1' }]);
  });

  it.each([
    ['is made anew by the upsert', created],
    ['lacks what it requires', () => refusal('REQUIRED_FIELD_MISSING', 'permanent')],
  ])(
    'sends what only a create sends where a known record was deleted in Salesforce and %s',
    async (_case, first: Answer) => {
      const answer: Answer = (record) =>
        'Name' in record ? { ...created(record), created: false } : first(record);
      const row = { ...rowOf('a1'), onCreate: { Name: 'Acme' } };
      const parent = reference('Account', 'a0', { recordId: '001', onCreate: true });
      const { recorder, report } = await write(
        answer,
        upsert('Account', 'a1', { row, linked: true, references: [parent] }),
      );
      const sent = recorder.calls.map(([collection]) => collection);
      expect(sent).toMatchObject([
        { records: [{ Woo_Key__c: 'a1' }] },
        { records: [{ Woo_Key__c: 'a1', Name: 'Acme', Account__c: '001' }] },
      ]);
      expect(sent[0]).not.toHaveProperty('records.0.Account__c');
      expect(report).toMatchObject([{ updated: 1, created: 0, failed: 0 }]);
    },
  );

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
      await didWrite(...saved);
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

  it('saves the results of one call at a time', async () => {
    const recorder = new Recorder(created);
    let saving = 0;
    let most = 0;
    recorder.state.didWrite = async () => {
      most = Math.max(most, (saving += 1));
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      saving -= 1;
    };
    const mapping = mappingTo('Order');
    const rows = Array.from({ length: 3500 }, (_, at) => upsert('Order', `o${at}`, { mapping }));
    const { writer } = writerTo(recorder, rows);
    await writer.add(rows);
    await writer.flush();
    expect(recorder.calls).toHaveLength(4);
    expect(most).toBe(1);
  });

  it('deletes by record id and forgets the link', async () => {
    const mapping = mappingTo('Item');
    const base = { kind: 'delete', mapping, object: 'Item', page: new CountingPage() } as const;
    const stale: Removal = { ...base, key: 'i1', recordId: 'a02', attempt: 0 };
    const { recorder, report } = await write(created, stale);
    expect(recorder.calls).toEqual([[{ kind: 'delete', object: 'Item', ids: ['a02'] }]]);
    expect(recorder.removed).toEqual([{ object: 'Item', key: 'i1' }]);
    expect(report).toMatchObject([{ removed: 1 }]);
  });

  it('passes an outage on instead of going on without the org', async () => {
    const recorder = new Recorder(created);
    const entry = upsert('Order', 'o1');
    const { writer } = writerTo(recorder, [entry]);
    recorder.org.write = () => Promise.reject(new Error('org is away'));
    await writer.add([entry]);
    await expect(writer.flush()).rejects.toThrow('org is away');
    expect(recorder.saved).toEqual([]);
  });
});
