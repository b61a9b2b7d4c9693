import { describe, expect, it, vi } from 'vitest';
import {
  type Collection,
  type DescribedObject,
  type ItemResult,
  PartlyWritten,
} from '../../../../src/ports/org.ts';
import { Attentions } from '../../../../src/sync/report/attention/attentions.ts';
import type { StoreSnapshot } from '../../../../src/sync/report/status/store-snapshot.ts';
import { StatusWriter } from '../../../../src/sync/report/status/status-writer.ts';
import { MemoryState } from '../../../support/memory-state.ts';
import { ago, error, snapshot } from './snapshot.ts';

const OBJECT = 'Woo_Store_Status__c';

function world() {
  const stores = new Map<string, Partial<StoreSnapshot>>([
    ['main', {}],
    ['second', { storeOut: error('WOO_UNREACHABLE') }],
  ]);
  const sent: Record<string, unknown>[][] = [];
  const logged: unknown[] = [];
  const org = {
    refusal: null as ItemResult | null,
    /** Fields that the org does not have. */
    lacks: new Set<string>(),
    described: 0,
    describe: (objects: readonly string[]) => {
      org.described += 1;
      const lacks = new Set([...org.lacks].map((name) => name.toLowerCase()));
      const fields = { get: (name: string) => ({ updateable: !lacks.has(name) }) };
      const described = { fields } as unknown as DescribedObject;
      return Promise.resolve(new Map(objects.map((object) => [object, described])));
    },
    refused: (text: string): ItemResult | null => {
      const name = Object.keys(JSON.parse(text) as object).find((one) => org.lacks.has(one));
      if (name === undefined) return org.refusal;
      const message = `No such column '${name}' on sobject of type ${OBJECT}`;
      const error = { code: 'INVALID_FIELD', kind: 'setup', message, fields: [name] } as const;
      return { id: null, created: false, errors: [error] };
    },
    write: (collections: readonly Collection[]) => {
      const rows = collections.map((one) => (one.kind === 'delete' ? [] : one.records));
      sent.push(rows.flat().map((text) => JSON.parse(text) as Record<string, unknown>));
      const taken: ItemResult = { id: 'a02', created: true, errors: [] };
      return Promise.resolve(rows.map((some) => some.map((text) => org.refused(text) ?? taken)));
    },
    open: [] as readonly string[],
    queries: () => Promise.resolve([org.open.map((key) => ({ Id: 'a02', Cause_Key__c: key }))]),
  };
  const log = (fields: Readonly<Record<string, unknown>>) => logged.push(fields['code']);
  const look = () =>
    Promise.resolve([...stores].map(([store, over]) => snapshot({ store, ...over })));
  const writer = new StatusWriter({
    org,
    snapshot: look,
    attentions: new Attentions({ org, state: new MemoryState() }),
    log: { info: log, warn: log, error: log },
  });
  return { writer, stores, sent, logged, org };
}

describe('StatusWriter', () => {
  it('writes all stores together, by their keys, and again only when one has news', async () => {
    const { writer, stores, sent } = world();
    await writer.say();
    await writer.say();
    expect(sent.map((rows) => rows.map(({ Store__c, State__c }) => [Store__c, State__c]))).toEqual([
      [
        ['main', 'healthy'],
        ['second', 'unreachable'],
      ],
    ]);
    stores.set('second', {});
    await writer.say();
    expect(sent[1]?.map((row) => row['State__c'])).toEqual(['healthy', 'healthy']);
  });

  it('writes nothing where there are no stores', async () => {
    const { writer, stores, sent } = world();
    stores.clear();
    await writer.say();
    expect(sent).toEqual([]);
  });

  it('logs a refusal once, and does not repeat the call before there is news', async () => {
    const { writer, stores, sent, logged, org } = world();
    const refused = { code: 'INVALID_FIELD', kind: 'setup', message: 'No.', fields: [] } as const;
    org.refusal = { id: null, created: false, errors: [refused] };
    await writer.say();
    await writer.say();
    stores.set('main', { openIssues: 9 });
    await writer.say();
    expect(sent).toHaveLength(2);
    expect(logged).toEqual(['INVALID_FIELD']);
  });

  it('writes what an org of earlier metadata has, says once what is missing, and all of it once it is deployed', async () => {
    const { writer, stores, sent, logged, org } = world();
    const lacks = ['Silent_After__c', 'Watched__c'];
    org.lacks = new Set(lacks);
    await writer.say();
    expect(sent[1]).toMatchObject([
      { Store__c: 'main', State__c: 'attention', Backlog__c: 0 },
      { Store__c: 'second', State__c: 'unreachable' },
    ]);
    expect(sent[1]?.[0]?.['Message__c']).toMatch(
      /newer than the metadata: not shown are Silent_After__c, Watched__c\. Deploy force-app/,
    );
    stores.set('main', { openIssues: 9 });
    await writer.say();
    expect(sent).toHaveLength(3);
    expect([logged, org.described]).toEqual([['INVALID_FIELD'], 1]);
    org.lacks = new Set();
    for (const store of stores.keys()) stores.set(store, { now: ago(-3600) });
    await writer.say();
    expect(sent.at(-1)).toMatchObject([{ Watched__c: true, State__c: 'healthy' }, {}]);
    expect([logged, org.described]).toEqual([['INVALID_FIELD'], 2]);
  });

  it('opens attentions in an org of earlier metadata without the fields that it lacks', async () => {
    const { writer, stores, sent, logged, org } = world();
    org.lacks = new Set(['Records__c', 'Solved_At__c']);
    stores.set('second', { storeOut: error('WOO_KEY_REFUSED') });
    await writer.say();
    expect(sent).toHaveLength(2);
    expect(sent[1]).toMatchObject([{ Cause__c: 'key_refused', State__c: 'open' }]);
    expect(sent[1]?.[0]).not.toHaveProperty('Solved_At__c');
    expect([logged, org.described]).toEqual([['INVALID_FIELD'], 1]);
    await writer.say();
    expect(sent).toHaveLength(2);
  });

  it('solves an attention that the org has taken before it took no changes any more', async () => {
    const { writer, stores, sent, org } = world();
    stores.set('second', { storeOut: error('WOO_KEY_REFUSED') });
    const write = vi
      .spyOn(org, 'write')
      .mockRejectedValueOnce(new PartlyWritten(error('SF_READ_ONLY'), []));
    await expect(writer.say()).rejects.toMatchObject({ code: 'SF_READ_ONLY' });
    const [[opening]] = write.mock.calls as unknown as [[{ records: readonly string[] }[]]];
    const { Cause_Key__c: key } = JSON.parse(opening[0]?.records[0] ?? '') as Record<
      string,
      string
    >;
    org.open = [key ?? ''];
    stores.set('second', {});
    await writer.say();
    expect(sent[0]?.[0]).toMatchObject({ id: 'a02', State__c: 'solved' });
  });

  it('solves an attention by its record, so that one that somebody deleted is not made anew', async () => {
    const { writer, stores, org } = world();
    stores.set('second', { storeOut: error('WOO_KEY_REFUSED') });
    await writer.say();
    const write = vi.spyOn(org, 'write');
    stores.set('second', {});
    await writer.say();
    const [[solving]] = write.mock.calls as unknown as [[Collection[]]];
    const records = solving.flatMap((one) =>
      one.kind !== 'delete' && one.object === 'Woo_Attention__c' ? one.records : [],
    );
    expect(solving[0]).toMatchObject({ kind: 'update', object: 'Woo_Attention__c' });
    expect(records.map((text) => Object.keys(JSON.parse(text) as object))).toEqual([
      ['id', 'State__c', 'Solved_At__c'],
    ]);
  });

  it('writes two thousand stores in calls of a thousand rows', async () => {
    const { writer, stores, sent } = world();
    stores.set('second', { storeOut: error('WOO_KEY_REFUSED') });
    for (let at = 2; at < 2001; at += 1) stores.set(`store${at}`, {});
    await writer.say();
    expect(sent.map(({ length }) => length)).toEqual([801, 1000, 201]);
    const shown = sent.flat().filter((row) => 'Watched__c' in row);
    expect(new Set(shown.map(({ Store__c }) => Store__c)).size).toBe(2001);
  });
});
