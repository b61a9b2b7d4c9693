import type { ApexContext } from '../apex-rest.ts';
import { listOf, objectOf, requireKeys, requireOnly } from './body-parts.ts';
import { GatewayException } from './refusal.ts';

type Fields = Readonly<Record<string, unknown>>;

/** As WooGatewayOrders. */
const CHANGE = ['id', 'status', 'meta_data'];
const DRAFT = [
  ...['status', 'customer_id', 'customer_note', 'billing', 'shipping', 'line_items', 'meta_data'],
];
const LINE = ['product_id', 'variation_id', 'quantity', 'meta_data'];
const ADDRESS = [
  ...['first_name', 'last_name', 'company', 'address_1', 'address_2', 'city', 'state'],
  ...['postcode', 'country', 'email', 'phone'],
];
const DRAFT_STATUS = 'draft';
const NOTE = ['note', 'customer_note'];

/** As WooGatewayOrders: what an admin has switched on. */
export class OrderRules {
  readonly #rows: ApexContext['rows'];
  readonly #metaKeys: ReadonlySet<string>;

  constructor({ rows }: Pick<ApexContext, 'rows'>, metaKeys: ReadonlySet<string>) {
    this.#rows = rows;
    this.#metaKeys = metaKeys;
  }

  checkChange(item: Fields): void {
    requireOnly(item, CHANGE);
    if (!('status' in item) || 'meta_data' in item) this.#checkMetas(item['meta_data']);
    if ('status' in item) this.#checkStatus(item['status'], false);
  }

  checkNew(item: Fields): void {
    if (!this.#makesOrders())
      throw refusal('No active mapping of orders has Create in WooCommerce checked.');
    requireOnly(item, DRAFT);
    this.#checkStatus(item['status'], true);
    this.#checkMetas(item['meta_data']);
    for (const name of ['billing', 'shipping'])
      if (name in item) requireOnly(objectOf(item[name]), ADDRESS);
    for (const line of listOf(item['line_items'])) {
      const fields = objectOf(line);
      requireOnly(fields, LINE);
      requireKeys(fields['meta_data'], this.#metaKeys);
    }
  }

  checkNote(fields: Fields): void {
    requireOnly(fields, NOTE);
    const kind = fields['customer_note'] === true ? 'note_to_customer' : 'note_private';
    if (!this.#sent().has(kind)) throw refusal('No active field mapping sends such notes.');
  }

  #makesOrders(): boolean {
    return this.#rows('Woo_Mapping__mdt').some(
      (row) =>
        row['Active__c'] === true &&
        row['Create_In_Woo__c'] === true &&
        row['Woo_Resource__c'] === 'order' &&
        ['to_woo', 'both'].includes(String(row['Direction__c'])),
    );
  }

  #checkStatus(status: unknown, isNew: boolean): void {
    const leads = this.#rows('Woo_Order_Transition__mdt').some(
      (row) =>
        row['Active__c'] === true &&
        (slugOf(row['From_Status__c']) === DRAFT_STATUS) === isNew &&
        slugOf(row['To_Status__c']) === String(status),
    );
    if (!leads) throw refusal('No active Woo Order Transition leads to this status.');
  }

  #checkMetas(metas: unknown): void {
    const sent = [...this.#sent()].flatMap((name) =>
      name.startsWith('meta_data.') ? name.slice('meta_data.'.length) : [],
    );
    requireKeys(metas, new Set([...this.#metaKeys, ...sent]));
  }

  #sent(): ReadonlySet<string> {
    const rows = this.#rows('Woo_Field_Mapping__mdt').filter(
      (row) =>
        row['Active__c'] === true && ['to_woo', 'both'].includes(String(row['Direction__c'])),
    );
    const names = rows.map((row) => {
      const path = row['Woo_Path__c'];
      return typeof path === 'string' && path.trim() !== '' ? path.trim() : row['Woo_Attribute__c'];
    });
    return new Set(names.filter((name) => typeof name === 'string'));
  }
}

function slugOf(status: unknown): string {
  return typeof status === 'string' ? status.trim().toLowerCase().replace(/^wc-/, '') : '';
}

function refusal(message: string): GatewayException {
  return new GatewayException(403, 'GATEWAY_FIELD_REFUSED', message);
}
