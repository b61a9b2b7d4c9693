import { expect } from 'vitest';
import { compileMappings } from '../../../src/mapping/compile/compile.ts';
import type { ConflictRule, WooRecord } from '../../../src/mapping/model/record.ts';
import { backfill } from '../../../src/sync/pipeline/backfill.ts';
import type { HeardFailure } from '../../../src/sync/report/run-report.ts';
import {
  field,
  fieldRow,
  mappingRow,
  object,
  schemas,
  source,
} from '../../mapping/support/mappings.ts';
import { HoldingOrg, US } from '../../support/holding-org.ts';
import { ListStore } from '../../support/list-store.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { isGuest, orderOf, ORDERS } from './guest-orders.ts';
import { Power, PowerCut, powered } from '../../support/power.ts';

const ORG = schemas(
  object(
    'Contact',
    field('Email', 'email'),
    field('FirstName', 'string'),
    field('LastName', 'string', { nillable: false }),
    field('Phone', 'string'),
    field('Woo_Sync_Note__c', 'string'),
  ),
);

function mappingsOf(conflictRule: ConflictRule | null) {
  const own = { mapping: 'Contact', writeWhen: 'unless_edited' };
  const { mappings, problems } = compileMappings(
    source({
      mappings: [
        mappingRow({
          name: 'Contact',
          resource: 'customer',
          object: 'Contact',
          conflictRule,
          matchFields: 'Email',
        }),
      ],
      fields: [
        fieldRow('Email', 'email', { mapping: 'Contact' }),
        fieldRow('FirstName', 'first_name', own),
        fieldRow('LastName', 'last_name', { ...own, transform: 'name_fallback' }),
        fieldRow('Phone', 'billing.phone', own),
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
  billing: { phone: '1' },
};

export class World {
  readonly org = new HoldingOrg();
  state = new MemoryState();
  readonly #power = new Power();
  readonly #mappings: ReturnType<typeof mappingsOf>;
  #isDry = false;
  failures: HeardFailure[] = [];
  /** Conflicts that are over. */
  settled: HeardFailure[] = [];
  /** Keys that are to be looked at once more. */
  looked: string[] = [];
  /** How often it was asked as whom the sidecar writes. */
  askedWho = 0;

  constructor(rule: ConflictRule | null = null) {
    this.#mappings = mappingsOf(rule);
  }

  /** The shop holds these customers and an order of each of these guests, and all of them are looked at. */
  async load(...customers: readonly WooRecord[]) {
    this.failures = [];
    this.settled = [];
    this.looked = [];
    this.askedWho = 0;
    this.org.queried.length = 0;
    this.org.written.length = 0;
    const orders = customers.filter(isGuest).map((guest, at) => orderOf(guest, 100 + at));
    const store = new ListStore({ customers: customers.filter((one) => !isGuest(one)), orders });
    const guests = orders.length === 0 ? [] : [ORDERS];
    const { mappings } = await backfill({
      org: powered(this.org.asOrg, this.#power),
      state: powered(this.state, this.#power),
      store,
      mappings: [...this.#mappings, ...guests],
      dry: this.#isDry,
      userId: () => {
        this.askedWho += 1;
        return Promise.resolve(US);
      },
      listener: {
        failed: (_mapping, failure) => this.failures.push(failure),
        settled: (_mapping, outcome) => this.settled.push(outcome),
        seen: () => undefined,
      },
      onStale: (links) => this.looked.push(...links.map(({ key }) => key)),
    });
    return mappings[0];
  }

  /** The same by a run that writes nothing. */
  async loadDry(...customers: readonly WooRecord[]) {
    this.#isDry = true;
    try {
      return await this.load(...customers);
    } finally {
      this.#isDry = false;
    }
  }

  /** The same by a process that ends before its first call of this name once the org was written to, if that is asked. */
  async loadUntil(
    call: 'write' | 'didWrite' | 'saveBase',
    { afterWrite }: { readonly afterWrite: boolean },
    ...customers: readonly WooRecord[]
  ) {
    let mayEnd = !afterWrite;
    this.#power.endsBefore = (name) => {
      if (mayEnd && name === call) return true;
      if (name === 'write') mayEnd = true;
      return false;
    };
    await expect(this.load(...customers)).rejects.toThrow(PowerCut);
    this.#power.endsBefore = () => false;
  }

  /** What was written but orders. */
  get written() {
    return this.org.written.filter(({ object: of }) => of !== 'Order');
  }

  get contact(): Record<string, unknown> {
    const [contact] = this.org.of('Contact');
    if (contact === undefined) throw new Error('no contact');
    return contact;
  }

  /** All that the service knew is gone. */
  loseState(): void {
    this.state = new MemoryState();
  }

  /** A person changes the contact in Salesforce, or we write something else there, such as what a customer ordered. */
  touch(fields: Record<string, unknown>, by: string): this {
    Object.assign(this.contact, fields, {
      LastModifiedDate: this.org.now(),
      LastModifiedById: by,
    });
    return this;
  }

  /** Salesforce says so of a record that nobody has changed since we made it. */
  untouched(): this {
    this.contact['CreatedDate'] = this.contact['LastModifiedDate'];
    return this;
  }

  /** A person settles the conflict of a field. */
  decide(name: string, resolution: 'take_woo' | 'take_salesforce'): void {
    this.org.add('Woo_Sync_Issue__c', {
      Issue_Key__c: `customer:Contact:main:3#${name}`,
      Resolution__c: resolution,
      State__c: 'open',
    });
  }
}
