import { NOTE_ATTRIBUTES, resolveAlias } from '../attributes/known-attributes.ts';
import type { Transitions } from '../model/mapping.ts';
import type { WooRecord } from '../model/record.ts';
import { Refusal } from '../model/refusal.ts';
import { ORDER_STATUS, refusedTransition } from './order-status.ts';
import { CUSTOM } from './value-types.ts';
import { asSent, itself, type WooType } from './woo-type.ts';
import type { WooAttribute } from './writable-attributes.ts';

/** Characters of a note, so that a mail holds it whole. */
const LONGEST_NOTE = 10_000;

/** A note is sent, and nothing of it is read back. */
const NOTE: WooType = {
  from: 'text',
  same: itself,
  give: (value) => {
    const text = asSent(value);
    if (text.length <= LONGEST_NOTE) return text;
    return new Refusal(
      'TO_WOO_TOO_LONG',
      `has ${text.length} characters, and a note takes ${LONGEST_NOTE}: shorten it`,
    );
  },
  empty: '',
};

/**
 * The attribute of an order that a path writes to; undefined where it cannot be written.
 * @param transitions which status it may be given
 */
export function writableOfOrder(name: string, transitions: Transitions): WooAttribute | undefined {
  if (name === 'status') {
    const refuses = (given: unknown, record: WooRecord) =>
      refusedTransition(transitions, given, record);
    return { name, type: ORDER_STATUS, ofVariations: true, refuses, reverts: true };
  }
  if (NOTE_ATTRIBUTES.has(name)) return { name, type: NOTE, ofVariations: true };
  const key = /^meta_data\.(.+)/.exec(name)?.[1];
  if (key === undefined || resolveAlias('order', key) !== key) return undefined;
  return { name, type: CUSTOM, ofVariations: true };
}

/** Why an attribute that nothing writes cannot be written, as the rest of a sentence, and what to do. */
export function whyNotOfOrder(canonical: string): { readonly why: string; readonly cure: string } {
  const cure =
    'Set the direction of the field mapping to to_salesforce; of orders the status, notes and custom fields (meta_data.<key>) can be written.';
  return canonical.startsWith('meta_data')
    ? { why: 'it is no custom field of its own, or WooCommerce keeps something itself there', cure }
    : { why: 'the shop decides on amounts, lines and addresses of an order', cure };
}
