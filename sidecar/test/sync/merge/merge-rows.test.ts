import { beforeEach, describe, expect, it } from 'vitest';

import type { Mapping, OutgoingField } from '../../../src/mapping/model/mapping.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { Link } from '../../../src/ports/link.ts';
import type { OrgRow } from '../../../src/ports/org.ts';
import type { Base } from '../../../src/ports/two-way-state.ts';
import { merge } from '../../../src/sync/merge/merge.ts';
import { agreedName, digest } from '../../../src/sync/model/digest.ts';
import type { Found, Planned } from '../../../src/sync/model/record.ts';
import type { Run } from '../../../src/sync/model/run.ts';
import { CollectedFailures } from '../../../src/sync/report/collected-failures.ts';
import { Report } from '../../../src/sync/report/run-report.ts';
import { US } from '../../support/holding-org.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';
import { KEY, OBJECT, PAIR, RECORD, text } from './text-fields.ts';

const PERSON = '005000000000002AAA';

const NAME = text('Name');
const BASE: Base = { [agreedName(NAME)]: [digest('Tea'), digest('Tea')] };
const LINK: Link = {
  object: OBJECT,
  key: KEY,
  recordId: RECORD,
  state: 'verified',
  hash: null,
  parentKey: null,
  byId: false,
};

interface Given {
  readonly mapping?: Partial<Mapping>;
  readonly outgoing?: readonly OutgoingField[];
  readonly woo?: WooRecord;
  readonly link?: Partial<Link> | null;
  readonly found?: Partial<Found>;
  readonly brings?: Readonly<Record<string, string>>;
  readonly base?: Base;
  readonly run?: Partial<Record<keyof Run, unknown>>;
  readonly dirty?: boolean;
}

let state: MemoryState;
let findings: CollectedFailures;
let report: Report;
/** What Salesforce holds, and what it was asked. */
let held: OrgRow[];
let asked: string[];
/** Records that are new to images, and how often it was asked who we are. */
let newImages: unknown[];
let userAsked: number;

beforeEach(() => {
  state = new MemoryState();
  findings = new CollectedFailures();
  held = [
    {
      Id: RECORD,
      Name: 'Tea',
      Stock: 'old',
      LastModifiedById: PERSON,
      LastModifiedDate: '2026-11-24T10:00:00.000+0000',
    },
  ];
  asked = [];
  newImages = [];
  userAsked = 0;
});

async function merged(given: Given = {}) {
  const { outgoing = [NAME], woo = { name: 'Tea' }, base = BASE, link = {}, dirty = false } = given;
  const mapping = mappingTo(OBJECT, {
    resource: 'product',
    direction: 'both',
    outgoing,
    ...given.mapping,
  });
  report = new Report([mapping], findings);
  if (Object.keys(base).length > 0)
    await state.twoWay.saveBase([{ object: OBJECT, key: KEY, recordId: RECORD, base }]);
  const row = {
    mapping,
    key: KEY,
    parentKey: null,
    record: woo,
    readNumber: 0,
    readAt: new Date(0),
    row: rowOf(KEY, given.brings ?? { Name: String(woo['name']) }),
    link: link === null ? undefined : { ...LINK, ...link },
    ...(given.found && { found: given.found }),
  } as unknown as Planned;
  const nothing = () => undefined;
  const run = {
    org: {
      queries: (queries: readonly string[]) => {
        asked.push(...queries);
        return Promise.resolve(queries.map(() => held));
      },
    },
    state,
    store: { key: 'main' },
    mappings: [mapping],
    report,
    dirty: new Map(dirty ? [[KEY, 1]] : []),
    stillDirty: new Set(),
    userId: () => {
      userAsked += 1;
      return Promise.resolve(US);
    },
    shopUpdates: { add: nothing },
    imageUploads: { add: nothing },
    imageImports: {
      addNew: (one: unknown) => newImages.push(one),
      mayDiffer: () => false,
      field: nothing,
      add: nothing,
    },
    ...given.run,
  } as unknown as Run;
  const all = await merge(run, [row]);
  expect(all.size).toBeLessThanOrEqual(1);
  return all.get(row);
}

/** The fields that Salesforce was asked for. */
const columns = () => /^SELECT (.*) FROM/.exec(asked[0] ?? '')?.[1]?.split(', ') ?? [];

describe('a row is merged', () => {
  it('where nothing has changed, without a call', async () => {
    expect(await merged()).toEqual({ withheld: new Set(['Name']), forced: false, agrees: {} });
    expect([asked, userAsked]).toEqual([[], 0]);
  });

  it('and brings all but what goes both ways where nothing has changed', async () => {
    const note = text('Note');
    const { withheld } =
      (await merged({
        outgoing: [NAME, note],
        base: { ...BASE, [agreedName(note)]: [digest(null), digest(null)] },
      })) ?? {};
    expect(withheld).toEqual(new Set(['Name']));
  });

  it('as a whole where Salesforce has no record of it yet, with what both will hold', async () => {
    const note = text('Note', { direction: 'to_woo' });
    const none = text('None');
    const row = await merged({
      outgoing: [NAME, note, none],
      link: null,
      brings: { Name: 'Tea', Note: 'x' },
    });
    expect(row).toEqual({ withheld: new Set(), forced: true, agrees: BASE });
    expect(newImages).toHaveLength(1);
    expect(asked).toEqual([]);
  });

  it('as one that has nothing new for images where it is linked', async () => {
    await merged();
    expect(newImages).toEqual([]);
  });

  it('as a whole where its record is not there any more', async () => {
    held = [];
    const row = await merged({ dirty: true });
    expect(row).toEqual({ withheld: new Set(), forced: true, agrees: BASE });
  });

  it.each<[string, Given]>([
    ['only says whose the record is', { found: { silent: true }, dirty: true }],
    ['has no field that goes to the shop', { outgoing: [], dirty: true }],
    [
      'has fields of other stores, and nobody reported it',
      { outgoing: [], mapping: { unsent: [] } },
    ],
  ])('not where it %s', async (_, given) => {
    expect(await merged(given)).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('where it has fields of other stores and was reported', async () => {
    expect(await merged({ outgoing: [], mapping: { unsent: [] }, dirty: true })).toBeDefined();
    expect(asked).toHaveLength(1);
  });
});

describe('Salesforce is asked', () => {
  const EDITS = text('Name', { onlyEdits: true });
  const known = agreedName(NAME);

  it.each<[string, boolean, Given]>([
    ['of what it has reported', true, { dirty: true }],
    ['of what the shop has changed', true, { woo: { name: 'Mug' } }],
    ['of what is back, and was known', true, { found: { silent: false } }],
    [
      'not of what was found and is new',
      false,
      { found: { silent: false }, base: {}, outgoing: [text('Image', { kind: 'featured_image' })] },
    ],
    [
      'not of what goes to the shop alone',
      false,
      { woo: { name: 'Mug' }, outgoing: [text('Name', { direction: 'to_woo' })] },
    ],
    ['not of images', false, { outgoing: [text('Image', { kind: 'featured_image' })] }],
    [
      'of another store’s field that is met for the first time',
      true,
      { outgoing: [EDITS], base: {} },
    ],
    [
      'not of another store’s field that the shop alone has changed',
      false,
      { outgoing: [EDITS], woo: { name: 'Mug' } },
    ],
  ])('%s: %s', async (_, isAsked, given) => {
    await merged(given);
    expect(asked).toHaveLength(isAsked ? 1 : 0);
  });

  it('of another store’s field that was being written', async () => {
    await state.twoWay.savePending([
      { object: OBJECT, key: KEY, recordId: RECORD, pending: { [known]: [digest('Mug'), ''] } },
    ]);
    await state.twoWay.saveBase([{ object: OBJECT, key: KEY, recordId: RECORD, base: {} }]);
    await state.twoWay.saveBase([
      { ...PAIR, base: BASE, pending: { [known]: [digest('Mug'), ''] } },
    ]);
    await merged({ outgoing: [EDITS], base: {} });
    expect(asked).toHaveLength(1);
  });

  it('for what the shop alone says, and who has changed it', async () => {
    await merged({ dirty: true, brings: { Name: 'Tea', Stock: 'new' } });
    expect(columns().toSorted()).toEqual([
      'Id',
      'LastModifiedById',
      'LastModifiedDate',
      'Name',
      'Stock',
    ]);
  });

  it('for less while all is loaded', async () => {
    await merged({ dirty: true, brings: { Name: 'Tea', Stock: 'new' }, run: { isLoad: true } });
    expect(columns().toSorted()).toEqual(['Id', 'LastModifiedById', 'LastModifiedDate', 'Name']);
  });

  it('for nobody’s name where nobody can say who we are', async () => {
    await merged({ dirty: true, run: { userId: undefined } });
    expect(columns()).not.toContain('LastModifiedById');
  });

  it.each<[string, Given, boolean]>([
    ['its own record', {}, false],
    ['a record that belongs to another store', { link: { byId: true } }, true],
    ['a record whose edits it gets', { outgoing: [EDITS] }, true],
  ])('whose it is only where that is not known: %s', async (_, given, isAsked) => {
    await merged({ dirty: true, ...given });
    expect(columns().includes('Woo_Key__c')).toBe(isAsked);
  });
});

describe('who we are is asked', () => {
  it.each<[string, number, Given]>([
    ['where a record is looked at', 1, { dirty: true }],
    ['not where none is', 0, {}],
    ['not while all is loaded and known', 0, { dirty: true, run: { isLoad: true } }],
    ['while all is loaded, of what is new', 1, { base: {}, run: { isLoad: true } }],
    [
      'while all is loaded, of what is found again',
      1,
      { dirty: true, link: { state: 'unverified' }, run: { isLoad: true } },
    ],
  ])('%s: %i', async (_, times, given) => {
    await merged(given);
    expect(userAsked).toBe(times);
  });
});

describe('what the shop alone says', () => {
  const STOCK: Given = { dirty: true, brings: { Name: 'Tea', Stock: 'new' } };

  it.each<[string, boolean, Given]>([
    ['somebody has written over it', true, {}],
    ['it is there', false, { brings: { Name: 'Tea', Stock: 'old' } }],
    ['the record is another store’s', false, { link: { byId: true } }],
    ['all is loaded', false, { run: { isLoad: true } }],
    ['nobody can say who we are', false, { run: { userId: undefined } }],
  ])('is written again where %s: %s', async (_, forced, given) => {
    expect(await merged({ ...STOCK, ...given })).toMatchObject({ forced });
  });

  it('is not where we have written it ourselves, and a trigger of the org makes something else of it', async () => {
    held = held.map((row) => ({ ...row, LastModifiedById: US }));
    expect(await merged(STOCK)).toMatchObject({ forced: false });
  });
});

describe('a field of which nothing is known since the state was lost', () => {
  const LOST: Given = { base: {}, woo: { name: 'Mug' }, link: { state: 'unverified' } };
  const said = () => findings.take().map(({ reason }) => reason);

  it('is a conflict where a person has changed the record', async () => {
    await merged(LOST);
    expect(said()).toEqual([expect.stringContaining('a person has changed the record')]);
  });

  it('is none where the shop’s value is what the rule takes anyway, and we have changed it last', async () => {
    held = held.map((row) => ({ ...row, LastModifiedById: US }));
    await merged(LOST);
    expect(said()).toEqual([]);
    expect(report.of(mappingTo(OBJECT)).noted).toBe(1);
  });

  it('is ours where we have changed it last, whatever the rule', async () => {
    held = held.map((row) => ({ ...row, LastModifiedById: US }));
    await merged({ ...LOST, mapping: { conflictRule: 'salesforce_wins' } });
    expect(said()).toEqual([expect.stringContaining('is not known any more: the shop')]);
  });

  it('is noted where nobody can say who has changed it', async () => {
    await merged({ ...LOST, run: { userId: undefined } });
    expect(said()).toEqual([]);
    expect(report.of(mappingTo(OBJECT)).noted).toBe(1);
  });
});
