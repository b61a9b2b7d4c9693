import type { FieldDefinition, ObjectDefinition } from '../model/schema.ts';
import { quoted, type Row, type SqlValue } from '../lib/database.ts';
import type { WholeOrg } from '../model/org-view.ts';
import { isStored } from './tables.ts';

type Values = Readonly<Record<string, unknown>>;

function lookup(org: WholeOrg, sql: string, ...values: string[]): Row | undefined {
  return org.db.get(sql, ...values);
}

/** The name of the object that a row's field reference belongs to: what its object reference says. */
function entityOf(org: WholeOrg, object: ObjectDefinition, values: Values): string | undefined {
  for (const field of object.fields) {
    const value = values[field.name];
    if (
      field.referenceTo.includes('EntityDefinition') &&
      typeof value === 'string' &&
      value !== ''
    ) {
      return org.object(value)?.name ?? value;
    }
  }
  return undefined;
}

/**
 * What the column of a metadata relationship holds for the name in a deployed record:
 * the durable id of an object or field, the record id of another metadata record.
 */
function resolveName(
  org: WholeOrg,
  object: ObjectDefinition,
  field: FieldDefinition,
  name: string,
  values: Values,
): string {
  const [target = ''] = field.referenceTo;
  let row: Row | undefined;
  if (target === 'EntityDefinition') {
    row = lookup(
      org,
      'SELECT DurableId AS id FROM EntityDefinition WHERE QualifiedApiName = ?',
      name,
    );
  } else if (target === 'FieldDefinition' || target === 'EntityParticle') {
    row = lookup(
      org,
      `SELECT f.DurableId AS id FROM ${quoted(target)} f
         JOIN EntityDefinition e ON e.DurableId = f.EntityDefinitionId
        WHERE e.QualifiedApiName = ? AND f.QualifiedApiName = ?`,
      entityOf(org, object, values) ?? '',
      name.slice(name.indexOf('.') + 1),
    );
  } else {
    row = lookup(
      org,
      `SELECT Id AS id FROM ${quoted(target)} WHERE DeveloperName = ?`,
      name.slice(name.indexOf('.') + 1),
    );
  }
  if (row) return String(row['id']);
  throw new Error(
    `${object.name}.${field.name}: the org has no ${target} named ${name}; ` +
      'deploy it before or with this record.',
  );
}

function toColumn(
  org: WholeOrg,
  object: ObjectDefinition,
  field: FieldDefinition,
  value: unknown,
  values: Values,
): SqlValue {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') {
    throw new TypeError(
      `${object.name}.${field.name}: a metadata record holds text, numbers and checkboxes, not ${typeof value}`,
    );
  }
  if (field.type === 'boolean') return value === 'true' ? 1 : 0;
  if (['int', 'double', 'currency', 'percent'].includes(field.type)) return Number(value);
  return field.metadataRelationship ? resolveName(org, object, field, value, values) : value;
}

function columns(org: WholeOrg, object: ObjectDefinition, values: Values): Map<string, SqlValue> {
  const byName = new Map(
    object.fields.filter(isStored).map((one) => [one.name.toLowerCase(), one]),
  );
  const result = new Map<string, SqlValue>();
  for (const [name, value] of Object.entries(values)) {
    const field = byName.get(name.toLowerCase());
    if (!field) throw new Error(`${object.name} has no field ${name}`);
    result.set(field.name, toColumn(org, object, field, value, values));
  }
  return result;
}

/** Names that every custom metadata record has, worked out from its developer name and label. */
function recordNames(object: ObjectDefinition, match: Values, values: Values): Values {
  if (object.kind !== 'customMetadata') return {};
  const name = values['DeveloperName'] ?? match['DeveloperName'];
  const label = values['MasterLabel'] ?? values['Label'] ?? name;
  return {
    DeveloperName: name,
    MasterLabel: label,
    Label: label,
    Language: 'en_US',
    QualifiedApiName: name,
  };
}

function defaults(object: ObjectDefinition): Values {
  return Object.fromEntries(
    object.fields
      .filter((field) => isStored(field) && field.defaultValue !== undefined && !field.custom)
      .map((field) => [field.name, field.defaultValue]),
  );
}

const whereOf = (match: Readonly<Record<string, string>>): string =>
  Object.keys(match)
    .map((name) => `${quoted(name)} = ?`)
    .join(' AND ');

/** Takes out the row that `putMetadataRow` would find. */
export function removeMetadataRow(
  org: WholeOrg,
  objectName: string,
  match: Readonly<Record<string, string>>,
): void {
  const object = org.object(objectName);
  if (!object) return;
  org.db.run(`DELETE FROM ${quoted(object.name)} WHERE ${whereOf(match)}`, ...Object.values(match));
}

/** See `DeployTarget.putSystemRow`; a name in a metadata relationship must be in the org already. */
export function putMetadataRow(
  org: WholeOrg,
  objectName: string,
  match: Readonly<Record<string, string>>,
  values: Values,
): string {
  const object = org.object(objectName);
  if (!object) throw new Error(`The org has no object ${objectName}; deploy it first.`);
  const all = columns(org, object, { ...recordNames(object, match, values), ...match, ...values });
  const now = org.now();
  for (const name of ['SystemModstamp', 'LastModifiedDate']) {
    if (object.fields.some((field) => field.name === name)) all.set(name, now);
  }
  const found = lookup(
    org,
    `SELECT Id FROM ${quoted(object.name)} WHERE ${whereOf(match)}`,
    ...Object.values(match),
  );
  if (found) {
    org.update(object, String(found['Id']), all);
    return String(found['Id']);
  }
  const id = org.nextId(object);
  if (object.fields.some((field) => field.name === 'CreatedDate')) all.set('CreatedDate', now);
  org.insert(object, new Map([['Id', id], ...columns(org, object, defaults(object)), ...all]));
  return id;
}
