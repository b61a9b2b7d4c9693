import type { GraphQLField, GraphQLObjectType, GraphQLUnionType } from 'graphql';
import type { FieldDefinition, ObjectDefinition } from '../../model/schema.ts';

/** Where the value of a GraphQL field comes from; kept in its `extensions`. */
export type Source =
  /** A field of the record: `Total__c { value displayValue }`. */
  | { readonly kind: 'value'; readonly field: FieldDefinition }
  /** `Id`, `ApiName`, `DisplayValue`, `WeakEtag`: plain values of every record. */
  | { readonly kind: 'plain'; readonly name: PlainName }
  | { readonly kind: 'parent'; readonly relationship: string; readonly object: ObjectDefinition }
  | {
      readonly kind: 'children';
      readonly object: ObjectDefinition;
      /** The child's field that holds the record's id. */
      readonly field: FieldDefinition;
    }
  /** Records of an object, below `query`. */
  | { readonly kind: 'records'; readonly object: ObjectDefinition }
  /** Groups of an object's records, below `aggregate`. */
  | { readonly kind: 'groups'; readonly object: ObjectDefinition }
  /** An aggregate function of a field: `Total__c { sum { value } }`. */
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'mutation'; readonly change: Change; readonly object: ObjectDefinition }
  | { readonly kind: 'notEmulated'; readonly what: string };

export type PlainName = 'Id' | 'ApiName' | 'DisplayValue' | 'WeakEtag';
export type Change = 'Create' | 'Update' | 'Delete';

export type AnyField = GraphQLField<unknown, unknown>;

/** A type of records; which of them is known only by `__typename`. */
export type RecordType = GraphQLObjectType | GraphQLUnionType;

export const from = (source: Source): { readonly extensions: { readonly source: Source } } => ({
  extensions: { source },
});

export const sourceOf = (field: AnyField): Source | undefined =>
  field.extensions['source'] as Source | undefined;
