import { CodedError } from '../../../src/errors/coded-error.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { ProductResult } from '../../../src/ports/store.ts';
import { IdStore } from '../../support/memory-state.ts';
import { listed } from '../../support/listed.ts';
import { shown } from '../../support/shown.ts';

/** A shop with two products, a variation and a customer, that makes orders as WooCommerce does. */
export class OrderShop extends IdStore {
  override readonly key: string;
  readonly orders = new Map<number, WooRecord>();
  /** What it made of drafts. */
  readonly bodies: WooRecord[] = [];
  readonly notes: string[] = [];
  /** Parameters of lists of orders that were asked for. */
  readonly askedOrders: Readonly<Record<string, string>>[] = [];
  /** What its clock is before ours. */
  lateMs = 0;
  readonly trash = new Map<number, WooRecord>();
  /** The ids of orders that are too large to be handed over. */
  readonly large = new Set<number>();
  /** The same of those whose custom field is. */
  readonly larger = new Set<number>();
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
    listed(list, params);
    this.askedOrders.push(params);
    const ids = (params['include'] ?? '').split(',').map(Number);
    const held = params['status'] === 'trash' ? this.trash : this.orders;
    const records = ids.flatMap((id): WooRecord[] => {
      const order = held.get(id);
      return order === undefined ? [] : [shown(order, params)];
    });
    const tooLarge = params['include_meta'] === undefined ? this.large : this.larger;
    if (records.some(({ id }) => tooLarge.has(Number(id)))) throw tooLargeError();
    return { records, total: records.length, pages: 1, storeTime: this.#now() };
  }

  override readonly walk: IdStore['walk'] = async function* (
    this: OrderShop,
    list,
    _from,
    params = {},
    onTooLarge,
  ) {
    listed(list, params);
    const held = params['status'] === 'trash' ? this.trash : this.orders;
    const since = params['modified_after'] ?? '';
    const all = [...held.values()].filter((one) => String(one['date_modified_gmt']) > since);
    const isLarge = ({ id }: WooRecord) => this.large.has(Number(id));
    for (const { id } of all.filter(isLarge)) {
      if (onTooLarge === undefined) throw tooLargeError();
      onTooLarge({ id }, tooLargeError());
    }
    const records = all.filter((one) => !isLarge(one)).map((one) => shown(one, params));
    const page = { records, total: records.length, pages: 1, storeTime: this.#now() };
    yield await Promise.resolve({ ...page, read: records.length, cursor: { by: 'id' as const } });
  };

  override createOrders = (orders: readonly WooRecord[]): Promise<readonly ProductResult[]> =>
    Promise.resolve(orders.map((body) => this.#make(body)));

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
        note,
        customer_note: false,
        date_created_gmt: new Date().toISOString().slice(0, 19),
      })),
    );

  override readonly addOrderNote: IdStore['addOrderNote'] = (_id, { text }) => {
    this.notes.push(text);
    return Promise.resolve({ record: {} });
  };

  /** Somebody buys, and the order is too large to be handed over. */
  buyLarge(id: number): void {
    const date_modified_gmt = this.#now().toISOString().slice(0, 19);
    this.orders.set(id, { id, date_modified_gmt, meta_data: [{ key: 'gift', value: 'card' }] });
    this.large.add(id);
  }

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
      id,
      number: `${id}`,
      total: '9.90',
      customer_id: 0,
      billing: {},
      shipping: {},
      date_modified_gmt: this.#now().toISOString().slice(0, 19),
      refunds: [],
      payment_url: `https://shop.example/order-pay/${id}`,
      ...body,
      line_items: lines.map((line, at) => ({ variation_id: 0, ...line, id: id * 10 + at })),
    };
    this.orders.set(id, order);
    this.meanwhile();
    return { record: order };
  }
}

function tooLargeError(): CodedError {
  return new CodedError('WOO_ANSWER_TOO_LARGE', 'One record is larger than 2.5 MB.', '');
}
