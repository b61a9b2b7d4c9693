import { builder } from './build.ts';
import { readConditions, type Conditions } from './compile-conditions.ts';
import { explainer } from './explain.ts';
import { readFields, type Fields, type FieldWriter } from './fields.ts';
import { isRequired, type ReferenceWriter } from './fill.ts';
import { resolveLookups } from './lookups.ts';
import { Problems } from './problems.ts';
import { namesRead } from './reads.ts';
import { readSettings, type Settings } from './settings.ts';
import type { Mapping, MappingRow, MappingSource, ObjectSchema, Problem } from './types.ts';

/** A mapping on its way: checked by itself, its lookups not yet settled. */
export interface Draft extends Fields {
  readonly row: MappingRow;
  readonly problems: Problems;
  readonly settings: Settings | null;
  readonly conditions: Conditions;
}

/**
 * Checks what the admin configured against the org's schema and makes it ready to run. A mapping with a
 * fatal problem is left out as a whole, since it could only write half of a record; the others go on.
 * Mappings that are not active are passed over.
 * @param schemas describe answers of the mapped objects; one that is missing counts as unknown to the org
 */
export function compileMappings(
  source: MappingSource,
  schemas: ReadonlyMap<string, ObjectSchema>,
): { readonly mappings: Mapping[]; readonly problems: Problem[] } {
  const drafts = source.mappings
    .filter(({ active }) => active)
    .map((row) => readMapping(row, source, schemas));
  warnOfRivals(drafts);
  const references = resolveLookups(drafts);
  const mappings = drafts.flatMap((draft, at) => toMapping(draft, references[at] ?? []));
  const problems = [...drafts.flatMap((draft) => draft.problems.all), ...orphans(source)];
  return { mappings, problems };
}

function toMapping(draft: Draft, references: readonly ReferenceWriter[]): Mapping[] {
  const { settings, problems, conditions, writers, lookups, mapped } = draft;
  if (settings === null || problems.held) return [];
  const plan = { settings, conditions, writers, references };
  return [
    {
      ...settings,
      fields: mapped,
      reads: namesRead(settings.resource, conditions, writers, lookups),
      meets: conditions.meets,
      build: builder(plan),
      explain: explainer(plan),
    },
  ];
}

function readMapping(
  row: MappingRow,
  source: MappingSource,
  schemas: ReadonlyMap<string, ObjectSchema>,
): Draft {
  const problems = new Problems(row);
  const settings = readSettings(row, source.stores, schemas, problems);
  if (settings === null) {
    const conditions = { all: [], logic: null, meets: () => false };
    return { row, problems, settings, conditions, writers: [], lookups: [], mapped: [] };
  }
  const rows = source.fields.filter(({ mapping }) => sameName(mapping, row.name));
  const conditions = source.conditions.filter(({ mapping }) => sameName(mapping, row.name));
  const fields = readFields(settings, rows, problems);
  requireFields(settings, [...fields.writers, ...fields.lookups], problems);
  return {
    ...{ row, problems, settings, ...fields },
    conditions: readConditions(settings.resource, row, conditions, problems),
  };
}

/** A record cannot be created without its required fields. */
function requireFields(
  { schema, key, direction, events, name }: Settings,
  written: readonly Pick<FieldWriter, 'field'>[],
  problems: Problems,
): void {
  if (direction === 'to_woo' || !events.create) return;
  const mapped = new Set(written.map(({ field }) => field.name));
  for (const field of schema.fields.values()) {
    const wanted = isRequired(field) && field.createable && !field.calculated;
    if (!wanted || field.name === key.name || mapped.has(field.name)) continue;
    problems.hold({
      code: 'MAPPING_REQUIRED_FIELD',
      message: `${name} does not fill ${field.name}, which ${schema.name} requires.`,
      cure: `Add a field mapping for ${field.name}, of an attribute or a static value.`,
    });
  }
}

/** Two mappings that could write the same record in turns, or take different records for the same one. */
function warnOfRivals(drafts: readonly Draft[]): void {
  drafts.forEach(({ settings, problems }, at) => {
    if (settings === null) return;
    const earlier = drafts.slice(0, at);
    const other = earlier.find((one) => sharesKeys(settings, one.settings));
    if (other !== undefined) {
      problems.hold({
        code: 'MAPPING_SAME_KEYS',
        message: `${settings.name} writes ${settings.resource} to ${settings.object}, and ${other.row.name} writes other records there: where their ids in the shop are the same, so are their keys.`,
        cure: 'Choose another Salesforce object for one of them, or deactivate it.',
      });
    }
    const rival = earlier.find((one) => rivals(settings, one.settings));
    if (rival === undefined) return;
    problems.warn({
      code: 'MAPPING_SAME_OBJECT',
      message: `${settings.name} and ${rival.row.name} both write ${settings.resource} to ${settings.object}.`,
      cure: 'Give them conditions that exclude each other, or deactivate one.',
    });
  });
}

/** An order and a refund may have the same id, and keys hold no more than store and id. */
function sharesKeys(a: Settings, b: Settings | null): boolean {
  return (
    b !== null &&
    a.direction !== 'to_woo' &&
    b.direction !== 'to_woo' &&
    a.object === b.object &&
    a.resource !== b.resource &&
    (a.store === null || b.store === null || a.store === b.store)
  );
}

function rivals(a: Settings | null, b: Settings | null): boolean {
  return (
    a !== null &&
    b !== null &&
    a.direction !== 'to_woo' &&
    b.direction !== 'to_woo' &&
    `${a.resource} ${a.object} ${a.store ?? ''}` === `${b.resource} ${b.object} ${b.store ?? ''}`
  );
}

/** Field mappings and conditions that belong to no mapping. */
function orphans({ mappings, fields, conditions }: MappingSource): Problem[] {
  const known = new Set(mappings.map(({ name }) => name.toLowerCase()));
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
