import { sideOf } from '../../errors/catalogue.ts';
import { CodedError } from '../../errors/coded-error.ts';
import { wooId } from '../../mapping/keys/keys.ts';
import { objects } from '../../mapping/model/json-shape.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import type { Link } from '../../ports/link.ts';
import type { State } from '../../ports/state.ts';
import type { MetaList, WooStore } from '../../ports/store.ts';
import type { SentNotes } from '../model/run.ts';
import type { Report } from '../report/run-report.ts';

/** A record of the shop that may lack the id of its Salesforce record. */
interface Waiting {
  readonly mapping: Mapping;
  readonly list: MetaList;
  readonly id: number;
  readonly parentId: number | null;
  readonly key: string;
  /** What the custom field holds now. */
  readonly held: unknown;
}

/** Records that wait before those with known ids are written, so that few batches do. */
const AT_ONCE = 500;

/**
 * Writes the ids of Salesforce records to the custom field that their mapping names. What the shop holds is
 * compared first, so that a record whose field is right is left alone, and one whose field is lost is healed.
 */
export class SalesforceIds {
  readonly #store: WooStore;
  readonly #state: State;
  readonly #report: Report;
  readonly #shopBacklog: SentNotes | undefined;
  #waiting: Waiting[] = [];
  /** Why the store takes nothing from us. */
  #refused: CodedError | null = null;

  constructor(store: WooStore, state: State, report: Report, shopBacklog?: SentNotes) {
    this.#store = store;
    this.#state = state;
    this.#report = report;
    this.#shopBacklog = shopBacklog;
  }

  /** Takes a record that is wanted in Salesforce. Guests have no record of their own in the shop. */
  take(mapping: Mapping, record: WooRecord, key: string, link: Link | undefined): void {
    const { wooMetaKey } = mapping;
    const list = wooMetaKey === null ? null : listOf(mapping, record);
    const id = wooId(record['id']);
    if (list === null || id === null || record['guest'] === true || this.#refused) return;
    const held = objects(record['meta_data']).find((entry) => entry['key'] === wooMetaKey)?.[
      'value'
    ];
    if (link !== undefined && held === link.recordId) return;
    const parentId = list === 'variations' ? wooId(record['parent_id']) : null;
    this.#waiting.push({ mapping, list, id, parentId, key, held });
  }

  /** Whether enough records wait to be worth a few batches. */
  get isDue(): boolean {
    return this.#waiting.length >= AT_ONCE;
  }

  /**
   * Writes the ids that are known by now; those of records that are still on their way wait on. A store that
   * takes nothing stops no load: it is asked no more, and {@link finish} says so.
   */
  async write(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    const groups = Map.groupBy(waiting, ({ mapping, list }) => `${mapping.name} ${list}`);
    try {
      for (const group of groups.values()) this.#waiting.push(...(await this.#writeGroup(group)));
    } catch (error) {
      if (!(error instanceof CodedError) || !isOfShop(error)) throw error;
      this.#refused = error;
      this.#waiting = [];
    }
  }

  /**
   * Writes what is left when nothing is on its way any more: what has no id now gets none.
   * @returns why the store took nothing from us, where it did not; the next full run writes what it takes then
   */
  async finish(): Promise<CodedError | null> {
    await this.write();
    this.#waiting = [];
    return this.#refused;
  }

  /** @returns those whose record is not in Salesforce yet */
  async #writeGroup(group: readonly Waiting[]): Promise<readonly Waiting[]> {
    const [first] = group;
    if (first === undefined) return [];
    const { mapping, list } = first;
    const keys = group.map(({ key }) => key);
    const links = await this.#state.links(mapping.object, keys);
    const known = group.flatMap((each) => {
      const recordId = links.get(each.key)?.recordId;
      return recordId === undefined || recordId === each.held ? [] : [{ ...each, value: recordId }];
    });
    this.#shopBacklog?.sending(
      mapping.resource,
      known.map(({ key }) => key),
    );
    const failures = await this.#store.writeMeta(list, mapping.wooMetaKey ?? '', known);
    const byId = new Map(known.map((each) => [each.id, each]));
    for (const { id, code, message } of failures) {
      const { key = '', value: recordId = null } = byId.get(id) ?? {};
      this.#shopBacklog?.refused(mapping.resource, key);
      this.#report.fail(mapping, { key, code, message, recordId });
    }
    return group.filter(({ key }) => !links.has(key));
  }
}

/** The shop is out, or takes none of them. */
function isOfShop(error: CodedError): boolean {
  return sideOf(error) === 'store' || error.code === 'WOO_REQUEST_REFUSED';
}

function listOf({ resource }: Mapping, record: WooRecord): MetaList | null {
  if (resource === 'order') return 'orders';
  if (resource === 'customer') return 'customers';
  if (resource !== 'product') return null;
  return wooId(record['parent_id']) === null ? 'products' : 'variations';
}
