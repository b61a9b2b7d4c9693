import type { WholeOrg } from '../model/org-view.ts';
import { quoted } from '../lib/database.ts';
import type { Schema } from '../model/schema.ts';

/**
 * Durable ids, as a list for SQL, of the objects or fields that a schema lacks.
 * @param table `EntityDefinition`, `FieldDefinition` or `EntityParticle`; others hide nothing
 */
export function hiddenDefinitions(
  org: WholeOrg,
  schema: Schema,
  table: string,
): string | undefined {
  if (table !== 'EntityDefinition' && table !== 'FieldDefinition' && table !== 'EntityParticle') {
    return undefined;
  }
  const isObject = table === 'EntityDefinition';
  const rows = org.db.all(
    isObject
      ? 'SELECT DurableId AS id, QualifiedApiName AS entity FROM EntityDefinition'
      : `SELECT f.DurableId AS id, f.QualifiedApiName AS field, e.QualifiedApiName AS entity
           FROM ${quoted(table)} f
           JOIN EntityDefinition e ON e.DurableId = f.EntityDefinitionId`,
  );
  const seen = new Set(
    [...schema.values()].flatMap(({ name, fields }) =>
      isObject ? [name] : fields.map((field) => `${name}.${field.name}`),
    ),
  );
  const ids = rows
    .filter(({ entity, field }) => !seen.has([entity, field].filter(Boolean).join('.')))
    .map(({ id }) => `'${String(id).replaceAll("'", "''")}'`);
  return ids.length === 0 ? undefined : ids.join(', ');
}
