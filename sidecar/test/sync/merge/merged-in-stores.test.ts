import { describe, expect, it } from 'vitest';
import { compileMappings } from '../../../src/mapping/compile/compile.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import { backfill } from '../../../src/sync/pipeline/backfill.ts';
import type { HeardFailure } from '../../../src/sync/report/run-report.ts';
import {
  field,
  fieldRow,
  mappingRow,
  object,
  schemas,
  source,
  STORE_ROW,
} from '../../mapping/support/mappings.ts';
import { HoldingOrg } from '../../support/holding-org.ts';
import { ListStore } from '../../support/list-store.ts';
import { MemoryState } from '../../support/memory-state.ts';

const ORG = schemas(
  object(
    'Contact',
    field('Email', 'email'),
    field('Phone', 'phone'),
    field('Outlet_Phone__c', 'phone'),
    field('LastName', 'string', { nillable: false }),
  ),
);
const OUTLET = { ...STORE_ROW, name: 'Outlet', key: 'outlet' };

/** Customers of all stores, and those of the outlet with a phone of their own; or those of the main store alone. */
function mappingsOf(isCommon: boolean) {
  const contact = { resource: 'customer', object: 'Contact', matchFields: 'Email' };
  const fields = (mapping: string, phone: string) => [
    fieldRow('Email', 'email', { mapping }),
    fieldRow('LastName', 'last_name', { mapping, transform: 'name_fallback' }),
    fieldRow(phone, 'billing.phone', { mapping }),
  ];
  const { mappings, problems } = compileMappings(
    source({
      stores: [STORE_ROW, OUTLET],
      mappings: [
        mappingRow({ ...contact, name: 'Main', store: isCommon ? null : 'main' }),
        ...(isCommon ? [mappingRow({ ...contact, name: 'Outlet', store: 'outlet' })] : []),
      ],
      fields: [
        ...fields('Main', 'Phone'),
        ...(isCommon ? fields('Outlet', 'Outlet_Phone__c') : []),
      ],
    }),
    ORG,
  );
  expect(problems.filter(({ fatal }) => fatal)).toEqual([]);
  return mappings;
}

class ShopOf extends ListStore {
  override readonly key: string;

  constructor(key: string, customers: readonly WooRecord[]) {
    super({ customers });
    this.key = key;
  }
}

/** Stores that share an org. */
class Stores {
  readonly org = new HoldingOrg();
  readonly #state = new MemoryState();
  readonly #mappings: ReturnType<typeof mappingsOf>;
  failures: HeardFailure[] = [];
  /** Keys that are to be looked at once more. */
  looked: string[] = [];

  constructor(isCommon: boolean) {
    this.#mappings = mappingsOf(isCommon);
  }

  /** The shop holds these customers, and all of them are looked at. */
  async load(key: string, ...customers: readonly WooRecord[]): Promise<void> {
    this.failures = [];
    this.looked = [];
    const own = this.#mappings.filter(({ store }) => store === key);
    const common = this.#mappings.filter(({ store }) => store === null);
    await backfill({
      org: this.org.asOrg,
      state: this.#state,
      store: new ShopOf(key, customers),
      mappings: own.length > 0 ? own : common,
      listener: {
        failed: (_mapping, failure) => this.failures.push(failure),
        settled: () => undefined,
        seen: () => undefined,
      },
      onStale: (links) => this.looked.push(...links.map(({ key }) => key)),
    });
  }

  contactOf(key: string): Record<string, unknown> {
    const found = this.org.of('Contact').find((one) => one['Woo_Key__c'] === key);
    if (found === undefined) throw new Error(`no contact of ${key}`);
    return found;
  }

  /** A person merges the contact of one customer into that of another. */
  merge(lost: string, kept: string): void {
    const [from, to] = [lost, kept].map((key) => this.contactOf(key)['Id']);
    this.org.merged.set(String(from), String(to));
    const others = this.org.of('Contact').filter(({ Id }) => Id !== from);
    this.org.objects.set('Contact', others);
  }
}

const customer = (id: number, name: string, phone: string): WooRecord => ({
  id,
  role: 'customer',
  email: `${name}@shop.example`,
  last_name: name,
  billing: { phone },
});

describe('two customers of a second store whose contacts were merged into one of the first', () => {
  const [ADA, BOB] = [customer(5, 'ada', '5'), customer(6, 'bob', '6')];

  async function merged() {
    const stores = new Stores(true);
    await stores.load('main', customer(3, 'ada', '3'));
    await stores.load('outlet', ADA, BOB);
    stores.merge('outlet:6', 'main:3');
    await stores.load('outlet', ADA, customer(6, 'bob', '66'));
    await stores.load('outlet', ADA, customer(6, 'bob', '666'));
    return stores;
  }

  it('are named, and the fields of that store keep the values of the first of them', async () => {
    const stores = await merged();
    expect(stores.failures).toMatchObject([
      { code: 'CUSTOMERS_MERGED', recordKey: 'outlet:6', field: 'Woo_Key__c' },
    ]);
    expect(stores.failures[0]?.message).toContain('outlet:5 and outlet:6');
    expect(stores.contactOf('main:3')).toMatchObject({ Phone: '3', Outlet_Phone__c: '5' });
    await stores.load('outlet', customer(5, 'ada', '55'), customer(6, 'bob', '666'));
    expect(stores.contactOf('main:3')).toMatchObject({ Phone: '3', Outlet_Phone__c: '55' });
    expect(stores.failures).toMatchObject([{ recordKey: 'outlet:6' }]);
  });

  it('are not any more once the shop has deleted the first of them', async () => {
    const stores = await merged();
    await stores.load('outlet', customer(6, 'bob', '666'));
    expect(stores.failures).toMatchObject([{ recordKey: 'outlet:6' }]);
  });
});

describe('a customer of a second store whose contact was merged into one of the first', () => {
  it('writes the fields of that store into it, once it was looked at anew', async () => {
    const stores = new Stores(true);
    await stores.load('main', customer(3, 'ada', '3'));
    await stores.load('outlet', customer(6, 'bob', '6'));
    stores.merge('outlet:6', 'main:3');
    await stores.load('outlet', customer(6, 'bob', '66'));
    expect(stores.looked).toEqual(['outlet:6']);
    await stores.load('outlet', customer(6, 'bob', '66'));
    expect(stores.failures).toEqual([]);
    expect(stores.contactOf('main:3')).toMatchObject({ Phone: '3', Outlet_Phone__c: '66' });
  });
});

describe('two customers of the only store that is mapped', () => {
  it('of whom one is written where their contacts were merged', async () => {
    const stores = new Stores(false);
    const ada = customer(3, 'ada', '3');
    await stores.load('main', ada, customer(4, 'bob', '4'));
    stores.merge('main:4', 'main:3');
    await stores.load('main', ada, customer(4, 'bob', '44'));
    await stores.load('main', ada, customer(4, 'bob', '444'));
    expect(stores.failures).toMatchObject([{ code: 'CUSTOMERS_MERGED', recordKey: 'main:4' }]);
    expect(stores.contactOf('main:3')).toMatchObject({
      Email: 'ada@shop.example',
      LastName: 'ada',
      Phone: '3',
    });
  });
});
