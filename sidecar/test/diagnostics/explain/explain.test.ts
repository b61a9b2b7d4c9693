import { describe, expect, it } from 'vitest';
import {
  explain,
  type ExplainOptions,
  type Explanation,
} from '../../../src/diagnostics/explain/explain.ts';
import { sameValue } from '../../../src/diagnostics/explain/org-records.ts';
import type { Subject } from '../../../src/diagnostics/explain/subject.ts';
import { rowHash } from '../../../src/mapping/build/row-hash.ts';
import { compileMappings } from '../../../src/mapping/compile/compile.ts';
import type { MappingRow, MappingSource } from '../../../src/mapping/model/config-rows.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { Org } from '../../../src/ports/org.ts';
import type { WooList, WooStore } from '../../../src/ports/store.ts';
import {
  conditionRow,
  field,
  fieldRow,
  lookup,
  mappingRow,
  object,
  recorded,
  schemas,
  source,
} from '../../mapping/support/mappings.ts';
import { listsBy, MemoryState } from '../../support/memory-state.ts';
import { verified } from '../../support/links.ts';

const KNOWN = schemas(
  object(
    'Woo_Order__c',
    field('Name', 'string'),
    field('Total__c', 'double'),
    field('Email__c', 'email'),
    field('Paid__c', 'datetime', { length: 0 }),
    lookup('Contact__c', 'Contact'),
  ),
  object(
    'Woo_Order_Item__c',
    field('Name', 'string', { length: 80 }),
    lookup('Order__c', 'Woo_Order__c', { nillable: false }),
  ),
  object('Contact', field('LastName', 'string'), field('Email', 'email')),
);

const FIELDS = [
  fieldRow('Name', 'number'),
  fieldRow('Total__c', 'total'),
  fieldRow('Paid__c', 'date_paid', { transform: 'gmt_date' }),
  fieldRow('Contact__c', 'customer', { kind: 'lookup' }),
  fieldRow('Name', 'name', { name: 'Item_Name', mapping: 'Item' }),
  fieldRow('Order__c', 'order_id', { name: 'Item_Order', mapping: 'Item', kind: 'lookup' }),
  fieldRow('LastName', 'last_name', { mapping: 'Contact', transform: 'name_fallback' }),
];

/** The defaults in small, with changes to the order's mapping. */
function config(order: Partial<MappingRow> = {}): MappingSource {
  return source({
    mappings: [
      mappingRow({ name: 'Order', ...order }),
      mappingRow({ name: 'Item', resource: 'order_item', object: 'Woo_Order_Item__c' }),
      mappingRow({ name: 'Contact', resource: 'customer', object: 'Contact' }),
    ],
    fields: FIELDS,
    conditions: [conditionRow(1, 'status', 'equals', 'completed')],
  });
}

type Rows = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
type Links = Readonly<Record<string, { recordId: string; hash: string | null; byId?: boolean }>>;

interface Scene {
  readonly records: Readonly<Partial<Record<WooList, readonly WooRecord[]>>>;
  readonly inOrg?: Rows;
  /** By `<object> <key>`; left out: the state cannot be looked at. */
  readonly links?: Links;
  readonly config?: MappingSource;
  readonly only?: string;
}

/** The rows that hold one of the values that a query asks for. */
function answer(soql: string, inOrg: Rows): readonly Readonly<Record<string, unknown>>[] {
  const [, object = '', where = ''] = / FROM (\w+) WHERE (.*)$/.exec(soql) ?? [];
  const terms = [...where.matchAll(/(\w+) IN \(([^)]*)\)/g)];
  return (inOrg[object] ?? []).filter((row) =>
    terms.some(([, name = '', list = '']) => list.includes(`'${String(row[name])}'`)),
  );
}

function stateOf(links: Links): MemoryState {
  const state = new MemoryState();
  const rest = { state: 'verified', byId: false, parentKey: null, readAt: new Date(0) } as const;
  for (const [name, link] of Object.entries(links)) {
    const [object = '', key = ''] = name.split(' ');
    state.saved.set(name, { ...rest, ...link, object, key });
  }
  return state;
}

async function explained(
  scene: Scene,
  subject: Subject,
  id: string,
): Promise<Explanation & { readonly soql: readonly string[] }> {
  const soql: string[] = [];
  const org = {
    queries: (texts: readonly string[]) => {
      soql.push(...texts);
      return Promise.resolve(texts.map((text) => answer(text, scene.inOrg ?? {})));
    },
  } as unknown as Org;
  const readList: WooStore['list'] = (list, params) => {
    const ids = params['include']?.split(',');
    const trash = params['status'] === 'trash';
    const records = (scene.records[list] ?? [])
      .filter((record) => (record['status'] === 'trash') === trash)
      .filter((record) => ids === undefined || ids.includes(String(record['id'])));
    return Promise.resolve({ records, total: records.length, pages: 1, storeTime: new Date(0) });
  };
  const store = {
    ...{ key: 'main', url: 'https://shop.example' },
    ...{ list: readList, lists: listsBy(readList) },
  } as unknown as WooStore;
  const state = scene.links ? stateOf(scene.links) : null;
  const { mappings, problems } = compileMappings(scene.config ?? config(), KNOWN);
  const options: ExplainOptions = {
    ...{ org, store, mappings, state, ...(scene.only !== undefined && { only: scene.only }) },
    problems: problems.map((problem) => ({ resource: 'order', problem })),
  };
  return { ...(await explain(options, subject, id)), soql };
}

const ORDER = recorded('orders', 3801);
const COMPLETED: WooRecord = { ...ORDER, status: 'completed' };
const [LINE] = ORDER['line_items'] as WooRecord[];

/** The hash that a write of the order leaves behind. */
function hashOf(order: WooRecord): string {
  const { mappings } = compileMappings(config(), KNOWN);
  const { row } =
    mappings
      .find(({ name }) => name === 'Order')
      ?.build(order, { key: 'main', url: 'https://shop.example' }) ?? {};
  if (!row) throw new Error('the order cannot be built');
  return rowHash(row, JSON.stringify(row.fields));
}

const LINK = { recordId: 'a01000000000001AAA', state: 'verified' } as const;
const THERE = { Id: LINK.recordId, Woo_Key__c: 'main:3801', Name: '3801', Total__c: 1 };

async function actionOf(scene: Omit<Scene, 'records'>, order: WooRecord = COMPLETED) {
  const { parts } = await explained({ ...scene, records: { orders: [order] } }, 'order', '3801');
  return parts[0]?.mappings[0];
}

describe('what would be done with an order', () => {
  const contact = {
    Contact: [{ Id: '003000000000001AAA', Woo_Key__c: 'main:guest:zoe@store.example' }],
  };
  const here = { ...contact, Woo_Order__c: [THERE] };

  it.each([
    ['create it', {}, COMPLETED, 'create'],
    ['nothing, where the condition is not met', {}, ORDER, 'none'],
    [
      'update it, where its condition is met no longer',
      { inOrg: here, links: { 'Woo_Order__c main:3801': { ...LINK, ...verified('other') } } },
      ORDER,
      'update',
    ],
    ['nothing, where another wrote what is not wanted', { inOrg: here, links: {} }, ORDER, 'none'],
    [
      'nothing, where nothing is created',
      { config: config({ onCreate: false }) },
      COMPLETED,
      'none',
    ],
    [
      'left, where nothing is updated',
      { inOrg: here, config: config({ onUpdate: false }) },
      COMPLETED,
      'left',
    ],
    [
      'update it, where it was flagged as deleted and is back',
      {
        inOrg: here,
        links: { 'Woo_Order__c main:3801': { ...LINK, state: 'soft_deleted', hash: null } },
      },
      COMPLETED,
      'update',
    ],
    [
      'nothing, where it carries another key and nothing changed',
      {
        inOrg: { ...contact, Woo_Order__c: [{ ...THERE, Woo_Key__c: 'two:9' }] },
        links: { 'Woo_Order__c main:3801': { ...LINK, hash: hashOf(COMPLETED), byId: true } },
      },
      COMPLETED,
      'unchanged',
    ],
    ['update it, where another has written it', { inOrg: here, links: {} }, COMPLETED, 'update'],
    ['not known, without a state', { inOrg: here }, COMPLETED, 'unknown'],
    [
      'nothing, where nothing changed',
      { inOrg: here, links: { 'Woo_Order__c main:3801': { ...LINK, hash: hashOf(COMPLETED) } } },
      COMPLETED,
      'unchanged',
    ],
    [
      'update it, where it changed',
      { inOrg: here, links: { 'Woo_Order__c main:3801': { ...LINK, ...verified('other') } } },
      COMPLETED,
      'update',
    ],
    [
      'update it, where the last write is in doubt',
      { inOrg: here, links: { 'Woo_Order__c main:3801': { ...LINK, ...verified(null) } } },
      COMPLETED,
      'update',
    ],
    [
      'update it, where it was deleted in Salesforce',
      { links: { 'Woo_Order__c main:3801': { ...LINK, hash: hashOf(COMPLETED) } } },
      COMPLETED,
      'update',
    ],
    [
      'left, where the mapping says stop',
      { inOrg: here, config: config({ whenUnmet: 'stop' }) },
      ORDER,
      'left',
    ],
    [
      'the delete rule, where the mapping says delete',
      { inOrg: here, config: config({ whenUnmet: 'delete', deleteRule: 'delete' }) },
      ORDER,
      'delete_rule',
    ],
    ['refuse it', {}, { ...COMPLETED, total: '10,50' }, 'refused'],
  ] as const)('%s', async (_, scene, order, action) => {
    const there = await actionOf(scene, order);
    expect(there?.action, there?.why).toBe(action);
  });

  it('is said with the values that decided', async () => {
    const there = await actionOf({}, ORDER);
    expect(there?.trace.conditions).toMatchObject([
      {
        attribute: 'status',
        operator: 'equals',
        expected: 'completed',
        actual: 'processing',
        met: false,
      },
    ]);
  });

  it('is set beside what Salesforce has, field by field', async () => {
    const total = Number(COMPLETED['total']);
    const paid = `${String(COMPLETED['date_paid_gmt'])}.000+0000`;
    const row = { ...THERE, Name: 'old', Total__c: total, Paid__c: paid, Contact__r: null };
    const there = await actionOf({ inOrg: { ...contact, Woo_Order__c: [row] } });
    expect(there?.recordId).toBe(LINK.recordId);
    expect(Object.fromEntries((there?.beside ?? []).map((one) => [one.field, one.same]))).toEqual({
      ...{ Woo_Key__c: null, Name: false, Total__c: true, Contact__c: false },
      Paid__c: COMPLETED['date_paid_gmt'] === null ? false : true,
    });
    expect(there?.references).toEqual([
      {
        ...{ field: 'Contact__c', object: 'Contact', key: 'main:guest:zoe@store.example' },
        ...{ recordId: '003000000000001AAA', explained: false },
      },
    ]);
  });

  it('names the mappings that cannot run', async () => {
    const broken = { ...config(), fields: [...FIELDS, fieldRow('Totl__c', 'total')] };
    const { parts } = await explained(
      { config: broken, records: { orders: [COMPLETED] } },
      'order',
      '3801',
    );
    expect(parts[0]?.held.map(({ code }) => code)).toContain('MAPPING_UNKNOWN_FIELD');
    expect(parts[0]?.mappings).toEqual([]);
  });
});

describe('the parts of an order', () => {
  it('go with it', async () => {
    const { parts } = await explained({ records: { orders: [COMPLETED] } }, 'order', '3801');
    const items = parts.filter(({ resource }) => resource === 'order_item');
    expect(items.length).toBeGreaterThan(0);
    expect(items[0]?.title).toBe(`product line ${String(LINE?.['id'])}`);
    expect(items.map(({ mappings }) => mappings[0]?.action)).toEqual(items.map(() => 'create'));
    expect(items[0]?.mappings[0]?.references).toMatchObject([
      { object: 'Woo_Order__c', key: 'main:3801', recordId: null, explained: true },
    ]);
  });

  it('stay out with it', async () => {
    const { parts } = await explained({ records: { orders: [ORDER] } }, 'order', '3801');
    const item = parts.find(({ resource }) => resource === 'order_item')?.mappings[0];
    expect(item?.why).toBe('Its order is not in Salesforce and not wanted there.');
  });

  it('cost one call per object', async () => {
    const { soql } = await explained({ records: { orders: [COMPLETED] } }, 'order', '3801');
    expect(soql.map((text) => / FROM (\w+) /.exec(text)?.[1]).sort()).toEqual([
      ...['Contact', 'Woo_Order_Item__c', 'Woo_Order__c'],
    ]);
  });
});

describe('one mapping alone', () => {
  const scene: Scene = {
    records: { orders: [COMPLETED] },
    inOrg: { Woo_Order__c: [THERE] },
    links: { 'Woo_Order__c main:3801': { ...LINK, ...verified('other') } },
  };
  const saidOf = ({ parts }: Explanation, name: string) =>
    parts.flatMap(({ mappings }) => mappings.filter(({ mapping }) => mapping === name));

  it.each([
    ['Order', ['Contact', 'Woo_Order__c']],
    ['Item', ['Contact', 'Woo_Order_Item__c', 'Woo_Order__c']],
  ])('%s is explained as among the others, by queries of %j', async (only, objects) => {
    for (const orders of [[COMPLETED], [ORDER]]) {
      const records = { orders };
      const all = saidOf(await explained({ ...scene, records }, 'order', '3801'), only);
      const { soql, ...alone } = await explained({ ...scene, records, only }, 'order', '3801');
      expect(all.length).toBeGreaterThan(0);
      expect(saidOf(alone, only)).toEqual(all);
      expect(soql.map((text) => / FROM (\w+) /.exec(text)?.[1]).sort()).toEqual(objects);
    }
  });
});

describe('a customer who was there before', () => {
  const customer = recorded('customers', 12);
  const email = String(customer['email']);
  const matching = (): MappingSource => {
    const found = config();
    const mappings = found.mappings.map((row) =>
      row.name === 'Contact' ? { ...row, matchFields: 'Email' } : row,
    );
    return {
      ...found,
      mappings,
      fields: [...found.fields, fieldRow('Email', 'email', { mapping: 'Contact' })],
    };
  };
  const contact = (id: string, key: string | null = null) => ({
    Id: id,
    Email: email,
    Woo_Key__c: key,
  });
  const of = async (...contacts: ReturnType<typeof contact>[]) => decided([], contacts);
  const decided = async (
    choices: readonly Readonly<Record<string, unknown>>[],
    contacts: readonly ReturnType<typeof contact>[],
  ) => {
    const inOrg = { Contact: contacts, Woo_Match__c: choices };
    const scene = { records: { customers: [customer] }, inOrg, links: {}, config: matching() };
    const { parts } = await explained(scene, 'customer', '12');
    return parts[0]?.mappings[0];
  };

  it('is found by the match fields, and shown beside what would be written', async () => {
    const found = await of({ ...contact('003A'), LastName: 'Typed' } as ReturnType<typeof contact>);
    expect(found).toMatchObject({ action: 'adopt', recordId: '003A' });
    expect(found?.why).toContain('003A');
    expect(found?.beside).toContainEqual({ field: 'LastName', now: 'Typed', same: false });
    expect(found?.beside).toContainEqual({ field: 'Email', now: email, same: true });
  });

  it('keeps the key of another store', async () => {
    expect((await of(contact('003A', 'two:5')))?.why).toContain('carries another key');
  });

  it('is for a person to decide where several may be meant', async () => {
    const found = await of(contact('003A'), contact('003B'));
    expect(found).toMatchObject({ action: 'ambiguous', recordId: null });
    expect(found?.why).toContain('003A, 003B');
  });

  it('is created where none matches', async () => {
    expect((await of())?.action).toBe('create');
  });

  it.each([
    ['create', null, 'create', /a person wants one made/],
    ['leave_out', null, 'none', /A person has left it out/],
    ['use', '003000000000001AAA', 'refused', /cannot be done: Contact has no record 0030/],
  ])('is what a person has decided: %s', async (Decision__c, Record_Id__c, action, why) => {
    const choice = { Id: 'a001', Match_Key__c: 'Contact main:12', Decision__c, Record_Id__c };
    const found = await decided([choice], [contact('003A'), contact('003B')]);
    expect(found).toMatchObject({ action, recordId: null });
    expect(found?.why).toMatch(why);
  });

  it('is the one that a person has chosen, whatever matches', async () => {
    const chosen = { ...contact('003000000000001AAA'), Email: 'other@example.com' };
    const choice = { Decision__c: 'use', Record_Id__c: chosen.Id };
    const row = { Id: 'a001', Match_Key__c: 'Contact main:12', ...choice };
    const found = await decided([row], [contact('003A'), chosen]);
    expect(found).toMatchObject({ action: 'adopt', recordId: chosen.Id });
    expect(found?.why).toContain(`A person has chosen ${chosen.Id}`);
  });
});

describe('other records', () => {
  const customer = recorded('customers', 12);

  it('are found whatever their place', async () => {
    const trashed = { ...COMPLETED, status: 'trash' };
    const { parts } = await explained({ records: { orders: [trashed] } }, 'order', '3801');
    expect(parts[0]?.mappings[0]?.action).toBe('none');
    const one = await explained(
      { records: { customers: [customer] } },
      'customer',
      String(customer['id']),
    );
    expect(one.parts[0]?.mappings[0]).toMatchObject({ mapping: 'Contact', action: 'create' });
  });

  it('of a guest are made from an order', async () => {
    const { parts, soql } = await explained(
      { records: { orders: [COMPLETED] } },
      'customer',
      'guest:Zoe@store.example',
    );
    expect(parts[0]).toMatchObject({ title: 'customer (guest)', resource: 'customer' });
    expect(soql[0]).toContain("'main:guest:zoe@store.example'");
  });

  it('of a guest whom Salesforce has leave it as it is, whether the state can be looked at or not', async () => {
    const key = 'main:guest:zoe@store.example';
    const Contact = [{ Id: '003000000000001AAA', Woo_Key__c: key, LastName: 'As it came' }];
    const known = { [`Contact ${key}`]: { recordId: '003000000000001AAA', ...verified('other') } };
    const asked = async (links?: Links) => {
      const scene = {
        records: { orders: [COMPLETED] },
        inOrg: { Contact },
        ...(links && { links }),
      };
      return (await explained(scene, 'customer', 'guest:zoe@store.example')).parts[0]?.mappings[0];
    };
    const unpaid = await explained(
      { records: { orders: [ORDER] }, inOrg: { Contact }, links: known },
      ...(['customer', 'guest:zoe@store.example'] as const),
    );
    expect(unpaid.parts[0]?.mappings[0]?.action).toBe('unchanged');
    for (const links of [known, undefined]) {
      expect(await asked(links)).toMatchObject({
        ...{ action: 'unchanged', stays: { LastName: 'left alone' } },
        why: 'Salesforce has the guest as an order brought it, and later orders change nothing of it.',
      });
    }
    expect((await asked({}))?.action).toBe('update');
  });

  it('of a guest are as the latest order says that a mapping wants', async () => {
    const named = (status: string, last_name: string): WooRecord => ({
      ...{ ...COMPLETED, status, billing: { ...(COMPLETED['billing'] as object), last_name } },
    });
    const asked = async (...orders: readonly WooRecord[]) => {
      const scene = { records: { orders }, links: {} };
      return (await explained(scene, 'customer', ' Guest: zoe@store.example')).parts[0]
        ?.mappings[0];
    };
    const [unpaid, paid, old] = [
      named('pending', 'Unpaid'),
      named('completed', 'Paid'),
      named('completed', 'Old'),
    ];
    expect(await asked(unpaid, paid, old)).toMatchObject({
      ...{ action: 'create', trace: { fields: [{ result: 'Paid' }] } },
    });
    expect(await asked(unpaid)).toMatchObject({
      ...{ action: 'none', trace: { fields: [{ result: 'Unpaid' }] } },
      why: 'An order brings a guest, and none of its orders is wanted in Salesforce.',
    });
  });

  it.each([
    ['order', '99', 'RECORD_NOT_FOUND'],
    ['customer', 'guest:nobody@store.example', 'RECORD_NOT_FOUND'],
    ['product', 'SKU-7', 'RECORD_ID_INVALID'],
  ] as const)('%s %s: %s', async (subject, id, code) => {
    await expect(
      explained({ records: { orders: [COMPLETED] } }, subject, id),
    ).rejects.toMatchObject({
      code,
    });
  });
});

describe('a value beside what is there', () => {
  it.each([
    ['2026-11-24T22:36:02Z', '2026-11-24T22:36:02.000+0000', true],
    ['2026-11-24T22:36:02Z', '2026-11-24T22:36:03.000+0000', false],
    [10.5, 10.5, true],
    [null, undefined, true],
    ['a', 'A', false],
    [false, null, false],
  ])('%s and %s: %s', (written, there, same) => {
    expect(sameValue(written, there)).toBe(same);
  });
});
