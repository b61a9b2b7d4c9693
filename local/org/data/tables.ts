import type { FieldDefinition, ObjectDefinition } from '../model/schema.ts';
import { quoted, type Database } from '../lib/database.ts';

/** Formulas and compound fields are worked out when read; all others are kept. */
export function isStored(field: FieldDefinition): boolean {
  return field.formula === undefined && field.type !== 'address';
}

const numberTypes = new Set(['int', 'double', 'currency', 'percent']);

/** Text compares without case, as in SOQL; ids, dates and case-sensitive keys compare exactly. */
function columnType(field: FieldDefinition): string {
  if (field.type === 'boolean') return 'INTEGER DEFAULT 0';
  if (numberTypes.has(field.type)) return 'REAL';
  const exact = field.caseSensitive || ['id', 'reference', 'date', 'datetime'].includes(field.type);
  return exact ? 'TEXT' : 'TEXT COLLATE NOCASE';
}

function indexed(field: FieldDefinition): boolean {
  const looked = field.unique || field.externalId || field.type === 'reference';
  return (
    looked ||
    [
      'CreatedDate',
      'SystemModstamp',
      'QualifiedApiName',
      'DurableId',
      'DeveloperName',
      'LastName',
    ].includes(field.name) ||
    field.type === 'email'
  );
}

function indexSql(object: ObjectDefinition, field: FieldDefinition): string {
  const name = quoted(`${object.name}.${field.name}`);
  return `CREATE INDEX IF NOT EXISTS ${name} ON ${quoted(object.name)} (${quoted(field.name)});`;
}

/**
 * Makes the object's table follow its definition: created, or given the columns that it lacks.
 * A field that changed its type keeps its column and the values in it.
 */
export function defineTable(db: Database, object: ObjectDefinition): void {
  const stored = object.fields.filter(isStored);
  const table = quoted(object.name);
  const present = new Set(
    db
      .all(`SELECT name FROM pragma_table_info(?)`, object.name)
      .map((row) => String(row['name']).toLowerCase()),
  );
  const column = (field: FieldDefinition): string =>
    `${quoted(field.name)} ${columnType(field)}${field.name === 'Id' ? ' PRIMARY KEY NOT NULL' : ''}`;
  if (present.size === 0) {
    db.define(`CREATE TABLE ${table} (${stored.map(column).join(', ')}) WITHOUT ROWID`);
  } else {
    for (const field of stored) {
      if (present.has(field.name.toLowerCase())) continue;
      db.define(`ALTER TABLE ${table} ADD COLUMN ${column(field)}`);
    }
  }
  const indexes = stored.filter(indexed).map((field) => indexSql(object, field));
  if (indexes.length > 0) db.define(indexes.join('\n'));
}

/** Takes the columns of fields out of a table, with all values in them. */
export function dropFields(
  db: Database,
  object: ObjectDefinition,
  fields: readonly FieldDefinition[],
): void {
  for (const { name } of fields.filter(isStored)) {
    db.define(
      `DROP INDEX IF EXISTS ${quoted(`${object.name}.${name}`)};
       ALTER TABLE ${quoted(object.name)} DROP COLUMN ${quoted(name)}`,
    );
  }
}

export function dropTable(db: Database, object: ObjectDefinition): void {
  db.define(`DROP TABLE ${quoted(object.name)}`);
}
