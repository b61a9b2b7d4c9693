import { text } from '../model/json-shape.ts';
import type { Transitions } from '../model/mapping.ts';
import { quoted, Refusal } from '../model/refusal.ts';
import { asSent, type WooType } from './woo-type.ts';

/** Statuses that every shop knows and a person gives. The shop makes drafts of the checkout and the trash itself. */
export const CORE_STATUSES: readonly string[] = [
  'pending',
  'processing',
  'on-hold',
  'completed',
  'cancelled',
  'refunded',
  'failed',
];

/** As the column of WooCommerce takes it, without its `wc-`. */
const SLUG = /^[a-z0-9_-]{1,17}$/;

/** A status as the REST API writes it; null for what is none. */
export function statusSlug(value: unknown): string | null {
  const slug = asSent(value).toLowerCase().replace(/^wc-/, '');
  return SLUG.test(slug) ? slug : null;
}

export const ORDER_STATUS: WooType = {
  from: 'text',
  same: (value) => (value === null || value === undefined ? null : (statusSlug(value) ?? value)),
  give: (value) =>
    statusSlug(value) ??
    new Refusal(
      'TO_WOO_FORM',
      `is ${quoted(value)}: write the status as the shop names it, such as ${CORE_STATUSES.join(', ')}`,
    ),
  empty: new Refusal('TO_WOO_EMPTY', 'is empty, and each order of the shop has a status'),
};

/** What the list of transitions calls an order that only Salesforce has. */
export const DRAFT_STATUS = 'draft';

/** Why an order may not be given a status. */
export function refusedTransition(
  transitions: Transitions,
  given: unknown,
  record: { readonly status?: unknown },
): Refusal | null {
  const from = text(record.status);
  const open = transitions.get(from) ?? new Set<string>();
  if (typeof given === 'string' && open.has(given)) return null;
  const allowed =
    open.size === 0
      ? `nothing may be made of ${from} from Salesforce`
      : `from Salesforce ${from} may become ${[...open].join(', ')}`;
  const now = from === DRAFT_STATUS ? 'the order is a draft' : `the order is ${from} in the shop`;
  return new Refusal(
    'TO_WOO_TRANSITION',
    `is ${quoted(given)}, but ${now}, and by the active Woo Order Transitions ${allowed}`,
  );
}
