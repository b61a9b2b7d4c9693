import { ApexException } from '../apex-rest.ts';
import { isRecord } from '../../api/call.ts';
import type { OrgView } from '../../model/org-view.ts';
import { systemQuery } from '../system-query.ts';

type Value = string | number | boolean | null;

/** A record of custom metadata as pages have it. */
export interface Row {
  /** `Woo_Field_Mapping__mdt` */
  readonly type: string;
  readonly name: string;
  readonly label: string | null;
  /** By the API name of the field; relationships by the name that a deploy takes. */
  readonly values: Readonly<Record<string, Value>>;
}

const MAPPING_TYPE = 'Woo_Mapping__mdt';
export const SAVED_TYPES = [MAPPING_TYPE, 'Woo_Field_Mapping__mdt', 'Woo_Condition__mdt'];

/** All rows of a type, with all custom fields. */
export function rowsOf(org: OrgView, type: string): readonly Row[] {
  const fields = (org.whole.object(type)?.fields ?? []).filter(({ custom }) => custom);
  const paths = fields.map(({ name, type: kind }) =>
    kind === 'reference' ? `${name.replace(/c$/, 'r')}.QualifiedApiName` : name,
  );
  const columns = ['DeveloperName', 'MasterLabel', ...paths].join(', ');
  return systemQuery(org, `SELECT ${columns} FROM ${type}`).map((record) => ({
    type,
    name: String(record['DeveloperName']),
    label: record['MasterLabel'] as string | null,
    values: Object.fromEntries(
      fields.map(({ name }, at) => [name, valueAt(record, paths[at] ?? name)]),
    ),
  }));
}

function valueAt(record: Readonly<Record<string, unknown>>, path: string): Value {
  const [first = '', second] = path.split('.');
  const value = record[first];
  if (second === undefined) return value as Value;
  return isRecord(value) ? (value[second] as Value) : null;
}

/** As `JSON.deserializeUntyped` and the casts that follow it. @throws ApexException */
export function readRows(text: unknown): readonly Row[] {
  let rows: unknown;
  try {
    rows = JSON.parse(String(text));
  } catch (error) {
    throw new ApexException('System.JSONException', (error as Error).message);
  }
  const isList =
    Array.isArray(rows) && rows.every((one) => isRecord(one) && isRecord(one['values']));
  if (!isList) throw new ApexException('System.TypeException', 'Invalid conversion of the rows.');
  return rows as readonly Row[];
}

export const keyOf = ({ type, name }: Row): string => `${type}.${name}`;

/** Rows by their keys, found in any case as the org finds them. */
export type RowsByKey = ReadonlyMap<string, Row>;

export const byKey = (rows: readonly Row[]): RowsByKey =>
  new Map(rows.map((row) => [keyOf(row).toLowerCase(), row]));

export const rowLike = (row: Row, rows: RowsByKey): Row | undefined =>
  rows.get(keyOf(row).toLowerCase());

/** Whether a row belongs to a mapping, or is it. */
export const isOf = (mapping: string, row: Row): boolean =>
  mapping === (row.type === MAPPING_TYPE ? row.name : row.values['Mapping__c']);
