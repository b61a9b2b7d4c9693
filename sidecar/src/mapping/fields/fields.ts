import type { Path } from '../attributes/attribute-path.ts';
import { IMAGE_ATTRIBUTES } from '../attributes/known-attributes.ts';
import { idsOf, referencedResource } from '../attributes/referenced-resource.ts';
import type { FieldWriter, LookupWriter } from '../build/field-writer.ts';
import type { FieldMappingRow } from '../model/config-rows.ts';
import type { MappedField, OutgoingField, Settings } from '../model/mapping.ts';
import { choose, type Problems } from '../model/problems.ts';
import type { Direction, Resource } from '../model/record.ts';
import type { FieldSchema } from '../model/schema.ts';
import { readWriter } from './field-source.ts';
import { readTarget, readWriteWhen } from './field-target.ts';
import { describeLookup, describeWriter, towardsWoo } from './mapped-fields.ts';
import { goesToWoo, holdForTwice, readBothWays, readTowardsWoo } from './outgoing-fields.ts';
import { readPath } from './read-path.ts';
import { holdForIdleTable } from './read-table.ts';
import { holdForIdleArgument } from './read-transform.ts';

/** Where the value of a field comes from. */
export const KINDS = ['attribute', 'static', 'lookup', 'translation'] as const;
const DIRECTIONS = ['to_salesforce', 'to_woo', 'both'] as const;

/** The field mappings of a mapping, checked. */
export interface Fields {
  readonly writers: readonly FieldWriter[];
  readonly lookups: readonly LookupWriter[];
  /** Of every direction. */
  readonly mapped: readonly MappedField[];
  /** By attribute. */
  readonly outgoing: readonly OutgoingField[];
}

/** Checks the field mappings of a mapping; writers and lookups are those that go to Salesforce. */
export function readFields(
  settings: Settings,
  rows: readonly FieldMappingRow[],
  problems: Problems,
): Fields {
  const writers: FieldWriter[] = [];
  const lookups: LookupWriter[] = [];
  const mapped: MappedField[] = [];
  const outgoing: OutgoingField[] = [];
  const taken = new Map<string, string>();
  for (const row of rows) {
    const direction = readDirection(settings, row, problems);
    holdForIdleTable(row, problems);
    holdForIdleArgument(row, problems);
    if (direction === 'to_woo') {
      mapped.push(towardsWoo(row, direction));
      if (goesToWoo(settings)) outgoing.push(...readTowardsWoo(settings, row, direction, problems));
      continue;
    }
    const field = readTarget(settings, row, taken, problems);
    if (field === null) continue;
    if (direction === 'both' && isImages(settings, row)) {
      readWriteWhen(row, field, problems);
      mapped.push(towardsWoo(row, direction));
      outgoing.push(...readTowardsWoo(settings, row, direction, problems));
      continue;
    }
    const kind = choose(problems, {
      value: row.kind,
      choices: KINDS,
      blank: 'attribute' as const,
      place: row.name,
      code: 'MAPPING_UNKNOWN_KIND',
      what: 'kind',
    });
    if (kind === 'lookup') {
      const found = readLookup(settings.resource, row, field, problems);
      lookups.push(...found);
      mapped.push(...found.map(describeLookup));
    } else {
      const found = readWriter(settings.resource, kind, row, field, problems);
      writers.push(...found);
      for (const writer of found) {
        const one = describeWriter(settings.resource, row, writer, direction, problems);
        mapped.push(one);
        // One that loses something on its way is reported already.
        if (one.direction !== 'both' || one.lossy !== null) continue;
        outgoing.push(...readBothWays(settings, writer, problems));
      }
    }
  }
  holdForTwice(outgoing, problems);
  return {
    writers: writers.sort(byField),
    lookups: lookups.sort(byField),
    mapped: mapped.sort((a, b) => compare(a.field, b.field)),
    outgoing: outgoing.sort((a, b) => compare(a.attribute, b.attribute)),
  };
}

/** They go to the shop, and come back only where the field mapping itself says so. */
function isImages(settings: Settings, { attribute }: FieldMappingRow): boolean {
  return (
    settings.resource === 'product' &&
    goesToWoo(settings) &&
    IMAGE_ATTRIBUTES.has(attribute?.trim() ?? '')
  );
}

function readDirection(settings: Settings, row: FieldMappingRow, problems: Problems): Direction {
  const blank = isImages(settings, row) ? 'to_woo' : settings.direction;
  const direction = choose(problems, {
    value: row.direction,
    choices: DIRECTIONS,
    blank,
    place: row.name,
    code: 'MAPPING_UNKNOWN_DIRECTION',
    what: 'direction',
  });
  return settings.direction === 'to_woo' ? 'to_woo' : direction;
}

/** Whatever the order of the records in Setup: a row's hash covers its fields in this order. */
function byField(a: Pick<FieldWriter, 'field'>, b: Pick<FieldWriter, 'field'>): number {
  return compare(a.field.name, b.field.name);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function readLookup(
  resource: Resource,
  row: FieldMappingRow,
  field: FieldSchema,
  problems: Problems,
): LookupWriter[] {
  const { name: place } = row;
  if (field.type !== 'reference' || field.relationshipName === null) {
    problems.hold({
      code: 'MAPPING_NOT_A_LOOKUP',
      place,
      message: `${place} is of the kind lookup, but ${field.name} is not a lookup or master-detail field.`,
      cure: 'Choose the kind attribute, or another field.',
    });
    return [];
  }
  const writeWhen = readWriteWhen(row, field, problems);
  const path = readPath(resource, row, problems, (attribute) => attribute);
  if (path === null) return [];
  const refersTo = referencedResource(resource, path.canonical);
  if (refersTo === 'list' || refersTo === 'none') {
    holdForNoId(resource, place, field, path, refersTo, problems);
    return [];
  }
  return [{ row, field, path, refersTo, writeWhen }];
}

/** A number that is no id, such as a quantity, would link whichever record has the same number. */
function holdForNoId(
  resource: Resource,
  place: string,
  { name }: FieldSchema,
  { canonical, segments: [first = '', ...rest] }: Path,
  what: 'list' | 'none',
  problems: Problems,
): void {
  const said = what === 'list' ? 'a list, and no single id' : 'no id of a record that is synced';
  const cure =
    what === 'list'
      ? `Name one element, such as ${[first, '0', ...rest].join('.')}.`
      : `Choose an attribute that is one, such as ${idsOf(resource).join(', ')}.`;
  problems.hold({
    code: 'MAPPING_LOOKUP_ATTRIBUTE',
    place,
    cure,
    message: `${place} looks up ${name} by ${canonical}, which is ${said}.`,
  });
}
