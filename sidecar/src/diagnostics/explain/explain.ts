import type { Problem } from '../../mapping/model/config-rows.ts';
import { forStore } from '../../mapping/model/for-store.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { Resource, Row, WooRecord } from '../../mapping/model/record.ts';
import type { Trace } from '../../mapping/model/trace.ts';
import type { LeadSettings, Org, OrgAudit } from '../../ports/org.ts';
import type { State } from '../../ports/state.ts';
import type { WooStore } from '../../ports/store.ts';
import { holderOf } from '../../sync/transform/entry-rule.ts';
import { collectEvidence } from './evidence.ts';
import { decide, type Decision, type Evidence, isWrittenGuest, knownAs } from './next-action.ts';
import { buyerIdOf, explainLead, isGone, type LeadExplanation, withoutBuyer } from './lead.ts';
import { type InOrg, place, sameValue } from './org-records.ts';
import { type Part, readSubject, type Subject } from './subject.ts';
import { type Beside, type Stays, staysOf } from './stays.ts';
import { type ToShop, toShopOf } from './to-shop.ts';
import {
  foreignOf,
  isExplained,
  neededFor,
  recordIdOf,
  type Seen,
  view,
  type View,
  withKnownReferences,
} from './views.ts';
import { NOTHING_WRITTEN, type Outcome, wouldWrite } from './would-write.ts';

export interface ExplainOptions {
  readonly org: Org & Pick<OrgAudit, 'userId'>;
  /** What was written; null where it cannot be looked at, or nothing was. */
  readonly state: State | null;
  /** There is a state that cannot be looked at, as where a running service has it. */
  readonly stateHidden?: boolean;
  readonly store: WooStore;
  readonly mappings: readonly Mapping[];
  /** What is wrong with mappings of the store, and the resource that they are for; null where nobody knows. */
  readonly problems: readonly { readonly resource: Resource | null; readonly problem: Problem }[];
  /** Name of the mapping whose records alone somebody wants to know; absent for all. */
  readonly only?: string;
  /** What the store says of leads, null where it leaves them alone; absent where nobody wants to know. */
  readonly leadSettings?: LeadSettings | null;
}

interface Referred {
  readonly field: string;
  readonly object: string;
  readonly key: string;
  /** Null where Salesforce does not have it. */
  readonly recordId: string | null;
  /** It is explained here too, and written before what refers to it. */
  readonly explained: boolean;
}

export interface MappingExplanation extends Decision {
  readonly mapping: string;
  readonly label: string;
  readonly object: string;
  readonly recordId: string | null;
  readonly trace: Trace;
  /** What is sent, as far as it can be built. */
  readonly row: Row | null;
  readonly beside: readonly Beside[];
  /** Fields that are not written though the mapping has a value for them, and why. */
  readonly stays: Stays;
  /** Fields that only go to the shop. */
  readonly toShop: readonly ToShop[];
  readonly references: readonly Referred[];
}

export interface PartExplanation {
  readonly title: string;
  readonly resource: Resource;
  readonly mappings: readonly MappingExplanation[];
  /** Mappings of the resource that cannot run, and why. */
  readonly held: readonly Problem[];
  /** What else is wrong with mappings of the resource. */
  readonly warnings: readonly Problem[];
}

export interface Explanation {
  readonly store: string;
  readonly url: string;
  readonly stateKnown: boolean;
  readonly parts: readonly PartExplanation[];
  /** The lead of the customer, or of who placed the order; null for other records, and where nobody wants to know. */
  readonly lead: LeadExplanation | null;
}

/**
 * The path of a record, and of its parts, through the mappings of the store: what decides, what each field becomes,
 * and what the next run would do. Writes nothing.
 * @throws CodedError where the record cannot be read
 */
export async function explain(
  options: ExplainOptions,
  subject: Subject,
  id: string,
): Promise<Explanation> {
  const { state, store, stateHidden = false } = options;
  const mappings = forStore(options.mappings, store.key);
  const isWanted = (order: WooRecord) =>
    mappings.some((one) => one.resource === 'order' && one.meets(order));
  const shown = options.only === undefined ? mappings : neededFor(options.only, mappings);
  const parts = await readSubject(store, subject, id, isWanted, mappings);
  const views = parts.flatMap((part) =>
    shown.filter((mapping) => maps(mapping, part)).map((mapping) => view(part, mapping, store)),
  );
  const seen = await collectEvidence(options, views, mappings, parts);
  const owned = views.map((one) => (belongsToAnother(one, seen) ? foreignOf(one, store) : one));
  const wanted = owned.filter((one) => keptOut(one, seen) === null);
  const outcomes =
    state === null ? null : await wouldWrite({ ...options, state }, mappings, wanted, seen);
  const explained = owned.map((one) => {
    const outcome = outcomes?.get(one) ?? null;
    return { view: one, said: explainView(one, seen, outcome, stateHidden) };
  });
  return {
    store: store.key,
    url: store.url,
    stateKnown: state !== null,
    parts: parts.map((part) => ({
      title: part.title,
      resource: part.resource,
      mappings: explained.filter(({ view: { part: of } }) => of === part).map(({ said }) => said),
      held: problemsOf(options, part).filter(({ fatal }) => fatal),
      warnings: problemsOf(options, part).filter(({ fatal }) => !fatal),
    })),
    lead: await leadOf(options, subject, parts, explained),
  };
}

async function leadOf(
  options: ExplainOptions,
  subject: Subject,
  [part]: readonly Part[],
  explained: readonly { readonly view: View; readonly said: MappingExplanation }[],
): Promise<LeadExplanation | null> {
  const { org, leadSettings } = options;
  if (leadSettings === undefined || part === undefined) return null;
  if (subject === 'order' && leadSettings !== null) return leadOfBuyer(options, leadSettings, part);
  if (subject !== 'order' && subject !== 'customer') return null;
  const views = explained.map(({ view: of, said: { action, recordId } }) => ({
    view: of,
    action,
    recordId,
  }));
  return explainLead(org, leadSettings, views);
}

/** Leads are looked for when the customer is synced: of an order, that of who placed it. */
async function leadOfBuyer(
  options: ExplainOptions,
  settings: LeadSettings,
  { record }: Part,
): Promise<LeadExplanation | null> {
  const id = buyerIdOf(record);
  if (id === null) return withoutBuyer(settings, 'The order has no usable e-mail address.');
  try {
    return (await explain(options, 'customer', id)).lead;
  } catch (error) {
    if (!isGone(error)) throw error;
    return withoutBuyer(settings, 'The shop no longer has the customer of the order.');
  }
}

function maps({ resource, contentType }: Mapping, part: Part): boolean {
  if (resource !== part.resource) return false;
  return contentType === null || contentType === part.record['content_type'];
}

function problemsOf({ problems }: ExplainOptions, part: Part): readonly Problem[] {
  return problems
    .filter(({ resource }) => resource === null || resource === part.resource)
    .map(({ problem }) => problem);
}

/** Whether its record carries another key, which keeps it in step. */
function belongsToAnother({ mapping, trace }: View, seen: Seen): boolean {
  const key = trace.key ?? '';
  const match = seen.matches.get(mapping.object, key);
  const link = seen.links?.get(place(mapping.object, key));
  return link?.byId ?? (match?.kind === 'link' && match.byId);
}

function explainView(
  one: View,
  seen: Seen,
  ofSync: Outcome | null,
  stateHidden: boolean,
): MappingExplanation {
  const { mapping, trace, row } = one;
  const { name, label, object } = mapping;
  const evidence = { ...evidenceOf(one, seen), stateHidden };
  const { link, inOrg } = evidence;
  const there = inOrg ?? seen.adopted.get(place(object, trace.key ?? '')) ?? null;
  const outcome = isWrittenGuest(evidence) ? NOTHING_WRITTEN : ofSync;
  const decision = decide({ ...evidence, outcome });
  const beside = besides(one, there);
  return {
    mapping: name,
    label,
    object,
    ...decision,
    trace,
    row,
    recordId: there?.recordId ?? link?.recordId ?? null,
    beside,
    stays: isWrite(decision, there) ? staysOf(one, beside, outcome) : {},
    toShop: toShopOf(mapping, one.part.record, there),
    references: referred(one, seen),
  };
}

function evidenceOf(one: View, seen: Seen): Omit<Evidence, 'stateHidden' | 'outcome'> {
  const { mapping, trace, row } = one;
  return {
    ...knowledgeOf(one, seen),
    trace,
    match: seen.matches.get(mapping.object, trace.key ?? '') ?? null,
    row: row && withKnownReferences(row, seen),
    keptOut: keptOut(one, seen),
  };
}

function knowledgeOf({ mapping, trace }: View, seen: Seen) {
  const id = place(mapping.object, trace.key ?? '');
  const [link, inOrg] = [seen.links?.get(id) ?? null, seen.inOrg.get(id) ?? null];
  return { mapping, link, inOrg, stateKnown: seen.links !== null };
}

/** Whether its values go to a record that is there, as far as they differ. */
function isWrite({ action }: Decision, there: InOrg | null): boolean {
  return there !== null && ['adopt', 'update', 'unchanged', 'unknown', 'unseen'].includes(action);
}

function referred({ row }: View, seen: Seen): Referred[] {
  return (row?.lookups ?? []).flatMap(({ field, object, key }) => {
    if (key === null) return [];
    const recordId = recordIdOf(object, key, seen);
    return [{ field, object, key, recordId, explained: isExplained(object, key, seen) }];
  });
}

/** Why nothing comes of the mapping for the record, whatever its condition says; null where nothing is in the way. */
function keptOut(one: View, seen: Seen): string | null {
  const { part, mapping, trace } = one;
  const link = knownAs(knowledgeOf(one, seen), trace.key ?? '');
  const holder = holderOf(seen.mappings, { mapping, record: part.record }, link);
  if (holder.name === mapping.name) return keptOutByOrder(one, seen);
  return `The mapping ${holder.name} takes it, and each record of an object is written by one mapping.`;
}

/** Items and refunds come and stay with their order; guests come with one. */
function keptOutByOrder({ part, mapping, trace }: View, seen: Seen): string | null {
  const { orderKey } = part;
  if (part.isUnwantedGuest === true && recordIdOf(mapping.object, trace.key ?? '', seen) === null)
    return 'An order brings a guest, and none of its orders is wanted in Salesforce.';
  if (orderKey === null) return null;
  const orders = seen.mappings.filter(({ resource }) => resource === 'order');
  if (orders.length === 0)
    return 'No mapping brings orders to Salesforce, and it goes with its order.';
  const there = orders.some(({ object }) => recordIdOf(object, orderKey, seen) !== null);
  const wanted = seen.views.some(
    (one) => one.part.resource === 'order' && one.trace.met && one.row !== null,
  );
  return there || wanted ? null : 'Its order is not in Salesforce and not wanted there.';
}

function besides({ mapping, trace, row }: View, inOrg: InOrg | null): Beside[] {
  const fields = trace.fields.map(({ field, result, writeWhen }): Beside => {
    const now = inOrg?.values.get(field);
    const comparable = inOrg !== null && result !== undefined && writeWhen === 'always';
    return { field, now, same: comparable ? sameValue(result, now) : null };
  });
  const lookups = (row?.lookups ?? []).map((lookup): Beside => {
    const now = inOrg?.values.get(`${lookup.relationshipName}.${lookup.keyField}`);
    const comparable = inOrg !== null && lookup.onCreate !== true;
    return { field: lookup.field, now, same: comparable ? sameValue(lookup.key, now) : null };
  });
  const key = { field: mapping.keyField, now: inOrg?.values.get(mapping.keyField), same: null };
  return [key, ...fields, ...lookups];
}
