import type {
  FieldMappingRow,
  HiddenRow,
  MappingRow,
  MappingSource,
  OffRows,
} from '../mapping/model/config-rows.ts';
import {
  CONDITION,
  FIELD,
  FIELD_NAME,
  type FieldName,
  MAPPING,
  type mappingQueries,
  STORE,
  type Switched,
  TRANSITION,
} from './custom-metadata.ts';
import { readRow } from './metadata-columns.ts';
import type { QueryRow } from './rest/query.ts';

/** The rows of the queries as mapping knows them. */
export function toMappingSource(
  rows: Readonly<Record<keyof typeof mappingQueries, readonly QueryRow[]>>,
): MappingSource {
  const mappings = rows.mappings.map((row) => readRow(MAPPING, row));
  const names = rows.every.map((row) => readRow(FIELD_NAME, row));
  const isUnfilled = names.length > 0 && names.every(({ active }) => !active);
  const every = counted(names, isUnfilled);
  const fields = counted(
    rows.fields.map((row) => readRow(FIELD, row)),
    isUnfilled,
  );
  const conditions = counted(
    rows.conditions.map((row) => readRow(CONDITION, row)),
    isUnfilled,
  );
  const off = {
    fields: fields
      .filter(isOff)
      .map(({ name, mapping, field }): OffRows['fields'][number] => ({ name, mapping, field })),
    conditions: conditions
      .filter(isOff)
      .map(({ name, mapping, position }): OffRows['conditions'][number] => ({
        name,
        mapping,
        position,
      })),
  };
  const transitions = rows.transitions.map((row) => readRow(TRANSITION, row)).flatMap(ifOn);
  return {
    stores: rows.stores.map((row) => readRow(STORE, row)),
    mappings,
    fields: fields.flatMap(ifOn),
    conditions: conditions.flatMap(ifOn),
    ...(transitions.length > 0 && { transitions }),
    hidden: { mappings: hiddenMappings(mappings, every), fields: hiddenFields(fields, every) },
    ...(off.fields.length + off.conditions.length > 0 && { off }),
    ...(isUnfilled && { isActiveUnfilled: true }),
  };
}

/**
 * An org that has the checkbox since an upgrade may have left it unchecked in all the records that were there. By that,
 * nothing would be filled, and each record would be wanted.
 * @param isUnfilled no field mapping is active at all
 */
function counted<Row extends Switched>(rows: readonly Row[], isUnfilled: boolean): readonly Row[] {
  return isUnfilled ? rows.map((row) => ({ ...row, active: true })) : rows;
}

function isOff({ active }: Switched): boolean {
  return !active;
}

function ifOn<Row extends Switched>({ active, ...row }: Row): readonly Omit<Row, 'active'>[] {
  return active ? [row] : [];
}

/** Mappings that field rows belong to, but that the org does not tell us. */
function hiddenMappings(
  shown: readonly MappingRow[],
  every: readonly FieldName[],
): readonly { readonly name: string; readonly active: boolean }[] {
  const known = new Set(shown.map((mapping) => mapping.name));
  const hidden = new Map<string, boolean>();
  for (const { mapping, mappingActive } of every) {
    if (mapping !== null && !known.has(mapping)) hidden.set(mapping, mappingActive);
  }
  return [...hidden].map(([mapping, active]) => ({ name: mapping, active }));
}

/** Field rows that are on, but whose field the org does not tell us. */
function hiddenFields(
  shown: readonly Pick<FieldMappingRow, 'name'>[],
  every: readonly FieldName[],
): readonly HiddenRow[] {
  const known = new Set(shown.map((field) => field.name));
  return every
    .filter((row) => row.active && !known.has(row.name))
    .map(({ name, mapping, field }) => ({ name, mapping, field }));
}
