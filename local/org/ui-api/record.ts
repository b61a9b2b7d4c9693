import { createHash } from 'node:crypto';
import type { OrgView } from '../model/org-view.ts';
import { compile } from '../soql/compile.ts';
import { RecordBuilder, type ResultRecord } from '../soql/run.ts';
import { findField } from '../soql/scope.ts';
import { displayValueOf, rawValueOf } from './display-value.ts';
import { recordTypeOf } from './record-types.ts';
import type { Wanted } from './wanted.ts';

/** A record as UI API shows it; `fields` holds only what was asked for. */
export interface UiRecord {
  readonly apiName: string;
  readonly childRelationships: Readonly<Record<string, never>>;
  readonly eTag: string;
  readonly fields: Readonly<Record<string, UiField>>;
  readonly id: string;
  readonly lastModifiedById: string | null;
  readonly lastModifiedDate: string | null;
  readonly recordTypeId: string | null;
  readonly recordTypeInfo: unknown;
  readonly systemModstamp: string | null;
  /** Milliseconds of `systemModstamp`, 0 without one. */
  readonly weakEtag: number;
}

interface UiField {
  readonly displayValue: string | null;
  readonly value: unknown;
}

/** What every record tells of itself, asked for or not. */
const toldFields = ['Id', 'LastModifiedById', 'LastModifiedDate', 'RecordTypeId', 'SystemModstamp'];

/** The paths that a query selects for the answer: what is wanted, and what records tell anyway. */
function pathsOf({ object, fields, parents }: Wanted, prefix = ''): readonly string[] {
  const told = [...toldFields, object.nameField].filter((name) => findField(object, name));
  return [
    ...[...new Set([...fields.keys(), ...told])].map((name) => `${prefix}${name}`),
    ...[...parents].flatMap(([name, parent]) => pathsOf(parent, `${prefix}${name}.`)),
  ];
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** A time as UI API writes it. */
const timeOf = (wanted: Wanted, record: ResultRecord, name: string): string | null => {
  const field = findField(wanted.object, name);
  return field ? textOrNull(rawValueOf(field, record[name])) : null;
};

function parentField(org: OrgView, parent: Wanted, record: unknown): UiField {
  if (record === null) return { displayValue: null, value: null };
  const values = record as ResultRecord;
  const displayValue = textOrNull(values[parent.object.nameField]);
  return { displayValue, value: uiRecord(org, parent, values) };
}

function fieldsOf(org: OrgView, wanted: Wanted, record: ResultRecord): Record<string, UiField> {
  const own = [...wanted.fields].map(([name, field]): [string, UiField] => {
    const value = record[name] ?? null;
    return [name, { displayValue: displayValueOf(field, value), value: rawValueOf(field, value) }];
  });
  const parents = [...wanted.parents].map(([name, parent]): [string, UiField] => [
    name,
    parentField(org, parent, record[name] ?? null),
  ]);
  return Object.fromEntries([...own, ...parents].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function uiRecord(org: OrgView, wanted: Wanted, record: ResultRecord): UiRecord {
  const fields = fieldsOf(org, wanted, record);
  const id = String(record['Id']);
  // An owner is a user or a queue.
  const object = org.whole.objectOfId(id) ?? wanted.object;
  const systemModstamp = timeOf(wanted, record, 'SystemModstamp');
  const eTag = createHash('md5').update(JSON.stringify([id, systemModstamp, fields]));
  return {
    apiName: object.name,
    childRelationships: {},
    eTag: eTag.digest('hex'),
    fields,
    id,
    lastModifiedById: textOrNull(record['LastModifiedById']),
    lastModifiedDate: timeOf(wanted, record, 'LastModifiedDate'),
    ...recordTypeOf(org, object, record['RecordTypeId']),
    systemModstamp,
    weakEtag: systemModstamp === null ? 0 : Date.parse(systemModstamp),
  };
}

/**
 * @param id 18 characters
 * @param version of the API, for addresses in values
 * @returns undefined for a record that is deleted, or that the user does not see
 */
export function readRecord(
  org: OrgView,
  wanted: Wanted,
  id: string,
  version: string,
): UiRecord | undefined {
  const paths = pathsOf(wanted).join(', ');
  const soql = `SELECT ${paths} FROM ${wanted.object.name} WHERE Id = '${id}'`;
  const compiled = compile(org, soql, false);
  const row = org.db.get(compiled.sql, ...compiled.values);
  if (!row) return undefined;
  return uiRecord(org, wanted, new RecordBuilder(org, version).build(compiled, row));
}
