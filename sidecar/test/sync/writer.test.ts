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
import { CountingPage, mappingTo, reference, upsert } from './support.ts';

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

/** An org and a state that keep what they are given, in the order of the calls. */
class Recorder {
  readonly log: string[] = [];
  readonly calls: (readonly Collection[])[] = [];
  readonly saved: SavedLink[] = [];
  readonly removed: Pick<Link, 'object' | 'key'>[] = [];
  readonly #answer: Answer;

  constructor(answer: Answer) {
    this.#answer = answer;
  }

  readonly org: Pick<Org, 'write'> = {
    write: (collections) => {
      this.log.push('write');
      this.calls.push(collections);
      return Promise.resolve(
        collections.map((collection) =>
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
