import { CodedError } from '../../../src/errors/coded-error.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { ProductResult } from '../../../src/ports/store.ts';
import { IdStore } from '../../support/memory-state.ts';

/** A shop with two products, a variation and a customer, that makes orders as WooCommerce does. */
export class OrderShop extends IdStore {
  override readonly key: string;
  readonly orders = new Map<number, WooRecord>();
  /** What it made of drafts. */
  readonly bodies: WooRecord[] = [];
  readonly notes: string[] = [];
  /** What its clock is before ours. */
  lateMs = 0;
  readonly trash = new Map<number, WooRecord>();
  /** Whether it has an order that is too large to be handed over. */
  hasLarge = false;
  /** What happens after it has made an order, before it answers. */
  meanwhile: () => void = () => undefined;
  /** Code with which the next one is refused. */
  refuses: string | null = null;
  #next = 70;

  constructor(key: string) {
    super({
      products: [
        { id: 1, name: 'Mug', type: 'simple', parent_id: 0 },
        { id: 2, name: 'Shirt', type: 'variable', parent_id: 0 },
      ],
      variations: [{ id: 3, name: 'Red', type: 'variation', parent_id: 2 }],
      customers: [
        { id: 5, last_name: 'Known', email: 'known@shop.example', billing: { city: 'Ghent' } },
      ],
    });
    this.key = key;
  }

  override async list(...[list, params]: Parameters<IdStore['list']>): ReturnType<IdStore['list']> {
    if (list !== 'orders') return super.list(list, params);
    const ids = (params['include'] ?? '').split(',').map(Number);
    const held = params['status'] === 'trash' ? this.trash : this.orders;
    const records = ids.flatMap((id): WooRecord[] => {
      const order = held.get(id);
      return order === undefined ? [] : [order];
    });
    return { records, total: records.length, pages: 1, storeTime: this.#now() };
  }

  override readonly walk: IdStore['walk'] = async function* (
    this: OrderShop,
    _list,
    _from,
    params = {},
    onTooLarge,
  ) {
    if (this.hasLarge) {
      const why = new CodedError('WOO_ANSWER_TOO_LARGE', 'One record is too large.', '');
      if (onTooLarge === undefined) throw why;
      onTooLarge({ id: 9 }, why);
    }
    const held = params['status'] === 'trash' ? this.trash : this.orders;
    const since = params['modified_after'] ?? '';
    const records = [...held.values()].filter((one) => String(one['date_modified_gmt']) > since);
    const page = { records, total: records.length, pages: 1, storeTime: this.#now() };
    yield await Promise.resolve({ ...page, read: records.length, cursor: { by: 'id' as const } });
  };

  override readonly createOrders = (
    orders: readonly WooRecord[],
  ): Promise<readonly ProductResult[]> => Promise.resolve(orders.map((body) => this.#make(body)));

  override readonly updateOrders: IdStore['updateOrders'] = (updates) =>
    Promise.resolve(
      updates.map(({ id, fields }) => {
        const record = { ...this.orders.get(id), ...fields };
        this.orders.set(id, record);
        return { record };
      }),
    );

  override readonly orderNotes: IdStore['orderNotes'] = () =>
    Promise.resolve(
      this.notes.map((note) => ({
        ...{ note, customer_note: false },
        date_created_gmt: new Date().toISOString().slice(0, 19),
      })),
    );

  override readonly addOrderNote: IdStore['addOrderNote'] = (_id, { text }) => {
    this.notes.push(text);
    return Promise.resolve({ record: {} });
  };

  /** Somebody puts all orders into the trash. */
  trashAll(): void {
    const date_modified_gmt = this.#now().toISOString().slice(0, 19);
    for (const [id, order] of this.orders)
      this.trash.set(id, { ...order, status: 'trash', date_modified_gmt });
    this.orders.clear();
  }

  #now(): Date {
    return new Date(Date.now() - this.lateMs);
  }

  #make(body: WooRecord): ProductResult {
    if (this.refuses !== null)
      return { error: { code: this.refuses, message: 'It is refused.', data: null } };
    this.bodies.push(body);
    const id = (this.#next += 1);
    const lines = body['line_items'] as readonly WooRecord[];
    const order = {
      ...{ id, number: `${id}`, total: '9.90', customer_id: 0, billing: {}, shipping: {} },
      ...{ date_modified_gmt: this.#now().toISOString().slice(0, 19), refunds: [] },
      payment_url: `https://shop.example/order-pay/${id}`,
      ...body,
      line_items: lines.map((line, at) => ({ variation_id: 0, ...line, id: id * 10 + at })),
    };
    this.orders.set(id, order);
    this.meanwhile();
    return { record: order };
  }
}
