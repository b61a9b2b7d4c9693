import { CodedError } from '../../errors/coded-error.ts';
import { guestOf } from '../../mapping/attributes/guest-customers.ts';
import { orderItems } from '../../mapping/attributes/order-items.ts';
import { forStore } from '../../mapping/model/for-store.ts';
import { objects } from '../../mapping/model/json-shape.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import { isPart, listsOf, type Resource } from '../../mapping/model/resources.ts';
import type { Org } from '../../ports/org.ts';
import type { State } from '../../ports/state.ts';
import { PAGE_SIZE, type WooList, type WooStore } from '../../ports/store.ts';
import { listsApart } from '../read/lists-apart.ts';

/** Records of a list that are looked at. */
const SAMPLE = 50;
/** What Salesforce counts for a record of nearly every object, whatever is in it. */
const KB_PER_RECORD = 2;
/** Records that an API call writes, and that one looks for, when it is full. */
const ROWS_PER_CALL = 1000;
const SOUGHT_PER_CALL = 400;
/** Mappings, describe, limits, and calls that are not full: 16 to 39 of them in loads of a thousand orders. */
const CALLS_BESIDES = 40;

/** What a backfill of a store takes. */
export interface Needs {
  readonly store: string;
  /** Records that are new in Salesforce. */
  readonly newRecords: number;
  /** Data storage that the new ones take. */
  readonly storageMb: number;
  /** At most. */
  readonly apiCalls: number;
}

/** The same as far as a look at some records of each list can tell; API calls where all records must be written. */
export interface Estimate extends Needs {
  /** Records of the store that it will read. */
  readonly reads: number;
  /** Records that it keeps in step in Salesforce. */
  readonly records: number;
  /** Lists of WordPress's content that the shop does not show, and so are in no number. */
  readonly notShown: readonly WooList[];
}

interface EstimateParts {
  /** Shows whether reading the store costs API calls too: where it is reached through the org. */
  readonly org: Pick<Org, 'calls'>;
  readonly store: WooStore;
  readonly state: Pick<State, 'counts'>;
  readonly mappings: readonly Mapping[];
}

interface Sample {
  readonly list: WooList;
  readonly resource: Resource;
  readonly total: number;
  readonly records: readonly WooRecord[];
}

/** Lists that stand for themselves; refunds come with their orders. */
function mappedLists(mappings: readonly Mapping[]): readonly (readonly [WooList, Resource])[] {
  const lists = mappings
    .filter(({ resource }) => !isPart(resource))
    .flatMap((mapping) => listsOf(mapping).map((list) => [list, mapping.resource] as const));
  return [...new Map(lists.map((one) => [one[0], one])).values()];
}

/**
 * Looks at a sample of each list. Guests count as often as they bought.
 * @throws CodedError where the store cannot be read
 */
export async function estimate({
  org,
  store,
  state,
  mappings: all,
}: EstimateParts): Promise<Estimate> {
  const mappings = forStore(all, store.key);
  const wanted = new Map<string, number>();
  const callsBefore = org.calls;
  let reads = 0;
  const samples = await samplesOf(store, mappings);
  for (const { list, resource, total, records } of samples) {
    reads += total;
    const share = total / Math.max(records.length, 1);
    for (const [kind, some] of withDetails(mappings, resource, records)) {
      for (const mapping of mappings.filter((one) => one.resource === kind && isOf(one, list))) {
        const { length } = some.filter((record) => mapping.meets(record));
        wanted.set(mapping.object, (wanted.get(mapping.object) ?? 0) + length * share);
      }
    }
  }
  const pages = org.calls > callsBefore ? reads / PAGE_SIZE : 0;
  const linked = await state.counts(store.key);
  const records = Math.round(sum(wanted.values()));
  const open = [...wanted].map(
    ([object, count]) => [object, Math.max(0, count - (linked.get(object) ?? 0))] as const,
  );
  const newRecords = Math.round(sum(open.map(([, count]) => count)));
  const matched = new Set(
    mappings.filter(({ matchFields }) => matchFields.length > 0).map(({ object }) => object),
  );
  const sought = sum(open.map(([object, count]) => (matched.has(object) ? count : 0)));
  return {
    store: store.key,
    reads,
    records,
    newRecords,
    notShown: mappedLists(mappings)
      .map(([list]) => list)
      .filter((list) => !samples.some((sample) => sample.list === list)),
    storageMb: storageFor(newRecords),
    apiCalls: apiCallsFor(records, sought / SOUGHT_PER_CALL + pages),
  };
}

/** In MB. */
export function storageFor(newRecords: number): number {
  return Math.ceil((newRecords * KB_PER_RECORD) / 1024);
}

/** @param reading API calls before anything is written */
export function apiCallsFor(writes: number, reading: number): number {
  return Math.ceil(writes / ROWS_PER_CALL + reading + CALLS_BESIDES);
}

/** Records of the beginning and the middle of each list that is mapped and that the shop shows. */
async function samplesOf(store: WooStore, mappings: readonly Mapping[]): Promise<Sample[]> {
  const mapped = mappedLists(mappings);
  const params = { per_page: `${SAMPLE}` };
  const firsts = await listsApart(
    store,
    mapped.map(([list]) => ({ list, params })),
  );
  const samples = mapped.flatMap(([list, resource], at): Sample[] => {
    const first = firsts[at];
    if (first === undefined || first instanceof CodedError) return [];
    return [{ list, resource, total: first.total, records: first.records }];
  });
  const long = samples.filter(({ total }) => total > SAMPLE);
  const middles = await store.lists(
    long.map(({ list, total }) => {
      const offset = `${Math.floor((total - SAMPLE) / 2)}`;
      return { list, params: { ...params, offset } };
    }),
  );
  return samples.map(({ records, ...sample }) => {
    const middle = middles[long.findIndex(({ list }) => list === sample.list)];
    return { ...sample, records: [...records, ...(middle?.records ?? [])] };
  });
}

/** Records of a sample, with what comes along with those of them that are wanted. */
function withDetails(
  mappings: readonly Mapping[],
  resource: Resource,
  records: readonly WooRecord[],
): readonly (readonly [Resource, readonly WooRecord[]])[] {
  if (resource !== 'order') return [[resource, records]];
  const own = mappings.filter((mapping) => mapping.resource === 'order');
  const orders = records.filter((record) => own.some((mapping) => mapping.meets(record)));
  return [
    ['order', orders],
    ['order_item', orders.flatMap((order) => [...orderItems(order)])],
    ['refund', orders.flatMap((order) => [...objects(order['refunds'])])],
    ['customer', orders.map(guestOf).filter((guest) => guest !== null)],
  ];
}

/** Of WordPress's content there are several lists. */
function isOf(mapping: Mapping, list: WooList): boolean {
  return mapping.contentType === null || listsOf(mapping).includes(list);
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((all, number) => all + number, 0);
}
