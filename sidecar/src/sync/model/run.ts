import type { Mapping, Resource, WooRecord } from '../../mapping/model/mapping.ts';
import type { Hint } from '../../ports/change-queue.ts';
import type { Intake } from '../pipeline/match-buffer.ts';
import type { Echoes } from '../to-woo/echo-filter.ts';
import type { Pushes } from '../to-woo/product-updates.ts';
import type { Galleries } from '../images/upload/uploads.ts';
import type { PictureLinks } from '../../ports/images.ts';
import type { Returns } from '../images/import/imports.ts';
import type { Org, StaleLink, State, WooStore } from '../../ports/store.ts';
import type { Report } from '../report/run-report.ts';
import type { SalesforceIds } from '../to-woo/record-ids.ts';
import type { Writer } from '../to-salesforce/writer.ts';

/** What the steps of one run share: one store, the mappings that apply to it, and where rows go. */
export interface Run {
  readonly org: Org;
  readonly store: WooStore;
  readonly state: State;
  readonly mappings: readonly Mapping[];
  readonly report: Report;
  readonly writer: Writer;
  /** Customers and products that orders name and Salesforce did not know, by resource and key; asked for once. */
  readonly asked: Set<string>;
  /** Where rows wait until the org is asked whether it has their records. */
  readonly intake: Intake;
  /** Nothing is written: rows are counted as if they were. */
  readonly dry: boolean;
  /** The keys that Salesforce has told of, and how often. */
  readonly told: ReadonlyMap<string, number>;
  /** Id of the user that we write as; absent where nobody asks who has changed a record. */
  readonly userId?: () => Promise<string>;
  /** Keys whose change in Salesforce has not reached the shop: they stay told of. */
  readonly unsettled: Set<string>;
  /** Takes what the shop answers to our changes; absent where nobody hears its events. */
  readonly echoes?: Echoes;
  /** Changes on their way to the shop. */
  readonly pushes: Pushes;
  /** Pictures on their way to the shop. */
  readonly galleries: Galleries;
  /** Records whose pictures go both ways. */
  readonly returns: Returns;
  /** Null where others bring the pictures: the service. */
  readonly links: PictureLinks | null;
  /** Takes the records whose shop is to know the ids of their Salesforce records; absent where none is told. */
  readonly ids?: SalesforceIds;
  /** Takes records that are to be looked at by themselves soon; absent where that is not known to be needed. */
  readonly follow?: (hints: readonly Hint[]) => void;
  /** Takes links whose record somebody read later than we did. */
  readonly onStale?: (links: readonly StaleLink[]) => void;
}

/** Whether a record is on its way to the org, so that others may refer to it by its key. */
export function isComing({ writer, intake }: Run, object: string, key: string): boolean {
  return intake.has(object, key) || writer.has(object, key);
}

/** The mappings of a resource that write to Salesforce. */
export function mappingsOf(run: Run, resource: Resource): readonly Mapping[] {
  return run.mappings.filter((mapping) => mapping.resource === resource);
}

/**
 * The mappings that apply to a store: its own, and those for every store unless it has its own for the
 * same resource and object, be it held by a problem. One that only goes to the shop goes along with the one that
 * brings the same records to Salesforce; where there is none it stands for itself.
 */
export function forStore(mappings: readonly Mapping[], store: string): readonly Mapping[] {
  const own = mappings.filter(
    (mapping) =>
      mapping.store === store || (mapping.store === null && !mapping.notFor.includes(store)),
  );
  const [outward, inward] = [
    own.filter(({ direction }) => direction === 'to_woo'),
    own.filter(({ direction }) => direction !== 'to_woo'),
  ];
  const alone = outward.filter((one) => !inward.some((other) => sameRecords(one, other)));
  return [
    ...inward.map((mapping) =>
      outward.filter((one) => sameRecords(one, mapping)).reduce(withFieldsOf, mapping),
    ),
    ...alone,
  ];
}

function sameRecords(a: Mapping, b: Mapping): boolean {
  return a.resource === b.resource && a.object === b.object;
}

/** What only goes to the shop is said by the mapping made for that, as long as its condition is met. */
function withFieldsOf(mapping: Mapping, outward: Mapping): Mapping {
  const { outgoing, keepShopImages } = outward;
  const bringsPictures = outgoing.some(({ kind }) => kind !== 'value');
  const { foreign } = mapping;
  return {
    ...mapping,
    outgoing: saidBy(outward, mapping.outgoing, outgoing),
    foreign: { ...foreign, outgoing: saidBy(outward, foreign.outgoing, outward.foreign.outgoing) },
    reads: [...new Set([...mapping.reads, ...outward.reads])],
    createInWoo: mapping.createInWoo || outward.createInWoo,
    ...(bringsPictures && { keepShopImages }),
  };
}

function saidBy(
  outward: Mapping,
  before: Mapping['outgoing'],
  outgoing: Mapping['outgoing'],
): Mapping['outgoing'] {
  const said = new Set(outgoing.map(({ attribute }) => attribute));
  const meets = (record: WooRecord) => outward.meets(record);
  return [
    ...before.filter(({ attribute }) => !said.has(attribute)),
    ...outgoing.map((field) => ({ ...field, meets })),
  ];
}
