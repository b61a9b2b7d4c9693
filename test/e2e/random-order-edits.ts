import { Random } from '../../local/store/core/random.ts';
import { addNote, orgOrders, shopOrders, trackingOf, type Written } from './orders-compared.ts';
import { askShop, editAsRep, type Fields, type OrdersBackWorld } from './orders-back-world.ts';
import { happenings, type Name } from './shop-events.ts';

/** What may be made of an order from Salesforce, as the recipe's records say. */
const TRANSITIONS: Readonly<Record<string, readonly string[]>> = {
  pending: ['on-hold', 'processing', 'cancelled'],
  'on-hold': ['processing', 'completed', 'cancelled'],
  processing: ['on-hold', 'completed'],
};
/** Also those that no transition leads to, and one that is none. */
const WISHED = ['on-hold', 'processing', 'completed', 'cancelled', 'refunded', 'Nonsense!'];

const SHOP: readonly (Name | 'note' | 'tracking' | 'reopened')[] = [
  ...(['orderCreated', 'orderChanged', 'orderLineRemoved', 'orderTrashed'] as const),
  ...(['orderRestored', 'orderRestored', 'orderDeleted', 'orderRefunded'] as const),
  ...(['orderStatusChanged', 'orderStatusChanged', 'orderStatusChanged'] as const),
  ...(['reopened', 'reopened', 'reopened', 'note', 'tracking', 'tracking'] as const),
];
const REP = [
  ...(['Status__c', 'Status__c', 'Status__c', 'Status__c', 'Tracking_Number__c'] as const),
  ...(['Tracking_Number__c', 'Note_To_Customer__c', 'Private_Note__c'] as const),
];

/** The fields that go both ways. */
interface Shared {
  readonly Status__c: string;
  readonly Tracking_Number__c: string;
}
type SharedField = keyof Shared;
const SHARED: readonly SharedField[] = ['Status__c', 'Tracking_Number__c'];

/** What an order must hold when nobody has heard of anything while it was edited. */
interface Expected {
  readonly order: number;
  readonly field: SharedField;
  readonly value: string;
  /** The wish that the list of transitions refuses. */
  readonly isRefused: boolean;
}

/** Edits of orders by the shop's staff and by a rep, the same for a seed. */
export class RandomOrderEdits {
  readonly #back: OrdersBackWorld;
  readonly #random: Random;
  readonly #seed: number;
  #count = 0;
  readonly #inShop = new Map<number, string[]>();
  readonly #inOrg = new Map<number, Map<string, string[]>>();

  constructor(back: OrdersBackWorld, seed: number) {
    this.#back = back;
    this.#seed = seed;
    this.#random = new Random(seed, 'orders');
  }

  get written(): Written {
    return { inShop: this.#inShop, inOrg: this.#inOrg };
  }

  /** Makes so many. @returns what the conflict rule and the list make of those that were heard of by nobody */
  async make(count: number): Promise<readonly Expected[]> {
    const before = this.#shared();
    const wishes = new Map<number, Partial<Shared>>();
    const rows = [...(await orgOrders(this.#back.world))];
    for (let at = 0; at < count; at += 1) {
      this.#count += 1;
      if (this.#random.chance(0.5)) await this.#editInShop();
      else await this.#editAsRep(rows, wishes);
    }
    return expectedOf({ before, after: this.#shared(), wishes });
  }

  #shared(): ReadonlyMap<number, Shared> {
    const orders = [...shopOrders(this.#back.world)];
    return new Map(
      orders.map(([id, order]) => [
        id,
        { Status__c: order.status, Tracking_Number__c: trackingOf(order) },
      ]),
    );
  }

  async #editInShop(): Promise<void> {
    const { world } = this.#back;
    const what = this.#random.pick(SHOP);
    const chance = { pick: this.#random.below(2000), value: this.#random.below(2000) };
    const living = [...shopOrders(world)].filter(
      ([, { status }]) => status !== 'trash' && status !== 'checkout-draft',
    );
    const [id] = this.#random.pick(living);
    if (what === 'note') {
      await addNote(world, id, this.#text());
      this.#inShop.set(id, [...(this.#inShop.get(id) ?? []), this.#text()]);
    } else if (what === 'tracking') {
      const meta_data = [{ key: 'tracking_number', value: this.#text() }];
      await askShop(world, 'PUT', `orders/${id}`, { meta_data });
    } else if (what === 'reopened') {
      // Most orders of a shop are completed, which nothing leads from.
      const status = this.#random.pick(['pending', 'processing', 'on-hold']);
      world.store.edits.updateOrder(id, { status });
    } else await happenings[what](world.store, chance);
  }

  async #editAsRep(
    rows: readonly (readonly [number, Fields])[],
    wishes: Map<number, Partial<Shared>>,
  ): Promise<void> {
    const [id, { Id }] = this.#random.pick(rows);
    const field = this.#random.pick(REP);
    const value = field === 'Status__c' ? this.#random.pick(WISHED) : this.#text();
    await editAsRep(this.#back, String(Id), { [field]: value });
    if (field === 'Status__c' || field === 'Tracking_Number__c')
      wishes.set(id, { ...wishes.get(id), [field]: value });
    else {
      const notes = this.#inOrg.get(id) ?? new Map<string, string[]>();
      this.#inOrg.set(id, notes.set(field, [...(notes.get(field) ?? []), value]));
    }
  }

  /** No edit has the text of another. */
  #text(): string {
    return `Text ${this.#seed}.${this.#count}`;
  }
}

/** The recipe's conflict rule is `woo_wins`: what the shop has changed stands. */
function expectedOf(edits: {
  readonly before: ReadonlyMap<number, Shared>;
  readonly after: ReadonlyMap<number, Shared>;
  readonly wishes: ReadonlyMap<number, Partial<Shared>>;
}): readonly Expected[] {
  const found: Expected[] = [];
  for (const [order, wished] of edits.wishes) {
    const [from, to] = [edits.before.get(order), edits.after.get(order)];
    // An order of the trash is not written, and what is edited there meanwhile waits.
    if (!from || !to || from.Status__c === 'trash' || to.Status__c === 'trash') continue;
    for (const field of SHARED) {
      const [value, wish] = [to[field], wished[field]];
      if (wish === undefined) continue;
      const isOpen = value === from[field] && wish !== value;
      const isRefused =
        isOpen && field === 'Status__c' && TRANSITIONS[value]?.includes(wish) !== true;
      found.push({ order, field, value: isOpen && !isRefused ? wish : value, isRefused });
    }
  }
  return found;
}
