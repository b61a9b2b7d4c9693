import type { SavedLink } from '../../src/ports/link.ts';
import type {
  CurrencyTotals,
  CustomerOrder,
  CustomerRecord,
  FormerCustomer,
  HeldTotals,
  RecordTotals,
  Totals,
  TotalsState,
} from '../../src/ports/totals/totals-state.ts';

const isGuest = (key: string) => key.split(':')[1] === 'guest';
const cents = (amount: string) => Math.round(Number(amount) * 100);

/** What customers ordered, in memory, with the meaning of the real one. */
export class MemoryTotals implements TotalsState {
  readonly #links: () => Iterable<SavedLink>;
  readonly #orders = new Map<string, CustomerOrder & { readonly readNumber: number }>();
  readonly #former = new Map<string, FormerCustomer>();
  readonly #held = new Map<string, HeldTotals>();

  constructor(links: () => Iterable<SavedLink>) {
    this.#links = links;
  }

  note: TotalsState['note'] = (orders, gone, readNumber) => {
    const customers = new Set(orders.map(({ customer }) => customer));
    const theirs = new Map(orders.map((order) => [order.key, order]));
    const keys = new Set([...gone, ...theirs.keys()]);
    for (const key of keys) {
      const known = this.#orders.get(key);
      if (known) customers.add(known.customer);
      if (known && known.readNumber > readNumber) continue;
      const order = theirs.get(key);
      if (known && known.customer !== order?.customer)
        this.#former.set(`${key} ${known.customer}`, { order: key, customer: known.customer });
      if (order) this.#orders.set(key, { ...order, readNumber });
      else this.#orders.delete(key);
    }
    const former = [...this.#former.values()].filter(({ order }) => keys.has(order));
    for (const { customer } of former) customers.add(customer);
    return Promise.resolve({ customers: [...customers], former });
  };

  former: TotalsState['former'] = () => Promise.resolve([...this.#former.values()]);

  settleFormer: TotalsState['settleFormer'] = (former) => {
    for (const { order, customer } of former) this.#former.delete(`${order} ${customer}`);
    return Promise.resolve();
  };

  keep: TotalsState['keep'] = (orders, readNumber) => {
    for (const key of orders) {
      const known = this.#orders.get(key);
      if (known && known.readNumber < readNumber) this.#orders.set(key, { ...known, readNumber });
    }
    return Promise.resolve();
  };

  forgetUnread: TotalsState['forgetUnread'] = (store, from) => {
    for (const [key, { readNumber }] of this.#orders)
      if (key.startsWith(`${store}:`) && readNumber < from) this.#orders.delete(key);
    return Promise.resolve();
  };

  recount: TotalsState['recount'] = (store, statuses) => {
    for (const [key, order] of this.#orders)
      if (key.startsWith(`${store}:`))
        this.#orders.set(key, { ...order, counts: statuses.includes(order.status) });
    return Promise.resolve();
  };

  orders: TotalsState['orders'] = (store, after, most) => {
    const own = [...this.#orders.keys()].filter((key) => key.startsWith(`${store}:`));
    const ids = own.map((key) => Number(key.split(':')[1])).filter((id) => id > after);
    return Promise.resolve(ids.sort((a, b) => a - b).slice(0, most));
  };

  refunds: TotalsState['refunds'] = (store, after, most) => {
    const own = [...this.#orders.values()].filter(({ key }) => key.startsWith(`${store}:`));
    const ids = new Set(own.flatMap(({ refunds }) => refunds).filter((id) => id > after));
    return Promise.resolve([...ids].sort((a, b) => a - b).slice(0, most));
  };

  refundedBy: TotalsState['refundedBy'] = (store, refunds) => {
    const own = [...this.#orders.values()].filter(({ key }) => key.startsWith(`${store}:`));
    const those = own.filter((order) => order.refunds.some((id) => refunds.includes(id)));
    return Promise.resolve(those.map(({ key }) => key).sort());
  };

  ordersOf: TotalsState['ordersOf'] = (customers) => {
    const own = [...this.#orders.values()].filter(({ customer }) => customers.includes(customer));
    return Promise.resolve(own.map(({ key }) => key).sort());
  };

  recordsOf: TotalsState['recordsOf'] = (objects, customers) =>
    Promise.resolve(this.#records(objects, (key) => customers.includes(key)));

  recordsAfter: TotalsState['recordsAfter'] = (objects, after, most) => {
    const told = [...this.#held.values()].filter(({ object }) => objects.includes(object));
    const all = [...this.#records(objects, () => true), ...told];
    const byId = new Map(all.map(({ object, recordId }) => [recordId, { object, recordId }]));
    const behind = [...byId.values()].filter(({ recordId }) => recordId > after);
    return Promise.resolve(
      behind.sort((a, b) => (a.recordId < b.recordId ? -1 : 1)).slice(0, most),
    );
  };

  totals: TotalsState['totals'] = (records) =>
    Promise.resolve(records.map((one) => this.#sum(one)));

  totalsOf: TotalsState['totalsOf'] = (customers) => {
    const all = customers.map((key): [string, Totals] => [
      key,
      { currencies: this.#currencies(new Set([key])), guestOrders: 0 },
    ]);
    return Promise.resolve(new Map(all.filter(([, { currencies }]) => currencies.length > 0)));
  };

  held: TotalsState['held'] = (records) => {
    const ids = new Set(records.map(({ recordId }) => recordId));
    return Promise.resolve([...this.#held.values()].filter(({ recordId }) => ids.has(recordId)));
  };

  claim: TotalsState['claim'] = (records) => {
    for (const { object, recordId } of records) {
      const own = { object, recordId, currency: '', digest: null, childId: null };
      this.#held.set(`${recordId} `, own);
    }
    return Promise.resolve([...records]);
  };

  settle: TotalsState['settle'] = (held, gone) => {
    for (const one of held) this.#held.set(`${one.recordId} ${one.currency}`, one);
    for (const { recordId, currency } of gone) this.#held.delete(`${recordId} ${currency}`);
    return Promise.resolve();
  };

  forget: TotalsState['forget'] = (recordIds) => {
    for (const [name, { recordId }] of this.#held)
      if (recordIds.includes(recordId)) this.#held.delete(name);
    return Promise.resolve();
  };

  #records(objects: readonly string[], fits: (key: string) => boolean): CustomerRecord[] {
    const links = [...this.#links()].filter(
      ({ object, key }) => objects.includes(object) && fits(key),
    );
    const byId = new Map(links.map(({ object, recordId }) => [recordId, { object, recordId }]));
    return [...byId.values()];
  }

  #sum({ object, recordId }: CustomerRecord): RecordTotals {
    const links = [...this.#links()].filter(
      (link) => link.object === object && link.recordId === recordId,
    );
    const guesses = links.filter(({ byId, key }) => byId && isGuest(key));
    const own = links.filter((link) => !guesses.includes(link));
    const keys = (some: readonly SavedLink[]) => new Set(some.map(({ key }) => key));
    const guessed = this.#currencies(keys(guesses));
    return {
      object,
      recordId,
      key: links.map(({ key }) => key).toSorted()[0] ?? null,
      isHeld: false,
      currencies: this.#currencies(keys(own)),
      guestOrders: guessed.reduce((sum, { orders }) => sum + orders, 0),
    };
  }

  #currencies(customers: ReadonlySet<string>): readonly CurrencyTotals[] {
    const those = [...this.#orders.values()].filter(
      ({ customer, counts }) => counts && customers.has(customer),
    );
    const groups = [...Map.groupBy(those, ({ currency }) => currency)];
    return groups.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, orders]) => totalsIn(orders));
  }
}

function totalsIn(orders: readonly CustomerOrder[]): CurrencyTotals {
  const spent = orders.reduce((sum, one) => sum + cents(one.total) - cents(one.refunded), 0);
  const refunded = orders.reduce((sum, one) => sum + cents(one.refunded), 0);
  const times = orders.flatMap(({ placedAt }) => placedAt ?? []).map((at) => at.toISOString());
  const sorted = times.map((at) => `${at.slice(0, 19)}Z`).toSorted();
  return {
    currency: orders[0]?.currency ?? '',
    orders: orders.length,
    spent: spent / 100,
    refunded: refunded / 100,
    // Halves go away from zero, as PostgreSQL rounds.
    average: (Math.sign(spent) * Math.round(Math.abs(spent) / orders.length)) / 100,
    first: sorted[0] ?? null,
    last: sorted.at(-1) ?? null,
  };
}
