import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import { newKey } from '../../../src/mapping/keys/new-record-key.ts';
import type { ChangeEvent } from '../../../src/ports/change.ts';
import type { IssueSeen } from '../../../src/ports/issues.ts';
import { syncChanges } from '../../../src/sync/pipeline/sync-changes.ts';
import { InheritedValues } from '../../../src/sync/read/inherited.ts';
import { ProductTypeCache } from '../../../src/sync/read/product-type-cache.ts';
import { CollectedFailures } from '../../../src/sync/report/collected-failures.ts';
import { forStore } from '../../../src/mapping/model/for-store.ts';
import {
  compileRows,
  conditionRow,
  field,
  fieldRow,
  lookup,
  mappingRow,
  object,
  schemas,
  STORE_ROW,
} from '../../mapping/support/mappings.ts';
import { HoldingOrg } from '../../support/holding-org.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { Power, PowerCut, powered } from '../../support/power.ts';
import { OrderShop } from './order-shop.ts';

/** Names of objects as the relationships of the org's stand-in lead to them. */
const ORG = schemas(
  object(
    'Order',
    field('Name', 'string'),
    field('Status__c', 'picklist'),
    field('Store__c', 'string'),
    field('Total__c', 'string'),
    field('Pay__c', 'url'),
    field('Note__c', 'textarea', { length: 32_000 }),
    field('Street__c', 'textarea'),
    field('Email__c', 'email'),
    field('Country__c', 'string'),
    lookup('Contact__c', 'Contact'),
  ),
  object(
    'Item',
    field('Quantity__c', 'double'),
    lookup('Order__c', 'Order', { nillable: false }),
    lookup('Product__c', 'Product'),
  ),
  object('Copy', field('Name', 'string'), field('Status__c', 'picklist')),
  object('Product', field('Name', 'string')),
  object('Contact', field('LastName', 'string')),
);

const MAPPINGS = [
  mappingRow({ name: 'Order', object: 'Order', direction: 'both', createInWoo: true }),
  mappingRow({ name: 'Item', object: 'Item', resource: 'order_item' }),
  mappingRow({ name: 'Product', object: 'Product', resource: 'product' }),
  mappingRow({ name: 'Contact', object: 'Contact', resource: 'customer' }),
];

const ONE_WAY = { direction: 'to_salesforce' };
const ITEM = { mapping: 'Item' };
const FIELDS = [
  fieldRow('Name', 'number', ONE_WAY),
  fieldRow('Status__c', 'status', { direction: 'both' }),
  fieldRow('Store__c', 'store', ONE_WAY),
  fieldRow('Total__c', 'total', ONE_WAY),
  fieldRow('Pay__c', 'payment_url', ONE_WAY),
  fieldRow('Note__c', 'note_private', { direction: 'to_woo' }),
  fieldRow('Street__c', 'billing', { ...ONE_WAY, transform: 'street' }),
  fieldRow('Email__c', 'billing.email', ONE_WAY),
  fieldRow('Country__c', 'billing.country', ONE_WAY),
  fieldRow('Contact__c', 'customer', { kind: 'lookup' }),
  fieldRow('Quantity__c', 'quantity', ITEM),
  fieldRow('Order__c', 'order_id', { ...ITEM, kind: 'lookup' }),
  fieldRow('Product__c', 'product', { ...ITEM, kind: 'lookup' }),
  fieldRow('Name', 'name', { mapping: 'Product', name: 'Product_Name' }),
  fieldRow('LastName', 'last_name', { mapping: 'Contact' }),
];

const TRANSITIONS = [
  { name: 'draft_pending', mapping: 'Order', from: 'draft', to: 'pending' },
  { name: 'draft_packed', mapping: 'Order', from: 'draft', to: 'packed' },
  { name: 'pending_cancelled', mapping: 'Order', from: 'pending', to: 'cancelled' },
];

/** Another mapping of orders, that makes none in the shop, to this object. */
function beside(object: string) {
  const names = { mapping: 'Beside', direction: 'to_salesforce' } as const;
  return {
    mapping: mappingRow({ name: 'Beside', object }),
    fields: [
      fieldRow('Name', 'number', { ...names, name: 'Beside_Name' }),
      fieldRow('Status__c', 'status', { ...names, name: 'Beside_Status' }),
    ],
    condition: conditionRow(9, 'status', 'equals', 'completed', 'Beside'),
  };
}

/**
 * @param condition of the mapping of orders: a status that keeps an order out; null for none
 * @param other object of a second mapping of orders; null for none
 */
function mappings(
  stores: readonly string[],
  condition: string | null,
  other: string | null,
): readonly Mapping[] {
  const second = other === null ? null : beside(other);
  const conditions =
    condition === null ? [] : [conditionRow(1, 'status', 'not_equals', condition, 'Order')];
  const rows = stores.map((key) => ({ ...STORE_ROW, name: key, key }));
  const parts = {
    stores: rows,
    transitions: TRANSITIONS,
    // The one that makes none comes first.
    mappings: [...(second ? [second.mapping] : []), ...MAPPINGS],
    fields: [...(second?.fields ?? []), ...FIELDS],
    conditions: [...conditions, ...(other === 'Order' && second ? [second.condition] : [])],
  };
  const { mappings: compiled, problems } = compileRows(parts, ORG);
  const [fatal] = problems.filter((one) => one.fatal);
  if (fatal) throw new Error(fatal.message);
  return compiled;
}

export const DRAFT = 'a01000000000001AAA';
const LINE = 'a02000000000001AAA';

/** Drafts of one org, for one shop or several. */
export class DraftWorld {
  readonly org = new HoldingOrg();
  readonly state = new MemoryState();
  readonly shops: ReadonlyMap<string, OrderShop>;
  readonly failures: IssueSeen[] = [];
  readonly #mappings: readonly Mapping[];
  readonly #power = new Power();
  readonly #waiting = new Map<string, ChangeEvent>();

  constructor(
    stores: readonly string[] = ['main'],
    condition: string | null = null,
    other: string | null = null,
  ) {
    this.#mappings = mappings(stores, condition, other);
    this.shops = new Map(stores.map((key) => [key, new OrderShop(key)]));
    this.org
      .of('Product')
      .push(
        { Id: '01t000000000001AAA', Name: 'Mug', Woo_Key__c: 'main:1' },
        { Id: '01t000000000002AAA', Name: 'Shirt', Woo_Key__c: 'main:2' },
        { Id: '01t000000000003AAA', Name: 'Red', Woo_Key__c: 'main:3' },
        { Id: '01t000000000004AAA', Name: 'Unknown', Woo_Key__c: null },
        { Id: '01t000000000009AAA', Name: 'Gone', Woo_Key__c: 'main:9' },
      );
    this.org
      .of('Contact')
      .push(
        { Id: '003000000000001AAA', LastName: 'Known', Woo_Key__c: 'main:5' },
        { Id: '003000000000002AAA', LastName: 'Guest', Woo_Key__c: 'main:guest:a@b.example' },
        { Id: '003000000000003AAA', LastName: 'Gone', Woo_Key__c: 'main:6' },
      );
  }

  get shop(): OrderShop {
    const shop = this.shops.get('main');
    if (shop === undefined) throw new Error('no main store');
    return shop;
  }

  get order(): Record<string, unknown> {
    return this.org.get('Order', DRAFT) ?? {};
  }

  get lines(): Record<string, unknown>[] {
    return this.org.of('Item');
  }

  /** A draft with one line, ready to be sent. */
  draft(
    fields: Readonly<Record<string, unknown>> = {},
    line: Readonly<Record<string, unknown>> = {},
  ): void {
    const held = { Name: 'For Ms. X', Status__c: 'pending', Store__c: null, Woo_Key__c: null };
    this.org.of('Order').push({ ...held, ...fields, Id: DRAFT });
    this.addLine(LINE, line);
  }

  addLine(Id: string, fields: Readonly<Record<string, unknown>> = {}): void {
    const line = { Name: `Line ${this.lines.length + 1}`, Order__c: DRAFT, Woo_Key__c: null };
    const what = { Product__c: '01t000000000001AAA', Quantity__c: 2 };
    this.org.of('Item').push({ ...line, ...what, ...fields, Id });
  }

  /** The draft was saved, and these stores have heard of it. */
  save(...stores: readonly string[]): void {
    for (const store of stores.length > 0 ? stores : this.shops.keys())
      this.#add([{ resource: 'order', key: newKey(store, { object: 'Order', recordId: DRAFT }) }]);
  }

  /** The same of another draft, for the main store. */
  saveOther(recordId: string): void {
    this.#add([{ resource: 'order', key: newKey('main', { object: 'Order', recordId }) }]);
  }

  /** One batch of work of each store. @param calls after which the process is killed. @returns whether it was not */
  async run(calls = Infinity): Promise<boolean> {
    const jobs = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#power.left = calls;
    try {
      for (const [store, shop] of this.shops) {
        const own = jobs.filter(({ key }) => key.startsWith(`${store}:`));
        if (own.length > 0) await this.#sync(shop, own);
      }
      return true;
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
      this.#add(jobs);
      return false;
    } finally {
      this.#power.left = Infinity;
    }
  }

  /** Works until nothing waits. */
  async settle(): Promise<void> {
    for (let batches = 0; this.#waiting.size > 0; batches += 1) {
      if (batches === 10) throw new Error('work makes work without an end');
      await this.run();
    }
  }

  async #sync(shop: OrderShop, jobs: readonly ChangeEvent[]): Promise<void> {
    const findings = new CollectedFailures();
    const { followUps } = await syncChanges(
      {
        org: powered(this.org.asOrg, this.#power),
        state: powered(this.state, this.#power),
        store: powered(shop, this.#power),
        mappings: forStore(this.#mappings, shop.key),
        listener: findings,
        links: null,
        productTypes: new ProductTypeCache(),
        inherited: new InheritedValues(),
      },
      jobs,
    );
    this.#add(followUps.filter(({ resource }) => resource === 'order'));
    this.failures.push(...findings.take());
  }

  #add(changes: readonly ChangeEvent[]): void {
    for (const change of changes) {
      const [store = ''] = change.key.split(':');
      if (!this.shops.has(store)) throw new Error(`nobody works for the store of ${change.key}`);
      this.#waiting.set(change.key, change);
    }
  }
}
