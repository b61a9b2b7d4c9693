import { wooId, wooKey } from '../../mapping/keys/keys.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import {
  broughtBy,
  type Change,
  CHANGE_RESOURCES,
  RESOURCES,
} from '../../mapping/model/resources.ts';
import type { ChangeEvent, ChangeResource } from '../../ports/change.ts';

/** What a webhook's topic says, as far as it can be about a record that is synced. */
export interface ShopEvent {
  readonly resource: ChangeResource;
  readonly change: Change;
}

const events: ReadonlyMap<string, ShopEvent> = new Map(
  CHANGE_RESOURCES.flatMap((resource) =>
    (['created', 'updated', 'restored', 'deleted'] as const).map(
      (change) => [`${resource}.${change}`, { resource, change }] as const,
    ),
  ),
);

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
      broughtBy(event.resource).includes(mapping.resource) &&
      counts(event, mapping),
  );
}

/** Of some changes the shop tells nobody, though it takes a webhook for them. */
function isSent({ resource, change }: ShopEvent): boolean {
  return RESOURCES[resource].webhooks.includes(change);
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
    .filter(([, event]) => isSent(event) && isWanted(event, mappings))
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
