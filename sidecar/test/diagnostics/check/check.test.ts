import { describe, expect, it } from 'vitest';

import { CodedError } from '../../../src/errors/coded-error.ts';
import type { StoreRow } from '../../../src/mapping/model/config-rows.ts';
import type { ContentUser } from '../../../src/ports/store.ts';
import {
  conditionRow,
  field,
  fieldRow,
  mappingRow,
  recorded,
  STORE_ROW,
} from '../../mapping/support/mappings.ts';
import { Asked, checked, described, foundIn, ORDER_FIELDS, short, type Scene } from './ground.ts';

const NAME = fieldRow('Name', 'number');

describe('content that WordPress does not show', () => {
  it('is said of each mapping of it by name, and of no other', async () => {
    const content = (name: string, contentType: string, store: string | null = null) =>
      mappingRow({ name, resource: 'content', contentType, object: 'Woo_Order__c', store });
    const rows = [
      mappingRow({ name: 'Order' }),
      ...[content('Books', 'book'), content('More', 'book'), content('Films', 'film')],
      content('Elsewhere', 'book', 'outlet'),
    ];
    const asked = new Asked({});
    const refused = new CodedError('CONTENT_REFUSED', 'WordPress does not show it.', 'Correct it.');
    const openStore = (row: StoreRow) =>
      Object.assign(asked.openStore(row), {
        list: () => Promise.reject(refused),
        contentUser: () => Promise.reject(refused),
      });
    const { stores, mappings } = await checked({ source: { mappings: rows }, openStore });
    expect(stores[0]?.findings).toEqual([]);
    const said = mappings.map(({ findings }) =>
      findings.map(short).filter((one) => one.includes('CONTENT_REFUSED')),
    );
    const names = ['Books', 'More', 'Films'].map((name) => [`error CONTENT_REFUSED ${name}`]);
    expect(said).toEqual([[], ...names, []]);
  });
});

describe('the application password for content', () => {
  const content = mappingRow({
    name: 'Book',
    resource: 'content',
    contentType: 'book',
    object: 'Woo_Order__c',
  });
  const saidOf = async (user: ContentUser | null, mappings = [content]) => {
    const openStore = (row: StoreRow) =>
      Object.assign(new Asked({}).openStore(row), {
        list: () => Promise.resolve({ records: [] }),
        contentUser: () => Promise.resolve(user),
      });
    const { stores } = await checked({ source: { mappings }, openStore });
    return stores.flatMap(({ findings }) => findings.map(short));
  };

  it.each([
    ['administrator', ['warning CONTENT_ADMINISTRATOR main']],
    ['visitor', ['warning CONTENT_VISITOR main']],
    ['user', []],
    [null, []],
  ] as const)('of a user that is %s says %j', async (user, said) => {
    expect(await saidOf(user)).toEqual(said);
  });

  it('is looked at only where content is mapped', async () => {
    expect(await saidOf('administrator', [mappingRow({ name: 'Order' })])).toEqual([]);
  });
});

describe('a mapping that is right', () => {
  it('has nothing said of it', async () => {
    const report = await checked({ source: { fields: [NAME, fieldRow('Total__c', 'total')] } });
    expect(report.setup).toEqual([]);
    expect(report.stores).toMatchObject([{ store: 'main', findings: [] }]);
    expect(report.mappings).toMatchObject([{ mapping: 'Order', findings: [] }]);
  });

  it('says which records of the store belong to others, as a hint, and no address of a guest', async () => {
    const first = [
      { object: 'Product2', key: 'main:7', recordId: '01t7', owner: 'outlet:9' },
      {
        object: 'Contact',
        key: 'main:guest:ada@shop.example',
        recordId: '0031',
        owner: 'outlet:4',
      },
    ];
    const twoWay = { shared: () => Promise.resolve({ count: 12, first }) };
    const { stores } = await checked({ source: { fields: [NAME] }, twoWay });
    expect(stores[0]?.findings.map(short)).toEqual(['hint RECORDS_SHARED main']);
    const said = stores[0]?.findings[0]?.message;
    expect(said).toContain('12 of its records are shared with outlet');
    expect(said).toContain('Product2 01t7 (main:7 here, belongs to outlet:9)');
    expect(said).toContain('10 more');
    expect(said).not.toContain('ada@');
  });

  it('says of which stores the first backfill waits until it is told, as a hint', async () => {
    const outlet = { ...STORE_ROW, name: 'Outlet', key: 'outlet', loadWhenTold: true };
    const closed = { ...outlet, name: 'Closed', key: 'closed', active: false };
    const stores = [STORE_ROW, outlet, closed];
    const { setup } = await checked({ source: { fields: [NAME], stores } });
    expect(setup.map(short)).toEqual(['hint LOAD_WHEN_TOLD outlet']);
  });

  it('says which stores have too few API calls for the day, and that they have more together than the org', async () => {
    const outlet = { ...STORE_ROW, name: 'Outlet', key: 'outlet', dailyApiCalls: 10 };
    const large = { ...STORE_ROW, name: 'Large', key: 'large', dailyApiShare: 100 };
    const usage = { limit: 5000, remaining: 4000 };
    const said = async (...stores: readonly StoreRow[]) =>
      (await checked({ source: { fields: [NAME], stores }, usage })).setup.map(short);
    expect(await said(STORE_ROW)).toEqual([]);
    expect(await said(outlet)).toEqual(['warning BUDGET_SMALL outlet']);
    expect(await said(outlet, large)).toEqual([
      'warning BUDGET_SMALL outlet',
      'warning BUDGETS_EXCEED Woo_Store',
    ]);
  });

  it('says once that shared records could not be listed, and why, where there are two stores', async () => {
    const pairs = new CodedError(
      'STATE_LOCKED',
      'The state is in use by another process.',
      'Stop it.',
    );
    const outlet = { ...STORE_ROW, name: 'Outlet', key: 'outlet' };
    const fields = [NAME];
    const two = await checked({ source: { fields, stores: [STORE_ROW, outlet] }, twoWay: pairs });
    expect(two.setup.map(short)).toEqual(['hint RECORDS_SHARED_UNSEEN state']);
    expect(two.setup[0]?.message).toContain('is in use by another process');
    expect(two.setup[0]?.cure).toContain('its log says at its start which records are shared');
    const other = new CodedError('STATE_UNREACHABLE', 'No.', 'Put a directory in DATA_DIR.');
    const unreached = await checked({
      source: { fields, stores: [STORE_ROW, outlet] },
      twoWay: other,
    });
    expect(unreached.setup[0]?.cure).toBe('Put a directory in DATA_DIR.');
    expect((await checked({ source: { fields }, twoWay: pairs })).setup).toEqual([]);
  });

  it('costs two API calls, three where it goes to WooCommerce, for 20 mappings too', async () => {
    const mappings = Array.from({ length: 20 }, (_, at) =>
      mappingRow({ name: `M${at}`, object: `O${at}__c`, direction: 'both' }),
    );
    const objects = mappings.map(({ object }) => described(object ?? ''));
    const there = await checked({ source: { mappings }, objects });
    expect(there.mappings).toHaveLength(20);
    expect(there.asked.calls).toBe(4); // 26 objects are described in two calls
    const one = await checked({ source: { fields: [NAME] } });
    expect(one.asked.calls).toBe(2);
  });

  it('reads one page of each list that it needs of a shop', async () => {
    const mappings = ['order', 'order_item', 'customer'].map((resource) =>
      mappingRow({ name: resource, resource, object: `${resource}__c` }),
    );
    const { asked } = await checked({ source: { mappings } });
    expect(asked.lists).toEqual(['orders 20', 'customers 20']);
  });

  it('looks at all lists of a shop behind a named credential too, and at one when it is to be quick', async () => {
    const mappings = ['order', 'product', 'customer'].map((resource) =>
      mappingRow({ name: resource, resource, object: `${resource}__c` }),
    );
    const stores = [{ ...STORE_ROW, route: 'named_credential' as const }];
    const whole = await checked({ source: { mappings, stores } });
    expect(whole.asked.lists).toEqual(['orders 20', 'products 20', 'customers 20']);
    const quick = await checked({ source: { mappings, stores }, quick: true });
    expect(quick.asked.lists).toEqual(['orders 20']);
  });

  it('names what is not active, and does not check it', async () => {
    const mappings = [
      mappingRow({ name: 'Order' }),
      mappingRow({ name: 'Old', object: 'Nope__c', active: false }),
    ];
    const report = await checked({ source: { mappings, fields: [NAME] } });
    expect(report.inactive).toEqual(['Old']);
    expect(report.mappings.map(({ mapping }) => mapping)).toEqual(['Order']);
  });
});

describe('what holds a mapping', () => {
  it('is an error, what it runs with a warning', async () => {
    const found = await foundIn({
      source: {
        fields: [
          NAME,
          fieldRow('Totl__c', 'total'),
          fieldRow('Email__c', 'billing.emial.x.'),
          fieldRow('Account__c', 'customer', { kind: 'lookup' }),
        ],
      },
    });
    expect(found).toEqual(
      expect.arrayContaining([
        'error MAPPING_UNKNOWN_FIELD Map_Totl__c',
        'error MAPPING_BAD_PATH Map_Email__c',
      ]),
    );
  });

  it('is a mapping without field mappings', async () => {
    expect(await foundIn({})).toEqual(['error MAPPING_NO_FIELDS Order']);
  });

  it('is a required field that nothing fills', async () => {
    const needs = field('Reason__c', 'string', { nillable: false });
    const objects = [described('Woo_Order__c', [...ORDER_FIELDS, needs])];
    expect(await foundIn({ source: { fields: [NAME] }, objects })).toContain(
      'error MAPPING_REQUIRED_FIELD Order',
    );
  });
});

describe('the type of an attribute and of its field', () => {
  const cases: readonly (readonly [string, string, string | null, string | null])[] = [
    ['Total__c', 'line_items', null, 'error'],
    ['Total__c', 'categories', null, null], // no attribute of an order: said elsewhere
    ['Name', 'line_items', null, 'error'],
    ['Name', 'line_items.name', null, 'error'],
    ['Name', 'line_items.0.name', null, null],
    ['Name', 'line_items.name', 'join', null],
    ['Name', 'line_items.name', 'first', null],
    ['Name', 'line_items', 'json', null],
    ['Tags__c', 'line_items.name', null, null],
    ['Name', 'billing', null, 'error'],
    ['Name', 'billing', 'street', null],
    ['Total__c', 'status', null, 'error'],
    ['Total__c', 'date_paid', null, 'error'],
    ['Total__c', 'customer_note', null, 'warning'],
    ['Total__c', 'customer_note', 'number', null],
    ['Name', 'customer_note', 'number', 'warning'],
    ['Name', 'total', 'number', 'warning'],
    ['On__c', 'meta_data.day', 'number', 'warning'],
    ['Paid__c', 'meta_data.paid', 'number', null],
    ['Total__c', 'total', null, null],
    ['Total__c', 'order_total', null, null],
    ['Total__c', 'meta_data.weight', null, null],
    ['Paid__c', 'total', null, 'error'],
    ['Paid__c', 'needs_payment', null, null],
    ['On__c', 'date_paid', null, null],
    ['On__c', 'total', null, 'error'],
    ['Email__c', 'billing.email', null, null],
    ['Email__c', 'billing.city', null, 'warning'],
    ['Email__c', 'status', null, 'error'],
    ['Contact__c', 'customer_id', null, 'error'],
  ];

  it.each(cases)('%s ← %s with %s: %s', async (target, attribute, transform, severity) => {
    const found = await foundIn({
      source: { fields: [fieldRow(target, attribute, { transform })] },
    });
    const types = found.filter((line) => /_TYPE|LOOKUP_KIND/.test(line));
    const held = target === 'Contact__c' ? 'MAPPING_LOOKUP_KIND' : 'MAPPING_VALUE_TYPE';
    const code = severity === 'error' ? held : 'CHECK_FIELD_TYPE';
    expect(types).toEqual(severity === null ? [] : [`${severity} ${code} Map_${target}`]);
  });

  it.each([
    ['the transform does not suit the attribute', { attribute: 'date_paid', transform: 'number' }],
    ['the transform is unknown', { attribute: 'customer_note', transform: 'numbr' }],
    ['a rule is unknown', { field: 'Total__c', attribute: 'customer_note', overflow: 'trunc' }],
  ])('is left out where an error explains the row: %s', async (_what, row) => {
    const found = await foundIn({
      source: { fields: [fieldRow('Name', 'customer_note', row)] },
    });
    expect(found.filter((line) => line.endsWith(' Map_Name'))).toEqual([
      expect.stringMatching(/^error MAPPING_/) as string,
    ]);
  });

  it('is said with both names and what to do', async () => {
    const { mappings } = await checked({
      source: { fields: [fieldRow('Total__c', 'line_items')] },
    });
    const [finding] = mappings[0]?.findings ?? [];
    expect(finding?.message).toBe(
      'Map_Total__c writes line_items to Total__c: a list to a field that takes a number.',
    );
    expect(finding?.cure).toMatch(/first.*line_items\.0.*join/);
  });
});

describe('what the integration user may not do', () => {
  const withRights = (
    more: Parameters<typeof described>[2],
    row: Partial<Parameters<typeof mappingRow>[0]> = {},
    fields = ORDER_FIELDS,
  ): Scene => ({
    source: { mappings: [mappingRow({ name: 'Order', ...row })], fields: [NAME] },
    objects: [described('Woo_Order__c', fields, more)],
  });

  it.each([
    ['create', withRights({ createable: false }), ['error GRANT_CREATE Order']],
    [
      'create, where nothing is created',
      withRights({ createable: false }, { onCreate: false }),
      [],
    ],
    ['edit', withRights({ updateable: false }), ['error GRANT_EDIT Order']],
    ['delete, where nothing is deleted', withRights({ deletable: false }), []],
    [
      'delete, which the delete rule asks for',
      withRights({ deletable: false }, { deleteRule: 'delete' }),
      ['error GRANT_DELETE Order'],
    ],
    [
      'delete, which the rule for an unmet condition asks for',
      withRights({ deletable: false }, { whenUnmet: 'Delete' }),
      ['error GRANT_DELETE Order'],
    ],
  ])('%s', async (_, scene, expected) => {
    expect(await foundIn(scene)).toEqual(expected);
  });

  it('delete, so that items stay which an order has no longer', async () => {
    const row = { resource: 'order_item' };
    const scene = withRights({ deletable: false }, row);
    const fields = [fieldRow('Name', 'name')];
    const found = await foundIn({ ...scene, source: { ...scene.source, fields } });
    expect(found).toEqual(['warning GRANT_DELETE Order']);
  });

  it('edit the key, see or edit a field', async () => {
    const key = field('Woo_Key__c', 'string', {
      ...{ externalId: true, unique: true, createable: false, updateable: false },
    });
    const fixed = field('Total__c', 'double', { createable: false, updateable: false });
    const fields = [field('Name', 'string'), fixed, key];
    const found = await foundIn({
      source: {
        mappings: [mappingRow({ name: 'Order' })],
        fields: [NAME, fieldRow('Total__c', 'total'), fieldRow('Hidden__c', 'total')],
      },
      objects: [described('Woo_Order__c', fields)],
    });
    expect(found).toEqual(
      expect.arrayContaining([
        'error GRANT_KEY Order',
        'error MAPPING_FIELD_READ_ONLY Map_Total__c',
        'error MAPPING_UNKNOWN_FIELD Map_Hidden__c',
      ]),
    );
  });

  it('see an object that ships: its mappings may be invisible', async () => {
    const objects = [described('Woo_Order__c', ORDER_FIELDS), described('Woo_Refund__c')];
    const { setup } = await checked({ source: { fields: [NAME] }, objects });
    expect(setup.map(short)).toEqual([
      'error OBJECT_NOT_VISIBLE Woo_Order_Item__c',
      'warning OBJECT_NOT_VISIBLE Account',
      'warning OBJECT_NOT_VISIBLE Contact',
      'warning OBJECT_NOT_VISIBLE Product2',
    ]);
  });

  it('read the custom metadata', async () => {
    const said = new CodedError('SF_NOT_DEPLOYED', 'INVALID_TYPE (Woo_Mapping__mdt)', 'Grant it.');
    const { asked } = await checked({});
    const { check } = await import('../../../src/diagnostics/check/check.ts');
    const org = { ...asked.org, readMappings: () => Promise.reject(said) };
    const report = await check({ org, openStore: asked.openStore });
    expect(report.setup.map(short)).toEqual(['error SF_NOT_DEPLOYED custom metadata']);
    expect(report.mappings).toEqual([]);
  });
});

describe('a mapping that goes to WooCommerce', () => {
  const both = mappingRow({
    name: 'Product',
    resource: 'product',
    object: 'Product2',
    direction: 'both',
  });
  const fieldsOf = [
    field('Name', 'string'),
    field('Description', 'textarea', { length: 4000 }),
    field('Price__c', 'double'),
    field('Image__c', 'string'),
  ];
  const product = described('Product2', fieldsOf, { label: 'Product' });
  const own = { mapping: 'Product' };
  const scene = (...fields: ReturnType<typeof fieldRow>[]): Scene => ({
    source: { mappings: [both], fields },
    objects: [product],
    flows: [
      { ApiName: 'Woo_Product_Updated', IsActive: true, TriggerObjectOrEventLabel: 'Product' },
    ],
  });

  it('is fine where values can be turned back', async () => {
    const there = scene(
      fieldRow('Name', 'name', own),
      fieldRow('Image__c', 'product_featured_image', { ...own, direction: 'to_woo' }),
    );
    expect(await foundIn(there)).toEqual([]);
  });

  it('is fine with notes of an order, and of no other record', async () => {
    const notes = [
      fieldRow('Name', 'note_private', { ...own, direction: 'to_woo' }),
      fieldRow('Image__c', 'note_to_customer', { ...own, direction: 'to_woo' }),
    ];
    const orders = { ...both, resource: 'order' as const };
    const found = await foundIn({
      ...scene(...notes),
      source: { mappings: [orders], fields: notes },
    });
    expect(found).not.toContainEqual(expect.stringContaining('MAPPING_UNKNOWN_ATTRIBUTE'));
    expect(await foundIn(scene(...notes))).toContain('error MAPPING_UNKNOWN_ATTRIBUTE Map_Name');
  });

  it('is fine with the name of a product, which is derived for variations only', async () => {
    expect(await foundIn(scene(fieldRow('Name', 'post_title', own)))).toEqual([]);
  });

  it.each([
    ['a transform', fieldRow('Description', 'description', { ...own, transform: 'plain_text' })],
    ['truncation', fieldRow('Description', 'description', { ...own, overflow: 'truncate' })],
    ['a derived attribute', fieldRow('Description', 'parent', own)],
  ])('is told of %s, which cannot be turned back', async (_, row) => {
    const found = await foundIn(scene(fieldRow('Name', 'name', own), row));
    expect(found).toContain('error MAPPING_LOSSY_BOTH_WAYS Map_Description');
  });

  it('is told of attributes that nobody can write, and of such that there are none', async () => {
    const found = await foundIn(
      scene(
        fieldRow('Price__c', 'price', own),
        fieldRow('Name', 'nmae', { ...own, direction: 'to_woo' }),
        fieldRow('Gone__c', 'sku', { ...own, direction: 'to_woo' }),
      ),
    );
    expect(found).toEqual([
      'error MAPPING_NOT_WRITABLE Map_Price__c',
      'error MAPPING_UNKNOWN_ATTRIBUTE Map_Name',
      'error MAPPING_UNKNOWN_FIELD Map_Gone__c',
    ]);
  });

  it('is told of flows that do not run, of none, and of such that it cannot see', async () => {
    const there = scene(fieldRow('Name', 'name', own));
    const flow = { ApiName: 'Woo_Product_Created', IsActive: false };
    const inactive = [{ ...flow, TriggerObjectOrEventLabel: 'Product' }];
    expect(await foundIn({ ...there, flows: inactive })).toEqual(['error FLOW_INACTIVE Product']);
    const other = [{ ...flow, TriggerObjectOrEventLabel: 'Account' }];
    expect(await foundIn({ ...there, flows: other })).toEqual(['hint FLOW_MISSING Product']);
    const refused = new CodedError('SF_REFUSED', 'no', 'none');
    expect(await foundIn({ ...there, flows: refused })).toEqual(['hint FLOW_UNKNOWN Product']);
    const limit = new CodedError('SF_LIMIT_EXCEEDED', 'no', 'none');
    await expect(foundIn({ ...there, flows: limit })).rejects.toBe(limit);
  });
});

describe('a lookup', () => {
  const contact = mappingRow({ name: 'Contact', resource: 'customer', object: 'Contact' });
  const scene = (attribute: string): Scene => ({
    objects: [
      described('Woo_Order__c', ORDER_FIELDS),
      described('Contact', [field('LastName', 'string')]),
    ],
    source: {
      mappings: [mappingRow({ name: 'Order' }), contact],
      fields: [
        ...[NAME, fieldRow('LastName', 'last_name', { mapping: 'Contact' })],
        fieldRow('Contact__c', attribute, { kind: 'lookup' }),
      ],
    },
  });

  it.each([
    ['customer', []],
    ['customer_id', []],
    ['meta_data.sales_rep', []],
    ['date_paid', ['error MAPPING_LOOKUP_ATTRIBUTE Map_Contact__c']],
    ['line_items.0.product_id', ['error MAPPING_LOOKUP_ATTRIBUTE Map_Contact__c']],
    ['line_items.product_id', ['error MAPPING_LOOKUP_ATTRIBUTE Map_Contact__c']],
    ['id', ['error MAPPING_LOOKUP_ATTRIBUTE Map_Contact__c']],
    ['number', ['error MAPPING_LOOKUP_ATTRIBUTE Map_Contact__c']],
    ['line_items.0.meta_data._sold_by', []],
  ])('by %s', async (attribute, expected) => {
    expect(await foundIn(scene(attribute))).toEqual(expected);
  });

  it("by another resource's id is told of what the field refers to", async () => {
    const product = mappingRow({ name: 'Product', resource: 'product', object: 'Contact' });
    const { mappings } = await checked({
      source: {
        mappings: [mappingRow({ name: 'Order' }), product],
        fields: [NAME, fieldRow('Contact__c', 'customer', { kind: 'lookup' })],
      },
    });
    const found = mappings[0]?.findings.find(({ code }) => code === 'MAPPING_LOOKUP_ATTRIBUTE');
    expect(found?.message).toContain(
      'customer, which is an id of the kind customer, but Contact holds product records',
    );
  });
});

describe('a look at the latest records', () => {
  const order = recorded('orders', 3801);
  const condition = (value: string, operator = 'equals') =>
    conditionRow(1, 'status', operator, value);
  const scene = (...conditions: ReturnType<typeof conditionRow>[]): Scene => ({
    source: { fields: [NAME], conditions },
    records: { orders: [order] },
  });

  it('tells of words that no record has and WooCommerce does not know', async () => {
    const { mappings } = await checked(scene(condition('complete')));
    const [finding] = mappings[0]?.findings ?? [];
    expect(finding && short(finding)).toBe('warning CHECK_UNKNOWN_WORD Condition_1');
    expect(finding?.cure).toMatch(/^Did you mean completed\?/);
  });

  it.each([
    ['completed', 'equals', 0],
    ['Processing; on-hold', 'in', 0],
    ['shiped', 'equals', 1],
    ['completed,shipped,packed', 'not_in', 2],
    ['compl', 'contains', 0],
  ])('status %s with %s: %i', async (value, operator, warnings) => {
    expect(await foundIn(scene(condition(value, operator)))).toHaveLength(warnings);
  });

  it("takes a plugin's status that some record has", async () => {
    const records = { orders: [{ ...order, status: 'shipped' }] };
    expect(await foundIn({ ...scene(condition('shipped')), records })).toEqual([]);
  });

  it('hints at custom fields that none of them has', async () => {
    const meta_data = [{ key: 'vat_number', value: 'DE1' }];
    const found = await foundIn({
      source: {
        fields: [NAME, fieldRow('Total__c', 'meta_data.vat')],
        conditions: [conditionRow(1, 'meta_data.vat_number', 'is_not_empty', null)],
      },
      records: { orders: [{ ...order, meta_data }] },
    });
    expect(found).toEqual(['hint CHECK_NOT_SEEN Map_Total__c']);
  });

  it.each([
    ['an empty list', [[], []], 'warning CHECK_ACF_HIDDEN'],
    ['a group without fields', [{}, []], 'warning CHECK_ACF_HIDDEN'],
    ['another field', [{ venue: 'Hall' }, []], 'hint CHECK_NOT_SEEN'],
    ['a field that is empty everywhere', [{ poster: null }, []], 'hint CHECK_NOT_SEEN'],
    ['nothing, as without ACF', [undefined], 'hint CHECK_NOT_SEEN'],
    ['the field, of one record', [{ poster: 9 }, []], undefined],
    ['an empty gallery', [{ poster: [] }], undefined],
  ])('tells ACF that is hidden from one that was not seen: %s', async (_, shown, says) => {
    const { mappings } = await checked({
      source: {
        mappings: [mappingRow({ name: 'Book', resource: 'content', contentType: 'book' })],
        fields: [fieldRow('Name', 'title.rendered'), fieldRow('Total__c', 'acf.poster')].map(
          (row) => ({ ...row, mapping: 'Book' }),
        ),
      },
      records: {
        'content/book': shown.map((acf, id) => ({
          ...{ id, status: 'publish', title: { rendered: 'A book' } },
          ...(acf === undefined ? {} : { acf }),
        })),
      },
    });
    const found = mappings[0]?.findings.filter(({ place }) => place === 'Map_Total__c');
    expect(found?.map(short)).toEqual(says === undefined ? [] : [`${says} Map_Total__c`]);
    if (says?.startsWith('warning') === true) {
      expect(found?.[0]?.message).toBe(
        'Map_Total__c reads acf.poster, but ACF shows no field of the type book to the REST API: acf is empty in all of the 2 records looked at.',
      );
      expect(found?.[0]?.cure).toMatch(/switch on Show in REST API in its Group Settings/);
    }
  });

  it('hints at conditions that the time alone changes', async () => {
    const found = await foundIn({
      source: {
        fields: [NAME],
        conditions: [
          conditionRow(1, 'date_created', 'within', 'last 30 days'),
          conditionRow(2, 'date_created', 'at_least', '2026-01-01'),
          conditionRow(3, 'meta_data.delivery', 'equals', 'today'),
        ],
      },
      records: { orders: [{ ...order, meta_data: [{ key: 'delivery', value: 'today' }] }] },
    });
    expect(found).toEqual(['hint CHECK_PERIOD Condition_1']);
  });

  it('counts those that would be refused, without showing whose they are', async () => {
    const billing = { email: 'not an address of Ada Lovelace' };
    const { mappings } = await checked({
      source: {
        fields: [NAME, fieldRow('Email__c', 'billing.email')],
        conditions: [condition('completed')],
      },
      records: {
        orders: [
          { ...order, status: 'completed', billing },
          { ...order, id: 2, status: 'pending', billing },
          { ...order, id: 3, status: 'completed' },
        ],
      },
    });
    const [finding] = mappings[0]?.findings ?? [];
    expect(finding?.message).toMatch(
      /^1 of the 2 records .* among the latest 3, cannot be written/,
    );
    expect(finding?.message).not.toContain('Ada');
  });
});

describe('stores', () => {
  it('that cannot be opened or read are told of, each with its own error', async () => {
    const stores = [
      STORE_ROW,
      { ...STORE_ROW, name: 'Two', key: 'two' },
      { ...STORE_ROW, name: 'Off', key: 'off', active: false },
    ];
    const report = await checked({
      source: { stores, fields: [NAME] },
      openStore: ({ key }) => {
        throw new CodedError(key === 'two' ? 'WOO_NOT_FOUND' : 'WOO_KEY_REFUSED', 'no', 'none');
      },
    });
    expect(report.stores.flatMap(({ findings }) => findings.map(short))).toEqual([
      'error WOO_KEY_REFUSED main',
      'error WOO_NOT_FOUND two',
    ]);
  });

  it('are shown without a password or key that stands in their URL', async () => {
    const url = 'http://ann:s3cret@shop.example/wp?consumer_key=ck_1';
    const { stores } = await checked({ source: { stores: [{ ...STORE_ROW, url }] } });
    expect(stores.map((store) => store.url)).toEqual(['http://shop.example/wp']);
  });

  it('need a key of their own, and there must be one', async () => {
    const twins = [STORE_ROW, { ...STORE_ROW, name: 'Twin' }];
    const two = await checked({ source: { stores: twins, fields: [NAME] } });
    expect(two.setup.map(short)).toEqual(['error STORE_KEY_TWICE main']);
    const none = await checked({ source: { stores: [], mappings: [], fields: [NAME] } });
    expect(none.setup.map(short)).toEqual(
      expect.arrayContaining([
        'error STORE_UNKNOWN Woo_Store',
        'error MAPPINGS_MISSING Woo_Mapping',
        'warning MAPPING_UNKNOWN_MAPPING Map_Name',
      ]),
    );
  });
});
