import { explain, type MappingExplanation } from '../../../src/diagnostics/explain/explain.ts';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { ConflictRule, WooRecord } from '../../../src/mapping/model/record.ts';
import type { ChangeEvent, ChangeResource } from '../../../src/ports/change.ts';
import type { IssueSeen } from '../../../src/ports/issues.ts';
import type { Collection, ItemResult } from '../../../src/ports/org.ts';
import type {
  OrderNote,
  ProductResult,
  ProductUpdate,
  UpdateResult,
  WooList,
} from '../../../src/ports/store.ts';
import type { LeadsOfStore } from '../../../src/sync/leads/leads.ts';
import { syncChanges } from '../../../src/sync/pipeline/sync-changes.ts';
import { InheritedValues } from '../../../src/sync/read/inherited.ts';
import { ProductTypeCache } from '../../../src/sync/read/product-type-cache.ts';
import { CollectedFailures } from '../../../src/sync/report/collected-failures.ts';
import { EchoFilter } from '../../../src/sync/to-woo/echo-filter.ts';
import {
  compiled,
  field,
  fieldRow,
  mappingRow,
  object,
  schemas,
  source,
} from '../../mapping/support/mappings.ts';
import { HoldingOrg, US } from '../../support/holding-org.ts';
import { IdStore, MemoryState } from '../../support/memory-state.ts';
import { Power, PowerCut, powered } from '../../support/power.ts';
import { listed } from '../../support/listed.ts';
import { shown } from '../../support/shown.ts';

const OBJECT = 'Product2';
const ORG = schemas(
  object(
    OBJECT,
    field('Name', 'string'),
    field('Price__c', 'double'),
    field('Note__c', 'string'),
    field('Sale__c', 'string'),
    field('Stock__c', 'double', { scale: 0 }),
  ),
);

/** A product whose name and price go both ways, its note and its sale price, a text, to the shop, and its stock to Salesforce. */
function productMapping(conflictRule: ConflictRule): Mapping {
  const names = { mapping: 'Product' };
  const row = mappingRow({ name: 'Product', resource: 'product', object: OBJECT });
  const fields = [
    fieldRow('Name', 'name', { ...names, direction: 'both' }),
    fieldRow('Price__c', 'regular_price', { ...names, direction: 'both' }),
    fieldRow('Note__c', 'purchase_note', { ...names, direction: 'to_woo' }),
    fieldRow('Sale__c', 'sale_price', { ...names, direction: 'to_woo' }),
    fieldRow('Stock__c', 'stock_quantity', { ...names, direction: 'to_salesforce' }),
  ];
  return compiled(source({ mappings: [{ ...row, direction: 'both', conflictRule }], fields }), ORG);
}

/** A shop that keeps what it is given as WordPress does, and reports each change. */
export class EditedShop extends IdStore {
  override readonly key: string;
  readonly products = new Map<number, WooRecord>();
  /** What the next items of batches are refused with, by product. */
  readonly refuses = new Map<number, string>();
  writes = 0;
  /** The calls that were sent. */
  readonly sent: (readonly ProductUpdate[])[] = [];
  /** Of its orders. */
  statuses: readonly string[] = [];
  /** What it makes of a name. */
  keepsOtherwise = (name: string): string => name;
  /** What follows in the shop from a change that it is sent. */
  follows: (fields: WooRecord) => WooRecord = () => ({});
  readonly #onChange: (id: number) => void;

  /** The list whose records it has. */
  readonly shows: WooList;

  constructor(onChange: (id: number) => void, key = 'main', list: WooList = 'products') {
    super({});
    this.shows = list;
    this.key = key;
    this.#onChange = onChange;
  }

  override list(...[list, params]: Parameters<IdStore['list']>): ReturnType<IdStore['list']> {
    listed(list, params);
    const ids = (params['include'] ?? '').split(',').map(Number);
    const records = ids.flatMap((id): WooRecord[] => {
      const product = list === this.shows ? this.products.get(id) : undefined;
      const isAsked = (product?.['status'] === 'trash') === (params['status'] === 'trash');
      return product === undefined || !isAsked ? [] : [shown(product, params)];
    });
    const page = { records, total: records.length, pages: 1, storeTime: new Date() };
    return Promise.resolve(page);
  }

  override readonly updateProducts = (
    updates: readonly ProductUpdate[],
  ): Promise<readonly UpdateResult[]> => {
    this.sent.push(updates);
    return Promise.resolve(
      updates.map(({ id, fields, seen = {} }) => {
        const product = this.products.get(id) ?? {};
        const isChanged = Object.entries(seen).some(
          ([path, text]) => String(heldAt(product, path)) !== String(text),
        );
        return isChanged ? { changed: true } : this.#update(id, fields);
      }),
    );
  };

  override readonly orderStatuses: IdStore['orderStatuses'] = () =>
    Promise.resolve(this.statuses.map((slug) => ({ slug, name: slug })));

  /** Notes of its orders, the newest last. */
  readonly notes: (OrderNote & { readonly id: number; readonly at: Date })[] = [];

  override readonly orderNotes: IdStore['orderNotes'] = (id) =>
    Promise.resolve(
      this.notes
        .filter((one) => one.id === id)
        .map(({ text, toCustomer, at }) => ({
          note: text,
          customer_note: toCustomer,
          date_created_gmt: at.toISOString().slice(0, 19),
        })),
    );

  override readonly addOrderNote: IdStore['addOrderNote'] = (id, note) => {
    const code = this.refuses.get(id);
    if (code !== undefined)
      return Promise.resolve({ error: { code, message: 'The shop refused it.', data: null } });
    this.notes.push({ ...note, id, at: new Date() });
    return Promise.resolve({ record: {} });
  };

  override readonly updateOrders = this.updateProducts;

  change(id: number, fields: WooRecord): WooRecord {
    const name = typeof fields['name'] === 'string' ? { name: this.#kept(fields['name']) } : {};
    const record = { ...this.products.get(id), ...fields, ...name, id };
    this.products.set(id, record);
    this.#onChange(id);
    return record;
  }

  #kept(name: string): string {
    return this.keepsOtherwise(name).replaceAll(/&(?!\w+;)/g, '&amp;');
  }

  #update(id: number, fields: WooRecord): ProductResult {
    const code = this.refuses.get(id);
    if (code !== undefined) return { error: { code, message: 'The shop refused it.', data: null } };
    this.writes += 1;
    return { record: this.change(id, { ...fields, ...this.follows(fields) }) };
  }
}

/** The value at a path such as `name` or `meta_data.gift`; null for nothing. */
function heldAt(record: WooRecord, path: string): unknown {
  const [, key] = /^meta_data\.(.*)$/.exec(path) ?? [];
  if (key === undefined) return record[path] ?? null;
  const metas = record['meta_data'] as readonly WooRecord[];
  return metas.find((meta) => meta['key'] === key)?.['value'] ?? null;
}

/** What both sides have records of. */
export interface Sort {
  readonly mapping: (rule: ConflictRule) => Mapping;
  readonly resource: ChangeResource;
  readonly list: WooList;
  /** As the shop has one to begin with. */
  readonly record: (id: number) => WooRecord;
  /** More mappings of it; absent for none. */
  readonly beside?: readonly Mapping[];
}

export const PRODUCTS: Sort = {
  mapping: productMapping,
  resource: 'product',
  list: 'products',
  record: (id) => ({
    type: 'simple',
    name: `Tea ${id}`,
    regular_price: '10',
    stock_quantity: 1,
  }),
};

/** More than one batch of work on one record makes of its ports. */
export const MOST_CALLS = 28;

export type Write = (
  collections: readonly Collection[],
) => Promise<readonly (readonly ItemResult[])[]>;

/** Something happens in Salesforce between the look at the records and the next write. */
export function beforeWrite(org: { write: Write }, happens: () => void): void {
  const write = org.write.bind(org);
  org.write = (collections) => {
    org.write = write;
    happens();
    return write(collections);
  };
}

/** A shop, an org, and a sidecar between them that can be killed at any call. Several shops may share org and state. */
export class TwoSides {
  readonly key: string;
  readonly org: HoldingOrg;
  readonly shop: EditedShop;
  readonly state: MemoryState;
  /** Heard since they were last taken. */
  readonly failures: IssueSeen[] = [];
  /** The same of conflicts that are over. */
  readonly settled: IssueSeen[] = [];
  /** What counts what the shop was sent has heard; how many calls were sent by then goes before. */
  readonly noted: string[] = [];
  /** Keys of the issues that are open, with those of the issues in Salesforce that stand for them. */
  readonly openIssues = new Map<string, string>();
  /** Sees to open leads of buyers; absent where they are left alone. */
  leads?: LeadsOfStore;
  readonly #mapping: Mapping;
  readonly #power = new Power();
  readonly #changes = new Set<number>();
  /** Whether what the shop tells waits until it is delivered. */
  tellsLater = false;
  readonly #untold = new Set<number>();
  /** In place of its own; null for those. */
  #running: readonly Mapping[] | null = null;
  #echoes = new EchoFilter({ key: 'main', url: '' }, { now: () => new Date() });
  readonly #productTypes = new ProductTypeCache();
  readonly #inherited = new InheritedValues();

  readonly #sort: Sort;

  /** @param other whose org and state it shares; the shop has a key of its own then */
  constructor(rule: ConflictRule, sort: Sort = PRODUCTS, other?: TwoSides) {
    this.key = other === undefined ? 'main' : 'outlet';
    this.org = other?.org ?? new HoldingOrg();
    this.state = other?.state ?? new MemoryState();
    this.#sort = sort;
    this.#mapping = other === undefined ? sort.mapping(rule) : other.#mapping;
    const onChange = (id: number) => {
      if (this.tellsLater) this.#untold.add(id);
      else this.change(id);
    };
    this.shop = new EditedShop(onChange, this.key, sort.list);
  }

  /** A product of both sides that are in step. */
  async begin(...ids: readonly number[]): Promise<void> {
    for (const id of ids) {
      this.shop.change(id, this.#sort.record(id));
    }
    await this.settle();
    this.shop.writes = 0;
    this.org.written.length = 0;
  }

  change(id: number): void {
    this.#changes.add(id);
  }

  /** The shop tells of what it has changed, as it is now. @returns how many records are to be looked at for it */
  deliver(): number {
    const { resource } = this.#sort;
    const news = [...this.#untold].filter((id) => {
      const change = { resource, key: `${this.key}:${id}` };
      return !this.#echoes.has(change, this.shop.products.get(id), this.#mappings);
    });
    this.#untold.clear();
    for (const id of news) this.change(id);
    return news.length;
  }

  /** Another process takes over. */
  startAnew(): void {
    this.#echoes = new EchoFilter({ key: this.key, url: '' }, { now: () => new Date() });
  }

  get #mappings(): readonly Mapping[] {
    return this.#running ?? [this.#mapping, ...(this.#sort.beside ?? [])];
  }

  /** Salesforce reports the record. */
  async tell(id: number): Promise<void> {
    await this.state.twoWay.markDirty([`${this.key}:${id}`]);
    this.change(id);
  }

  /** Nobody hears of the change. */
  editWoo(id: number, fields: WooRecord): void {
    const changed = this.#changes.has(id);
    this.shop.change(id, fields);
    if (!changed) this.#changes.delete(id);
  }

  /** Nobody hears of the change. */
  editSalesforce(id: number, fields: Readonly<Record<string, unknown>>): void {
    const by = { LastModifiedById: '005000000000002AAA', LastModifiedDate: this.org.now() };
    Object.assign(this.record(id), by, fields);
  }

  record(id: number): Record<string, unknown> {
    const record = this.org
      .of(this.#mapping.object)
      .find((one) => one['Woo_Key__c'] === `${this.key}:${id}`);
    if (record === undefined) throw new Error(`no record of ${id}`);
    return record;
  }

  /** What both sides hold of the fields that go to the shop, as they are compared. */
  compared(id: number): Readonly<Record<'woo' | 'salesforce', readonly unknown[]>> {
    const { outgoing } = this.#mapping;
    const product = this.shop.products.get(id) ?? {};
    return {
      woo: outgoing.map((one) => one.fromWoo(product)),
      salesforce: outgoing.map((one) => one.fromSalesforce(this.record(id)[one.field])),
    };
  }

  get writes(): number {
    return this.shop.writes + this.org.written.length;
  }

  /** One batch of work while other mappings run. */
  async runWith(mappings: readonly Mapping[]): Promise<void> {
    this.#running = mappings;
    await this.run();
    this.#running = null;
  }

  /**
   * One batch of work.
   * @param calls after which the process is killed
   * @param isAnswered whether it hears how the last of them ended
   * @returns whether it was not killed
   */
  async run(calls = Infinity, isAnswered = true): Promise<boolean> {
    const jobs = [...this.#changes].map((id): ChangeEvent => ({
      resource: this.#sort.resource,
      key: `${this.key}:${id}`,
    }));
    this.#changes.clear();
    this.#power.left = calls;
    this.#power.carriesOut = !isAnswered;
    const findings = new CollectedFailures();
    const kept = new Map<string, IssueSeen>();
    const keepDecided = () => {
      for (const one of findings.decided) kept.set(one.key, one);
      return Promise.resolve();
    };
    try {
      const { followUps } = await syncChanges(
        {
          org: powered(this.org.asOrg, this.#power),
          state: powered(this.state, this.#power),
          store: powered(this.shop, this.#power),
          mappings: this.#mappings,
          listener: findings,
          links: null,
          echoes: this.#echoes,
          shopBacklog: {
            sending: (resource, keys) =>
              void this.noted.push(
                `${this.shop.sent.length} sending ${resource} ${keys.join(' ')}`,
              ),
            refused: (resource, key) =>
              void this.noted.push(`${this.shop.sent.length} refused ${resource} ${key}`),
          },
          productTypes: this.#productTypes,
          inherited: this.#inherited,
          userId: () => Promise.resolve(US),
          openIssues: (keys) =>
            Promise.resolve(new Map([...this.openIssues].filter(([key]) => keys.includes(key)))),
          keepDecided,
          ...(this.leads && { leads: this.leads }),
        },
        jobs,
      );
      this.#changeAll(followUps);
      this.failures.push(...findings.take());
      this.settled.push(...findings.settledConflicts);
      return true;
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
      this.failures.push(...kept.values());
      this.#changeAll(jobs);
      return false;
    } finally {
      this.#power.left = Infinity;
    }
  }

  /** What is said of a product. */
  async explain(id: number): Promise<MappingExplanation> {
    const parts = { org: this.org.asOrg, state: this.state, store: this.shop, problems: [] };
    const said = await explain(
      { ...parts, mappings: [this.#mapping] },
      this.#sort.resource,
      String(id),
    );
    const [one] = said.parts.flatMap(({ mappings }) => mappings);
    if (one === undefined) throw new Error('nothing is said of the product');
    return one;
  }

  /** Works until nothing waits. @returns in how many batches */
  async settle(): Promise<number> {
    for (let batches = 0; ; batches += 1) {
      if (this.#changes.size === 0) return batches;
      if (batches === 10) throw new Error('work makes work without an end');
      await this.run();
    }
  }

  #changeAll(changes: readonly ChangeEvent[]): void {
    for (const { key } of changes) this.change(Number(key.slice(this.key.length + 1)));
  }
}
