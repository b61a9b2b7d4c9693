import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../src/errors/coded-error.ts';
import type { Issue, UnreportedIssue } from '../../../src/ports/issues.ts';
import type { Collection, ItemError, ItemResult, Org } from '../../../src/ports/org.ts';
import { ISSUE_LENGTHS, issueRow } from '../../../src/sync/report/issue-row.ts';
import { IssueWriter, type IssueWriterParts } from '../../../src/sync/report/issue-writer.ts';
import { fieldLength, hasField, picklistOf } from '../../support/field-lengths.ts';
import { MemoryChangeQueue } from '../../support/memory-change-queue.ts';
import { MemoryState } from '../../support/memory-state.ts';

const OBJECT = 'Woo_Sync_Issue__c';
type Row = Record<string, unknown>;

/** An org that holds issues, as people may have changed them. */
class IssueOrg implements Pick<Org, 'queries' | 'write'> {
  readonly rows = new Map<string, Row>();
  readonly refused = new Map<string, ItemError>();
  readonly sizes: number[][] = [];
  calls = 0;
  fails: CodedError | null = null;

  queries(soql: readonly string[]): Promise<readonly (readonly Row[])[]> {
    this.calls += 1;
    if (this.fails) return Promise.reject(this.fails);
    return Promise.resolve(
      soql.map((one) => {
        const [, store] = /Store__c IN \('(\w+)', '\*'\) AND State__c = 'open'/.exec(one) ?? [];
        if (store !== undefined)
          return [...this.rows.values()].filter(
            (row) => row['Store__c'] === store && row['State__c'] === 'open',
          );
        const keys = [...one.matchAll(/'([^']*)'/g)].map(([, key]) => key ?? '');
        return keys.map((key) => this.rows.get(key)).filter((row) => row !== undefined);
      }),
    );
  }

  write(collections: readonly Collection[]): Promise<readonly (readonly ItemResult[])[]> {
    this.calls += 1;
    const sent = collections.map((one) => (one.kind === 'upsert' ? one.records : []));
    this.sizes.push(sent.map((records) => records.length));
    return Promise.resolve(sent.map((records) => records.map((text) => this.#upsert(text))));
  }

  #upsert(text: string): ItemResult {
    const row = JSON.parse(text) as Row;
    const key = String(row['Issue_Key__c']);
    const error = this.refused.get(key);
    if (error) return { id: null, created: false, errors: [error] };
    const held = this.rows.get(key);
    this.rows.set(key, { State__c: 'open', Resolution__c: null, ...held, ...row });
    return { id: key, created: !held, errors: [] };
  }
}

function issue(key: string, over: Partial<UnreportedIssue> = {}): UnreportedIssue {
  return {
    key,
    kind: 'failed',
    store: 'main',
    resource: 'order',
    recordKey: 'main:7',
    object: 'Woo_Order__c',
    recordId: null,
    code: 'STRING_TOO_LONG',
    field: 'Name',
    wooValue: null,
    salesforceValue: null,
    reason: 'Name: data value too large',
    cure: 'Shorten it.',
    retry: 'never',
    change: { resource: 'order', key: 'main:7' },
    attempts: 2,
    state: 'open',
    version: 3,
    absorbedBy: null,
    parts: [],
    firstSeen: new Date('2026-11-24T10:00:00Z'),
    lastSeen: new Date('2026-11-24T11:00:00Z'),
    ...over,
  };
}

function world(...issues: UnreportedIssue[]) {
  const org = new IssueOrg();
  const unsaid = new Map(issues.map((one) => [one.key, one]));
  const asked: number[] = [];
  const logged: { code: unknown; message: string }[] = [];
  const time = { now: Date.parse('2026-11-24T12:00:00Z') };
  const log = (fields: Readonly<Record<string, unknown>>, message: string) => {
    logged.push({ code: fields['code'], message });
  };
  const parts: IssueWriterParts = {
    org,
    issueStore: {
      group: () => Promise.resolve(),
      unreported: (most) => {
        asked.push(most);
        return Promise.resolve([...unsaid.values()].slice(0, most));
      },
      markReported: (some) => {
        for (const { key, version } of some)
          if (unsaid.get(key)?.version === version) unsaid.delete(key);
        return Promise.resolve();
      },
      known: (keys) => Promise.resolve(new Set(keys.filter((key) => unsaid.has(key)))),
    },
    clock: { now: () => new Date(time.now) },
    log: { info: log, warn: log, error: log },
  };
  const writer = new IssueWriter(parts);
  return { org, parts, writer, unsaid, asked, logged, time };
}

describe('issueRow', () => {
  it('knows how long the deployed fields are', () => {
    const deployed = Object.keys(ISSUE_LENGTHS).map((field) => [field, fieldLength(OBJECT, field)]);
    expect(Object.fromEntries(deployed)).toEqual(ISSUE_LENGTHS);
  });

  it('fills only fields and values that are deployed', () => {
    const row = issueRow(issue('k', { state: 'resolved' }), undefined);
    expect(Object.keys(row).filter((field) => !hasField(OBJECT, field))).toEqual([]);
    for (const field of ['Kind__c', 'State__c', 'Resource__c', 'Resolution__c'])
      expect(picklistOf(OBJECT, field)).toContain(row[field]);
  });

  it('says who and what, when, and how often', () => {
    expect(issueRow(issue('order:Woo_Order__c:main:7', { recordId: 'a01' }), undefined)).toEqual({
      Issue_Key__c: 'order:Woo_Order__c:main:7',
      Store__c: 'main',
      Woo_Id__c: '7',
      Salesforce_Object__c: 'Woo_Order__c',
      Record_Id__c: 'a01',
      Kind__c: 'failed',
      Resource__c: 'order',
      Code__c: 'STRING_TOO_LONG',
      Field__c: 'Name',
      Attempts__c: 2,
      Reason__c: 'Name: data value too large',
      What_To_Do__c: 'Shorten it.',
      Woo_Value__c: null,
      Salesforce_Value__c: null,
      First_Seen__c: '2026-11-24T10:00:00.000Z',
      Last_Seen__c: '2026-11-24T11:00:00.000Z',
      State__c: 'open',
    });
  });

  it('cuts messages to their fields, and never a character in half', () => {
    const row = issueRow(
      issue('k', {
        code: `${'A'.repeat(78)}😀B`,
        reason: 'x'.repeat(5000),
        cure: 'y'.repeat(4000),
      }),
      undefined,
    );
    expect(row['Code__c']).toBe(`${'A'.repeat(78)}…`);
    expect(row['Reason__c']).toBe(`${'x'.repeat(3999)}…`);
    expect(row['What_To_Do__c']).toBe('y'.repeat(4000));
  });

  it('names the parts that wait for its record, by their kinds', () => {
    const items = Array.from({ length: 12 }, (_, at) => `order_item main:${at + 1}`);
    const row = issueRow(issue('k', { parts: [...items, 'refund main:99'] }), undefined);
    expect(row['Reason__c']).toBe(
      [
        'Name: data value too large',
        'With it 12 items wait: main:1, main:2, main:3, main:4, main:5, main:6, main:7, main:8, main:9, main:10 and 2 more.',
        'With it 1 refund waits: main:99.',
      ].join('\n'),
    );
  });

  it('names the variations of a product however long its reason is', () => {
    const parts = ['product main:66', 'product main:67'];
    const row = issueRow(issue('k', { reason: 'x'.repeat(5000), parts }), undefined);
    const said = String(row['Reason__c']);
    expect(said).toHaveLength(4000);
    expect(said.endsWith('x…\nWith it 2 variations wait: main:66, main:67.')).toBe(true);
  });

  it('says of a part that was shown where it is counted now', () => {
    const part = issue('k', { resource: 'refund', absorbedBy: 'order:Woo_Order__c:main:7' });
    const there = { state: 'open', hasResolution: false };
    expect(issueRow(part, there)).toMatchObject({
      State__c: 'resolved',
      Reason__c:
        'It waits for what it is a part of: see the issue order:Woo_Order__c:main:7. Name: data value too large',
    });
  });
});

describe('IssueWriter', () => {
  it('asks nothing of the org when there is nothing to say', async () => {
    const { org, writer, asked } = world();
    await writer.say();
    expect(asked).toEqual([1000]);
    expect(org.calls).toBe(0);
  });

  it('says a thousand in one question and one write, in collections of two hundred', async () => {
    const issues = Array.from({ length: 1000 }, (_, at) => issue(`order:Woo_Order__c:main:${at}`));
    const { org, writer, unsaid } = world(...issues);
    await writer.say();
    expect(org.calls).toBe(2);
    expect(org.sizes).toEqual([[200, 200, 200, 200, 200]]);
    expect(org.rows.size).toBe(1000);
    expect(unsaid.size).toBe(0);
  });

  it.each([
    ['ignored', null],
    ['open', 'take_woo'],
    ['ignored', 'ignore'],
  ])(
    'leaves an open issue %s with the resolution %s, as a person set it',
    async (state, choice) => {
      const { org, writer } = world(issue('k', { reason: 'Again.' }));
      org.rows.set('k', { Issue_Key__c: 'k', State__c: state, Resolution__c: choice });
      await writer.say();
      expect(org.rows.get('k')).toMatchObject({
        State__c: state,
        Resolution__c: choice,
        Reason__c: 'Again.',
      });
    },
  );

  it('closes what stands open, is of no record and nobody knows, and nothing else', async () => {
    const { org, writer } = world(issue('known'));
    const open = { Store__c: 'main', State__c: 'open', Resolution__c: null };
    org.rows.set('known', { Issue_Key__c: 'known', ...open });
    org.rows.set('forgotten', { Issue_Key__c: 'forgotten', ...open });
    org.rows.set('ignored', { Issue_Key__c: 'ignored', ...open, State__c: 'ignored' });
    org.rows.set('other', { Issue_Key__c: 'other', ...open, Store__c: 'eu' });
    expect(await writer.takeBack('main', () => false)).toEqual({ issues: [], isWhole: true });
    const states = [...org.rows].map(([key, row]) => [key, row['State__c'], row['Resolution__c']]);
    expect(states).toEqual([
      ['known', 'open', null],
      ['forgotten', 'resolved', 'by_itself'],
      ['ignored', 'ignored', null],
      ['other', 'open', null],
    ]);
    org.calls = 0;
    await writer.takeBack('main', () => false);
    expect(org.calls).toBe(1);
  });

  it('takes back what is of a record, whether it fails still or not, and closes what stands for many', async () => {
    const { org, writer } = world();
    const of = (key: string, over: Partial<Issue> = {}) =>
      org.rows.set(key, { ...issueRow(issue(key, over), undefined), State__c: 'open' });
    of('order:Woo_Order__c:main:7');
    of('order_item:Woo_Order_Item__c:main:71', { resource: 'order_item', recordKey: 'main:71' });
    of('group:order:Woo_Order__c:main#X.Name', { recordKey: 'main:*' });
    of('setup:Woo_Store__mdt:main budget', { recordKey: 'main:main budget', resource: null });
    const { issues, isWhole } = await writer.takeBack('main', () => false);
    expect(issues).toMatchObject([
      { key: 'order:Woo_Order__c:main:7', change: { resource: 'order', key: 'main:7' } },
    ]);
    expect(isWhole).toBe(true);
    expect([...org.rows.values()].map((row) => row['State__c'])).toEqual([
      'open',
      'resolved',
      'resolved',
      'resolved',
    ]);
  });

  it('leaves open what is of a held mapping, and gives it back to the book', async () => {
    const { org, parts, writer } = world();
    const conflict = issue('order:Woo_Order__c:main:7#Name', {
      kind: 'conflict',
      wooValue: 'Ann',
      salesforceValue: 'Anna',
      retry: 'never',
      change: { resource: 'order', key: 'main:7' },
    });
    const others = ['main:guest:0123456789abcdef', 'main:9'].map((recordKey) =>
      issue(recordKey, { resource: 'customer', object: 'Contact', recordKey }),
    );
    for (const one of [conflict, ...others])
      org.rows.set(one.key, { ...issueRow(one, undefined), State__c: 'open' });
    const isHeld = ({ resource }: Pick<Issue, 'resource'>) => resource === 'order';
    const { issues: stays } = await writer.takeBack('main', isHeld);
    expect([...org.rows.values()].map((row) => row['State__c'])).toEqual([
      'open',
      'resolved',
      'open',
    ]);
    expect(stays.map(({ recordKey }) => recordKey)).toEqual(['main:7', 'main:9']);
    expect(conflict).toMatchObject(stays[0] ?? {});
    const issueStore = new MemoryChangeQueue(new MemoryState());
    await issueStore.finish({ jobs: [], failures: stays, seen: [], followUps: [] });
    org.calls = 0;
    expect(await new IssueWriter({ ...parts, issueStore }).takeBack('main', isHeld)).toEqual({
      issues: [],
      isWhole: true,
    });
    expect(org.rows.get(conflict.key)).toMatchObject({ State__c: 'open' });
  });

  it('writes one issue for many equal failures, and each when they are fewer again', async () => {
    const { org, parts } = world();
    const issueStore = new MemoryChangeQueue(new MemoryState());
    const writer = new IssueWriter({ ...parts, issueStore });
    const failures = Array.from({ length: 25 }, (_, at) =>
      issue(`order:Woo_Order__c:main:${at + 1}`, { recordKey: `main:${at + 1}` }),
    );
    const changed = { jobs: [], seen: [], followUps: [] };
    await issueStore.finish({ ...changed, failures });
    await writer.say();
    const group = 'group:order:Woo_Order__c:main#STRING_TOO_LONG.Name';
    expect([...org.rows.keys()]).toEqual([group]);
    const seen = failures.slice(0, 6).map(({ object, recordKey: key }) => ({ object, key }));
    await issueStore.finish({ ...changed, failures: [], seen });
    await writer.say();
    expect(org.rows.get(group)).toMatchObject({ State__c: 'resolved', Woo_Id__c: '*' });
    const open = [...org.rows.values()].filter((row) => row['State__c'] === 'open');
    expect(open).toHaveLength(19);
  });

  it('says of many records whose own orders are missing to look at those', async () => {
    const { org, parts } = world();
    const issueStore = new MemoryChangeQueue(new MemoryState());
    const failures = Array.from({ length: 25 }, (_, at) =>
      issue(`order_item:Woo_Order_Item__c:main:${at + 1}`, {
        recordKey: `main:${at + 1}`,
        resource: 'order_item',
        code: 'PARENT_MISSING',
      }),
    );
    await issueStore.finish({ jobs: [], seen: [], followUps: [], failures });
    await new IssueWriter({ ...parts, issueStore }).say();
    const cures = [...org.rows.values()].map((row) => row['What_To_Do__c']);
    expect(cures).toEqual([expect.stringMatching(/^Records that these belong to are not in /)]);
    expect(cures.join()).not.toContain('mistake of the mapping');
  });

  it('closes what another issue stands for, shows no new one, and leaves what a person ignores', async () => {
    const absorbedBy = 'group:order:Woo_Order__c:main#X.Name';
    const { org, writer, unsaid } = world(
      ...['shown', 'new', 'ignored'].map((key) => issue(key, { absorbedBy })),
    );
    org.rows.set('shown', { Issue_Key__c: 'shown', State__c: 'open' });
    org.rows.set('ignored', { Issue_Key__c: 'ignored', State__c: 'ignored' });
    await writer.say();
    expect([...org.rows.keys()]).toEqual(['shown', 'ignored']);
    expect(org.rows.get('shown')).toMatchObject({
      State__c: 'resolved',
      Resolution__c: 'by_itself',
      Reason__c: `Counted by the issue ${absorbedBy}, with all that fail in the same way. Name: data value too large`,
    });
    expect(org.rows.get('ignored')).toMatchObject({ State__c: 'ignored' });
    expect(unsaid.size).toBe(0);
  });

  it('opens what was resolved, without the old resolution', async () => {
    const { org, writer } = world(issue('k'));
    org.rows.set('k', { Issue_Key__c: 'k', State__c: 'resolved', Resolution__c: 'by_itself' });
    await writer.say();
    expect(org.rows.get('k')).toMatchObject({ State__c: 'open', Resolution__c: null });
  });

  it.each([
    ['open', null, 'by_itself'],
    ['ignored', null, 'by_itself'],
    ['open', 'retry', 'retry'],
  ])('resolves what is %s with the resolution %s as %s', async (state, choice, resolution) => {
    const { org, writer, unsaid } = world(issue('k', { state: 'resolved' }));
    org.rows.set('k', { Issue_Key__c: 'k', State__c: state, Resolution__c: choice });
    await writer.say();
    expect(org.rows.get('k')).toMatchObject({ State__c: 'resolved', Resolution__c: resolution });
    expect(unsaid.size).toBe(0);
  });

  it('keeps quiet about what was over before anybody saw it', async () => {
    const { org, writer, unsaid } = world(issue('k', { state: 'resolved' }));
    await writer.say();
    expect(org.rows.size).toBe(0);
    expect(unsaid.size).toBe(0);
  });

  it('goes on where one row is refused, which stays unsaid and is logged once', async () => {
    const { org, writer, unsaid, logged, time } = world(issue('bad'), issue('good'));
    const message = 'Reason__c: data value too large: ada@example.com (max length=1)';
    org.refused.set('bad', { code: 'STRING_TOO_LONG', kind: 'permanent', message, fields: [] });
    await writer.say();
    expect([...unsaid.keys()]).toEqual(['bad']);
    expect(org.rows.has('good')).toBe(true);
    time.now += 15 * 60_000;
    await writer.say();
    expect(logged.map(({ code }) => code)).toEqual(['STRING_TOO_LONG']);
    expect(logged[0]?.message).not.toContain('ada');
  });

  it('rests while the org refuses issues as such, and tries again', async () => {
    const { org, writer, unsaid, logged, time } = world(issue('k'));
    org.fails = new CodedError('SF_QUERY_REFUSED', 'No such object.', 'Deploy it.');
    await writer.say();
    await writer.say();
    expect(org.calls).toBe(1);
    expect(unsaid.size).toBe(1);
    expect(logged).toHaveLength(1);
    time.now += 15 * 60_000;
    org.fails = null;
    await writer.say();
    expect(unsaid.size).toBe(0);
    expect(org.rows.size).toBe(1);
  });

  it('does not rest after a lock, and logs nothing', async () => {
    const { org, writer, unsaid, logged } = world(issue('k'));
    const error = { code: 'UNABLE_TO_LOCK_ROW', kind: 'retry', message: '', fields: [] } as const;
    org.refused.set('k', error);
    await writer.say();
    org.refused.clear();
    await writer.say();
    expect(unsaid.size).toBe(0);
    expect(logged).toEqual([]);
  });

  it.each(['SF_UNREACHABLE', 'SF_LIMIT_EXCEEDED', 'SF_SIGN_IN_REFUSED'] as const)(
    'hands %s on: the org is out, and issues wait',
    async (code) => {
      const { org, writer, unsaid } = world(issue('k'));
      org.fails = new CodedError(code, 'Out.', 'Wait.');
      await expect(writer.say()).rejects.toThrow(org.fails);
      expect(unsaid.size).toBe(1);
    },
  );
});
