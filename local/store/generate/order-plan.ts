import { Random } from '../core/random.ts';

export type Profile = 'mixed' | 'bench';

export interface GeneratorOptions {
  /** how many orders to generate, beside the recorded ones */
  orders: number;
  seed: number;
  profile: Profile;
  /** statuses that a plugin of the shop registered, without the `wc-` */
  customStatuses: readonly string[];
}

/** Where generated ids start; recorded ids all lie below. */
const FIRST_ORDER = 100_000;
export const FIRST_CUSTOMER = 10_000;
/** An order and its refunds share one id space, so each order takes this many ids. */
const IDS_PER_ORDER = 3;

const WINDOW_START = Date.UTC(2025, 4, 26) / 1000;
const WINDOW_END = Date.UTC(2026, 10, 18) / 1000;
const DOUBLED_HOUR = Date.UTC(2025, 10, 2, 5, 30) / 1000;
const DAY = 86_400;
/** Orders of one block that a plugin edited together share one modified second. */
const BULK_EDIT_BLOCK = 1000;

type Buyer =
  | { kind: 'customer'; customer: number }
  | { kind: 'guest'; guest: number }
  | { kind: 'unknown' };

/** Everything about a generated order that lists filter and sort by; cheap to compute. */
export interface OrderPlan {
  index: number;
  id: number;
  status: string;
  buyer: Buyer;
  created: number;
  paid: number | undefined;
  completed: number | undefined;
  modified: number;
  /** ids of its refunds; a full refund has status `refunded` */
  refunds: number[];
}

function orderId(index: number): number {
  return FIRST_ORDER + index * IDS_PER_ORDER;
}

/** How many customers buy again and again; six orders of ten are theirs. */
export function repeatCustomers(orders: number): number {
  return Math.max(1, Math.ceil(orders / 10));
}

/** For each so many orders there is one who only registered. */
const REGISTERED_EVERY = 50;

/** Who registered under My Account and has bought nothing yet; the ids are above all buyers'. */
export function registeredOnly({
  orders,
  profile,
}: GeneratorOptions): { id: number; created: number }[] {
  const count = profile === 'bench' ? 0 : Math.ceil(orders / REGISTERED_EVERY);
  return Array.from({ length: count }, (_, at) => ({
    id: onceCustomer(orders + at, orders),
    created: createdAt(at * REGISTERED_EVERY, orders),
  }));
}

/** The customer id of the one-off customer who made the order with this index. */
function onceCustomer(index: number, orders: number): number {
  return FIRST_CUSTOMER + repeatCustomers(orders) + index;
}

/** Plans the order with this index (0 … orders-1). */
export function planOrder(index: number, options: GeneratorOptions): OrderPlan {
  const random = new Random(options.seed, 'order', index);
  const bench = options.profile === 'bench';
  const status = bench ? 'completed' : pickStatus(random, options.customStatuses);
  const buyer = pickBuyer(random, index, status, options);
  const dates = bench ? evenDates(index, options) : oddDates(random, index, status, options);
  const id = orderId(index);
  return { index, id, status, buyer, ...dates, refunds: pickRefunds(random, id, status, bench) };
}

const statusMix: readonly [string, number][] = [
  ['completed', 62],
  ['processing', 12],
  ['on-hold', 5],
  ['pending', 5],
  ['cancelled', 4],
  ['refunded', 4],
  ['failed', 3],
  ['checkout-draft', 2],
  ['trash', 1],
];

function pickStatus(random: Random, custom: readonly string[]): string {
  let draw = random.below(100);
  for (const [status, share] of statusMix) {
    draw -= share;
    if (draw < 0) {
      return status;
    }
  }
  return custom.length === 0 ? 'processing' : random.pick(custom);
}

function pickBuyer(
  random: Random,
  index: number,
  status: string,
  options: GeneratorOptions,
): Buyer {
  const turn = index % 5;
  if (status === 'checkout-draft') {
    return { kind: 'unknown' };
  }
  if (turn < 3) {
    const repeatOrder = Math.floor(index / 5) * 3 + turn;
    return {
      kind: 'customer',
      customer: FIRST_CUSTOMER + (repeatOrder % repeatCustomers(options.orders)),
    };
  }
  if (turn === 3) {
    return { kind: 'customer', customer: onceCustomer(index, options.orders) };
  }
  if (options.profile === 'bench') {
    return { kind: 'guest', guest: index };
  }
  // Some guests come back with the same e-mail address, some give none.
  return random.chance(0.15) ? { kind: 'unknown' } : { kind: 'guest', guest: index - (index % 15) };
}

type Dates = Pick<OrderPlan, 'created' | 'paid' | 'completed' | 'modified'>;

function createdAt(index: number, orders: number): number {
  const step = (WINDOW_END - WINDOW_START) / Math.max(1, orders);
  return WINDOW_START + Math.floor(index * step);
}

function evenDates(index: number, options: GeneratorOptions): Dates {
  const created = createdAt(index, options.orders);
  return { created, paid: created + 30, completed: created + 7200, modified: created + 7200 };
}

const paidStatuses = new Set(['completed', 'processing', 'refunded', 'trash']);
const completedStatuses = new Set(['completed', 'refunded', 'trash']);

function oddDates(random: Random, index: number, status: string, options: GeneratorOptions): Dates {
  const doubled = index % 97 === 13;
  const created = doubled
    ? DOUBLED_HOUR + random.below(2) * 3600
    : createdAt(index, options.orders) + random.below(3600);
  const modified = doubled ? created + 120 : modifiedAt(random, index, created, options.orders);
  // Cash on delivery: completed, never paid as far as the shop knows.
  const paid = paidStatuses.has(status) && !random.chance(0.04) ? created + 30 : undefined;
  const late = index % 50 === 20 ? 30 * DAY : -60;
  const completed = completedStatuses.has(status) ? Math.max(created, modified + late) : undefined;
  return { created, paid, completed, modified };
}

function modifiedAt(random: Random, index: number, created: number, orders: number): number {
  const block = Math.floor(index / BULK_EDIT_BLOCK);
  if (index % 4 === 1) {
    const last = Math.min(orders, (block + 1) * BULK_EDIT_BLOCK);
    return createdAt(last, orders) + DAY;
  }
  return created + 60 + random.below(5 * DAY);
}

function pickRefunds(random: Random, id: number, status: string, bench: boolean): number[] {
  if (bench) {
    return [];
  }
  if (status === 'refunded') {
    return [id + 1];
  }
  if (status !== 'completed' || !random.chance(0.07)) {
    return [];
  }
  return random.chance(0.25) ? [id + 1, id + 2] : [id + 1];
}
