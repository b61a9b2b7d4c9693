import {
  COUNTED,
  type CurrencyTotals,
  type CustomerOrder,
  type CustomerRecord,
  type FormerCustomer,
  type HeldTotals,
  type NotedOrders,
  type RecordTotals,
  type Totals,
  type TotalsState,
} from '../ports/totals/totals-state.ts';
import { texts } from './db/texts.ts';
import type { Database } from './db/types.ts';

type Row = Readonly<Record<string, unknown>>;

/** How long a process may take to write a record before another may. */
export const CLAIM = `interval '30 seconds'`;

/**
 * For a page in the order of an index. Without statistics, which PGlite never has, PostgreSQL takes all rows behind the
 * page for few and sorts them, for each page anew.
 */
const BY_INDEX = ['seqscan', 'bitmapscan', 'sort', 'hashagg']
  .map((way) => `set local enable_${way} = off`)
  .join('; ');

/** Columns of orders that are added up, with the currency that they are grouped by. */
const SUMS = `currency, count(*)::integer as orders,
  round(sum(total - refunded), 2)::text as spent, round(sum(refunded), 2)::text as refunded,
  round(sum(total - refunded) / count(*), 2)::text as average,
  to_char(min(placed_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as first,
  to_char(max(placed_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as last`;

/** What customers ordered, beside the links that say which records they are. */
export class DurableTotals implements TotalsState {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async note(
    orders: readonly CustomerOrder[],
    gone: readonly string[],
    readNumber: number,
  ): Promise<NotedOrders> {
    if (orders.length + gone.length === 0) return { customers: [], former: [] };
    // A read that is older than what is known changes nothing.
    const rows = await this.#database.query(
      `with given as materialized (
         select * from json_to_recordset($1::json) as given (
           key text, customer text, status text, counts boolean, currency text, total numeric,
           refunded numeric, refunds bigint[], placed_at timestamptz
         )
       ), noted as materialized (
         select key, customer from given union select unnest(${texts('$2')}), null
       ), before as materialized (
         select known.key, known.customer,
           read_number <= $3::bigint and noted.customer is distinct from known.customer as has_left
         from woosync.customer_order as known join noted using (key)
         where known.key = any(array(select key from noted))
       ), former as materialized (
         select key, customer from before where has_left
         union select order_key, customer from woosync.former_customer
         where order_key = any(array(select key from noted))
       ), kept as (
         insert into woosync.former_customer (order_key, customer)
         select key, customer from before where has_left order by 1, 2 on conflict do nothing
       ), removed as (
         delete from woosync.customer_order
         where key = any(${texts('$2')}) and read_number <= $3::bigint
       ), saved as (
         insert into woosync.customer_order
           (key, customer, status, counts, currency, total, refunded, refunds, placed_at, read_number)
         select key, customer, status, counts, currency, total, refunded, refunds, placed_at, $3::bigint
         from given order by key
         on conflict (key) do update set
           customer = excluded.customer, status = excluded.status, counts = excluded.counts,
           currency = excluded.currency, total = excluded.total, refunded = excluded.refunded, refunds = excluded.refunds,
           placed_at = excluded.placed_at, read_number = excluded.read_number
         where customer_order.read_number <= excluded.read_number
       )
       select null as order_key, customer from before union select null, customer from given
       union select key, customer from former order by 1, 2`,
      [JSON.stringify(lastOfEach(orders).map(toRow)), JSON.stringify(gone), readNumber],
    );
    return {
      customers: distinct(rows.map(({ customer }) => String(customer))),
      former: rows.filter((row) => row['order_key'] !== null).map(toFormer),
    };
  }

  async former(): Promise<readonly FormerCustomer[]> {
    const rows = await this.#database.query(
      'select order_key, customer from woosync.former_customer order by 1, 2',
    );
    return rows.map(toFormer);
  }

  async settleFormer(former: readonly FormerCustomer[]): Promise<void> {
    if (former.length === 0) return;
    await this.#database.query(
      `delete from woosync.former_customer using unnest(${texts('$1')}, ${texts('$2')})
         as given (order_key, customer)
       where former_customer.order_key = given.order_key and former_customer.customer = given.customer`,
      [
        JSON.stringify(former.map(({ order }) => order)),
        JSON.stringify(former.map(({ customer }) => customer)),
      ],
    );
  }

  async keep(orders: readonly string[], readNumber: number): Promise<void> {
    if (orders.length === 0) return;
    await this.#database.query(
      `update woosync.customer_order set read_number = greatest(read_number, $2::bigint)
       where key = any(${texts('$1')})`,
      [JSON.stringify(orders), readNumber],
    );
  }

  async forgetUnread(store: string, from: number): Promise<void> {
    await this.#database.query(
      `delete from woosync.customer_order
       where split_part(key, ':', 1) = $1 and read_number < $2::bigint`,
      [store, from],
    );
  }

  async recount(store: string, statuses: readonly string[]): Promise<void> {
    await this.#database.query(
      `update woosync.customer_order set counts = not counts
       where split_part(key, ':', 1) = $1 and counts <> (status = any(${texts('$2')}))`,
      [store, JSON.stringify(statuses)],
    );
  }

  async orders(store: string, after: number, most: number): Promise<readonly number[]> {
    const rows = await this.#database.query(
      `select split_part(key, ':', 2)::bigint as id from woosync.customer_order
       where split_part(key, ':', 1) = $1 and split_part(key, ':', 2)::bigint > $2::bigint
       order by id limit $3::integer`,
      [store, after, most],
    );
    return rows.map(({ id }) => Number(id));
  }

  async refunds(store: string, after: number, most: number): Promise<readonly number[]> {
    const rows = await this.#database.query(
      `select distinct id from woosync.customer_order, unnest(refunds) as id
       where split_part(key, ':', 1) = $1 and refunds <> '{}' and id > $2::bigint
       order by id limit $3::integer`,
      [store, after, most],
    );
    return rows.map(({ id }) => Number(id));
  }

  async refundedBy(store: string, refunds: readonly number[]): Promise<readonly string[]> {
    if (refunds.length === 0) return [];
    const rows = await this.#database.query(
      `select key from woosync.customer_order
       where split_part(key, ':', 1) = $1 and refunds <> '{}'
         and refunds && array(select value::bigint from unnest(${texts('$2')}) as value)
       order by key`,
      [store, JSON.stringify(refunds.map(String))],
    );
    return rows.map(({ key }) => String(key));
  }

  async ordersOf(customers: readonly string[]): Promise<readonly string[]> {
    if (customers.length === 0) return [];
    const rows = await this.#database.query(
      `select key from woosync.customer_order where customer = any(${texts('$1')}) order by key`,
      [JSON.stringify(customers)],
    );
    return rows.map(({ key }) => String(key));
  }

  async recordsOf(
    objects: readonly string[],
    customers: readonly string[],
  ): Promise<CustomerRecord[]> {
    if (customers.length === 0) return [];
    const rows = await this.#database.query(
      `select distinct object, record_id from woosync.link
       where object = any(${texts('$1')}) and key = any(${texts('$2')})`,
      [JSON.stringify(objects), JSON.stringify(customers)],
    );
    return rows.map(toRecord);
  }

  async recordsAfter(
    objects: readonly string[],
    after: string,
    most: number,
  ): Promise<CustomerRecord[]> {
    const rows = await this.#database.transaction(async (queries) => {
      await queries.query(BY_INDEX);
      return queries.query(
        `select page.record_id, given.object from unnest(${texts('$1')}) as given (object)
         cross join lateral (
           (select distinct record_id collate "C" as record_id from woosync.link
            where link.object = given.object and record_id collate "C" > $2
            order by 1 limit $3::integer)
           union
           (select record_id from woosync.customer_total
            where customer_total.object = given.object and currency = '' and record_id > $2
            order by 1 limit $3::integer)
         ) as page
         order by 1 limit $3::integer`,
        [JSON.stringify(objects), after, most],
      );
    });
    return rows.map(toRecord);
  }

  async totals(records: readonly CustomerRecord[]): Promise<readonly RecordTotals[]> {
    if (records.length === 0) return [];
    const ids = JSON.stringify(records.map(({ recordId }) => recordId));
    // Of a store whose orders are not all known nothing is added: it would be too little.
    // A guest's own record has the guest's key; where another key is on it only the address led there.
    // `offset 0` keeps the join by the index on customers: without statistics PostgreSQL would read all orders for each page.
    const rows = await this.#database.query(
      `with known as materialized (
         select record_id, key, by_id and split_part(key, ':', 2) = 'guest' as is_guess
         from woosync.link where record_id = any(${texts('$1')}) and object = any(${texts('$2')})
       )
       select record_id, is_guess, ${SUMS} from known cross join lateral (
         select * from woosync.customer_order where customer = known.key and counts offset 0
       ) as counted
       join woosync.cursor on store = split_part(counted.key, ':', 1) and name = '${COUNTED}'
       group by record_id, is_guess, currency order by currency`,
      [ids, JSON.stringify(distinct(records.map(({ object }) => object)))],
    );
    const keys = await this.#database.query(
      `select record_id, min(link.key) as key, bool_or(coalesce(is_another, false)) as is_held
       from woosync.link left join woosync.origin on resource = 'customer' and origin.key = link.key
       where record_id = any(${texts('$1')}) group by record_id`,
      [ids],
    );
    const owners = new Map(keys.map((row) => [row['record_id'], row]));
    const byRecord = Map.groupBy(rows, (row) => row['record_id']);
    return records.map(({ object, recordId }) => {
      const owner = owners.get(recordId);
      const [key, isHeld] = [textOrNull(owner?.['key']), owner?.['is_held'] === true];
      return { object, recordId, key, isHeld, ...toTotals(byRecord.get(recordId) ?? []) };
    });
  }

  async totalsOf(customers: readonly string[]): Promise<ReadonlyMap<string, Totals>> {
    if (customers.length === 0) return new Map();
    const rows = await this.#database.query(
      `select customer, false as is_guess, ${SUMS} from woosync.customer_order
       where customer = any(${texts('$1')}) and counts
       group by customer, currency order by currency`,
      [JSON.stringify(customers)],
    );
    const byCustomer = Map.groupBy(rows, (row) => String(row['customer']));
    return new Map([...byCustomer].map(([customer, own]) => [customer, toTotals(own)]));
  }

  async held(records: readonly CustomerRecord[]): Promise<readonly HeldTotals[]> {
    if (records.length === 0) return [];
    const rows = await this.#database.query(
      `select record_id, object, currency, digest, child_id from woosync.customer_total
       where record_id = any(${texts('$1')})`,
      [JSON.stringify(records.map(({ recordId }) => recordId))],
    );
    return rows.map((row) => ({
      ...toRecord(row),
      currency: String(row['currency']),
      digest: textOrNull(row['digest']),
      childId: textOrNull(row['child_id']),
    }));
  }

  async claim(records: readonly CustomerRecord[]): Promise<CustomerRecord[]> {
    if (records.length === 0) return [];
    const rows = await this.#database.query(
      `insert into woosync.customer_total (record_id, currency, object, claimed_until)
       select record_id, '', object, now() + ${CLAIM}
       from unnest(${texts('$1')}, ${texts('$2')}) as given (record_id, object) order by record_id
       on conflict (record_id, currency) do update
         set digest = null, claimed_until = excluded.claimed_until
         where customer_total.claimed_until is null or customer_total.claimed_until < now()
       returning record_id, object`,
      [
        JSON.stringify(records.map(({ recordId }) => recordId)),
        JSON.stringify(records.map(({ object }) => object)),
      ],
    );
    return rows.map(toRecord);
  }

  async settle(
    held: readonly HeldTotals[],
    gone: readonly Omit<HeldTotals, 'digest'>[],
  ): Promise<void> {
    if (held.length + gone.length === 0) return;
    const column = (name: keyof HeldTotals) => JSON.stringify(held.map((one) => one[name]));
    await this.#database.query(
      `with removed as (
         delete from woosync.customer_total using unnest(${texts('$6')}, ${texts('$7')})
           as gone (record_id, currency)
         where customer_total.record_id = gone.record_id
           and customer_total.currency = gone.currency and gone.currency <> ''
       )
       insert into woosync.customer_total (record_id, currency, object, digest, child_id)
       select * from unnest(${['$1', '$2', '$3', '$4', '$5'].map(texts).join(', ')})
         as given (record_id, currency, object, digest, child_id) order by 1, 2
       on conflict (record_id, currency) do update set digest = excluded.digest,
         child_id = excluded.child_id, claimed_until = null`,
      [
        column('recordId'),
        column('currency'),
        column('object'),
        column('digest'),
        column('childId'),
        JSON.stringify(gone.map(({ recordId }) => recordId)),
        JSON.stringify(gone.map(({ currency }) => currency)),
      ],
    );
  }

  async forget(recordIds: readonly string[]): Promise<void> {
    if (recordIds.length === 0) return;
    await this.#database.query(
      `delete from woosync.customer_total where record_id = any(${texts('$1')})`,
      [JSON.stringify(recordIds)],
    );
  }
}

/** Of an order that is given twice the last counts. */
function lastOfEach(orders: readonly CustomerOrder[]): readonly CustomerOrder[] {
  return [...new Map(orders.map((order) => [order.key, order])).values()];
}

function toRow({ placedAt, ...order }: CustomerOrder): Row {
  return { ...order, placed_at: placedAt?.toISOString() ?? null };
}

function toRecord(row: Row): CustomerRecord {
  return { object: String(row['object']), recordId: String(row['record_id']) };
}

function toFormer(row: Row): FormerCustomer {
  return { order: String(row['order_key']), customer: String(row['customer']) };
}

function toTotals(rows: readonly Row[]): Totals {
  const { guesses = [], own = [] } = Object.groupBy(rows, (row) =>
    row['is_guess'] === true ? 'guesses' : 'own',
  );
  return {
    currencies: own.map(toCurrency),
    guestOrders: guesses.reduce((sum, row) => sum + Number(row['orders']), 0),
  };
}

function toCurrency(row: Row): CurrencyTotals {
  return {
    currency: String(row['currency']),
    orders: Number(row['orders']),
    spent: Number(row['spent']),
    refunded: Number(row['refunded']),
    average: Number(row['average']),
    first: textOrNull(row['first']),
    last: textOrNull(row['last']),
  };
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
