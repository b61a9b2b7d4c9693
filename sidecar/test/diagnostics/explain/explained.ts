import {
  explain,
  type ExplainOptions,
  type Explanation,
} from '../../../src/diagnostics/explain/explain.ts';
import type { Subject } from '../../../src/diagnostics/explain/subject.ts';
import { compileMappings } from '../../../src/mapping/compile/compile.ts';
import type { MappingRow, MappingSource } from '../../../src/mapping/model/config-rows.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { WooList, WooStore } from '../../../src/ports/store.ts';
import {
  conditionRow,
  field,
  fieldRow,
  lookup,
  mappingRow,
  object,
  recorded,
  schemas,
  source,
} from '../../mapping/support/mappings.ts';
import { listsBy, MemoryState } from '../../support/memory-state.ts';
import { listed } from '../../support/listed.ts';

export const KNOWN = schemas(
  object(
    'Woo_Order__c',
    field('Name', 'string'),
    field('Total__c', 'double'),
    field('Email__c', 'email'),
    field('Paid__c', 'datetime', { length: 0 }),
    lookup('Contact__c', 'Contact'),
  ),
  object(
    'Woo_Order_Item__c',
    field('Name', 'string', { length: 80 }),
    lookup('Order__c', 'Woo_Order__c', { nillable: false }),
  ),
  object('Contact', field('LastName', 'string'), field('Email', 'email')),
);

export const FIELDS = [
  fieldRow('Name', 'number'),
  fieldRow('Total__c', 'total'),
  fieldRow('Paid__c', 'date_paid', { transform: 'gmt_date' }),
  fieldRow('Contact__c', 'customer', { kind: 'lookup' }),
  fieldRow('Name', 'name', { name: 'Item_Name', mapping: 'Item' }),
  fieldRow('Order__c', 'order_id', { name: 'Item_Order', mapping: 'Item', kind: 'lookup' }),
  fieldRow('LastName', 'last_name', { mapping: 'Contact', transform: 'name_fallback' }),
];

/** The defaults in small, with changes to the order's mapping. */
export function config(order: Partial<MappingRow> = {}): MappingSource {
  return source({
    mappings: [
      mappingRow({ name: 'Order', ...order }),
      mappingRow({ name: 'Item', resource: 'order_item', object: 'Woo_Order_Item__c' }),
      mappingRow({ name: 'Contact', resource: 'customer', object: 'Contact' }),
    ],
    fields: FIELDS,
    conditions: [conditionRow(1, 'status', 'equals', 'completed')],
  });
}

type Rows = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
export type Links = Readonly<
  Record<string, { recordId: string; hash: string | null; byId?: boolean }>
>;

export interface Scene {
  readonly records: Readonly<Partial<Record<WooList, readonly WooRecord[]>>>;
  readonly inOrg?: Rows;
  /** By `<object> <key>`; left out: the state cannot be looked at. */
  readonly links?: Links;
  readonly config?: MappingSource;
  readonly only?: string;
}

/** The rows that hold one of the values that a query asks for. */
function answer(soql: string, inOrg: Rows): readonly Readonly<Record<string, unknown>>[] {
  const [, object = '', where = ''] = / FROM (\w+) WHERE (.*)$/.exec(soql) ?? [];
  const terms = [...where.matchAll(/(\w+) IN \(([^)]*)\)/g)];
  return (inOrg[object] ?? []).filter((row) =>
    terms.some(([, name = '', list = '']) => list.includes(`'${String(row[name])}'`)),
  );
}

function stateOf(links: Links): MemoryState {
  const state = new MemoryState();
  const rest = { state: 'verified', byId: false, parentKey: null, readNumber: 0 } as const;
  for (const [name, link] of Object.entries(links)) {
    const [object = '', key = ''] = name.split(' ');
    state.saved.set(name, { ...rest, ...link, object, key });
  }
  return state;
}

export async function explained(
  scene: Scene,
  subject: Subject,
  id: string,
): Promise<Explanation & { readonly soql: readonly string[] }> {
  const soql: string[] = [];
  const org = {
    queries: (texts: readonly string[]) => {
      soql.push(...texts);
      return Promise.resolve(texts.map((text) => answer(text, scene.inOrg ?? {})));
    },
    userId: () => Promise.resolve('005000000000001AAA'),
  } as unknown as ExplainOptions['org'];
  const readList: WooStore['list'] = (list, params) => {
    listed(list, params);
    const ids = params['include']?.split(',');
    const trash = params['status'] === 'trash';
    const records = (scene.records[list] ?? [])
      .filter((record) => (record['status'] === 'trash') === trash)
      .filter((record) => ids === undefined || ids.includes(String(record['id'])));
    return Promise.resolve({ records, total: records.length, pages: 1, storeTime: new Date(0) });
  };
  const store = {
    key: 'main',
    url: 'https://shop.example',
    list: readList,
    lists: listsBy(readList),
  } as unknown as WooStore;
  const state = scene.links ? stateOf(scene.links) : null;
  const { mappings, problems } = compileMappings(scene.config ?? config(), KNOWN);
  const options: ExplainOptions = {
    org,
    store,
    mappings,
    state,
    ...(scene.only !== undefined && { only: scene.only }),
    problems: problems.map((problem) => ({ resource: 'order', problem })),
  };
  return { ...(await explain(options, subject, id)), soql };
}

export const ORDER = recorded('orders', 3801);
export const COMPLETED: WooRecord = { ...ORDER, status: 'completed' };

export const LINK = { recordId: 'a01000000000001AAA', state: 'verified' } as const;
export const THERE = { Id: LINK.recordId, Woo_Key__c: 'main:3801', Name: '3801', Total__c: 1 };
