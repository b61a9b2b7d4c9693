import type { FieldDefinition, ObjectDefinition } from '../../model/schema.ts';
import { ApiError } from '../../model/errors.ts';
import type { OrgView } from '../../model/org-view.ts';
import type { ResultRecord } from '../../soql/run.ts';
import { notRun } from './refusal.ts';

/** A column of a report, and where records of the query have its value. */
export interface Column {
  readonly name: string;
  /** As SOQL has it from the object that is queried: `Order__r.Total__c`. */
  readonly path: string;
  readonly field: FieldDefinition;
}

/** The objects of a report type, as its runner sees them. */
export interface Subject {
  /** Whose records are the rows of the report. */
  readonly object: ObjectDefinition;
  /** The object that owns them, and the relationship to it. */
  readonly master?: { readonly object: ObjectDefinition; readonly relationship: string };
}

/**
 * The objects of `CustomEntity$A` and, of a master with its details, `CustomEntityCustomEntity$A$B`.
 * @throws ApiError where the viewer may not read one of them
 */
export function subjectOf(org: OrgView, reportType: string): Subject {
  const [kind, ...names] = reportType.split('$');
  if (kind !== 'CustomEntity'.repeat(names.length) || names.length > 2)
    throw notRun(`the report type ${reportType}`);
  const [first, second] = names.map((name) => {
    const object = org.object(name);
    if (object) return object;
    throw new ApiError(
      403,
      'INSUFFICIENT_ACCESS',
      `You don't have access to the report's object ${name}.`,
    );
  });
  if (!first) throw notRun(`the report type ${reportType}`);
  if (!second) return { object: first };
  const link = second.fields.find(
    (one) => one.masterDetail && one.referenceTo.includes(first.name),
  );
  if (!link) throw notRun(`the report type ${reportType}`);
  return {
    object: second,
    master: { object: first, relationship: link.relationshipName ?? '' },
  };
}

/** Codes of fields of every record, of the first object with `CUST_` before them, of the second with `CHILD_`. */
const CODES: Readonly<Record<string, string>> = {
  NAME: 'Name',
  ID: 'Id',
  CREATED_DATE: 'CreatedDate',
  LAST_UPDATE: 'LastModifiedDate',
};

/** @throws ApiError for a column that the viewer may not see, or that is not known */
export function columnOf({ object, master }: Subject, name: string): Column {
  const first = {
    object: master?.object ?? object,
    prefix: master ? `${master.relationship}.` : '',
  };
  const [code, of] = name.startsWith('CHILD_')
    ? [name.slice(6), { object, prefix: '' }]
    : [name.startsWith('CUST_') ? name.slice(5) : undefined, first];
  if (code !== undefined) {
    const known = CODES[code];
    if (known === undefined) throw notRun(`the column ${name}`);
    return found(name, of.object, known, of.prefix);
  }
  const [owner = '', field = ''] = name.split('.');
  if (owner === object.name) return found(name, object, field, '');
  if (owner === master?.object.name) return found(name, master.object, field, first.prefix);
  throw notRun(`the column ${name}`);
}

function found(name: string, object: ObjectDefinition, field: string, prefix: string): Column {
  const definition = object.fields.find((one) => one.name === field);
  if (definition) return { name, path: prefix + field, field: definition };
  throw new ApiError(
    403,
    'INSUFFICIENT_ACCESS',
    `You don't have access to the field ${object.name}.${field} of the report.`,
  );
}

/** What a cell of a report may hold; addresses and files are no columns. */
export type Cell = string | number | boolean | null;

export function valueOf(record: ResultRecord, { path }: Column): Cell {
  let value: unknown = record;
  for (const name of path.split('.')) value = (value as ResultRecord | null)?.[name] ?? null;
  return value as Cell;
}
