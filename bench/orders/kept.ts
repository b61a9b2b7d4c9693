/**
 * What a backfill has left in its state, and when each part of it must be there: so that the least can keep it too,
 * without finding out what it is.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import pg from 'pg';
import type { SavedLink } from '../../sidecar/src/ports/link.ts';
import type { Origin, State } from '../../sidecar/src/ports/state.ts';
import type { CustomerOrder } from '../../sidecar/src/ports/totals/totals-state.ts';
import type { Base } from '../../sidecar/src/ports/two-way-state.ts';

const STORE = 'main';
/** Where the walk of a list stands; its content is of the size that a place in a list takes. */
const PLACE = {
  cursor: { page: 100, after: '2026-01-01T00:00:00', ids: [1, 2, 3] },
  failed: false,
};
const COMING = 'coming since 2026-01-01T00:00:00.000Z';
const RESOURCES = {
  customers: 'customer',
  orders: 'order',
  products: 'product',
  variations: 'product',
} as const;

type Resource = (typeof RESOURCES)[keyof typeof RESOURCES];

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

/**
 * The writes to the state that promises ask for, beside links: what a shop has shown of each record, what customers
 * ordered, what both sides hold of records that go both ways (before and after they are made), and places in lists.
 */
export class Kept {
  readonly #state: State;
  readonly #origins: ReadonlyMap<string, Origin>;
  readonly #orders: ReadonlyMap<string, CustomerOrder>;
  readonly #agreements: ReadonlyMap<string, Agreement>;

  constructor(state: State, file: string) {
    const { origins, agreements, orders } = JSON.parse(readFileSync(file, 'utf8')) as Rows;
    this.#state = state;
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
    const resource = RESOURCES[/\/wc\/v3\/(\w+)/.exec(path)?.[1] as keyof typeof RESOURCES];
    if ((resource as Resource | undefined) === undefined || !Array.isArray(records)) return;
    const keys = (records as readonly { readonly id: number }[]).map(({ id }) => `${STORE}:${id}`);
    const readNumber = await this.#state.beginRead();
    const origins = keys.flatMap((key) => this.#origins.get(`${resource} ${key}`) ?? []);
    await this.#state.origins.save(resource, origins);
    if (resource !== 'order') return;
    const orders = keys.flatMap((key) => this.#orders.get(key) ?? []);
    await this.#state.totals.note(orders, [], readNumber);
  }

  /** Before a call: what both sides will hold of records that it makes. */
  async ahead(rows: readonly Pick<SavedLink, 'object' | 'key'>[]): Promise<void> {
    const coming = rows.flatMap(
      ({ object, key }) => this.#agreements.get(`${object} ${key}`) ?? [],
    );
    await this.#state.twoWay.saveBase(coming.map((one) => ({ ...one, recordId: COMING })));
  }

  /** After a call: their ids, and where the walk stands. */
  async after(links: readonly SavedLink[]): Promise<void> {
    const made = links.filter(({ object, key }) => this.#agreements.has(`${object} ${key}`));
    await this.#state.twoWay.saveMade(COMING, made);
    await this.#state.saveCursor(STORE, 'backfill:orders', PLACE);
  }
}
