import { CodedError } from '../../errors/coded-error.ts';
import { guestOf, ownKeyPart } from '../../mapping/attributes/guest-customers.ts';
import { orderItems } from '../../mapping/attributes/order-items.ts';
import { joinedViews } from '../../mapping/fields/content-view.ts';
import { guestKeyPart, wooId, wooKey } from '../../mapping/keys/keys.ts';
import { objects } from '../../mapping/model/json-shape.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { Resource, WooRecord } from '../../mapping/model/record.ts';
import { isWhole, listsOf, mapsSame } from '../../mapping/model/resources.ts';
import type { WooList, WooStore } from '../../ports/store.ts';
import { readByIds } from '../../sync/read/read-by-ids.ts';
import { isUnpublished } from '../../sync/read/read-typed.ts';
import { withParents } from '../../sync/read/variations.ts';

/** What a person can ask about. */
const OF_ORDERS = ['order', 'refund', 'product', 'variation', 'customer'] as const;
/** What is mapped by keys that say their type. */
const TYPED = [
  'coupon',
  'product_category',
  'product_tag',
  'product_attribute',
  'product_review',
  'tax_class',
  'content',
] as readonly TypedSubject[];
export const SUBJECTS: readonly Subject[] = [...OF_ORDERS, ...TYPED];
type TypedSubject = Exclude<Resource, 'order' | 'order_item' | 'refund' | 'product' | 'customer'>;
export type Subject = (typeof OF_ORDERS)[number] | TypedSubject;

/** A record, or a part of one, that goes through the mappings of its resource. */
export interface Part {
  readonly resource: Resource;
  readonly record: WooRecord;
  /** `order 1042`, `product line 7`. */
  readonly title: string;
  /** Key of the order that it belongs to; null for none. */
  readonly orderKey: string | null;
  /** It is a guest of whom the shop has no order that is wanted. */
  readonly isUnwantedGuest?: true;
}

type IsWanted = (order: WooRecord) => boolean;

/**
 * Reads a record as the engine reads it; of an order its items and refunds too.
 * @param id the Woo id; of a guest `guest:<e-mail>`, of content of WordPress `<type>:<id>`, of a tax class its slug
 * @param mappings say what content of WordPress is asked with
 * @param isWanted whether a mapping wants an order, which brings its guest then
 * @throws CodedError where the store does not have it
 */
export async function readSubject(
  store: WooStore,
  subject: Subject,
  id: string,
  isWanted: IsWanted = () => true,
  mappings: readonly Mapping[] = [],
): Promise<Part[]> {
  if (isTypedSubject(subject)) return [await readTypedOne(store, subject, id.trim(), mappings)];
  const [, email] = /^\s*guest:(.*)$/i.exec(id) ?? [];
  if (subject === 'customer' && email !== undefined) {
    const guest = await readGuest(store, email, isWanted);
    if (guest === null) throw notFound(store, subject, id);
    return [guest];
  }
  const record = await READERS[subject](store, id.trim());
  if (record === undefined) throw notFound(store, subject, id);
  return subject === 'order' ? partsOfOrder(store, record) : [partOf(store, subject, record)];
}

/** An order with its items and its refunds, in the order in which they are written. */
export function orderParts(
  order: WooRecord,
  refunds: readonly WooRecord[],
  storeKey: string,
): Part[] {
  const id = wooId(order['id']) ?? 0;
  const orderKey = wooKey(storeKey, id);
  return [
    { resource: 'order', record: order, title: `order ${id}`, orderKey: null },
    ...orderItems(order).map((record): Part => {
      const title = `${String(record['type'])} line ${wooId(record['id']) ?? '?'}`;
      return { resource: 'order_item', record, title, orderKey };
    }),
    ...refunds.map((record): Part => {
      const title = `refund ${wooId(record['id']) ?? '?'}`;
      return { resource: 'refund', record, title, orderKey };
    }),
  ];
}

type Reader = (store: WooStore, id: string) => Promise<WooRecord | undefined>;

function isTypedSubject(subject: Subject): subject is TypedSubject {
  return (TYPED as readonly Subject[]).includes(subject);
}

async function readTypedOne(
  store: WooStore,
  resource: TypedSubject,
  id: string,
  mappings: readonly Mapping[],
): Promise<Part> {
  const [, type, ref = id] = resource === 'content' ? (/^([^:]+):(.+)$/.exec(id) ?? []) : [];
  const mapped = { resource, contentType: type ?? null };
  const [list] = listsOf(mapped);
  if (list === undefined || (wooId(ref) === null && resource !== 'tax_class')) throw badId(id);
  const own = mappings.filter((mapping) => mapsSame(mapping, mapped));
  const view = joinedViews(own.map((mapping) => mapping.view));
  const record = await readListed(store, list, ref, view);
  if (record === undefined) throw notFound(store, resource, id);
  if (isUnpublished(record, view)) throw unpublished(store, id, String(record['status']));
  return { resource, record, title: `${resource.replace('_', ' ')} ${id}`, orderKey: null };
}

async function readListed(
  store: WooStore,
  list: WooList,
  ref: string,
  view: Readonly<Record<string, string>>,
): Promise<WooRecord | undefined> {
  if (isWhole(list)) {
    const { records } = await store.list(list, {});
    return records.find(({ id, slug }) => String(id ?? slug) === ref);
  }
  const [found] = await readByIds(store, list, [Number(ref)], view);
  return found ?? (await store.each(list, [Number(ref)]))[0] ?? undefined;
}

type ShopSubject = (typeof OF_ORDERS)[number];

const READERS: Readonly<Record<ShopSubject, Reader>> = {
  order: (store, id) => readOne(store, 'orders', id),
  refund: (store, id) => readOne(store, 'refunds', id),
  product: async (store, id) =>
    (await readOne(store, 'products', id)) ?? (await readVariation(store, id)),
  variation: readVariation,
  customer: (store, id) => readOne(store, 'customers', id),
};

/** What is in the trash is missing in a list until it is asked for. */
async function readOne(
  store: WooStore,
  list: WooList,
  id: string,
  params: Readonly<Record<string, string>> = {},
): Promise<WooRecord | undefined> {
  const number = wooId(id);
  if (number === null) throw badId(id);
  const [found] = await readByIds(store, list, [number], params);
  if (found !== undefined || !['orders', 'products'].includes(list)) return found;
  return (await readByIds(store, list, [number], { status: 'trash' }))[0];
}

async function readVariation(store: WooStore, id: string): Promise<WooRecord | undefined> {
  const found = await readOne(store, 'variations', id);
  return found && (await withParents(store, [found]))[0];
}

/** A guest as the latest wanted order shows it: the shop has no other record of it. @returns null for none */
async function readGuest(store: WooStore, email: string, isWanted: IsWanted): Promise<Part | null> {
  const { records } = await store.list('orders', { search: email.trim(), per_page: '100' });
  const key = guestKeyPart(email);
  const isOfGuest = (order: WooRecord) => {
    const guest = guestOf(order);
    return guest !== null && ownKeyPart(guest) === key;
  };
  const orders = records.filter(isOfGuest);
  const wanted = orders.find(isWanted);
  const [latest] = orders;
  const guest = latest && guestOf(wanted ?? latest);
  if (!guest) return null;
  const part: Part = {
    resource: 'customer',
    record: guest,
    title: 'customer (guest)',
    orderKey: null,
  };
  return wanted ? part : { ...part, isUnwantedGuest: true };
}

async function partsOfOrder(store: WooStore, order: WooRecord): Promise<Part[]> {
  const ids = objects(order['refunds']).flatMap(({ id }) => wooId(id) ?? []);
  return orderParts(order, await readByIds(store, 'refunds', ids), store.key);
}

function partOf(store: WooStore, subject: ShopSubject, record: WooRecord): Part {
  const id = wooId(record['id']);
  const resource = subject === 'variation' ? 'product' : subject;
  const parent = wooId(record['parent_id']);
  const orderKey = subject === 'refund' && parent !== null ? wooKey(store.key, parent) : null;
  return { resource, record, title: `${subject} ${id ?? '?'}`, orderKey };
}

/** It is there, and gone for the mappings all the same. */
function unpublished({ key, url }: WooStore, id: string, status: string): CodedError {
  return new CodedError(
    'RECORD_NOT_FOUND',
    `The store ${key} (${url}) has ${id} with the status "${status}", which no mapping of it asks for: it is as good as deleted, and the delete rule holds for what was written of it.`,
    status === 'trash'
      ? 'Restore it in the shop to have it synced.'
      : 'Publish it in the shop; or name the status in a condition of the mapping (docs/content.md).',
  );
}

function badId(id: string): CodedError {
  return new CodedError(
    'RECORD_ID_INVALID',
    `"${id}" is not the id of a WooCommerce record.`,
    'Give the number that the shop shows in the address of the record, guest:<e-mail> for a guest, or <type>:<number> for content of WordPress.',
  );
}

function notFound({ key, url }: WooStore, subject: Subject, id: string): CodedError {
  return new CodedError(
    'RECORD_NOT_FOUND',
    `The store ${key} (${url}) has no ${subject} ${id.includes('@') ? 'with this e-mail address' : id}.`,
    "Look at the record's address in the shop's admin; an order number is not always the order's id.",
  );
}
