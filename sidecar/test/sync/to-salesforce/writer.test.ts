import { describe, expect, it } from 'vitest';
import type { Link, MergedRecord, SavedLink } from '../../../src/ports/link.ts';
import type {
  Collection,
  ErrorKind,
  RecordState,
  ItemResult,
  Missing,
  Org,
} from '../../../src/ports/org.ts';
import { CodedError } from '../../../src/errors/coded-error.ts';
import { PartlyWritten } from '../../../src/ports/org.ts';
import type { State } from '../../../src/ports/state.ts';
import type { PendingWrite, PendingDelete } from '../../../src/sync/model/pending-write.ts';
import { Report } from '../../../src/sync/report/run-report.ts';
import { Writer } from '../../../src/sync/to-salesforce/writer.ts';
import { CountingPage, mappingTo, reference, rowOf, upsert } from '../../support/rows.ts';

type Answer = (record: Readonly<Record<string, unknown>>) => ItemResult;

const created: Answer = (record) =>
  'id' in record
    ? { id: String(record['id']), created: false, errors: [] }
    : { id: `id of ${String(record['Woo_Key__c'])}`, created: true, errors: [] };

function refusal(code: string, kind: ErrorKind): ItemResult {
  return {
    id: null,
    created: false,
    errors: [{ code, kind, message: `said ${code}`, fields: ['Name'] }],
  };
}

type Sent = Readonly<Record<string, unknown>>;

type SentCollection =
  | {
      readonly kind: 'upsert' | 'update';
      readonly object: string;
      readonly records: readonly Sent[];
    }
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
  readonly followed: MergedRecord[] = [];
  /** What became of records, for those who ask; of others nothing is known. */
  readonly fates = new Map<string, RecordState>();
  readonly searched: Missing[] = [];
  readonly #answer: Answer;

  constructor(answer: Answer) {
    this.#answer = answer;
  }

  readonly org: Pick<Org, 'write' | 'recordStates'> = {
    recordStates: (missing) => {
      this.searched.push(...missing);
      return Promise.resolve(this.fates);
    },
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

  readonly state: Pick<State, 'willWrite' | 'didWrite' | 'followMerged' | 'cursor' | 'saveCursor'> =
    {
      cursor: () => Promise.resolve(null),
      saveCursor: () => Promise.resolve(),
      followMerged: (merged) => {
        this.followed.push(...merged);
        return Promise.resolve([]);
      },
      willWrite: (object, keys) => {
        this.log.push(`willWrite ${object} ${keys.join(',')}`);
        return Promise.resolve();
      },
      didWrite: (written, removed) => {
        this.log.push('didWrite');
        this.saved.push(...written);
        this.removed.push(...removed);
        return Promise.resolve([]);
      },
    };
}

function writerTo(
  recorder: Recorder,
  entries: readonly PendingWrite[],
  totals?: ConstructorParameters<typeof Writer>[0]['totals'],
) {
  const report = new Report([...new Set(entries.map(({ mapping }) => mapping))]);
  const writer = new Writer({
    org: recorder.org as Org,
    state: recorder.state as State,
    report,
    onWritten: () => Promise.resolve(),
    retryDelayMs: 1,
    ...(totals && { totals }),
  });
  return { writer, report };
}

async function write(answer: Answer, ...entries: PendingWrite[]) {
  const recorder = new Recorder(answer);
  const { writer, report } = writerTo(recorder, entries);
  await writer.add(entries);
  await writer.flush();
  return { recorder, report: report.rows };
}

describe('Writer', () => {
  it('forgets the hash of a known record before writing it, and saves the new one after', async () => {
    const known = upsert('Order', 'o1', { target: { recordId: 'a01', byId: false } });
    const { recorder } = await write(created, known);
    expect(recorder.log).toEqual(['willWrite Order o1', 'write', 'didWrite']);
    expect(recorder.saved).toMatchObject([
      { object: 'Order', key: 'o1', recordId: 'a01', hash: 'hash of o1', byId: false },
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
      ...{ row, references: [parent], target: { recordId: '001', byId: false } },
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
      ...{ id: null, created: false },
      errors: [
        {
          ...{ code: 'DUPLICATE_VALUE', kind: 'retry', fields: [] },
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

  it('fault 30: says what to do about a duplicate rule that blocks', async () => {
    const { report } = await write(
      () => refusal('DUPLICATES_DETECTED', 'permanent'),
      upsert('Contact', 'c1'),
    );
    expect(report[0]?.failures[0]?.message).toMatch(
      /said DUPLICATES_DETECTED.*duplicate rule.*match by/,
    );
  });

  it('turns the link of a guest who registered into one by id', async () => {
    const { recorder } = await write(
      created,
      upsert('Contact', 'main:5', {
        ...{ target: { recordId: '003', byId: false }, formerKey: 'main:guest:a@example.com' },
        adopted: true,
      }),
    );
    expect(recorder.saved).toMatchObject([
      { key: 'main:5', recordId: '003', byId: false },
      { key: 'main:guest:a@example.com', recordId: '003', byId: true, hash: null },
    ]);
  });

  it('names a record by its id, even where ids were refused, if it carries another key', async () => {
    const references = [
      reference('Contact', 'c1', { recordId: '003', byId: true }),
      reference('Account', 'a1', { recordId: '001' }),
    ];
    const answer: Answer = (record) =>
      'Account__c' in record
        ? refusal('INVALID_CROSS_REFERENCE_KEY', 'reference')
        : created(record);
    const { recorder } = await write(answer, upsert('Order', 'o1', { references }));
    expect(recorder.calls[1]).toMatchObject([
      { records: [{ Contact__c: '003', Account__r: { Woo_Key__c: 'a1' } }] },
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

  it('saves the results of one call at a time', async () => {
    const recorder = new Recorder(created);
    let saving = 0;
    let most = 0;
    recorder.state.didWrite = async () => {
      most = Math.max(most, (saving += 1));
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      saving -= 1;
      return [];
    };
    const mapping = mappingTo('Order');
    const rows = Array.from({ length: 3500 }, (_, at) => upsert('Order', `o${at}`, { mapping }));
    const { writer } = writerTo(recorder, rows);
    await writer.add(rows);
    await writer.flush();
    expect(recorder.calls).toHaveLength(4);
    expect(most).toBe(1);
  });

  describe('while the org works on a call', () => {
    /** A writer whose calls are answered one by one, and rows for it. */
    function held(count: number) {
      const recorder = new Recorder(created);
      const mapping = mappingTo('Order');
      const rows = Array.from({ length: count }, (_, at) => upsert('Order', `o${at}`, { mapping }));
      const { writer } = writerTo(recorder, rows);
      const { write } = recorder.org;
      const answers: PromiseWithResolvers<undefined>[] = [];
      recorder.org.write = async (collections) => {
        const answer = Promise.withResolvers<undefined>();
        answers.push(answer);
        await answer.promise;
        return write(collections);
      };
      return { writer, rows, recorder, answers };
    }

    it('takes rows for the next one, and sends it without being asked', async () => {
      const { writer, rows, answers } = held(2500);
      await writer.add(rows.slice(0, 1500));
      await writer.add(rows.slice(1500));
      expect(answers).toHaveLength(1);
      answers[0]?.resolve(undefined);
      await expect.poll(() => answers.length).toBe(2);
      answers[1]?.resolve(undefined);
      const flushed = writer.flush();
      await expect.poll(() => answers.length).toBe(3);
      answers[2]?.resolve(undefined);
      await flushed;
    });

    it('lets whoever brings more wait', async () => {
      const { writer, rows, recorder, answers } = held(3000);
      const added = writer.add(rows).then(() => recorder.calls.length);
      await expect.poll(() => answers.length).toBe(1);
      answers[0]?.resolve(undefined);
      // One call was carried out when the rows were taken: one is under way, and one waits.
      expect(await added).toBe(1);
    });

    it('sends no other beside it, though rows for one come while all are flushed', async () => {
      const { writer, rows, answers } = held(1500);
      await writer.add(rows.slice(0, 500));
      const flushed = writer.flush();
      await writer.add(rows.slice(500));
      await new Promise(setImmediate);
      expect(answers).toHaveLength(1);
      answers[0]?.resolve(undefined);
      await expect.poll(() => answers.length).toBe(2);
      answers[1]?.resolve(undefined);
      await flushed;
    });

    it('tells whoever brings more that the org is away', async () => {
      const { writer, rows, answers } = held(3000);
      await writer.add(rows.slice(0, 1000));
      answers[0]?.reject(new Error('org is away'));
      // Nobody waits for it yet.
      await new Promise(setImmediate);
      await expect(writer.add(rows.slice(1000))).rejects.toThrow('org is away');
      await expect(writer.flush()).rejects.toThrow('org is away');
      expect(answers).toHaveLength(1);
    });
  });

  it('deletes by record id and forgets the link', async () => {
    const mapping = mappingTo('Item');
    const base = {
      kind: 'delete',
      mapping,
      object: 'Item',
      parentKey: null,
      page: new CountingPage(),
    } as const;
    const stale: PendingDelete = { ...base, key: 'i1', recordId: 'a02', attempt: 0 };
    const { recorder, report } = await write(created, stale);
    expect(recorder.calls).toEqual([[{ kind: 'delete', object: 'Item', ids: ['a02'] }]]);
    expect(recorder.removed).toEqual([{ object: 'Item', key: 'i1' }]);
    expect(report).toMatchObject([{ removed: 1 }]);
  });

  it('remembers what an org has taken before it took no changes any more, and reads the page again', async () => {
    const recorder = new Recorder(created);
    const page = new CountingPage();
    const [taken, refused, bad] = ['o1', 'o2', 'o3'].map((key) => upsert('Order', key, { page }));
    const rows = [taken, refused, bad].flatMap((row) => row ?? []);
    const released: string[] = [];
    const { writer, report } = writerTo(recorder, rows, {
      ...{ size: 0, take: () => [], took: () => Promise.resolve(), made: () => Promise.resolve() },
      release: () => Promise.resolve(void released.push('totals')),
    });
    const over = new CodedError('SF_READ_ONLY', 'It takes no changes.', 'Wait.');
    const results = [
      { id: 'a01', created: true, errors: [] },
      refusal('INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE', 'retry'),
      refusal('STRING_TOO_LONG', 'permanent'),
    ];
    recorder.org.write = () => Promise.reject(new PartlyWritten(over, [results]));
    await writer.add(rows);
    await expect(writer.flush()).rejects.toMatchObject({ code: 'SF_READ_ONLY' });
    expect(released).toEqual(['totals']);
    expect(recorder.saved).toMatchObject([{ key: 'o1', recordId: 'a01' }]);
    // What else was refused is said when it is read again.
    expect(report.rows[0]).toMatchObject({ created: 1, failed: 0 });
    expect(page.open).toBe(3);
  });

  it('announces what it is about to make, and not what it has made a moment ago', async () => {
    const agrees = { Name: ['w', 's'] } as const;
    const recorder = new Recorder(created);
    const { log } = recorder;
    const known = new Map<string, object>();
    Object.assign(recorder.state, {
      links: () => {
        log.push('links');
        return Promise.resolve(new Map(known));
      },
      didWrite: async (saved: readonly SavedLink[]) => {
        await new Promise(setImmediate);
        for (const one of saved) known.set(one.key, one);
        log.push('didWrite');
        return [];
      },
    });
    const announced: string[] = [];
    const writer = new Writer({
      ...{ org: recorder.org as Org, state: recorder.state as State },
      report: new Report([mappingTo('Order')]),
      onWritten: () => Promise.resolve(),
      twoWay: {
        saveBase: (pairs) => {
          for (const { key, recordId } of pairs)
            if (recordId.startsWith('coming since ')) announced.push(key);
          return Promise.resolve();
        },
      },
    });
    const row = (key: string) => upsert('Order', key, { agrees, mapping: mappingTo('Order') });
    const { write: send } = recorder.org;
    recorder.org.write = async (collections) => {
      // A newer row of the same record comes while the call is under way.
      if (recorder.calls.length === 0) await writer.add([row('o1'), row('o2')]);
      return send(collections);
    };
    await writer.add([row('o1')]);
    await writer.flush();
    expect(announced).toEqual(['o1', 'o2']);
    expect(log).toEqual(['links', 'write', 'didWrite', 'links', 'write', 'didWrite']);
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
