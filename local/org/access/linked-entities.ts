import { canHaveFiles } from '../model/file-objects.ts';
import type { ObjectDefinition, Schema } from '../model/schema.ts';
import { rememberWhole, wholeOf } from '../model/whole-object.ts';

/** Fields of files that lead to whatever may have files: to which objects depends on what is deployed. */
const openFields = new Set(['LinkedEntityId', 'FirstPublishLocationId']);

function withTargets(object: ObjectDefinition, targets: readonly string[]): ObjectDefinition {
  const seen: ObjectDefinition = {
    ...object,
    fields: object.fields.map((field) =>
      openFields.has(field.name) ? { ...field, referenceTo: targets } : field,
    ),
  };
  rememberWhole(seen, wholeOf(object));
  return seen;
}

/** The schema of a user whose links of files lead to the objects in it, and to users. */
export function withLinkedEntities(schema: Schema): Schema {
  const targets = ['User', ...[...schema.values()].filter(canHaveFiles).map(({ name }) => name)];
  return new Map(
    [...schema].map(([key, object]) => {
      const isLink = object.name === 'ContentDocumentLink' || object.name === 'ContentVersion';
      return [key, isLink ? withTargets(object, targets) : object];
    }),
  );
}
