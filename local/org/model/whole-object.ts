import type { ObjectDefinition } from './schema.ts';

const wholes = new WeakMap<ObjectDefinition, ObjectDefinition>();

/** Notes that a definition is what a user sees of an object. */
export function rememberWhole(seen: ObjectDefinition, whole: ObjectDefinition): void {
  wholes.set(seen, whole);
}

/** The object with the fields that a user does not see, and as the platform writes them. */
export const wholeOf = (object: ObjectDefinition): ObjectDefinition => wholes.get(object) ?? object;
