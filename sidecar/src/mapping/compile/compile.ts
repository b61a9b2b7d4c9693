import { keepsTotals } from '../attributes/customer-totals.ts';
import { builder, type Plan } from '../build/build-row.ts';
import { explainer } from '../build/explain-row.ts';
import type { ReferenceWriter } from '../build/fill-field.ts';
import { contentView } from '../fields/content-view.ts';
import { namesRead } from '../fields/fields-read.ts';
import { type Fields, readFields } from '../fields/fields.ts';
import { keptFields } from '../fields/kept-fields.ts';
import { checkCreateInWoo, warnOfOneWay } from '../fields/outgoing-checks.ts';
import type { MappingRow, MappingSource, Problem } from '../model/config-rows.ts';
import type { Mapping, NotFor, Settings } from '../model/mapping.ts';
import { Problems } from '../model/problems.ts';
import { isPart } from '../model/resources.ts';
import type { ObjectSchema } from '../model/schema.ts';
import { holds } from '../values/canonical.ts';
import { readConditions } from './conditions.ts';
import type { Draft } from './draft.ts';
import { checkFields } from './fields-checks.ts';
import { hiddenMappings, holdForHiddenRows } from './hidden-rows.ts';
import { NO_REFERENCES, type References, resolveLookups } from './lookups.ts';
import { hasMetaKeyOfAnother, warnOfRivals } from './overlapping-mappings.ts';
import { readSettings } from './settings.ts';
import { checkRowsOff, offRowsOf } from './off-rows.ts';
import { holdForSharedAttributes } from './shared-attributes.ts';
import { storeFields } from './store-fields.ts';
import { storesThatCreate, storesWithOwn, warnOfHeldOwn } from './store-overrides.ts';

/**
 * Checks what the admin configured against the org's schema and makes it ready to run. A mapping with a
 * fatal problem is left out as a whole, since it could only write half of a record; the others go on.
 * Mappings that are not active are passed over.
 * @param schemas describe answers of the mapped objects; one that is missing counts as unknown to the org
 * @param now at which moment conditions take periods such as `last 30 days`, in milliseconds since 1970
 */
export function compileMappings(
  source: MappingSource,
  schemas: ReadonlyMap<string, ObjectSchema>,
  now: () => number = Date.now,
): {
  readonly mappings: Mapping[];
  readonly problems: Problem[];
  readonly notFor: NotFor;
} {
  const drafts = source.mappings
    .filter(({ active }) => active)
    .map((row) => readMapping(row, source, schemas, now));
  warnOfRivals(drafts);
  holdForSharedAttributes(drafts);
  const withoutMetaKey = new Set(drafts.filter((draft) => hasMetaKeyOfAnother(draft, drafts)));
  const references = resolveLookups(drafts);
  warnOfHeldOwn(drafts);
  const notFor = new Map(
    drafts.map((draft) => [draft.row.name, storesWithOwn(draft, drafts)] as const),
  );
  const mappings = drafts.flatMap((draft, at) =>
    toMapping(draft, references[at] ?? NO_REFERENCES, {
      notFor: notFor.get(draft.row.name) ?? [],
      createsIn: storesThatCreate(draft, drafts, source.stores),
      storeFields: storeFields(draft.row, source),
      keepsTotals: hasTotals(draft, schemas),
      ...(withoutMetaKey.has(draft) && { wooMetaKey: null }),
    }),
  );
  const problems = [
    ...drafts.flatMap((draft) => draft.problems.all),
    ...hiddenMappings(source),
    ...orphans(source),
  ];
  return { mappings, problems, notFor };
}

/** Whether customers are counted in the object of a mapping. */
function hasTotals({ settings }: Draft, schemas: ReadonlyMap<string, ObjectSchema>): boolean {
  if (settings?.resource !== 'customer') return false;
  return keepsTotals(settings.schema, schemas);
}

function toMapping(
  draft: Draft,
  { references, leftOut }: References,
  {
    storeFields: ownFields,
    ...besideOthers
  }: Pick<Mapping, 'notFor' | 'createsIn' | 'keepsTotals'> &
    Partial<Pick<Mapping, 'wooMetaKey'>> & { readonly storeFields: ReadonlySet<string> },
): Mapping[] {
  const { settings, problems, conditions, writers, lookups, mapped, outgoing } = draft;
  if (settings === null || problems.held) return [];
  const plan = { settings, conditions, writers, references, leftOut };
  return [
    {
      ...settings,
      ...besideOthers,
      fields: mapped,
      references: references.map(({ path, lookup: { field, object, keyField } }) => ({
        field,
        object,
        keyField,
        attribute: path.canonical,
      })),
      outgoing,
      kept: keptFields(settings, writers),
      reads: namesRead(settings, conditions, writers, lookups, outgoing),
      view: contentView(settings, conditions, [
        ...conditions.all.map(({ attribute }) => attribute),
        ...mapped.flatMap(({ attribute }) => attribute ?? []),
      ]),
      meets: conditions.meets,
      build: builder(plan),
      owner: ownerOf(settings, references),
      explain: explainer(plan),
      holds: (field, written, held) => holds(settings.schema, field, written, held),
      foreign: foreignPart(draft, plan, ownFields),
    },
  ];
}

/** The same mapping, with nothing but the fields that are the store's own. */
function foreignPart(
  { mapped, outgoing }: Draft,
  { writers, references, leftOut, ...plan }: Plan,
  ownFields: ReadonlySet<string>,
): Mapping['foreign'] {
  const isOwn = (field: string) => ownFields.has(field.toLowerCase());
  const part = {
    ...plan,
    writers: writers.filter(({ field }) => isOwn(field.name)),
    references: references.filter(({ lookup }) => isOwn(lookup.field)),
    leftOut: leftOut.filter(({ lookup }) => isOwn(lookup.field)),
  };
  const { editsToAllStores } = plan.settings;
  return {
    fields: mapped.filter(({ field }) => isOwn(field)),
    outgoing: outgoing.flatMap((one) => {
      if (isOwn(one.field)) return [one];
      return editsToAllStores && one.kind === 'value' ? [{ ...one, onlyEdits: true }] : [];
    }),
    kept: keptFields(plan.settings, part.writers),
    build: builder(part),
    explain: explainer(part),
  };
}

/** Attributes that give the id of the order which an item or a refund belongs to. */
const ORDER_IDS: ReadonlySet<string> = new Set(['order_id', 'parent_id']);

function ownerOf({ resource }: Settings, references: readonly ReferenceWriter[]): Mapping['owner'] {
  if (!isPart(resource)) return null;
  return references.find(({ path }) => ORDER_IDS.has(path.canonical))?.lookup ?? null;
}

function readMapping(
  row: MappingRow,
  source: MappingSource,
  schemas: ReadonlyMap<string, ObjectSchema>,
  now: () => number,
): Draft {
  const problems = new Problems(row);
  holdForHiddenRows(row.name, source.hidden?.fields ?? [], problems);
  const settings = readSettings(row, source, schemas, problems);
  if (settings === null) {
    const conditions = { all: [], logic: null, meets: () => false, unread: () => null };
    return { row, problems, settings, conditions, ...NO_FIELDS };
  }
  const rows = source.fields.filter(({ mapping }) => sameName(mapping, row.name));
  const conditions = source.conditions.filter(({ mapping }) => sameName(mapping, row.name));
  const off = offRowsOf(source, row.name);
  const on = { fields: rows.length, conditions: conditions.length };
  checkRowsOff(row.name, off, on, problems);
  const fields = readFields(settings, rows, problems);
  warnOfOneWay(settings, rows, problems);
  checkCreateInWoo(settings, fields.outgoing, problems);
  checkFields(settings, fields, { hasRows: rows.length > 0, off: off.fields }, problems);
  const about = { off: off.conditions, now };
  return {
    row,
    problems,
    settings,
    ...fields,
    conditions: readConditions(settings.resource, row, conditions, about, problems),
  };
}

const NO_FIELDS: Fields = { writers: [], lookups: [], mapped: [], outgoing: [] };

/** Field mappings and conditions that belong to no mapping. */
function orphans({ mappings, fields, conditions, hidden }: MappingSource): Problem[] {
  const named = [...mappings, ...(hidden?.mappings ?? [])].map(({ name }) => name);
  const known = new Set(named.map((name) => name.toLowerCase()));
  return [...fields, ...conditions]
    .filter(({ mapping }) => !known.has(mapping?.toLowerCase() ?? ''))
    .map(({ name, mapping }) => ({
      code: 'MAPPING_UNKNOWN_MAPPING',
      mapping: mapping ?? '',
      place: name,
      message: `${name} belongs to the mapping "${mapping ?? ''}", which does not exist.`,
      cure: 'Choose its mapping, or delete it.',
      fatal: false,
    }));
}

function sameName(a: string | null, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
}
