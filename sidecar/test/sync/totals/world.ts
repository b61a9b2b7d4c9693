import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { customerKeyPart } from '../../../src/mapping/attributes/guest-customers.ts';
import { recordKey } from '../../../src/mapping/keys/keys.ts';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { ChangeEvent, ChangeResource } from '../../../src/ports/change.ts';
import type { StaleLink } from '../../../src/ports/link.ts';
import type { Collection, ItemResult } from '../../../src/ports/org.ts';
import type { WooList, WooPage, WooStore } from '../../../src/ports/store.ts';
import { type DurableState, openState } from '../../../src/state/state.ts';
import { backfill } from '../../../src/sync/pipeline/backfill.ts';
import { syncChanges } from '../../../src/sync/pipeline/sync-changes.ts';
import { InheritedValues } from '../../../src/sync/read/inherited.ts';
import { ProductTypeCache } from '../../../src/sync/read/product-type-cache.ts';
import { CollectedFailures } from '../../../src/sync/report/collected-failures.ts';
import { repairTotals, type TotalsRepaired } from '../../../src/sync/totals/repair-totals.ts';
import { HoldingOrg, selected } from '../../support/holding-org.ts';
import { IdStore } from '../../support/memory-state.ts';
import { lookup } from '../../support/shop-mappings.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';
import { listed } from '../../support/listed.ts';
import { shown } from '../../support/shown.ts';

/** A shop whose clock moves with each answer, so that what is read later is known to be. */
export class Shop extends IdStore {
  override readonly key: string;
  paidStatuses: readonly string[] = ['processing', 'completed'];
  readonly orders = new Map<number, WooRecord>();
  readonly customers = new Map<number, WooRecord>();
  readonly trash = new Map<number, WooRecord>();
  #time = Date.parse('2026-11-01T00:00:00Z');

  constructor(key = 'main') {
    super({});
    this.key = key;
  }

  order(id: number, over: WooRecord = {}): ChangeEvent {
    const fresh = {
      id,
      status: 'completed',
      currency: 'EUR',
      total: '10.00',
      refunds: [],
      customer_id: 1,
      date_created_gmt: `2026-10-${String((id % 28) + 1).padStart(2, '0')}T10:00:00`,
      billing: { email: '' },
      shipping: {},
      line_items: [],
    };
    this.orders.set(id, { ...fresh, ...this.orders.get(id), ...over });
    return this.changed('order', id);
  }

  /** As the shop's customers' list shows one. */
  customer(id: number, over: WooRecord = {}): ChangeEvent {
    this.customers.set(id, { id, email: `c${id}@example.com`, role: 'customer', ...over });
    return this.changed('customer', id);
  }

  changed(resource: ChangeResource, id: number): ChangeEvent {
    return { resource, key: `${this.key}:${id}` };
  }

  /** Sets its clock forward, or back. */
  jump(ms: number): void {
    this.#time += ms;
  }

  override list(list: WooList, params: Readonly<Record<string, string>>): Promise<WooPage> {
    listed(list, params);
    this.#time += 1000;
    const ids = params['include']?.split(',').map(Number);
    const all = [...this.#of(list, params).values()];
    const found = ids ? all.filter(({ id }) => ids.includes(Number(id))) : all;
    const records = found.map((record) => shown(record, params));
    const storeTime = new Date(this.#time);
    return Promise.resolve({ records, total: records.length, pages: 1, storeTime });
  }

  override readonly walk: WooStore['walk'] = async function* (this: Shop, list, from, params = {}) {
    const { records, ...page } = await this.list(list, params);
    // Of an empty list there is one page, too.
    const length = Math.max(records.length, 1);
    for (let at = Number(from?.['at'] ?? 0); at < length; at += 100) {
      const some = records.slice(at, at + 100);
      yield { ...page, records: some, read: at + some.length, cursor: { by: 'id', at: at + 100 } };
    }
  };

  #of(list: WooList, { status }: Readonly<Record<string, string>>): Map<number, WooRecord> {
    if (list === 'customers') return this.customers;
    if (list !== 'orders') return new Map();
    return status === 'trash' ? this.trash : this.orders;
  }
}

/** Answers what the totals ask: all records of an object, or those that somebody else has changed. */
export class CountingOrg extends HoldingOrg {
  calls = 0;
  /** What is refused, by object; others are taken. */
  readonly refused = new Map<string, ItemResult['errors']>();
  readonly foreign = new Set<string>();
  /** Called before each write. */
  onWrite: () => Promise<void> = () => Promise.resolve();

  override queries(soql: readonly string[]): ReturnType<HoldingOrg['queries']> {
    const own = soql.map((one) => /\bOrders__c|Woo_Orders__c/.test(one));
    if (!own.some(Boolean)) return super.queries(soql);
    return Promise.all(
      soql.map(async (one, at) => {
        if (own[at] !== true) return (await super.queries([one]))[0] ?? [];
        const rows = this.of(/FROM (\w+)/.exec(one)?.[1] ?? '');
        const isOfOthers = one.includes('SystemModstamp');
        return selected(one, isOfOthers ? rows.filter(({ Id }) => this.foreign.has(Id)) : rows);
      }),
    );
  }

  queriesAll(): Promise<readonly []> {
    return Promise.resolve([]);
  }

  override async write(given: readonly Collection[]): ReturnType<HoldingOrg['write']> {
    this.calls += 1;
    await this.onWrite();
    return Promise.all(
      given.map(async (one) => {
        const errors = this.refused.get(`${one.kind} ${one.object}`);
        if (errors === undefined) return (await super.write([one]))[0] ?? [];
        const size = one.kind === 'delete' ? one.ids.length : one.records.length;
        return Array.from({ length: size }, () => ({ id: null, created: false, errors }));
      }),
    );
  }
}

const customersTo = (object: string): Mapping =>
  mappingTo(object, {
    resource: 'customer',
    keepsTotals: true,
    build: (record, { key }) => ({ row: rowOf(recordKey('customer', record, key) ?? 'none') }),
  });

export const ORDERS = mappingTo('Woo_Order__c', {
  meets: ({ status }) => status === 'completed',
  build: (record, { key }) => {
    const part = customerKeyPart(record);
    const of = part === null ? null : `${key}:${part}`;
    const row = rowOf(`${key}:${String(record['id'])}`, { Status__c: String(record['status']) });
    return { row: { ...row, lookups: [lookup('Account', of), lookup('Contact', of)] } };
  },
});
export const MAPPINGS = [customersTo('Account'), customersTo('Contact'), ORDERS];

let state: DurableState;
let directory = '';

export async function openWorld(): Promise<void> {
  directory = mkdtempSync(join(tmpdir(), 'totals-'));
  state = await openState({ kind: 'directory', path: join(directory, 'state') });
}

export async function closeWorld(): Promise<void> {
  await state.close();
  rmSync(directory, { recursive: true });
}

/** A new org and an empty state. */
export async function world(mappings: readonly Mapping[] = MAPPINGS) {
  await forgetState();
  const org = new CountingOrg();
  const shop = new Shop();
  const queued: ChangeEvent[] = [];
  const remembered = { productTypes: new ProductTypeCache(), inherited: new InheritedValues() };
  const parts = (store: Shop) => ({ org: org.asOrg, state, store, mappings, links: null });
  const load = (store = shop, onStale?: (links: readonly StaleLink[]) => void) =>
    backfill({ ...parts(store), goesOn: true, ...(onStale && { onStale }) });
  const sync = async (changes: readonly ChangeEvent[], store = shop) => {
    const listener = new CollectedFailures();
    const { followUps } = await syncChanges({ ...parts(store), listener, ...remembered }, changes);
    return { failures: listener.take(), followUps };
  };
  const night = (now = new Date('2026-11-02T02:00:00Z'), store = shop): Promise<TotalsRepaired> =>
    repairTotals({
      org,
      state,
      store,
      mappings,
      now,
      queue: { add: (some) => Promise.resolve(void queued.push(...some)) },
    });
  return { org, shop, state, load, sync, night, queued };
}

export async function forgetState(): Promise<void> {
  await state.database.query(
    `truncate woosync.link, woosync.cursor, woosync.customer_order, woosync.former_customer, woosync.customer_total,
       woosync.origin, woosync.match_claim`,
  );
}

/** What a customer of the org holds, in short. */
export function glance(org: CountingOrg, object: string, key: string): Record<string, unknown> {
  const held: Record<string, unknown> =
    org.of(object).find((one) => one['Woo_Key__c'] === key) ?? {};
  const children = org
    .of(`Woo_${object}_Currency__c`)
    .filter((one) => one[`${object}__c`] === held['Id'])
    .map((one) => `${String(one['Name'])} ${String(one['Spent__c'])}`)
    .sort();
  return {
    orders: held['Woo_Orders__c'],
    spent: held['Woo_Spent__c'],
    refunded: held['Woo_Refunded__c'],
    average: held['Woo_Average_Order__c'],
    currency: held['Woo_Currency__c'],
    first: held['Woo_First_Order__c'],
    last: held['Woo_Last_Order__c'],
    guest: held['Woo_Guest_Orders__c'],
    more: children,
  };
}
