import { parseTypedKey, wooId, wooKey } from '../../mapping/keys/keys.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import {
  broughtBy,
  type Change,
  isTyped,
  type Resource,
  RESOURCE_NAMES,
  RESOURCES,
} from '../../mapping/model/resources.ts';
import type { ChangeEvent, ChangeResource } from '../../ports/change.ts';

/** What a webhook's topic says, as far as it can be about a record that is synced. */
export interface ShopEvent {
  readonly resource: ChangeResource;
  /** Whose topic it is: the same, or one of those whose change events share a queue. */
  readonly of: Resource;
  readonly change: Change;
}

/** The one topic of content: WooCommerce knows none for WordPress's own, and passes on actions that begin with its name. */
const CONTENT_TOPIC = 'action.woocommerce_sync_content';

const events: ReadonlyMap<string, ShopEvent> = new Map([
  ...RESOURCE_NAMES.filter((name) => RESOURCES[name].webhooks.length > 0).flatMap((of) =>
    (['created', 'updated', 'restored', 'deleted'] as const).map(
      (change) => [`${of}.${change}`, { resource: RESOURCES[of].comesWith, of, change }] as const,
    ),
  ),
  [CONTENT_TOPIC, { resource: 'content', of: 'content', change: 'updated' }],
]);

/**
 * @param topic as a webhook's header has it, or has it not
 * @returns null for a topic that says nothing of what can be synced
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
      mapping.realTime && heardBy(event).includes(mapping.resource) && counts(event, mapping),
  );
}

function heardBy({ resource, of }: ShopEvent): readonly Resource[] {
  return isTyped(of) ? [of] : broughtBy(resource);
}

/** Of some changes the shop tells nobody, though it takes a webhook for them. */
function isSent({ of, change }: ShopEvent): boolean {
  return of === 'content' || RESOURCES[of].webhooks.includes(change);
}

function counts({ of, change }: ShopEvent, mapping: Mapping): boolean {
  const { create, update, delete: remove } = mapping.events;
  if (change === 'deleted') return remove;
  // A checkout says "updated" before "created", and an update may be what meets a condition for the first time.
  // It may be what took an item off an order, too.
  return create || update || (remove && (mapping.resource !== of || of === 'content'));
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
 * @param body of the webhook: the record, or only its id where it is deleted; of content the action and its argument,
 *   `<type>:<id>`
 * @returns null where the body names no record, as when it was gone before the shop could send it
 */
export function changeOf(
  { resource, of }: ShopEvent,
  store: string,
  body: unknown,
): ChangeEvent | null {
  if (typeof body !== 'object' || body === null) return null;
  if (of === 'content') return 'arg' in body ? contentChange(store, body.arg) : null;
  const id = 'id' in body ? wooId(body.id) : null;
  if (id === null) return null;
  const { keyType } = RESOURCES[of];
  return { resource, key: wooKey(store, keyType === null ? id : `${keyType}:${id}`) };
}

function contentChange(store: string, argument: unknown): ChangeEvent | null {
  if (typeof argument !== 'string') return null;
  const key = wooKey(store, argument);
  return parseTypedKey(key) === null ? null : { resource: 'content', key };
}
