import type { ObjectDefinition, Schema } from '../model/schema.ts';
import { withLinkedEntities } from './linked-entities.ts';
import type { Rights } from './rights.ts';
import { rememberWhole } from '../model/whole-object.ts';

/** The object as the user sees it: without hidden fields, and with the others read-only where they are. */
function visibleObject(rights: Rights, object: ObjectDefinition): ObjectDefinition {
  const fields = object.fields.flatMap((field) => {
    const right = rights.field(object, field);
    if (right === 'none') return [];
    return right === 'edit' ? [field] : [{ ...field, createable: false, updateable: false }];
  });
  const isWhole =
    fields.length === object.fields.length && fields.every((one, at) => one === object.fields[at]);
  if (isWhole) return object;
  const seen = { ...object, fields };
  rememberWhole(seen, object);
  return seen;
}

/** The schema that describes, queries and writes of a user know: what is hidden does not exist. */
export function visibleSchema(rights: Rights, schema: Schema): Schema {
  const named = (name: string): ObjectDefinition | undefined => schema.get(name.toLowerCase());
  return withLinkedEntities(
    new Map(
      [...schema]
        .filter(([, object]) => rights.object(object, named).read)
        .map(([key, object]) => [key, visibleObject(rights, object)]),
    ),
  );
}
