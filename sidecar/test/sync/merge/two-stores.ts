import { compileMappings } from '../../../src/mapping/compile/compile.ts';
import type { FieldMappingRow, MappingRow } from '../../../src/mapping/model/config-rows.ts';
import { forStore } from '../../../src/mapping/model/for-store.ts';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { ConflictRule, WooRecord } from '../../../src/mapping/model/record.ts';
import type { ChangeEvent } from '../../../src/ports/change.ts';
import type { IssueSeen } from '../../../src/ports/issues.ts';
import type { StoreSetup } from '../../../src/ports/setup.ts';
import { queueEdits } from '../../../src/sync/detect/outbound-edits.ts';
import { backfill } from '../../../src/sync/pipeline/backfill.ts';
import { syncChanges } from '../../../src/sync/pipeline/sync-changes.ts';
import { InheritedValues } from '../../../src/sync/read/inherited.ts';
import { ProductTypeCache } from '../../../src/sync/read/product-type-cache.ts';
import { CollectedFailures } from '../../../src/sync/report/collected-failures.ts';
import {
  field,
  fieldRow,
  mappingRow,
  object,
  schemas,
  source,
  STORE_ROW,
} from '../../mapping/support/mappings.ts';
import { HoldingOrg, US } from '../../support/holding-org.ts';
import { ListStore } from '../../support/list-store.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { EditedShop } from './two-sides.ts';

export const KEYS = ['main', 'outlet'] as const;
export type Key = (typeof KEYS)[number];

const OBJECT = 'Product2';
const ORG = schemas(
  object(
    OBJECT,
    field('Name', 'string'),
    field('Sku__c', 'string'),
    field('Price__c', 'double'),
    field('Stock__c', 'double', { scale: 0 }),
    field('Outlet_Price__c', 'double'),
    field('Deleted__c', 'boolean'),
  ),
);

/** What the admin configured beside a common mapping of name, SKU and price, both ways, and of the stock. */
export const PERSON = '005000000000002AAA';

export interface Setting {
  readonly editsToAllStores?: boolean;
  /** The outlet has a mapping of its own: its price, in a field of its own, both ways. */
  readonly outletPrice?: boolean;
  /** Of a product that a shop deletes, the record is flagged, if it is the shop's own. */
  readonly flags?: boolean;
  /** `woo_wins` where it is left out. */
  readonly rule?: ConflictRule;
}

function mappingsOf({ editsToAllStores = false, outletPrice = false, flags, rule }: Setting) {
  const flag = { deleteRule: 'flag', deleteField: 'Deleted__c', deleteValue: 'true' } as const;
  const both = {
    direction: 'both',
    matchFields: 'Sku__c',
    editsToAllStores,
    ...(flags === true && flag),
  } as const;
  const row = (name: string, store: string | null): MappingRow => ({
    ...mappingRow({ name, resource: 'product', object: OBJECT, store }),
    ...both,
    ...(rule !== undefined && { conflictRule: rule }),
  });
  const of = (mapping: string, direction: string): Partial<FieldMappingRow> => ({
    mapping,
    direction,
  });
  const { mappings, problems } = compileMappings(
    source({
      stores: KEYS.map((key) => ({ ...STORE_ROW, name: key, label: key, key })),
      mappings: [row('Product', null), ...(outletPrice ? [row('Outlet', 'outlet')] : [])],
      fields: [
        fieldRow('Name', 'name', of('Product', 'both')),
        fieldRow('Sku__c', 'sku', of('Product', 'both')),
        fieldRow('Price__c', 'regular_price', of('Product', 'both')),
        fieldRow('Stock__c', 'stock_quantity', of('Product', 'to_salesforce')),
        ...(outletPrice
          ? [
              fieldRow('Name', 'name', of('Outlet', 'both')),
              fieldRow('Sku__c', 'sku', of('Outlet', 'both')),
              fieldRow('Outlet_Price__c', 'regular_price', of('Outlet', 'both')),
            ]
          : []),
      ],
    }),
    ORG,
  );
  if (problems.some(({ fatal }) => fatal)) throw new Error(JSON.stringify(problems));
  return mappings;
}

/** Two shops that have the same products by SKU, one org, and what keeps them in step. */
export class TwoStores {
  readonly org = new HoldingOrg();
  state = new MemoryState();
  readonly failures: IssueSeen[] = [];
  /** What is said of conflicts that are over. */
  readonly settled: IssueSeen[] = [];
  readonly shops: Readonly<Record<Key, EditedShop>>;
  /** Stores that are about to be loaded for the first time. */
  unread: readonly string[] = [];
  #mappings: readonly Mapping[] = [];
  setups: readonly StoreSetup[] = [];
  readonly #changes: Record<Key, Set<string>> = { main: new Set(), outlet: new Set() };
  readonly #inherited = new InheritedValues();
  readonly #lists = { main: new ProductTypeCache(), outlet: new ProductTypeCache() };

  constructor(setting: Setting = {}) {
    const shopOf = (key: Key) =>
      new EditedShop((id) => {
        this.#changes[key].add(`${key}:${id}`);
      }, key);
    this.shops = { main: shopOf('main'), outlet: shopOf('outlet') };
    this.configure(setting);
  }

  /** The admin switches mappings on or off. */
  configure(setting: Setting): void {
    this.#mappings = mappingsOf(setting);
    this.setups = KEYS.map((key) => ({
      store: this.shops[key] as unknown as StoreSetup['store'],
      label: key,
      version: '',
      mappings: forStore(this.#mappings, key),
      held: [],
    }));
  }

  change(key: Key, id: number, fields: WooRecord): void {
    this.shops[key].change(id, { type: 'simple', ...fields });
  }

  record(id: number): Record<string, unknown> {
    const record = this.org.of(OBJECT).find((one) => one['Sku__c'] === `sku-${id}`);
    if (record === undefined) throw new Error(`no record of ${id}`);
    return record;
  }

  /** A person edits the record, and Salesforce reports it. */
  async edit(id: number, fields: Readonly<Record<string, unknown>>): Promise<void> {
    const record = this.record(id);
    Object.assign(record, { LastModifiedById: PERSON }, fields);
    await this.tell(id);
  }

  async tell(id: number): Promise<void> {
    const record = this.record(id);
    const edit = {
      object: OBJECT,
      recordId: String(record['Id']),
      key: String(record['Woo_Key__c']),
    };
    const queue = { add: (changes: readonly ChangeEvent[]) => this.add(changes) };
    const setup = () => ({ stores: this.setups });
    const away = () => new Set<string>();
    await queueEdits({ twoWay: this.state.twoWay, queue, setup, away }, [edit]);
  }

  /** Records that are to be looked at. */
  add(changes: readonly ChangeEvent[]): Promise<void> {
    for (const { key } of changes) this.#changes[key.split(':')[0] as Key].add(key);
    return Promise.resolve();
  }

  /** One batch of work of a store. */
  async run(key: Key): Promise<void> {
    const changes = [...this.#changes[key]].map((one): ChangeEvent => ({
      resource: 'product',
      key: one,
    }));
    this.#changes[key].clear();
    if (changes.length === 0) return;
    const before = this.org.written.length;
    const findings = new CollectedFailures();
    const { followUps } = await syncChanges(
      {
        org: this.org.asOrg,
        state: this.state,
        store: this.shops[key],
        links: null,
        mappings: forStore(this.#mappings, key),
        listener: findings,
        productTypes: this.#lists[key],
        inherited: this.#inherited,
        userId: () => this.org.userId(),
        unreadStores: () => Promise.resolve(this.unread),
      },
      changes,
    );
    await this.add(followUps);
    this.failures.push(...findings.take());
    this.settled.push(...findings.settledConflicts);
    // Salesforce reports our own writes too.
    for (const { record } of this.org.written.slice(before)) {
      const { id } = record as { readonly id?: string };
      const held = this.org.of(OBJECT).find((one) => one.Id === id);
      if (held !== undefined) held['LastModifiedById'] = US;
      const sku = held?.['Sku__c'];
      if (typeof sku === 'string') await this.tell(Number(sku.slice('sku-'.length)));
    }
  }

  /** A first backfill of a store. */
  async load(key: Key): Promise<void> {
    const findings = new CollectedFailures();
    await backfill({
      org: this.org.asOrg,
      state: this.state,
      mappings: forStore(this.#mappings, key),
      store: Object.assign(new ListStore({ products: [...this.shops[key].products.values()] }), {
        key,
      }),
      listener: findings,
      userId: () => this.org.userId(),
    });
    this.failures.push(...findings.take());
  }

  /** Works until nothing waits. */
  async settle(): Promise<void> {
    for (let rounds = 0; ; rounds += 1) {
      if (KEYS.every((key) => this.#changes[key].size === 0)) return;
      if (rounds === 10) throw new Error('work makes work without an end');
      for (const key of KEYS) await this.run(key);
    }
  }
}
