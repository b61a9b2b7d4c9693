import type { FieldDefinition, ObjectDefinition } from '../model/schema.ts';
import { quoted, type SqlValue } from '../lib/database.ts';
import { counterOf, makeId } from '../model/ids.ts';
import type { WholeOrg } from '../model/org-view.ts';

/** What custom metadata stores for an object: its name, or an id of its own when it is custom. */
function durableId(org: WholeOrg, object: ObjectDefinition): string {
  if (object.kind === 'standard' || object.kind === 'system') return object.name;
  const known = org.db.get(
    'SELECT DurableId FROM EntityDefinition WHERE QualifiedApiName = ?',
    object.name,
  )?.['DurableId'];
  if (typeof known === 'string') return known;
  const others = org.db.all(`SELECT DurableId FROM EntityDefinition WHERE DurableId LIKE '01I%'`);
  const last = Math.max(0, ...others.map((row) => counterOf(String(row['DurableId']))));
  return makeId('01I', last + 1).slice(0, 15);
}

function put(
  org: WholeOrg,
  table: string,
  durable: string,
  values: ReadonlyMap<string, SqlValue>,
): void {
  const object = org.object(table);
  if (!object) throw new Error(`The org has no ${table}; it is made with the org.`);
  const row = org.db.get(`SELECT Id FROM ${quoted(table)} WHERE DurableId = ?`, durable);
  if (row) org.update(object, String(row['Id']), values);
  else org.insert(object, new Map([['Id', org.nextId(object)], ['DurableId', durable], ...values]));
}

/** API name without namespace and suffix, as `DeveloperName` gives it. */
const developerName = (name: string): string => name.replace(/__(c|mdt)$/, '');

const dataTypes: Partial<Record<FieldDefinition['type'], string>> = {
  id: 'Lookup()',
  boolean: 'Checkbox',
  datetime: 'Date/Time',
  date: 'Date',
  email: 'Email',
  phone: 'Phone',
  url: 'URL(255)',
  picklist: 'Picklist',
  multipicklist: 'Picklist (Multi-Select)',
  address: 'Address',
};

function dataType(field: FieldDefinition): string {
  if (field.autoNumber !== undefined) return 'Auto Number';
  if (field.formula !== undefined) return 'Formula';
  if (field.type === 'reference') {
    const kind = field.metadataRelationship
      ? 'Metadata Relationship'
      : field.masterDetail
        ? 'Master-Detail'
        : 'Lookup';
    return `${kind}(${field.referenceTo.join(',')})`;
  }
  if (field.type === 'string') return `Text(${field.length})`;
  if (field.type === 'textarea') {
    return field.length > 255 ? `Long Text Area(${field.length})` : 'Text Area(255)';
  }
  return dataTypes[field.type] ?? `Number(${field.precision - field.scale}, ${field.scale})`;
}

function putField(org: WholeOrg, entity: string, field: FieldDefinition): void {
  const values = new Map<string, SqlValue>([
    ['QualifiedApiName', field.name],
    ['EntityDefinitionId', entity],
    ['DeveloperName', developerName(field.name)],
    ['MasterLabel', field.label],
    ['Label', field.label],
    ['DataType', dataType(field)],
    ['Length', field.length],
    ['Precision', field.precision],
    ['Scale', field.scale],
    ['IsNillable', field.required ? 0 : 1],
    ['IsCalculated', field.formula === undefined ? 0 : 1],
  ]);
  for (const table of ['FieldDefinition', 'EntityParticle']) {
    put(org, table, `${entity}.${field.name}`, values);
  }
}

/** Keeps EntityDefinition, FieldDefinition and EntityParticle in step with an object's definition. */
export function describeInDefinitions(org: WholeOrg, object: ObjectDefinition): void {
  const entity = durableId(org, object);
  put(
    org,
    'EntityDefinition',
    entity,
    new Map<string, SqlValue>([
      ['QualifiedApiName', object.name],
      ['DeveloperName', developerName(object.name)],
      ['MasterLabel', object.label],
      ['Label', object.label],
      ['PluralLabel', object.labelPlural],
      ['KeyPrefix', object.keyPrefix],
      ['IsCustomizable', object.kind === 'system' ? 0 : 1],
      ['IsQueryable', 1],
      ['InternalSharingModel', object.sharingModel],
    ]),
  );
  for (const field of object.fields) putField(org, entity, field);
}

/** What the definitions of an object call it; undefined when they do not know it. */
function knownAs(org: WholeOrg, { name }: ObjectDefinition): string | undefined {
  const row = org.db.get('SELECT DurableId FROM EntityDefinition WHERE QualifiedApiName = ?', name);
  return row && String(row['DurableId']);
}

/** Takes fields that an object lost out of FieldDefinition and EntityParticle. */
export function forgetFields(
  org: WholeOrg,
  object: ObjectDefinition,
  fields: readonly FieldDefinition[],
): void {
  const entity = knownAs(org, object);
  if (entity === undefined) return;
  for (const { name } of fields) {
    for (const table of ['FieldDefinition', 'EntityParticle']) {
      org.db.run(`DELETE FROM ${quoted(table)} WHERE DurableId = ?`, `${entity}.${name}`);
    }
  }
}

/** Takes an object that left the org out of all definitions. */
export function forgetObject(org: WholeOrg, object: ObjectDefinition): void {
  forgetFields(org, object, object.fields);
  org.db.run('DELETE FROM EntityDefinition WHERE QualifiedApiName = ?', object.name);
}
