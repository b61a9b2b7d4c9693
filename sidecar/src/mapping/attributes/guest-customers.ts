import { localPart, usableEmail } from '../keys/email.ts';
import { guestKeyPart, wooId } from '../keys/keys.ts';
import { member, text } from '../model/json-shape.ts';
import type { WooRecord } from '../model/record.ts';

/** What follows the store in the key of an order's customer: the id, or `guest:<e-mail>`; null for none. */
export function customerKeyPart(order: WooRecord): string | null {
  const id = wooId(order['customer_id']);
  if (id !== null) return String(id);
  const email = usableEmail(member(order['billing'], 'email'));
  return email === null ? null : guestKeyPart(email);
}

/**
 * The guest that placed an order, in the shape of a customer without an id, with `guest: true` and role
 * `guest`. Null where a registered customer placed it, or where it holds no usable e-mail address.
 */
export function guestOf(order: WooRecord): WooRecord | null {
  if (wooId(order['customer_id']) !== null) return null;
  const { billing, shipping } = order;
  const email = usableEmail(member(billing, 'email'));
  if (email === null) return null;
  return {
    guest: true,
    role: 'guest',
    email,
    first_name: text(member(billing, 'first_name')),
    last_name: text(member(billing, 'last_name')),
    username: '',
    billing,
    shipping,
    meta_data: [],
  };
}

/** What follows the store in a customer's own key; null for a guest without a usable e-mail address. */
export function ownKeyPart(customer: WooRecord): string | null {
  if (customer['guest'] !== true) return wooId(customer['id'])?.toString() ?? null;
  const email = usableEmail(customer['email']);
  return email === null ? null : guestKeyPart(email);
}

/** What a customer is called in a list: company, else full name, else what precedes the @; '' for none. */
export function customerName(customer: WooRecord): string {
  const { billing } = customer;
  const company = text(member(billing, 'company'));
  if (company !== '') return company;
  const first = text(customer['first_name']) || text(member(billing, 'first_name'));
  const last = text(customer['last_name']) || text(member(billing, 'last_name'));
  const full = `${first} ${last}`.trim();
  return full || localPart(text(customer['email']) || text(member(billing, 'email')));
}
