/**
 * What a backfill has left in its state, and when each part of it must be there: so that the least can keep it too,
 * without finding out what it is.
 */
import { hash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import pg from 'pg';
import { guestOf } from '../../sidecar/src/mapping/attributes/guest-customers.ts';
import { recordKey } from '../../sidecar/src/mapping/keys/keys.ts';
import { RESOURCES } from '../../sidecar/src/mapping/model/resources.ts';
import type { SavedLink } from '../../sidecar/src/ports/link.ts';
import type { Origin, State } from '../../sidecar/src/ports/state.ts';
import type { WooRecord } from '../../sidecar/src/mapping/model/record.ts';
import {
  COUNTED,
  type CustomerOrder,
  type CustomerRecord,
  type HeldTotals,
} from '../../sidecar/src/ports/totals/totals-state.ts';
import type { Base } from '../../sidecar/src/ports/two-way-state.ts';
import { type Order, rowsByHand } from './by-hand.ts';

const STORE = 'main';
/** Where the walk of a list stands; its content is of the size that a place in a list takes. */
const PLACE = {
  cursor: { page: 100, after: '2026-01-01T00:00:00', ids: [1, 2, 3] },
  failed: false,
};
const COMING = 'coming since 2026-01-01T00:00:00.000Z';
const LISTS = {
  customers: 'customer',
  orders: 'order',
  products: 'product',
  variations: 'product',
} as const;

type Resource = (typeof LISTS)[keyof typeof LISTS];

interface Agreement {
  readonly object: string;
  readonly key: string;
  readonly base: Base;
}

interface Rows {
  readonly origins: readonly (Origin & { readonly resource: Resource })[];
  readonly agreements: readonly Agreement[];
  readonly orders: readonly (Omit<CustomerOrder, 'placedAt'> & {
    readonly placedAt: string | null;
  })[];
}

/** Writes what a backfill has left in its state into a file, for `Kept`. */
export async function writeKept(databaseUrl: string, file: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const origins = await client.query(
      `select resource, key, string_to_array(marks, ' ') as marks, modified::float8 as modified,
         is_held as "isHeld", is_another as "isAnother", orders_due as "ordersDue" from woosync.origin`,
    );
    const agreements = await client.query('select object, key, base from woosync.agreement');
    const orders = await client.query(
      `select key, customer, status, counts, currency, total::text, refunded::text,
         refunds::float8[] as refunds, placed_at as "placedAt" from woosync.customer_order`,
    );
    const rows = { origins: origins.rows, agreements: agreements.rows, orders: orders.rows };
    writeFileSync(file, JSON.stringify(rows));
  } finally {
    await client.end();
  }
}

/** Where the records of a list go, those that they name first: what is known of them is asked for a page at a time. */
const LOOKED_UP: Readonly<Record<Resource, (record: Listed) => readonly Wanted[]>> = {
  customer: ({ id }) => [
    ['Account', id],
    ['Contact', id],
  ],
  product: ({ id }) => [['Product2', id]],
  order: ({ id, customer_id: customer, line_items: lines = [] }) => [
    ['Woo_Order__c', id],
    ...(customer === undefined
      ? []
      : ([
          ['Account', customer],
          ['Contact', customer],
        ] as const)),
    ...lines.map(
      (line) => ['Product2', line.variation_id > 0 ? line.variation_id : line.product_id] as const,
    ),
  ],
};

type Wanted = readonly [object: string, id: number];

interface Listed extends WooRecord {
  readonly id: number;
  readonly customer_id?: number;
  readonly line_items?: readonly { readonly product_id: number; readonly variation_id: number }[];
}

/** A customer that is told what it ordered. */
export interface Told extends CustomerRecord {
  /** What is sent of it. */
  readonly text: string;
}

/**
 * What promises ask of the state, beside links. Writes: what a shop has shown of each record and each guest, what
 * customers ordered and what they were told of it, what both sides hold of records that go both ways (before and after
 * they are made), and places in lists; each is durable before what relies on it, and written once. Reads, a statement of
 * each kind for a page: which records are linked, whose records are others now, which wait, and what customers ordered.
 * The digests that are kept are made, of values as long as theirs, and so are the rows of orders and their items, by code
 * for these mappings alone; what is sent is what was recorded.
 */
export class Kept {
  readonly #state: State;
  readonly #origins: Map<string, Origin>;
  readonly #orders: Map<string, CustomerOrder>;
  readonly #agreements: ReadonlyMap<string, Agreement>;
  readonly #storeUrl: string;

  constructor(state: State, file: string, storeUrl: string) {
    const { origins, agreements, orders } = JSON.parse(readFileSync(file, 'utf8')) as Rows;
    this.#state = state;
    this.#storeUrl = storeUrl;
    this.#origins = new Map(origins.map((one) => [`${one.resource} ${one.key}`, one]));
    this.#orders = new Map(
      orders.map(({ placedAt, ...order }) => [
        order.key,
        { ...order, placedAt: placedAt === null ? null : new Date(placedAt) },
      ]),
    );
    this.#agreements = new Map(agreements.map((one) => [`${one.object} ${one.key}`, one]));
  }

  /** A page of a list of the shop has come. @param path of its request */
  async page(path: string, records: unknown): Promise<void> {
    const resource = LISTS[/\/wc\/v3\/(\w+)/.exec(path)?.[1] as keyof typeof LISTS];
    if ((resource as Resource | undefined) === undefined || !Array.isArray(records)) return;
    const listed = records as readonly Listed[];
    const keys = listed.map(keyOf);
    const readNumber = await this.#state.beginRead();
    await this.#lookUp(resource, listed);
    await this.#show(resource, listed);
    if (resource !== 'order') return;
    await this.#show(
      'customer',
      listed.map(guestOf).filter((guest) => guest !== null),
    );
    await this.#state.origins.heldOf(resource, keys);
    const orders = keys.flatMap((key) => taken(this.#orders, key) ?? []);
    for (const order of listed) rowsByHand(order as unknown as Order, STORE, this.#storeUrl);
    await this.#state.totals.note(orders, [], readNumber);
  }

  async #show(resource: Resource, records: readonly WooRecord[]): Promise<void> {
    const origins = records.flatMap((record) => {
      const key = recordKey(resource, record, STORE) ?? '';
      for (const name of RESOURCES[resource].marks) digest(textIn(record, name));
      return taken(this.#origins, `${resource} ${key}`) ?? [];
    });
    await this.#state.origins.save(resource, origins);
  }

  async #lookUp(resource: Resource, records: readonly Listed[]): Promise<void> {
    const wanted = Map.groupBy(records.flatMap(LOOKED_UP[resource]), ([object]) => object);
    const keysOf = (some: readonly Wanted[]) => [
      ...new Set(some.filter(([, id]) => id > 0).map(([, id]) => `${STORE}:${id}`)),
    ];
    await Promise.all([
      this.#state.origins.others(STORE),
      ...[...wanted].map(([object, some]) => this.#state.links(object, keysOf(some))),
    ]);
  }

  /** Before a call: what both sides will hold of records that it makes. */
  async ahead(rows: readonly Pick<SavedLink, 'object' | 'key'>[]): Promise<void> {
    const coming = rows.flatMap(
      ({ object, key }) => this.#agreements.get(`${object} ${key}`) ?? [],
    );
    for (const { base } of coming) for (const both of Object.values(base)) digest(both[0]);
    await this.#state.twoWay.saveBase(coming.map((one) => ({ ...one, recordId: COMING })));
  }

  /** Before a call that tells customers what they ordered: what they hold is not known until it has answered. */
  async claim(customers: readonly CustomerRecord[]): Promise<void> {
    if (customers.length === 0) return;
    // Of a store that is not counted to the end nothing is added up.
    await this.#state.saveCursor(STORE, COUNTED, { at: '2026-01-01T00:00:00.000Z' });
    await this.#state.totals.claim(customers);
    await this.#state.totals.totals(customers);
  }

  /** After such a call. */
  async settle(customers: readonly Told[]): Promise<void> {
    const held = customers.map(({ object, recordId, text }): HeldTotals => {
      return { object, recordId, currency: '', digest: digest(text), childId: null };
    });
    await this.#state.totals.settle(held, []);
  }

  /** After a call: their ids, and where the walk stands. */
  async after(links: readonly SavedLink[]): Promise<void> {
    const made = links.filter(({ object, key }) => this.#agreements.has(`${object} ${key}`));
    await this.#state.twoWay.saveMade(COMING, made);
    if (links.length > 0) await this.#state.saveCursor(STORE, 'backfill:orders', PLACE);
  }
}

/** Its value, which is then there no more: some records are read twice. */
function taken<T>(values: Map<string, T>, key: string): T | undefined {
  const value = values.get(key);
  values.delete(key);
  return value;
}

function keyOf({ id }: Listed): string {
  return `${STORE}:${id}`;
}

function textIn(record: WooRecord, name: string): string {
  const value = record[name];
  return typeof value === 'string' ? value : '';
}

function digest(value: string): string {
  return hash('sha256', value, 'base64url').slice(0, 12);
}
