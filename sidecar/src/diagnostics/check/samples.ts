import { sideOf } from '../../errors/catalogue.ts';
import { CodedError } from '../../errors/coded-error.ts';
import { plainAddress } from '../../lib/redact.ts';
import { orderItems } from '../../mapping/attributes/order-items.ts';
import type { MappingRow, StoreRow } from '../../mapping/model/config-rows.ts';
import { forStore } from '../../mapping/model/for-store.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import { isContent, listsOf, type Mapped } from '../../mapping/model/resources.ts';
import type { WooList, WooStore } from '../../ports/store.ts';
import type { TwoWayState } from '../../ports/two-way-state.ts';
import { describeShared, SHARED_SHOWN } from '../../sync/report/shared-records.ts';
import { checkContentUser } from './content-user.ts';
import { error, type Finding, hint, ofError, warning } from './finding.ts';
import { latestOf } from '../latest-records.ts';

/** Records that one look at a list takes: enough to see what is usual, cheap for the shop. */
const SAMPLE = 20;

/** What a look at a store showed. */
export interface StoreCheck {
  readonly store: string;
  /** Without what is secret in it. */
  readonly url: string;
  readonly findings: readonly Finding[];
  /** The latest records of what is mapped, by `sampleOf`; what could not be read is absent. */
  readonly samples: ReadonlyMap<string, readonly WooRecord[]>;
  /** Why WordPress does not show some content, by `sampleOf`. */
  readonly refused: ReadonlyMap<string, CodedError>;
}

/** @throws CodedError where the store cannot be worked with as it is set up */
type OpenStore = (row: StoreRow) => WooStore | Promise<WooStore>;

/** Under which name the records of what is mapped are kept. */
export function sampleOf({ resource, contentType }: Mapped): string {
  return contentType === null ? resource : `${resource} ${contentType}`;
}

/** A list stands for all of its resource. */
interface Wanted {
  readonly mapped: Mapped;
  readonly list: WooList;
}

/**
 * Reads one page of each list that is mapped, all at once: through a named credential that is one API call of the org,
 * and, where WordPress's content is mapped, one for each of its lists and one for its user. What a store does not answer is a finding.
 * @param views what the list of some content is asked with, by `sampleOf`
 */
export async function lookAt(
  row: StoreRow,
  openStore: OpenStore,
  all: readonly Mapped[],
  views: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map(),
): Promise<StoreCheck> {
  const findings: Finding[] = [];
  const samples = new Map<string, readonly WooRecord[]>();
  const notShown = new Map<string, CodedError>();
  const wanted = all.flatMap((mapped): Wanted[] => {
    const [list] = listsOf(mapped);
    return list === undefined ? [] : [{ mapped, list }];
  });
  const keep = ({ mapped }: Wanted, records: readonly WooRecord[]) => {
    const items = mapped.resource === 'order_item' ? records.flatMap(orderItems) : records;
    samples.set(sampleOf(mapped), items);
  };
  try {
    const store = await openStore(row);
    const own = wanted.filter(({ list }) => !isContent(list));
    const lists = [...new Set(own.map(({ list }) => list))];
    const reads = lists.map((list) => ({ list, params: { per_page: `${SAMPLE}` } }));
    const latest = await latestOf(store, reads, () => store.lists(reads));
    findings.push(...latest.findings);
    for (const one of own) keep(one, latest.lists[lists.indexOf(one.list)] ?? []);
    const content = wanted.filter(({ list }) => isContent(list));
    if (content.length > 0) findings.push(...(await checkContentUser(row.key, store)));
    for (const one of content) {
      try {
        const view = views.get(sampleOf(one.mapped));
        const params = { ...view, per_page: `${SAMPLE}` };
        const shown = await latestOf(store, [{ list: one.list, params }], async () => [
          await store.list(one.list, params),
        ]);
        findings.push(...shown.findings);
        keep(one, shown.lists[0] ?? []);
      } catch (refused) {
        if (!(refused instanceof CodedError) || sideOf(refused) !== null) throw refused;
        notShown.set(sampleOf(one.mapped), refused);
      }
    }
  } catch (refused) {
    // One list that fails is enough to know: key, address and firewall are the same for all.
    if (!(refused instanceof CodedError)) throw refused;
    findings.push(ofError(row.key, refused));
  }
  return { store: row.key, url: plainAddress(row.url), findings, samples, refused: notShown };
}

/** Stores whose WordPress does not show what the mapping maps. */
export function checkShown(
  { name, store: own }: Pick<MappingRow, 'name' | 'store'>,
  mapped: Mapped,
  stores: readonly StoreCheck[],
): Finding[] {
  const refusals = stores
    .filter(({ store }) => own === null || own === store)
    .flatMap(({ refused }) => refused.get(sampleOf(mapped)) ?? []);
  return refusals.map((refused) => ofError(name, refused));
}

/** Which records the store shares with others, so that its values do not go into them. */
export async function checkShared(
  store: string,
  twoWay: Pick<TwoWayState, 'shared'> | null,
): Promise<Finding[]> {
  const cure =
    'Nothing is wrong. To bring this store’s values too, give it a mapping of its own with fields of its own; to keep records apart, one without match fields (docs/stores.md).';
  const said = twoWay && describeShared(await twoWay.shared(store, SHARED_SHOWN));
  return said === null ? [] : [hint({ code: 'RECORDS_SHARED', place: store, message: said, cure })];
}

/** Which stores wait with their first backfill; one that was loaded is past it. */
export function checkLoads(rows: readonly StoreRow[]): Finding[] {
  const cure =
    'Nothing is wrong. Look and match, then give the command Backfill, or uncheck it (Setup › Custom Metadata Types › Woo Store).';
  const message =
    'Load When Told is checked: where the store was never loaded, nothing of it is written until the command Backfill.';
  return rows
    .filter((row) => row.active && row.loadWhenTold)
    .map(({ key }) => hint({ code: 'LOAD_WHEN_TOLD', place: key, message, cure }));
}

/** That it was not looked at which records stores share; one store alone shares none. */
export function unseenShared(stores: readonly StoreCheck[], refused: CodedError): Finding[] {
  if (stores.length < 2) return [];
  const cure =
    refused.code === 'STATE_LOCKED'
      ? 'The running service has it: its log says at its start which records are shared; or stop it and check again.'
      : refused.cure;
  const message = `Which records the stores share is not listed, for the state cannot be read: ${refused.message}`;
  return [hint({ code: 'RECORDS_SHARED_UNSEEN', place: 'state', message, cure })];
}

/** Stores that cannot be told apart, and none at all. */
export function checkStores(rows: readonly StoreRow[]): Finding[] {
  const active = rows.filter((row) => row.active);
  const cure = 'See Setup › Custom Metadata Types › Woo Store: its Key, and whether it is Active.';
  if (active.length === 0) {
    const message = 'The org has no active store.';
    return [error({ code: 'STORE_UNKNOWN', place: 'Woo_Store', message, cure })];
  }
  return [...Map.groupBy(active, ({ key }) => key)]
    .filter(([, same]) => same.length > 1)
    .map(([key, same]) =>
      error({
        code: 'STORE_KEY_TWICE',
        place: key,
        message: `The stores ${same.map(({ name }) => name).join(' and ')} have the same key "${key}": their records would overwrite each other.`,
        cure,
      }),
    );
}

/** Tries the mapping on the records that were looked at, without writing anything. */
export function tryOut(mapping: Mapping, stores: readonly StoreCheck[]): Finding[] {
  return stores.flatMap((store) => {
    const records = store.samples.get(sampleOf(mapping)) ?? [];
    if (!forStore([mapping], store.store).includes(mapping)) return [];
    const wanted = records.filter((record) => mapping.meets(record));
    const refused = wanted.flatMap((record) => {
      const { problems } = mapping.build(record, { key: store.store, url: store.url });
      return problems === undefined ? [] : [problems];
    });
    const [first] = refused[0] ?? [];
    if (first === undefined) return [];
    return [
      warning({
        code: 'CHECK_RECORDS_REFUSED',
        place: mapping.name,
        message: `${refused.length} of the ${wanted.length} records that it wants of the store ${store.store}, among the latest ${records.length}, cannot be written. The first: ${first.message}`,
        cure: 'Correct them in the shop, or the field mapping; woo-salesforce explain shows one record in full.',
      }),
    ];
  });
}
