import { isQueueOwner } from '../../model/queues.ts';
import type { FieldDefinition, ObjectDefinition, Schema } from '../../model/schema.ts';
import { isSupported } from '../../schema/ui-api-objects.ts';
import { findField } from '../../soql/scope.ts';
import { type ScalarName, scalarOf } from './scalars.ts';

export interface ScalarField {
  readonly field: FieldDefinition;
  readonly scalar: ScalarName;
}

export interface Parent {
  readonly field: FieldDefinition;
  readonly relationship: string;
  readonly object: ObjectDefinition;
  /** The real type is a union, whose fields stand in fragments. */
  readonly isUnion: boolean;
}

export interface Children {
  readonly name: string;
  readonly object: ObjectDefinition;
  readonly field: FieldDefinition;
}

/** The objects that GraphQL knows of a schema. */
export const objectsOf = (schema: Schema): readonly ObjectDefinition[] =>
  [...schema.values()].filter(isSupported);

/** The fields with a value of their own, `Id` left out. */
export const scalarFields = (object: ObjectDefinition): readonly ScalarField[] =>
  object.fields.flatMap((field) => {
    const scalar = field.name === 'Id' ? undefined : scalarOf(field);
    return scalar === undefined ? [] : [{ field, scalar }];
  });

/** Addresses and bytes: the real API shows them in other ways. */
export const otherFields = (object: ObjectDefinition): readonly FieldDefinition[] =>
  object.fields.filter((field) => scalarOf(field) === undefined);

/** Lookups to one object that the user sees. */
export function parentsOf(schema: Schema, owner: ObjectDefinition): readonly Parent[] {
  return owner.fields.flatMap((field) => {
    const [target, ...more] = field.referenceTo;
    const object = target === undefined ? undefined : schema.get(target.toLowerCase());
    const isUnion = isQueueOwner(field);
    if (!object || (more.length > 0 && !isUnion) || !isSupported(object)) return [];
    const relationship = field.relationshipName;
    if (relationship === undefined || findField(owner, relationship)) return [];
    return [{ field, relationship, object, isUnion }];
  });
}

/** Lookups that lead to several objects, such as `LinkedEntity`. */
export const openRelationships = (owner: ObjectDefinition): readonly string[] =>
  owner.fields.flatMap((field) => {
    const { referenceTo, relationshipName } = field;
    const isOpen = referenceTo.length > 1 && !isQueueOwner(field);
    return isOpen && relationshipName !== undefined ? [relationshipName] : [];
  });

/** The lists that other objects hang on this one. */
export function childrenOf(schema: Schema, parent: ObjectDefinition): readonly Children[] {
  return objectsOf(schema).flatMap((object) =>
    object.fields.flatMap((field) => {
      const name = field.childRelationshipName;
      return name !== undefined && field.referenceTo.includes(parent.name)
        ? [{ name, object, field }]
        : [];
    }),
  );
}
