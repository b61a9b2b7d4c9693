import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { BatchResult } from '../../../src/ports/change-queue.ts';
import type { Issue } from '../../../src/ports/issues.ts';
import type { Org, OrgAudit } from '../../../src/ports/org.ts';
import { reconcileStore } from '../../../src/sync/reconcile/reconcile-store.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { mappingTo } from '../../support/rows.ts';
import { gmt, ChangeList, SweepShop } from '../../support/sweep-shop.ts';
import { verified } from '../../support/links.ts';

export type Row = Readonly<Record<string, unknown>>;

/** An org that answers queries with rows by object, and remembers what it was asked. */
class AuditedOrg implements OrgAudit, Pick<Org, 'queries'> {
  readonly asked: string[][] = [];
  readonly rows = new Map<string, Row[]>();

  queriesAll(soql: readonly string[]): Promise<readonly (readonly Row[])[]> {
    this.asked.push([...soql]);
    return Promise.resolve(
      soql.map((one) => this.rows.get(/FROM (\w+)/.exec(one)?.[1] ?? '')?.splice(0, 2000) ?? []),
    );
  }

  /** Records as they are now, by id. */
  readonly now = new Map<string, Row>();

  queries(soql: readonly string[]): Promise<readonly (readonly Row[])[]> {
    const named = ([, id = '']: readonly string[]): readonly Row[] => {
      const row = this.now.get(id);
      return row === undefined ? [] : [row];
    };
    return Promise.resolve(soql.map((one) => [...one.matchAll(/'(\w+)'/g)].flatMap(named)));
  }

  userId(): Promise<string> {
    return Promise.resolve('005000000000001AAA');
  }
}

export const orders = mappingTo('Woo_Order__c', { resource: 'order', deleteRule: 'flag' });

export const contacts = mappingTo('Contact', { resource: 'customer' });

export const products = mappingTo('Product2', {
  resource: 'product',
  deleteRule: 'flag',
  direction: 'both',
});

export let shop = new SweepShop();

export let state = new MemoryState();

let changes = new ChangeList();

export let org = new AuditedOrg();

export let changed: string[] = [];

/** Issues that are open, by key. */
export let open = new Map<string, Issue>();

export async function link(
  object: string,
  ids: readonly number[],
  parent?: number,
  store = 'main',
): Promise<void> {
  const links = ids.map((id) => ({
    object,
    key: `${store}:${id}`,
    recordId: `id ${id}`,
    ...verified('h'),
    byId: false,
    parentKey: parent === undefined ? null : `main:${parent}`,
    readNumber: 0,
  }));
  await state.didWrite(links, []);
}

export async function prove(mappings: readonly Mapping[]) {
  const issues = {
    queueAll: (store: string) => {
      changed.push(store);
      return Promise.resolve();
    },
    find: () => Promise.resolve([...open.values()]),
    causes: () => Promise.resolve([]),
  };
  const finish = ({ failures, seen }: BatchResult) => {
    for (const failure of failures) open.set(failure.key, failure as Issue);
    const isOver = ({ object, recordKey }: Issue) =>
      seen.some((one) => one.object === object && one.key === recordKey);
    for (const issue of open.values()) if (isOver(issue)) open.delete(issue.key);
    return Promise.resolve(true);
  };
  const now = new Date(`${gmt(shop.now)}Z`);
  const result = await reconcileStore({
    org,
    store: shop,
    state,
    issues,
    mappings,
    now,
    queue: { add: (some) => changes.add(some), finish },
  });
  return { result, found: changes.take() };
}

/** Another day, with the part of the linked records that is looked at each day out of the way. */
export async function nextDay(): Promise<void> {
  shop.now += 86_400;
  shop.asked.length = 0;
  state.slice = () => Promise.resolve([]);
  await Promise.resolve();
}

/** Before each test. */
export function beginAnew(): void {
  shop = new SweepShop();
  shop.now = 100_000;
  state = new MemoryState();
  changes = new ChangeList();
  org = new AuditedOrg();
  changed = [];
  open = new Map();
}
