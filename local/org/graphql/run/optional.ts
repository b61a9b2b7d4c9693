import {
  type DocumentNode,
  type FieldNode,
  getNamedType,
  type GraphQLSchema,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { withLinkedEntities } from '../../access/linked-entities.ts';
import type { OrgView } from '../../model/org-view.ts';
import { isSupported } from '../../schema/ui-api-objects.ts';
import { childrenOf } from '../schema/object-view.ts';
import { optionalDirective } from '../schema/schema.ts';

const roots = new Set(['RecordQuery', 'RecordQueryAggregate']);

const isOptional = (node: FieldNode): boolean =>
  (node.directives ?? []).some(({ name }) => name.value === optionalDirective.name);

/** Whether the org has what a user does not see: the field of a type. */
function isInOrg(org: OrgView, type: string, name: string): boolean {
  if (roots.has(type)) {
    const object = org.whole.object(name);
    return object?.name === name && isSupported(object);
  }
  const object = org.whole.object(type.replace(/Aggregate$/, ''));
  if (!object) return false;
  const isOwn = object.fields.some(
    (field) => field.name === name || field.relationshipName === name,
  );
  const schema = withLinkedEntities(org.whole.schema());
  return isOwn || childrenOf(schema, object).some((one) => one.name === name);
}

/**
 * The document without the optional fields that the user may not see. A field that the org does not have at all stays
 * in, and is refused like any other.
 */
export function withoutHidden(
  org: OrgView,
  schema: GraphQLSchema,
  document: DocumentNode,
): DocumentNode {
  const types = new TypeInfo(schema);
  return visit(
    document,
    visitWithTypeInfo(types, {
      Field(node) {
        const parent = getNamedType(types.getParentType());
        if (!isOptional(node) || !parent || types.getFieldDef()) return undefined;
        return isInOrg(org, parent.name, node.name.value) ? null : undefined;
      },
    }),
  );
}
