import { expect } from 'vitest';
import { explain, type Explanation } from '../../../src/diagnostics/explain/explain.ts';
import { compileMappings } from '../../../src/mapping/compile/compile.ts';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { ConflictRule, WooRecord } from '../../../src/mapping/model/record.ts';
import type { LeadSettings } from '../../../src/ports/org.ts';
import type { State } from '../../../src/ports/state.ts';
import { readingBuyers } from '../../../src/sync/leads/buyers.ts';
import { leadsOfStore } from '../../../src/sync/leads/leads-of-store.ts';
import { backfill } from '../../../src/sync/pipeline/backfill.ts';
import { syncChanges } from '../../../src/sync/pipeline/sync-changes.ts';
import { InheritedValues } from '../../../src/sync/read/inherited.ts';
import { ProductTypeCache } from '../../../src/sync/read/product-type-cache.ts';
import type { HeardFailure } from '../../../src/sync/report/run-report.ts';
import {
  field,
  fieldRow,
  lookup,
  mappingRow,
  object,
  schemas,
  source,
} from '../../mapping/support/mappings.ts';
import { LeadsOrg } from '../../support/leads-org.ts';
import { ListStore } from '../../support/list-store.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { isGuest, orderOf, ORDERS } from './guest-orders.ts';

const ORG = schemas(
  {
    ...object(
      'Account',
      field('Name', 'string', { nillable: false }),
      field('Phone', 'string'),
      field('BillingCity', 'string'),
    ),
    children: [{ relationshipName: 'Contacts', object: 'Contact', field: 'AccountId' }],
  },
  object(
    'Contact',
    field('Email', 'email'),
    field('FirstName', 'string'),
    field('LastName', 'string', { nillable: false }),
    field('Phone', 'string'),
    field('MailingCity', 'string'),
    field('Level__c', 'string'),
    lookup('AccountId', 'Account'),
  ),
);

interface Config {
  readonly conflictRule?: ConflictRule;
  /** Match fields of accounts. */
  readonly accountsBy?: string;
  /** The mappings are the store's own, so that it may write into records that carry another key. */
  readonly ownMappings?: boolean;
  /** What the store says of leads; absent where it leaves them alone. */
  readonly leads?: LeadSettings;
}

/** Customers as accounts and contacts in the shape of the defaults. */
function customerMappings({
  conflictRule = 'ask',
  accountsBy = 'Contacts.Email=email',
  ownMappings = false,
}: Config = {}) {
  const contact = { mapping: 'Contact', writeWhen: 'unless_edited' };
  const account = { mapping: 'Account', writeWhen: 'unless_edited' };
  const store = ownMappings ? 'main' : null;
  const own = { resource: 'customer', conflictRule, store } as const;
  const { mappings, problems } = compileMappings(
    source({
      mappings: [
        mappingRow({
          ...own,
          name: 'Account',
          object: 'Account',
          matchFields: accountsBy,
        }),
        mappingRow({ ...own, name: 'Contact', object: 'Contact', matchFields: 'Email' }),
      ],
      fields: [
        fieldRow('Name', 'display_name', account),
        fieldRow('Phone', 'billing.phone', { ...account, name: 'Account_Phone' }),
        fieldRow('BillingCity', 'billing.city', account),
        fieldRow('Email', 'email', { mapping: 'Contact' }),
        fieldRow('FirstName', 'first_name', contact),
        fieldRow('LastName', 'last_name', { ...contact, transform: 'name_fallback' }),
        fieldRow('Phone', 'billing.phone', contact),
        fieldRow('MailingCity', 'billing.city', contact),
        fieldRow('Level__c', 'role', { mapping: 'Contact', writeWhen: 'on_create' }),
        fieldRow('AccountId', 'customer', {
          mapping: 'Contact',
          kind: 'lookup',
          writeWhen: 'when_empty',
        }),
      ],
    }),
    ORG,
  );
  expect(problems).toEqual([]);
  return mappings;
}

export const ADA = {
  id: 3,
  role: 'customer',
  email: 'ada@shop.example',
  first_name: 'Ada',
  last_name: 'Byron',
  billing: { phone: '1', city: 'London' },
};

/** An org with accounts and contacts, and a shop that holds what it is given. */
export class CustomerWorld {
  readonly org = new LeadsOrg();
  state: State;
  readonly mappings: readonly Mapping[];
  failures: HeardFailure[] = [];
  readonly #leads: LeadSettings | null;
  #lastOrder = 100;

  constructor(state: State = new MemoryState(), config: Config = {}) {
    this.state = state;
    const mappings = customerMappings(config);
    this.#leads = config.leads ?? null;
    this.mappings = this.#leads === null ? mappings : readingBuyers(mappings);
  }

  /** The shop holds these customers and a new order of each of these guests, and all of them are looked at. */
  async load(...customers: readonly WooRecord[]) {
    const { mappings } = await backfill({
      ...this.#parts(customers),
      ...leadsOfStore(this.#orgOfLeads, this.#leads),
      listener: this.#heard(),
    });
    return mappings;
  }

  /** The shop holds these customers, and change events name these ids, be they there or not. */
  async change(ids: readonly number[], ...customers: readonly WooRecord[]): Promise<void> {
    await syncChanges(
      {
        ...this.#parts(customers),
        listener: this.#heard(),
        links: null,
        productTypes: new ProductTypeCache(),
        inherited: new InheritedValues(),
      },
      ids.map((id) => ({ resource: 'customer', key: `main:${id}` })),
    );
  }

  /** What is said of a customer, or of the guest with an address, while the shop holds these. */
  async explain(id: number | string, ...customers: readonly WooRecord[]): Promise<Explanation> {
    const options = { ...this.#parts(customers), problems: [], leadSettings: this.#leads };
    return explain(options, 'customer', String(id));
  }

  /** The same while a running service has the state. */
  async explainBlind(id: number, ...customers: readonly WooRecord[]): Promise<Explanation> {
    return explain(
      { ...this.#parts(customers), state: null, stateHidden: true, problems: [] },
      'customer',
      String(id),
    );
  }

  /** The only record of an object. */
  only(name: 'Account' | 'Contact'): Record<string, unknown> {
    const records = this.org.of(name);
    expect(records).toHaveLength(1);
    return records[0] ?? {};
  }

  /** What was written but orders. */
  get written() {
    return this.org.written.filter(({ object: of }) => of !== 'Order');
  }

  get #orgOfLeads() {
    return Object.assign(this.org.asOrg, {
      convertLeads: this.org.convertLeads.bind(this.org),
    });
  }

  #parts(people: readonly WooRecord[]) {
    const orders = people.filter(isGuest).map((guest) => orderOf(guest, (this.#lastOrder += 1)));
    const store = new ListStore({ customers: people.filter((one) => !isGuest(one)), orders });
    const mappings = orders.length === 0 ? this.mappings : [...this.mappings, ORDERS];
    return { org: this.org.asOrg, state: this.state, store, mappings };
  }

  #heard() {
    this.failures = [];
    this.org.queried.length = 0;
    this.org.written.length = 0;
    return {
      failed: (_mapping: unknown, failure: HeardFailure) => this.failures.push(failure),
      seen: () => undefined,
    };
  }
}
