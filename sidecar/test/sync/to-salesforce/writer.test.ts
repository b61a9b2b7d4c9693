import { describe, expect, it } from 'vitest';
import type { SavedLink } from '../../../src/ports/link.ts';
import type { Org } from '../../../src/ports/org.ts';
import type { State } from '../../../src/ports/state.ts';
import type { PendingDelete } from '../../../src/sync/model/pending-write.ts';
import { Report } from '../../../src/sync/report/run-report.ts';
import { Writer } from '../../../src/sync/to-salesforce/writer.ts';
import { CountingPage, mappingTo, upsert } from '../../support/rows.ts';
import { Recorder, created, refusal, write, writerTo } from './recorder.ts';

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

  it('fault 30: says what to do about a duplicate rule that blocks', async () => {
    const { report } = await write(
      () => refusal('DUPLICATES_DETECTED', 'permanent'),
      upsert('Contact', 'c1'),
    );
    expect(report[0]?.failures[0]?.message).toMatch(
      /said DUPLICATES_DETECTED.*duplicate rule.*match by/,
    );
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
    const agreed: string[] = [];
    const made: string[] = [];
    const writer = new Writer({
      org: recorder.org as Org,
      state: recorder.state as State,
      report: new Report([mappingTo('Order')]),
      onWritten: () => Promise.resolve(),
      twoWay: {
        saveBase: (pairs) => {
          for (const { key, recordId } of pairs)
            (recordId.startsWith('coming since ') ? announced : agreed).push(key);
          return Promise.resolve();
        },
        saveMade: (coming, pairs) => {
          expect(coming).toMatch(/^coming since /);
          made.push(...pairs.map(({ key }) => key));
          // Something else is known of it by now.
          return Promise.resolve(pairs.filter(({ key }) => key === 'o2'));
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
    expect(made).toEqual(['o1', 'o2']);
    // The newer row, and what did not come as it was announced.
    expect(agreed).toEqual(['o1', 'o2']);
    expect(log).toEqual(['links', 'write', 'didWrite', 'links', 'write', 'didWrite']);
  });

  it('keeps what it has written over for good before it saves that both sides hold it', async () => {
    const guard = { name: 'Name', field: 'Name', held: 'Tea', written: 'Mug', modified: '' };
    const mapping = mappingTo('Order');
    const entry = upsert('Order', 'o1', {
      mapping,
      target: { recordId: 'a01', byId: false },
      agrees: { Name: ['w', 's'] },
      guards: [{ ...guard, form: String }],
    });
    const recorder: Recorder = new Recorder((record) =>
      recorder.calls.length === 1
        ? { ...created(record), before: { Name: 'Cup' } }
        : refusal('TOO_LATE', 'permanent'),
    );
    const { log } = recorder;
    const told: string[] = [];
    const writer = new Writer({
      org: recorder.org as Org,
      state: recorder.state as State,
      report: new Report([mapping], {
        failed: (_, { code }) => told.push(code),
        seen: () => undefined,
      }),
      onWritten: () => Promise.resolve(),
      keepDecided: () => Promise.resolve(void log.push(`keepDecided ${told.join()}`)),
      twoWay: {
        saveBase: () => Promise.resolve(void log.push('saveBase')),
        saveMade: () => Promise.resolve([]),
      },
    });
    await writer.add([entry]);
    await writer.flush();
    expect(log).toEqual([
      'willWrite Order o1',
      'write',
      'write',
      'keepDecided CONFLICT_DECIDED',
      'didWrite',
      'saveBase',
    ]);
  });

  it('settles no row of a page before its result is saved', async () => {
    const page = new CountingPage();
    const recorder = new Recorder(created);
    const open: number[] = [];
    const { didWrite } = recorder.state;
    const state = {
      ...recorder.state,
      didWrite: (...given: Parameters<typeof didWrite>) => {
        open.push(page.open);
        return didWrite(...given);
      },
    };
    const entry = upsert('Order', 'o1', { page });
    const { writer } = writerTo(Object.assign(recorder, { state }), [entry]);
    await writer.add([entry]);
    await writer.flush();
    expect(open).toEqual([1]);
    expect(page.open).toBe(0);
  });
});
