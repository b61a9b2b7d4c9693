import type { Mapping } from '../../mapping/model/mapping.ts';
import type { Resource, WooRecord } from '../../mapping/model/record.ts';
import type { Hint } from '../../ports/change.ts';
import type { PictureLinks } from '../../ports/images.ts';
import type { Org } from '../../ports/org.ts';
import type { StaleLink, State } from '../../ports/state.ts';
import type { WooStore } from '../../ports/store.ts';
import type { Returns } from '../images/import/imports.ts';
import type { Galleries } from '../images/upload/uploads.ts';
import type { Intake } from '../pipeline/match-buffer.ts';
import type { Report } from '../report/run-report.ts';
import type { Writer } from '../to-salesforce/writer.ts';
import type { Echoes } from '../to-woo/echo-filter.ts';
import type { Pushes } from '../to-woo/product-updates.ts';
import type { SalesforceIds } from '../to-woo/record-ids.ts';

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

export function saidBy(
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
