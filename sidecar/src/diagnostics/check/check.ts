import { CodedError } from '../../errors/coded-error.ts';
import { currencyObjects } from '../../mapping/attributes/customer-totals.ts';
import { compileMappings } from '../../mapping/compile/compile.ts';
import { joinedViews } from '../../mapping/fields/content-view.ts';
import { matchedObjects } from '../../mapping/fields/match-fields.ts';
import type { MappingRow, MappingSource, StoreRow } from '../../mapping/model/config-rows.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import { mappedBy } from '../../mapping/model/resource-of.ts';
import type { Mapped } from '../../mapping/model/resources.ts';
import type { Org, Quota } from '../../ports/org.ts';
import type { WooStore } from '../../ports/store.ts';
import type { TwoWayState } from '../../ports/two-way-state.ts';
import { checkBudgets } from './budgets.ts';
import { checkLeads } from '../check-leads.ts';
import { withRecordNames } from '../record-names.ts';
import { NOT_ASKED, readOwnership } from './ownership.ts';
import { error, type Finding, ofError, ofProblem, warning } from './finding.ts';
import { readFlows } from './flows.ts';
import { checkTelling } from './telling/telling.ts';
import { checkMapping, type Ground, type MappingCheck } from './mapping.ts';
import { checkPaidStatuses } from './sales/paid-statuses.ts';
import { checkUnfilled } from './off-rows.ts';
import {
  checkLoads,
  checkShared,
  checkStores,
  lookAt,
  sampleOf,
  type StoreCheck,
  unseenShared,
} from './samples.ts';

export interface CheckReport {
  /** What concerns no single mapping. */
  readonly setup: readonly Finding[];
  readonly stores: readonly StoreCheck[];
  /** The active ones, in the order of their names. */
  readonly mappings: readonly MappingCheck[];
  /** Names of mappings that are not active, and so were not checked. */
  readonly inactive: readonly string[];
}

export interface CheckOptions {
  readonly org: Org;
  /**
   * @param rows all stores of the org
   * @throws CodedError where the store cannot be reached as it is set up
   */
  readonly openStore: (row: StoreRow, rows: readonly StoreRow[]) => WooStore | Promise<WooStore>;
  /** What is known of records; absent or null where there is nothing, the reason where it cannot be looked at. */
  readonly twoWay?: Pick<TwoWayState, 'shared'> | CodedError | null;
  /** Looks at one list of each store, and so at few records. */
  readonly quick?: boolean;
  /** Id of the integration user; absent: nobody looks at whom attentions reach. */
  readonly userId?: () => Promise<string>;
}

/**
 * What ships with force-app. A mapping of an object that the user may not read is invisible to it, so that only
 * the missing object tells.
 */
const SHIPPED = ['Woo_Order__c', 'Woo_Order_Item__c', 'Woo_Refund__c'];
const STANDARD = ['Account', 'Contact', 'Product2'];

/**
 * Checks what the admin configured against the org, the user's rights and the stores. Writes nothing. Takes
 * four API calls for up to 25 objects of which four have owners, one where users are named, one where queues are, two where
 * leads are linked or converted, one to see whether somebody is told and up to six more where somebody is, one page of each list of a store, and one more API call of a store behind a
 * named credential.
 * @throws CodedError where the org cannot be asked at all
 */
export async function check({
  org,
  openStore,
  twoWay: twoWay = null,
  quick = false,
  userId,
}: CheckOptions): Promise<CheckReport> {
  const source = await readSource(org);
  if (source instanceof CodedError) {
    const setup = [ofError('custom metadata', source)];
    return { setup, stores: [], mappings: [], inactive: [] };
  }
  const active = source.mappings.filter((row) => row.active);
  const mapped = active.flatMap(({ object }) => object ?? []);
  const objects = [...mapped, ...SHIPPED, ...STANDARD, ...currencyObjects(STANDARD)];
  const own = await org.describe([...new Set(objects)]);
  const matched = matchedObjects(active, own).filter((object) => !own.has(object));
  const described = new Map([...own, ...(await org.describe(matched))]);
  const schemas = await withRecordNames(org, source, described);
  const { mappings, problems } = compileMappings(source, schemas);
  const flows = await readFlows(org, active);
  const ownership = quick ? NOT_ASKED : await readOwnership(org, active, schemas);
  const wanted = mappedOf(active);
  const views = viewsOf(mappings);
  const { stores: rows } = source;
  const open = (row: StoreRow) => openStore(row, rows);
  const looked = await Promise.all(
    rows
      .filter((row) => row.active)
      // One list tells whether the store answers.
      .map((row) => lookAt(row, open, quick ? wanted.slice(0, 1) : wanted, views)),
  );
  const known = twoWay instanceof CodedError ? null : twoWay;
  const stores = await Promise.all(
    looked.map(async (one) => ({
      ...one,
      findings: [
        ...one.findings,
        ...(await checkShared(one.store, known)),
        ...rows
          .filter(({ key }) => key === one.store)
          .flatMap((row) => checkPaidStatuses(row, one.samples.get('order'))),
      ],
    })),
  );
  const ground: Ground = { source, active, schemas, mappings, problems, flows, ownership, stores };
  const ofLeads = quick ? [] : await checkLeads(org, rows, mappings);
  const ofTelling = quick || !userId ? [] : await checkTelling({ org, userId });
  return {
    setup: [
      ...checkSetup(ground, org.usage),
      ...ofLeads,
      ...ofTelling,
      ...(twoWay instanceof CodedError ? unseenShared(looked, twoWay) : []),
    ],
    stores,
    mappings: active.map((row) => checkMapping(row, ground)),
    inactive: source.mappings.filter((row) => !row.active).map(({ name }) => name),
  };
}

/** Each once. */
function mappedOf(rows: readonly MappingRow[]): readonly Mapped[] {
  const all = rows.flatMap((row) => mappedBy(row));
  return [...new Map(all.map((mapped) => [sampleOf(mapped), mapped])).values()];
}

/** What lists of WordPress's content are asked with. */
function viewsOf(mappings: readonly Mapping[]): ReadonlyMap<string, Mapping['view']> {
  return new Map(
    [...Map.groupBy(mappings, sampleOf)].map(([name, some]) => [
      name,
      joinedViews(some.map(({ view }) => view)),
    ]),
  );
}

async function readSource(org: Org): Promise<MappingSource | CodedError> {
  try {
    return await org.readMappings();
  } catch (refused) {
    if (refused instanceof CodedError && refused.code === 'SF_NOT_DEPLOYED') return refused;
    throw refused;
  }
}

function checkSetup({ source, active, schemas, problems }: Ground, usage: Quota | null): Finding[] {
  const known = new Set(active.map(({ name }) => name));
  const orphans = problems.filter(({ mapping }) => !known.has(mapping)).map(ofProblem);
  const unseen = [...SHIPPED, ...STANDARD].filter((object) => !schemas.has(object));
  const invisible = unseen.map((object) => {
    const details = {
      code: 'OBJECT_NOT_VISIBLE',
      place: object,
      message: `The org does not have ${object}, or the integration user may not see it. Mappings to an object that a user may not see are invisible to that user too, so there may be some that are not listed here.`,
      cure: `Deploy force-app, and assign the permission set Woo_Integration with read on ${object} to the user.`,
    };
    return SHIPPED.includes(object) ? error(details) : warning(details);
  });
  return [
    ...checkStores(source.stores),
    ...checkLoads(source.stores),
    ...checkBudgets(source.stores, usage),
    ...invisible,
    ...checkUnfilled(source),
    ...orphans,
    ...noMappings(active),
  ];
}

function noMappings(active: readonly MappingRow[]): Finding[] {
  if (active.length > 0) return [];
  return [
    error({
      code: 'MAPPINGS_MISSING',
      place: 'Woo_Mapping',
      message: 'The org has no active mapping, or none that the integration user may see.',
      cure: 'Deploy config/org, or activate one in Setup › Custom Metadata Types › Woo Mapping.',
    }),
  ];
}
