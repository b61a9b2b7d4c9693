import { describe, expect, it } from 'vitest';
import type { FieldMappingRow, MappingRow } from '../../../src/mapping/model/config-rows.ts';
import { mergePatches } from '../../../src/mapping/to-woo/outgoing-field.ts';
import {
  compileRows,
  field,
  fieldRow,
  lookup,
  mappingRow,
  object,
  schemas,
  STORE,
} from '../support/mappings.ts';

const ORG = schemas(
  object(
    'Product2',
    field('Name', 'string', { nillable: false }),
    field('StockKeepingUnit', 'string'),
    field('ProductCode', 'string'),
    field('Price__c', 'double'),
    field('Active__c', 'boolean'),
    field('Formula__c', 'string', { calculated: true, createable: false, updateable: false }),
    field('Day__c', 'date'),
    field('Place__c', 'location'),
    field('Main__c', 'string'),
    field('More__c', 'textarea', { length: 5000 }),
    lookup('Parent__c', 'Product2'),
  ),
);

const to = (target: string, attribute: string | null, more: Partial<FieldMappingRow> = {}) =>
  fieldRow(target, attribute, { mapping: 'Product', direction: 'to_woo', ...more });

function compile(fields: readonly FieldMappingRow[], more: Partial<MappingRow> = {}) {
  const row = mappingRow({
    name: 'Product',
    resource: 'product',
    object: 'Product2',
    direction: 'to_woo',
    ...more,
  });
  const { mappings, problems } = compileRows({ mappings: [row], fields }, ORG);
  return { mapping: mappings[0], problems };
}

describe('a mapping that only goes to the shop', () => {
  const images = [to('Main__c', 'product_featured_image'), to('More__c', 'product_gallery_images')];

  it('may be of images alone, as the plugin has them', () => {
    const { mapping, problems } = compile(images);
    expect(problems).toEqual([]);
    expect(mapping?.outgoing).toMatchObject([
      { kind: 'featured_image', field: 'Main__c', direction: 'to_woo', place: 'Map_Main__c' },
      { kind: 'gallery_images', field: 'More__c', attribute: 'product_gallery_images' },
    ]);
    expect(mapping?.build({ id: 7 }, STORE).row).toMatchObject({ key: 'main:7', fields: {} });
    expect(mapping?.reads).toEqual(['id', 'image', 'images', 'parent_id', 'type']);
  });

  it('knows the images of a product and of a variation', () => {
    const [main, more] = compile(images).mapping?.outgoing ?? [];
    const product = { id: 7, parent_id: 0, images: [{ id: 3 }, { id: 5 }, { id: 4 }] };
    expect([main?.fromWoo(product), more?.fromWoo(product)]).toEqual(['3', '5;4']);
    const variation = { id: 8, parent_id: 7, image: { id: 6 } };
    expect([main?.fromWoo(variation), more?.fromWoo(variation)]).toEqual(['6', null]);
    expect(main?.fromWoo({ id: 8, parent_id: 7, image: null })).toBeNull();
    expect(more?.fromSalesforce(' 069000000000001; 069000000000002AAA')).toBe(
      '069000000000001AAA;069000000000002AAA',
    );
    expect(main?.fromSalesforce(null)).toBeNull();
    expect(main?.toWoo('069000000000001', product)).toEqual({ patch: {} });
  });

  it('takes a formula field, which can be read', () => {
    const { mapping, problems } = compile([to('Formula__c', 'description')]);
    expect(problems).toEqual([]);
    expect(mapping?.outgoing).toMatchObject([{ kind: 'value', attribute: 'description' }]);
  });

  it('reads what its values are checked against', () => {
    const rows = [to('Price__c', 'sale_price'), to('Name', 'meta_data.a.b')];
    expect(compile([...rows, to('ProductCode', '_width')]).mapping?.reads).toEqual([
      'dimensions.width',
      'id',
      'meta_data',
      'parent_id',
      'regular_price',
      'sale_price',
      'type',
    ]);
  });
});

describe('a field that goes both ways', () => {
  const both = { direction: 'both' };

  it('is sent, and written to Salesforce', () => {
    const { mapping, problems } = compile(
      [to('Name', 'post_title', both), to('Price__c', 'price', { direction: 'to_salesforce' })],
      both,
    );
    expect(problems).toEqual([]);
    expect(mapping?.outgoing).toMatchObject([{ field: 'Name', attribute: 'name', ...both }]);
    expect(mapping?.build({ id: 7, name: 'A &amp; B', price: '1' }, STORE).row?.fields).toEqual({
      Name: 'A & B',
      Price__c: 1,
    });
  });

  it.each([
    ['static', to('Name', null, { kind: 'static', staticValue: 'x', direction: null })],
    ['a lookup', to('Parent__c', 'parent', { kind: 'lookup', direction: null })],
    ['to Salesforce alone', to('Name', 'name', { direction: 'to_salesforce' })],
  ])('sends nothing that is %s', (_, row) => {
    const name = to('Name', 'name', { direction: 'to_salesforce', name: 'Needed' });
    const rows = row.field === 'Name' ? [row] : [name, row];
    const { mapping, problems } = compile(rows, both);
    expect(problems.filter(({ fatal }) => fatal)).toEqual([]);
    expect(mapping?.outgoing).toEqual([]);
  });
});

describe('a mapping is held', () => {
  const held: readonly (readonly [string, FieldMappingRow, RegExp, RegExp])[] = [
    ['MAPPING_NOT_WRITABLE', to('Price__c', '_stock'), /undo a sale/, /to_salesforce/],
    [
      'MAPPING_NOT_WRITABLE',
      to('Name', 'stock_status'),
      /sales of the shop decide/,
      /to_salesforce/,
    ],
    ['MAPPING_NOT_WRITABLE', to('Price__c', 'price'), /makes it itself/, /to_salesforce/],
    ['MAPPING_NOT_WRITABLE', to('Name', 'permalink'), /makes it itself/, /to_salesforce/],
    ['MAPPING_NOT_WRITABLE', to('Name', 'date_created'), /makes it itself/, /to_salesforce/],
    ['MAPPING_NOT_WRITABLE', to('Name', 'parent'), /made of other attributes/, /to_salesforce/],
    ['MAPPING_NOT_WRITABLE', to('Name', 'product_cat'), /lists .* cannot be written yet/, /./],
    ['MAPPING_NOT_WRITABLE', to('Name', 'attributes.0.name'), /cannot be written yet/, /./],
    ['MAPPING_NOT_WRITABLE', to('Name', 'images.0.src'), /ids of files/, /product_featured_image/],
    ['MAPPING_NOT_WRITABLE', to('Name', 'dimensions'), /a group/, /dimensions\.length/],
    ['MAPPING_NOT_WRITABLE', to('Name', 'meta_data._stock'), /keeps stock_quantity/, /Map stock_q/],
    ['MAPPING_NOT_WRITABLE', to('Name', 'acf.brand'), /custom field/, /meta_data\./],
    [
      'MAPPING_UNKNOWN_ATTRIBUTE',
      to('Name', 'regular_prise'),
      /writes to "regular_prise"/,
      /regular_price/,
    ],
    ['MAPPING_BAD_PATH', to('Name', 'meta_data.'), /not a path/, /./],
    ['MAPPING_NO_ATTRIBUTE', to('Name', ' '), /which .* attribute it writes to/, /./],
    ['MAPPING_UNKNOWN_FIELD', to('Nmae', 'name'), /reads "Nmae"/, /Did you mean Name\?/],
    ['MAPPING_TO_WOO_TYPE', to('Price__c', 'sku'), /of the type double/, /string, textarea/],
    ['MAPPING_TO_WOO_TYPE', to('Active__c', 'regular_price'), /type boolean/, /double, currency/],
    ['MAPPING_TO_WOO_TYPE', to('Active__c', 'product_featured_image'), /boolean/, /string/],
    ['MAPPING_TO_WOO_TYPE', to('Name', 'date_on_sale_to'), /type string/, /date, datetime/],
    ['MAPPING_TO_WOO_TYPE', to('Place__c', 'meta_data.x'), /type location/, /another field/],
    ['MAPPING_TO_WOO_KIND', to('Name', 'sku', { kind: 'static' }), /the kind static/, /attribute/],
    [
      'MAPPING_TO_WOO_KIND',
      to('Name', 'sku', { transform: 'upper_case' }),
      /upper_case/,
      /formula/,
    ],
    ['MAPPING_NOT_WRITABLE', to('Name', 'meta_data._sf'), /Salesforce id/, /another custom field/],
  ];

  it.each(held)('%s: %o', (code, row, message, cure) => {
    const { mapping, problems } = compile([row], { wooMetaKey: '_sf' });
    expect(mapping).toBeUndefined();
    expect(problems).toMatchObject([{ code, place: row.name, fatal: true }]);
    expect(problems[0]?.message).toMatch(message);
    expect(problems[0]?.cure).toMatch(cure);
  });

  it('of a read-only attribute that goes both ways', () => {
    const { problems } = compile([to('Price__c', 'price', { direction: 'both' })], {
      direction: 'both',
      onCreate: false,
    });
    expect(problems).toMatchObject([{ code: 'MAPPING_NOT_WRITABLE', place: 'Map_Price__c' }]);
  });

  it.each([
    ['sku', '_sku'],
    ['name', 'post_title'],
    ['meta_data.x', 'meta_data.x'],
    ['weight', '_weight'],
  ])('of two fields for %s', (one, other) => {
    const { problems } = compile([to('ProductCode', one), to('StockKeepingUnit', other)]);
    expect(problems).toMatchObject([
      { code: 'MAPPING_ATTRIBUTE_TWICE', place: 'Map_StockKeepingUnit', fatal: true },
    ]);
    expect(problems[0]?.message).toContain('Map_ProductCode');
  });

  it('of a date and its twin in GMT', () => {
    const rows = [to('Day__c', 'date_on_sale_to'), to('Name', 'date_on_sale_to_gmt')];
    expect(compile(rows).problems).toMatchObject([{ code: 'MAPPING_ATTRIBUTE_TWICE' }]);
  });

  it('that creates products without a name', () => {
    const price = to('Price__c', 'regular_price');
    expect(compile([price], { createInWoo: true }).problems).toMatchObject([
      { code: 'MAPPING_CREATE_IN_WOO', fatal: true },
    ]);
    const { mapping, problems } = compile([price, to('Name', 'name')], { createInWoo: true });
    expect(problems).toEqual([]);
    expect(mapping).toMatchObject({ createInWoo: true, keepShopImages: true });
  });
});

describe('what does not go to the shop', () => {
  it('is a field whose mapping goes to Salesforce only, with a warning', () => {
    const rows = [to('Name', 'name', { direction: 'both' }), to('Price__c', '_stock')];
    const { mapping, problems } = compile(rows, { direction: 'to_salesforce', createInWoo: true });
    expect(mapping?.outgoing).toEqual([]);
    expect(problems).toMatchObject([
      { code: 'MAPPING_NOT_TO_WOO', place: 'Map_Name', fatal: false },
      { code: 'MAPPING_NOT_TO_WOO', place: 'Map_Price__c', fatal: false },
    ]);
  });

  it('is a record of another resource, with a warning', () => {
    const row = to('Name', 'email', { direction: null });
    const { mapping, problems } = compile([row], { resource: 'customer', direction: 'both' });
    expect(mapping?.outgoing).toEqual([]);
    expect(problems).toMatchObject([
      { code: 'MAPPING_NOT_TO_WOO', place: 'Product', fatal: false },
    ]);
    expect(problems[0]?.message).toContain('goes both ways, but only products and orders do');
  });
});

describe('several patches', () => {
  it('are one, with groups and custom fields joined', () => {
    const meta = (...meta_data: readonly unknown[]) => ({ meta_data });
    const patches = [
      { name: 'a', dimensions: { width: '1' }, ...meta({ key: 'x', value: '1' }) },
      { dimensions: { height: '2' }, ...meta({ id: 3, key: 'y', value: null }) },
      { name: 'b', ...meta({ key: 'x', value: '2' }, { id: 4, key: 'y', value: null }) },
    ];
    expect(mergePatches(patches)).toEqual({
      name: 'b',
      dimensions: { width: '1', height: '2' },
      meta_data: [
        { key: 'x', value: '2' },
        { id: 3, key: 'y', value: null },
        { id: 4, key: 'y', value: null },
      ],
    });
    expect(mergePatches([])).toEqual({});
    expect(patches[0]).toMatchObject({ name: 'a', dimensions: { width: '1' } });
  });

  it('replace lists that are no custom fields', () => {
    const images = [{ id: 2 }];
    expect(mergePatches([{ images: [{ id: 1 }] }, { images }])).toEqual({ images });
  });
});
