import { avatarOf } from '../generate/customer.ts';
import type { BodyFields } from '../rest/request/body.ts';
import { ReplyError, wpError } from '../rest/response/reply.ts';
import type { Ledger } from '../shop/ledger.ts';
import { recordedBody, RECORDED_ORIGIN } from '../core/recordings.ts';
import type { Address, CustomerRecord } from '../core/records.ts';
import { changedAddress } from './address.ts';
import { changedMeta } from './meta.ts';
import { filteredHtml } from '../core/text.ts';
import { textOf } from '../core/values.ts';

const blank = recordedBody('customers/create.json') as CustomerRecord;

/** Creates and changes customers as the REST API does. */
export class CustomerWrites {
  readonly #ledger: Ledger;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** @throws ReplyError where the e-mail is bad or taken: then nobody was made. */
  create(body: BodyFields): CustomerRecord {
    const email = textOf(body['email']).trim();
    this.#checkEmail(email);
    const customer = blankCustomer(this.#ledger.instant());
    customer.id = this.#ledger.ids.customer();
    customer.username = this.#freeName(textOf(body['username']) || (email.split('@')[0] ?? ''));
    customer._links = linksOf(customer.id);
    if ((body['password'] ?? '') === '') {
      // WordPress made a password up and asks the customer to change it.
      const id = this.#ledger.ids.meta();
      customer.meta_data = [{ id, key: 'default_password_nag', value: '1' }];
    }
    this.#applyFields(customer, { ...body, email });
    this.#ledger.tell('customer.created', customer.id);
    this.#ledger.tell('customer.updated', customer.id);
    return this.#ledger.saveCustomer(customer);
  }

  /** @throws ReplyError where the body holds what WooCommerce refuses: then nothing was changed. */
  update(id: number, body: BodyFields): CustomerRecord {
    const customer = structuredClone(this.#ledger.shop.customers.get(id)?.read());
    if (customer === undefined) {
      throw new ReplyError(wpError(404, 'wc_user_invalid_id', 'Invalid user ID.'));
    }
    const email = textOf(body['email']).trim();
    if (email !== '' && this.#holds(email, id)) {
      const message = 'Email address is invalid.';
      throw new ReplyError(wpError(400, 'woocommerce_rest_customer_invalid_email', message));
    }
    const username = textOf(body['username']);
    if (username !== '' && username !== customer.username) {
      const message = "Username isn't editable.";
      throw new ReplyError(wpError(400, 'woocommerce_rest_customer_invalid_argument', message));
    }
    this.#applyFields(customer, body);
    this.#ledger.tell('customer.updated', id);
    return this.#ledger.saveCustomer(customer);
  }

  #checkEmail(email: string): void {
    if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) {
      throw new ReplyError(wpError(400, 'customer_invalid_email', 'Invalid email address'));
    }
    if (this.#holds(email, 0)) {
      const message = `An account is already registered with ${email}. Please log in or use a different email address.`;
      throw new ReplyError(wpError(400, 'registration-error-email-exists', message));
    }
  }

  /** Whether another account has an e-mail address; upper and lower case are the same. */
  #holds(email: string, exceptId: number): boolean {
    const wanted = email.toLowerCase();
    return this.#ledger.shop.customers
      .all()
      .some((entry) => entry.id !== exceptId && entry.read().email.toLowerCase() === wanted);
  }

  #freeName(wanted: string): string {
    const taken = new Set(this.#ledger.shop.customers.all().map((entry) => entry.read().username));
    let number = 1;
    let name = wanted;
    while (taken.has(name)) {
      name = `${wanted}${number}`;
      number += 1;
    }
    return name;
  }

  #applyFields(customer: CustomerRecord, body: BodyFields): void {
    const given = (name: string): boolean => (body[name] ?? null) !== null;
    for (const field of ['first_name', 'last_name'] as const) {
      customer[field] = given(field) ? filteredHtml(textOf(body[field])).trim() : customer[field];
    }
    if (given('email') && textOf(body['email']) !== '') {
      customer.email = textOf(body['email']).trim();
      customer.avatar_url = avatarOf(customer.email);
    }
    customer.billing = changedAddress(customer.billing, body['billing']);
    customer.shipping = changedAddress(customer.shipping, body['shipping']);
    const nextId = (): number => this.#ledger.ids.meta();
    customer.meta_data = changedMeta(customer.meta_data, body['meta_data'], nextId);
  }
}

function blankCustomer({ site, gmt }: { site: string; gmt: string }): CustomerRecord {
  const empty = (address: Address): Address =>
    changedAddress(address, Object.fromEntries(Object.keys(address).map((field) => [field, ''])));
  return {
    ...structuredClone(blank),
    date_created: site,
    date_created_gmt: gmt,
    first_name: '',
    last_name: '',
    billing: empty(blank.billing),
    shipping: empty(blank.shipping),
    meta_data: [],
  };
}

function linksOf(id: number): CustomerRecord['_links'] {
  const api = `${RECORDED_ORIGIN}/wp-json/wc/v3/customers`;
  const allow = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
  return { self: [{ href: `${api}/${id}`, targetHints: { allow } }], collection: [{ href: api }] };
}
