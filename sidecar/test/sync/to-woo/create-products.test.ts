import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../src/errors/coded-error.ts';
import { newKey } from '../../../src/mapping/keys/new-record-key.ts';
import type { ConditionRow } from '../../../src/mapping/model/config-rows.ts';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { ProductResult } from '../../../src/ports/store.ts';
import { syncChanges } from '../../../src/sync/pipeline/sync-changes.ts';
import { InheritedValues } from '../../../src/sync/read/inherited.ts';
import { ProductTypeCache } from '../../../src/sync/read/product-type-cache.ts';
import { CollectedFailures } from '../../../src/sync/report/collected-failures.ts';
import { lastWritten } from '../../../src/sync/report/status/last-written.ts';
import {
  compiled,
  conditionRow,
  field,
  fieldRow,
  mappingRow,
  object,
  schemas,
  source,
} from '../../mapping/support/mappings.ts';
import { HoldingOrg } from '../../support/holding-org.ts';
import { IdStore, MemoryState } from '../../support/memory-state.ts';
import { verified } from '../../support/links.ts';

const OBJECT = 'Product2';
const ID = '01t000000000001AAA';
const KEY = newKey('main', { object: OBJECT, recordId: ID });
const MODIFIED = '2026-03-01T10:00:00';

function mapping(
  createInWoo: boolean,
  of = OBJECT,
  name = 'Name',
  conditions: readonly ConditionRow[] = [],
) {
  const row = mappingRow({ name: 'Product', resource: 'product', object: of });
  const names = { mapping: 'Product', direction: 'both' };
  const fields = [
    fieldRow(name, 'name', names),
    fieldRow('StockKeepingUnit', 'sku', names),
    fieldRow('Price__c', 'regular_price', names),
  ];
  const schema = object(
    of,
    field(name, 'string'),
    field('StockKeepingUnit', 'string'),
    field('Price__c', 'string'),
  );
  const mappings = [{ ...row, direction: 'both', createInWoo }];
  return compiled(source({ mappings, fields, conditions }), schemas(schema));
}

/** A shop that makes products. */
class MakingShop extends IdStore {
  readonly made: WooRecord[];
  /** What happens meanwhile. */
  meanwhile: () => void = () => undefined;
  /** Who has the SKU of the next one. */
  taken: number | null = null;
  /** What it gives to a product that is made without. */
  gives: WooRecord = {};
  /** Why none of its products can be listed. */
  tooLarge: CodedError | null = null;

  constructor(made: WooRecord[] = []) {
    super({ products: made });
    this.made = made;
  }

  override readonly walk: IdStore['walk'] = async function* (
    this: MakingShop,
    ...[, , , onTooLarge]: Parameters<IdStore['walk']>
  ) {
    for (const { id } of this.made) if (this.tooLarge) onTooLarge?.({ id }, this.tooLarge);
    const records = this.tooLarge ? [] : this.made;
    const page = { records, total: records.length, pages: 1, storeTime: new Date(0) };
    yield await Promise.resolve({ ...page, read: records.length, cursor: { by: 'modified' } });
  };

  override readonly createProducts = (
    products: readonly WooRecord[],
  ): Promise<readonly ProductResult[]> =>
    Promise.resolve(products.map((product) => this.#make(product)));

  #make(fields: WooRecord): ProductResult {
    if (this.taken !== null) {
      const data = { status: 400, resource_id: this.taken };
      return { error: { code: 'product_invalid_sku', message: 'Taken.', data } };
    }
    const id = 70 + this.made.length;
    const record = { ...this.gives, ...fields, id, type: 'simple', date_modified_gmt: MODIFIED };
    this.made.push(record);
    this.meanwhile();
    return { record };
  }
}

interface Scene {
  readonly createInWoo?: boolean;
  readonly fields?: object;
  /** In place of the one of products. */
  readonly mappings?: readonly Mapping[];
}

function world({ createInWoo = true, fields = {}, mappings: given }: Scene = {}) {
  const org = new HoldingOrg();
  org.of(OBJECT).push({ Id: ID, Name: 'Mug', Woo_Key__c: null, ...fields });
  const [shop, state] = [new MakingShop(), new MemoryState()];
  const noted: string[] = [];
  const shopBacklog = {
    sending: (resource: string, keys: readonly string[]) =>
      void noted.push(`${resource} ${keys.join(' ')}`),
    refused: () => undefined,
  };
  const remembered = { productTypes: new ProductTypeCache(), inherited: new InheritedValues() };
  const parts = { ...remembered, links: null, shopBacklog };
  const create = async (isChecked = createInWoo, keys: readonly string[] = [KEY]) => {
    const listener = new CollectedFailures();
    const mappings = given ?? [mapping(isChecked)];
    const { followUps } = await syncChanges(
      { ...parts, mappings, org: org.asOrg, store: shop, state, listener },
      keys.map((key) => ({ resource: 'product', key })),
    );
    return { followUps, failures: listener.take() };
  };
  return { org, shop, state, create, noted };
}

describe('a record that another shop has made first', () => {
  it('is made in this one too, once, and keeps the key of the other', async () => {
    const { org, shop, state, create } = world({ fields: { Woo_Key__c: 'outlet:5' } });
    expect((await create()).failures).toEqual([]);
    await create();
    expect(shop.made).toHaveLength(1);
    expect(org.get(OBJECT, ID)).toMatchObject({ Woo_Key__c: 'outlet:5' });
    expect(await state.twoWay.linkedTo([ID])).toMatchObject([{ key: 'main:70', byId: true }]);
    expect(state.twoWay.creations.size).toBe(0);
  });

  it('says nothing where the other one did so meanwhile, and is linked', async () => {
    const { org, shop, state, create } = world();
    shop.meanwhile = () => {
      Object.assign(org.of(OBJECT)[0] ?? {}, { Woo_Key__c: 'outlet:5' });
    };
    const { failures, followUps } = await create();
    expect(failures).toEqual([]);
    await create(
      true,
      followUps.map(({ key }) => key),
    );
    expect(org.get(OBJECT, ID)).toMatchObject({ Woo_Key__c: 'outlet:5' });
    expect(await state.twoWay.linkedTo([ID])).toMatchObject([{ key: 'main:70', byId: true }]);
    expect([shop.made.length, state.twoWay.creations.size]).toEqual([1, 0]);
  });

  describe.each([
    ['the search for the record', (soql: string) => soql.includes('WHERE')],
    ['the look at the record', (soql: string) => soql.includes('Price__c')],
  ])('between %s and the write', (_, isMoment) => {
    /** The other store writes its key as soon as this one has read the record, once its product is made. */
    function raced(conditions: readonly ConditionRow[] = []) {
      const mappings = [mapping(true, OBJECT, 'Name', conditions)];
      const scene = world({
        mappings,
        fields: { LastModifiedDate: '2026-01-01T00:00:00.000+0000' },
      });
      scene.shop.gives = { sku: 'GIVEN' };
      const [record] = scene.org.of(OBJECT);
      const queries = scene.org.queries.bind(scene.org);
      scene.org.queries = async (soql) => {
        const answers = await queries(soql);
        const isNow = scene.shop.made.length > 0 && soql.some(isMoment);
        if (isNow && record?.['Woo_Key__c'] === null)
          Object.assign(record, { Woo_Key__c: 'outlet:5', LastModifiedDate: scene.org.now() });
        return answers;
      };
      return scene;
    }

    it('has the record looked at again, without a word, and is linked', async () => {
      const { org, shop, state, create } = raced();
      const first = await create();
      expect(first.failures).toEqual([]);
      expect(first.followUps.map(({ key }) => key).sort()).toEqual(['main:70', KEY]);
      const second = await create(
        true,
        first.followUps.map(({ key }) => key),
      );
      const madeNow = { resource: 'product', key: 'main:70' };
      expect(second).toEqual({ followUps: [madeNow], failures: [] });
      expect(await create(true, ['main:70'])).toEqual({ followUps: [], failures: [] });
      expect(await state.twoWay.linkedTo([ID])).toMatchObject([{ key: 'main:70', byId: true }]);
      expect([shop.made.length, state.twoWay.creations.size]).toEqual([1, 0]);
      expect(org.get(OBJECT, ID)).toMatchObject({ Woo_Key__c: 'outlet:5' });
    });

    it('is linked where the process dies before that', async () => {
      const { shop, state, create } = raced();
      await create();
      expect((await create()).failures).toEqual([]);
      expect(await state.twoWay.linkedTo([ID])).toMatchObject([{ key: 'main:70', byId: true }]);
      expect([shop.made.length, state.twoWay.creations.size]).toEqual([1, 0]);
    });

    it('is an issue where this store alone leaves it out', async () => {
      const { shop, state, create } = raced([
        conditionRow(1, 'name', 'not_equals', 'Mug', 'Product'),
      ]);
      for (let times = 0; times < 2; times += 1)
        expect((await create()).failures).toMatchObject([
          { code: 'CREATE_LEFT_OUT', recordId: ID, recordKey: KEY },
        ]);
      expect(shop.made).toHaveLength(1);
      expect(await state.twoWay.linkedTo([ID])).toEqual([]);
    });
  });

  it.each([
    ['has its key back', false],
    ['is told of where Salesforce does not take it back', true],
  ])('%s, where it is one of more than are written one by one', async (_, isRefused) => {
    const fields = { LastModifiedDate: '2026-01-01T00:00:00.000+0000' };
    const { org, state, create } = world({ fields });
    const others = Array.from({ length: 30 }, (_, at) => `01t0000000001${10 + at}AAA`);
    for (const Id of others) org.of(OBJECT).push({ Id, Name: 'Cup', Woo_Key__c: null, ...fields });
    const write = org.write.bind(org);
    let calls = 0;
    org.write = async (collections) => {
      calls += 1;
      if (calls === 1) Object.assign(org.get(OBJECT, ID) ?? {}, { Woo_Key__c: 'outlet:5' });
      if (calls === 2 && isRefused) throw new CodedError('SF_UNAVAILABLE', 'Out.', 'Wait.');
      return write(collections);
    };
    const keys = others.map((recordId) => newKey('main', { object: OBJECT, recordId }));
    const { failures, followUps } = await create(true, [KEY, ...keys]);
    expect(calls).toBe(2);
    if (isRefused) {
      expect(failures).toMatchObject([{ code: 'CONFLICT_DECIDED', salesforceValue: 'outlet:5' }]);
      expect(org.get(OBJECT, ID)).toMatchObject({ Woo_Key__c: 'main:70' });
      return;
    }
    expect(failures).toEqual([]);
    expect(org.get(OBJECT, ID)).toMatchObject({ Woo_Key__c: 'outlet:5' });
    await create(
      true,
      followUps.map(({ key }) => key),
    );
    expect(org.get(OBJECT, ID)).toMatchObject({ Woo_Key__c: 'outlet:5' });
    expect(await state.twoWay.linkedTo([ID])).toMatchObject([{ key: 'main:70', byId: true }]);
  });

  it('is not made where its mapping makes none', async () => {
    const { shop, create } = world({ createInWoo: false, fields: { Woo_Key__c: 'outlet:5' } });
    expect((await create()).failures).toEqual([]);
    expect(shop.made).toEqual([]);
  });
});

describe('a record that the shop does not have', () => {
  it('is one draft that knows its record, and the record gets its key', async () => {
    const { org, shop, state, create, noted } = world();
    expect((await create()).failures).toEqual([]);
    expect(noted).toEqual(['product main:70']);
    const meta_data = [{ key: '_salesforce_id', value: ID }];
    expect(shop.made).toMatchObject([{ name: 'Mug', status: 'draft', meta_data }]);
    expect(org.get(OBJECT, ID)).toMatchObject({ Woo_Key__c: 'main:70' });
    // The shop was asked for nothing else, so its time is that of the product.
    expect(Object.values(await lastWritten(state, 'main'))).toEqual([`${MODIFIED}.000Z`]);
    expect(state.twoWay.creations.size).toBe(0);
  });

  it('is made no second time, and its change event becomes that of its product', async () => {
    const { shop, create } = world();
    await create();
    expect((await create()).followUps).toEqual([{ resource: 'product', key: 'main:70' }]);
    expect(shop.made).toHaveLength(1);
  });

  it('is noted before the shop is asked, so that it is searched for where the answer is lost', async () => {
    const { shop, state, create } = world();
    shop.meanwhile = () => {
      throw new Error('The answer is lost.');
    };
    await expect(create()).rejects.toThrow('The answer is lost.');
    expect(shop.made).toHaveLength(1);
    expect([...state.twoWay.creations.keys()]).toEqual([KEY]);
  });

  it('stays noted where no more are to be made meanwhile', async () => {
    const { shop, state, create } = world();
    shop.meanwhile = () => {
      throw new Error('The answer is lost.');
    };
    await expect(create()).rejects.toThrow('The answer is lost.');
    await create(false);
    expect([...state.twoWay.creations.keys()]).toEqual([KEY]);
    expect(shop.made).toHaveLength(1);
  });

  it('waits where one that may be it is too large to be read', async () => {
    const { shop, state, create } = world();
    const why = new CodedError('WOO_ANSWER_TOO_LARGE', 'One record is larger than 2.5 MB.', '');
    shop.tooLarge = why;
    shop.meanwhile = () => {
      throw new Error('The answer is lost.');
    };
    await expect(create()).rejects.toThrow('The answer is lost.');
    const list = shop.list.bind(shop);
    shop.list = (name, params) =>
      params['include'] === '70' ? Promise.reject(why) : list(name, params);
    expect((await create()).failures).toMatchObject([
      {
        code: 'CREATE_NOT_SEEN',
        recordId: ID,
        recordKey: KEY,
        reason: expect.stringMatching(/product main:70 \(One record is larger/) as string,
      },
    ]);
    expect(shop.made).toHaveLength(1);
    expect([...state.twoWay.creations.keys()]).toEqual([KEY]);
  });

  it('keeps what somebody edits in it while the shop makes it', async () => {
    const { org, shop, state, create } = world({ fields: { Price__c: '9.5' } });
    shop.meanwhile = () => {
      Object.assign(org.of(OBJECT)[0] ?? {}, { Name: 'Cup', Price__c: '12' });
    };
    await create();
    expect(shop.made).toMatchObject([{ name: 'Mug', regular_price: '9.5' }]);
    const kept = { Name: 'Cup', Price__c: '12', Woo_Key__c: 'main:70' };
    expect(org.get(OBJECT, ID)).toMatchObject(kept);
    expect([...state.twoWay.kept.keys()]).toEqual([`${OBJECT} main:70`]);
  });

  it('is not made where the mapping does not say so, or the record carries a key that is none', async () => {
    const other = { Woo_Key__c: 'somebody’s own' };
    for (const one of [world({ createInWoo: false }), world({ fields: other })]) {
      expect(await one.create()).toEqual({ followUps: [], failures: [] });
      expect(one.shop.made).toEqual([]);
    }
  });

  it('is not made where the record was deleted while it waited, and nothing is kept of it', async () => {
    const { org, shop, state, create } = world();
    org.objects.set(OBJECT, []);
    expect(await create()).toEqual({ followUps: [], failures: [] });
    expect([shop.made.length, state.twoWay.creations.size, state.twoWay.edits.size]).toEqual([
      0, 0, 0,
    ]);
  });

  it('is made by the mapping of its own object where another makes products too', async () => {
    const bundles = { ...mapping(true, 'Bundle__c', 'Title__c'), name: 'Bundle' };
    for (const mappings of [
      [mapping(true), bundles],
      [bundles, mapping(true)],
    ]) {
      const { org, shop, create } = world({ mappings });
      const Id = 'a01000000000001AAA';
      org.of('Bundle__c').push({ Id, Title__c: 'Set', Woo_Key__c: null });
      const key = newKey('main', { object: 'Bundle__c', recordId: Id });
      expect((await create(true, [key, KEY])).failures).toEqual([]);
      expect(shop.made.map(({ name, meta_data }) => [name, meta_data])).toEqual([
        ['Set', [{ key: '_salesforce_id', value: Id }]],
        ['Mug', [{ key: '_salesforce_id', value: ID }]],
      ]);
      expect(org.get('Bundle__c', Id)).toMatchObject({ Woo_Key__c: 'main:70' });
      expect(org.get(OBJECT, ID)).toMatchObject({ Woo_Key__c: 'main:71' });
    }
  });

  it('is not made with a value that the shop cannot take, which is named', async () => {
    const { shop, create } = world({ fields: { Price__c: '10,50' } });
    expect((await create()).failures).toMatchObject([
      { code: 'TO_WOO_NUMBER', field: 'Price__c', recordId: ID, recordKey: KEY },
    ]);
    expect(shop.made).toEqual([]);
  });

  it('adopts the product that has its SKU and is nobody’s', async () => {
    const { shop, create } = world();
    shop.taken = 5;
    const followUps = [{ resource: 'product', key: 'main:5' }];
    expect(await create()).toEqual({ followUps, failures: [] });
  });

  it('is an issue where the product that has its SKU has another record', async () => {
    const { shop, state, create } = world();
    shop.taken = 5;
    const link = { ...verified(null), parentKey: null, byId: false, readNumber: 1 };
    await state.didWrite([{ object: OBJECT, key: 'main:5', recordId: '01tOther', ...link }], []);
    expect((await create()).failures).toMatchObject([
      {
        code: 'CREATE_SKU_TAKEN',
        recordId: ID,
        reason: expect.stringMatching(/5.*01tOther/) as string,
      },
    ]);
  });
});
