import { wooId, wooKey } from '../../mapping/keys/keys.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { Resource } from '../../mapping/model/record.ts';
import type { ChangeEvent, ChangeResource } from '../../ports/change.ts';

type Change = 'created' | 'updated' | 'restored' | 'deleted';

/** What a webhook's topic says, as far as it can be about a record that is synced. */
export interface ShopEvent {
  readonly resource: ChangeResource;
  readonly change: Change;
}

/** The resources whose records a hint brings. */
const brings: Readonly<Record<ChangeResource, readonly Resource[]>> = {
  order: ['order', 'order_item', 'refund'],
  product: ['product'],
  customer: ['customer'],
};

const events: ReadonlyMap<string, ShopEvent> = new Map(
  (['order', 'product', 'customer'] as const).flatMap((resource) =>
    (['created', 'updated', 'restored', 'deleted'] as const).map(
      (change) => [`${resource}.${change}`, { resource, change }] as const,
    ),
  ),
);

/** WooCommerce takes a webhook with this topic, and has nothing that fires it. */
const neverSent = 'customer.restored';

/**
 * @param topic as a webhook's header has it, or has it not
 * @returns null for a topic that says nothing of orders, products and customers
 */
export function eventOf(topic: unknown): ShopEvent | null {
  return typeof topic === 'string' ? (events.get(topic) ?? null) : null;
}

/**
 * Whether a mapping hears of it in real time; what none hears of waits for the sweep.
 * @param mappings those that apply to the store, as `forStore` gives them
 */
export function isWanted(event: ShopEvent, mappings: readonly Mapping[]): boolean {
  return mappings.some(
    (mapping) =>
      mapping.realTime &&
      brings[event.resource].includes(mapping.resource) &&
      counts(event, mapping),
  );
}

function counts({ resource, change }: ShopEvent, mapping: Mapping): boolean {
  const { create, update, delete: remove } = mapping.events;
  if (change === 'deleted') return remove;
  // A checkout says "updated" before "created", and an update may be what meets a condition for the first time.
  // It may be what took an item off an order, too.
  return create || update || (remove && mapping.resource !== resource);
}

/**
 * The topics that the store's webhooks must have for its mappings.
 * @param mappings those that apply to the store, as `forStore` gives them
 */
export function topicsNeeded(mappings: readonly Mapping[]): readonly string[] {
  return [...events]
    .filter(([topic, event]) => topic !== neverSent && isWanted(event, mappings))
    .map(([topic]) => topic);
}

/**
 * @param body of the webhook: the record, or only its id where it is deleted
 * @returns null where the body names no record, as when it was gone before the shop could send it
 */
export function changeOf(
  { resource }: ShopEvent,
  store: string,
  body: unknown,
): ChangeEvent | null {
  const id = typeof body === 'object' && body !== null && 'id' in body ? wooId(body.id) : null;
  return id === null ? null : { resource, key: wooKey(store, id) };
}
