import { beforeEach, describe, expect, it } from 'vitest';

import type { UnsentField } from '../../../src/mapping/model/mapping.ts';
import type { Pair, SyncBase } from '../../../src/ports/two-way-state.ts';
import { reportUnsent } from '../../../src/sync/merge/unsent.ts';
import { agreedName, digest } from '../../../src/sync/model/digest.ts';
import type { Planned } from '../../../src/sync/model/record.ts';
import type { Run } from '../../../src/sync/model/run.ts';
import { Report } from '../../../src/sync/report/run-report.ts';
import { US } from '../../support/holding-org.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';
import { KEY, OBJECT, PAIR, RECORD, textOf } from './text-fields.ts';

const PERSON = '005000000000002AAA';

/** A field that goes nowhere, but to the stores that are named, in records that are theirs or another’s. */
function unsent(field: string, to: readonly string[] = [], ofStores: readonly string[] = []) {
  return {
    field,
    attribute: field.toLowerCase(),
    ofStores,
    goesTo: (store: string, record: string) => to.includes(`${store} ${record}`),
    fromSalesforce: textOf,
  } as unknown as UnsentField;
}

const NAME = unsent('Name');
const NOTE = unsent('Note');

interface Given {
  readonly fields?: readonly UnsentField[];
  /** What the shop says. */
  readonly says?: Readonly<Record<string, string>>;
  readonly held?: Readonly<Record<string, unknown>>;
  readonly by?: string;
  readonly pairs?: readonly (Partial<Pair> & { readonly byId?: boolean })[];
  readonly bases?: readonly Partial<SyncBase>[];
  readonly unread?: readonly string[];
}

let asked: unknown[];
let said: unknown[];
let messages: string[];
let stillDirty: Set<string>;

beforeEach(() => {
  asked = [];
  said = [];
  messages = [];
  stillDirty = new Set();
});

async function look(given: Given, more: readonly Given[] = []): Promise<void> {
  const looked = [given, ...more].map((one, at) => {
    const mapping = mappingTo(OBJECT, { resource: 'product', unsent: one.fields ?? [NAME] });
    const recordId = at === 0 ? RECORD : `01t00000000010${at}AAA`;
    const key = at === 0 ? KEY : `main:10${at}`;
    const row = { mapping, key, row: rowOf(key, one.says ?? {}), link: { recordId } };
    const held = { Id: recordId, LastModifiedById: one.by ?? PERSON, ...one.held };
    return { row: row as unknown as Planned, recordId, held };
  });
  const report = new Report([mappingTo(OBJECT)], {
    failed: (_, { key, code, field, recordId, aspect, salesforceValue, message }) => {
      said.push({ key, code, field, recordId, aspect, salesforceValue });
      messages.push(message);
    },
    seen: () => undefined,
  });
  const { unread } = given;
  const run = {
    report,
    stillDirty,
    ...(unread && { unreadStores: () => Promise.resolve(unread) }),
    state: {
      twoWay: {
        linkedTo: (ids: readonly string[]) => {
          asked.push(['linkedTo', ids]);
          return Promise.resolve(
            (given.pairs ?? []).map((pair) => ({ ...PAIR, byId: false, ...pair })),
          );
        },
        basesOf: (ids: readonly string[]) => {
          asked.push(['basesOf', ids]);
          return Promise.resolve(
            (given.bases ?? []).map((base) => ({ ...PAIR, base: {}, pending: {}, ...base })),
          );
        },
      },
    },
  } as unknown as Run;
  await reportUnsent(run, US, looked);
}

const TYPED: Given = { held: { Name: 'typed' } };
const fieldsSaid = () => said.map((one) => (one as { field: string | null }).field);

describe('an edit that goes nowhere', () => {
  it('is said with its value, and looked at again', async () => {
    await look(TYPED);
    expect(said).toEqual([
      {
        key: KEY,
        code: 'EDIT_NOT_SENT',
        field: 'Name',
        recordId: RECORD,
        aspect: 'unsent',
        salesforceValue: 'typed',
      },
    ]);
    expect([...stillDirty]).toEqual([KEY]);
  });

  it('is said of several fields at once, without a value', async () => {
    await look({ fields: [NAME, NOTE], held: { Name: 'typed', Note: 'too' } });
    expect(said).toMatchObject([{ field: null, salesforceValue: undefined }]);
    expect(messages).toEqual([expect.stringContaining('does not send Name, Note to the shop')]);
  });

  it('has no value where a person has emptied what the shop says', async () => {
    await look({ says: { Name: 'of the shop' }, held: { Name: null } });
    expect(said).toMatchObject([{ field: 'Name', salesforceValue: undefined }]);
    expect([...stillDirty]).toEqual([]);
  });

  it('makes the record be looked at again where any field stands in Salesforce alone', async () => {
    const fields = [NAME, NOTE];
    await look({ fields, says: { Name: 'x' }, held: { Name: 'typed', Note: 'too' } });
    expect([...stillDirty]).toEqual([KEY]);
  });

  it.each<[string, Given]>([
    ['Salesforce holds nothing', { held: { Name: null } }],
    ['it is what the shop says', { says: { Name: 'same' }, held: { Name: 'same' } }],
    ['we have written it', { says: { Name: 'x' }, held: { Name: 'typed' }, by: US }],
  ])('is none where %s, and nothing is asked', async (_, given) => {
    await look(given);
    expect([said, asked]).toEqual([[], []]);
  });

  it('is asked for of the records that have one', async () => {
    await look(TYPED, [{ held: { Name: null } }]);
    expect(asked).toEqual([
      ['linkedTo', [RECORD]],
      ['basesOf', [RECORD]],
    ]);
  });
});

describe('an edit that goes to the shop of another store', () => {
  const FIELDS = [unsent('Name', ['outlet own'])];
  const OTHER = { key: 'outlet:5' };

  it.each<[boolean, string, Given]>([
    [false, 'has the same record', { fields: FIELDS, pairs: [OTHER] }],
    [true, 'has it as a record of another', { fields: FIELDS, pairs: [{ ...OTHER, byId: true }] }],
    [
      false,
      'takes it as that',
      { fields: [unsent('Name', ['outlet foreign'])], pairs: [{ ...OTHER, byId: true }] },
    ],
    [true, 'has another record', { fields: FIELDS, pairs: [{ ...OTHER, recordId: 'x' }] }],
    [true, 'has one of another object', { fields: FIELDS, pairs: [{ ...OTHER, object: 'x' }] }],
    [true, 'has none', { fields: FIELDS }],
    [true, 'is this one', { fields: [unsent('Name', ['main own'])], pairs: [{}] }],
  ])('is said %s where that %s', async (isSaid, _, given) => {
    await look({ ...TYPED, ...given });
    expect(said).toHaveLength(isSaid ? 1 : 0);
    expect(asked).toHaveLength(isSaid ? 2 : 1);
  });

  it('is not among those that are said, nor are records that have no other', async () => {
    const fields = [unsent('Name', ['outlet own']), NOTE];
    const held = { Name: 'typed', Note: 'too' };
    const gone = { fields: [unsent('Name')], held: { Name: 'typed' } };
    await look({ fields, held, pairs: [OTHER] }, [gone]);
    expect(fieldsSaid()).toEqual(['Note', 'Name']);
  });

  it('leaves out of what is asked the records whose edits all go there', async () => {
    const second = { fields: [NOTE], held: { Note: 'too' } };
    await look({ ...TYPED, fields: FIELDS, pairs: [OTHER] }, [second]);
    expect(asked.at(-1)).toEqual(['basesOf', ['01t000000000101AAA']]);
  });

  it('is said with its store where that has it for itself alone', async () => {
    const fields = [unsent('Name', [], ['outlet']), unsent('Note', [], ['outlet', 'third'])];
    await look({ fields, held: { Name: 'typed', Note: 'too' } });
    expect(said).toMatchObject([{ code: 'EDIT_NOT_IN_SHOP', aspect: 'not in shop' }]);
    expect(messages).toEqual([expect.stringContaining('store outlet, third does not have')]);
    expect(messages).toEqual([expect.stringContaining('Name, Note, which goes')]);
  });
});

describe('what a store has left in Salesforce', () => {
  const left = (value: string) => ({ [agreedName(NAME)]: ['x', digest(value)] as const });

  it.each<[boolean, string, Partial<SyncBase>]>([
    [false, 'was in step', { base: left('typed') }],
    [false, 'was being written', { pending: left('typed') }],
    [true, 'was something else', { base: left('before'), pending: left('before') }],
    [true, 'is of another record', { base: left('typed'), recordId: 'x' }],
  ])('is said %s where it %s', async (isSaid, _, base) => {
    await look({ ...TYPED, bases: [base] });
    expect(said).toHaveLength(isSaid ? 1 : 0);
  });

  it('is said where the shop says something else', async () => {
    await look({ ...TYPED, says: { Name: 'x' }, bases: [{ base: left('typed') }] });
    expect(said).toHaveLength(1);
  });
});

describe('a store that has still to be loaded', () => {
  it.each<[boolean, string, readonly string[], readonly string[]]>([
    [true, 'may have the record as its own', ['outlet own'], ['outlet']],
    [true, 'may have it as another’s', ['outlet foreign'], ['third', 'outlet']],
    [false, 'does not send the field', [], ['outlet']],
    [false, 'is none of those', ['outlet own'], ['third']],
  ])('is waited for %s where it %s', async (isWaitedFor, _, to, unread) => {
    await look({ ...TYPED, fields: [unsent('Name', to)], unread });
    expect(said).toHaveLength(isWaitedFor ? 0 : 1);
    expect([...stillDirty]).toEqual([KEY]);
  });

  it('is not waited for where the shop says something else', async () => {
    const fields = [unsent('Name', ['outlet own'])];
    await look({ ...TYPED, fields, says: { Name: 'x' }, unread: ['outlet'] });
    expect(said).toHaveLength(1);
    expect([...stillDirty]).toEqual([]);
  });
});
