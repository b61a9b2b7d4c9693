import { usableEmail } from '../../../mapping/keys/email.ts';
import { wooId } from '../../../mapping/keys/keys.ts';
import { DEFAULT_META_KEY, metaKeyOf } from '../../../mapping/keys/record-id-meta.ts';
import { isObject, text } from '../../../mapping/model/json-shape.ts';
import type { Mapping } from '../../../mapping/model/mapping.ts';
import type { WooRecord } from '../../../mapping/model/record.ts';
import { DRAFT_STATUS } from '../../../mapping/to-woo/order-status.ts';
import { mergePatches } from '../../../mapping/to-woo/outgoing-field.ts';
import { NOTE_ATTRIBUTES } from '../../../mapping/attributes/known-attributes.ts';
import type { OrgRow } from '../../../ports/org.ts';
import { type DraftLine, fieldOf } from './draft-lines.ts';
import type { Newborn } from '../newborn.ts';

/** Why a draft cannot be sent. */
export interface DraftProblem {
  readonly code: string;
  readonly message: string;
  /** The field of the draft at fault; null for none. */
  readonly field: string | null;
}

const PARTS = [
  'first_name',
  'last_name',
  'company',
  'city',
  'state',
  'postcode',
  'country',
  'email',
  'phone',
];
/** Of the column in which the shop keeps how many. */
const MOST = 1_000_000;

/**
 * The order as the shop is to make it. It decides on prices, taxes, shipping and coupons; a buyer whom it knows has
 * of the addresses that it has of them each field that the draft leaves empty.
 * @param customer null for one that is gone; undefined for a guest
 */
export function orderOf(
  { mapping, held, recordId }: Newborn,
  lines: readonly DraftLine[],
  customer: WooRecord | null | undefined,
): { readonly body: WooRecord } | { readonly problems: readonly DraftProblem[] } {
  const problems: DraftProblem[] = [];
  const patches = patchesOf(mapping, held, problems);
  const line_items = lines.flatMap((line) => lineOf(line, problems));
  if (lines.length === 0)
    problems.push({ code: 'DRAFT_LINES', message: 'The draft has no lines.', field: null });
  if (customer === null) {
    const message = 'The customer to whom the contact belongs is gone from the shop.';
    problems.push({ code: 'DRAFT_BUYER', message, field: null });
  }
  const addresses = addressesOf(mapping, held, customer ?? null, problems);
  if (problems.length > 0) return { problems };
  const note = text(valueOf(mapping, held, 'customer_note'));
  const meta_data = [{ key: metaKeyOf(mapping) ?? DEFAULT_META_KEY, value: recordId }];
  return {
    body: {
      ...(customer && { customer_id: customer['id'] }),
      ...addresses,
      ...(note !== '' && { customer_note: note }),
      ...mergePatches([...patches, { meta_data }]),
      line_items,
    },
  };
}

/** Status and custom fields, but no notes: those need an order to be added to. */
function patchesOf(mapping: Mapping, held: OrgRow, problems: DraftProblem[]): WooRecord[] {
  const patches: WooRecord[] = [];
  for (const field of mapping.outgoing) {
    const { attribute, field: name } = field;
    const value = held[name];
    if (NOTE_ATTRIBUTES.has(attribute) || field.fromSalesforce(value) === null) continue;
    const made = field.toWoo(value, { status: DRAFT_STATUS });
    if ('problem' in made) problems.push({ ...made.problem, field: name });
    else patches.push(made.patch);
  }
  return patches;
}

function lineOf(line: DraftLine, problems: DraftProblem[]): readonly WooRecord[] {
  const { name, sold, product, recordId } = line;
  const refuse = (why: string) => {
    problems.push({ code: 'DRAFT_LINES', message: `The line "${name}" ${why}.`, field: null });
    return [];
  };
  if (product === null) return refuse('has no product');
  if (typeof sold === 'string') return refuse(`has a product that ${sold}`);
  const quantity = Number(line.quantity);
  if (line.quantity === null || !Number.isInteger(quantity) || quantity < 1 || quantity > MOST) {
    const given =
      typeof line.quantity === 'number' ? `the quantity ${line.quantity}` : 'no quantity';
    return refuse(`has ${given}: the shop sells whole numbers from 1 on`);
  }
  const parent = wooId(sold['parent_id']);
  const id = wooId(sold['id']);
  return [
    {
      ...(parent === null ? { product_id: id } : { product_id: parent, variation_id: id }),
      quantity,
      meta_data: [{ key: DEFAULT_META_KEY, value: recordId }],
    },
  ];
}

function addressesOf(
  mapping: Mapping,
  held: OrgRow,
  customer: WooRecord | null,
  problems: DraftProblem[],
): WooRecord {
  const addresses: Record<string, WooRecord> = {};
  for (const kind of ['billing', 'shipping'] as const) {
    const own = addressIn(mapping, held, kind);
    const known = customer?.[kind];
    const address = isObject(known) ? completed(own, known) : own;
    if (Object.keys(address).length > 0) addresses[kind] = address;
    check(mapping, kind, own, problems);
  }
  return addresses;
}

/**
 * What was entered, and the rest as it is known. A state is one of its country, and a second line of a street one of
 * its first: they are not left beside another.
 */
function completed(own: WooRecord, known: WooRecord): WooRecord {
  const { state, address_2, ...rest } = filled(known);
  return {
    ...rest,
    ...(!('country' in own) && state !== undefined && { state }),
    ...(!('address_1' in own) && address_2 !== undefined && { address_2 }),
    ...own,
  };
}

/** What the draft has of an address. */
function addressIn(mapping: Mapping, held: OrgRow, kind: 'billing' | 'shipping'): WooRecord {
  const parts = PARTS.map(
    (part) => [part, text(valueOf(mapping, held, `${kind}.${part}`))] as const,
  );
  const street = mapping.fields.find(({ attribute, isStreet }) => attribute === kind && isStreet);
  const ownLines = [1, 2].map((at) => text(valueOf(mapping, held, `${kind}.address_${at}`)));
  const [line = '', ...more] = text(street && held[street.field]).split(/\r?\n/);
  const lines = { address_1: ownLines[0] || line, address_2: ownLines[1] || more.join(', ') };
  return filled({ ...Object.fromEntries(parts), ...lines });
}

function filled(address: WooRecord): WooRecord {
  const parts = Object.entries(address).map(([part, value]) => [part, text(value).trim()] as const);
  return Object.fromEntries(parts.filter(([, value]) => value !== ''));
}

function valueOf(mapping: Mapping, held: OrgRow, attribute: string): unknown {
  const field = fieldOf(mapping, attribute);
  return field === null ? null : held[field];
}

/** A batch of the shop takes such values as they are. */
function check(
  mapping: Mapping,
  kind: 'billing' | 'shipping',
  { email, country }: WooRecord,
  problems: DraftProblem[],
): void {
  const refuse = (part: string, message: string) => {
    problems.push({ code: 'DRAFT_BUYER', message, field: fieldOf(mapping, `${kind}.${part}`) });
  };
  if (email !== undefined && usableEmail(email) === null)
    refuse('email', `The ${kind} e-mail address of the draft is none.`);
  if (country !== undefined && !/^[A-Z]{2}$/.test(text(country)))
    refuse(
      'country',
      `The ${kind} country of the draft is not the code of two capital letters that the shop takes, such as US.`,
    );
}
