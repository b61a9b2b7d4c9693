import {
  DirectiveLocation,
  GraphQLDirective,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  specifiedDirectives,
  type GraphQLFieldConfigMap,
} from 'graphql';
import type { ObjectDefinition, Schema } from '../../model/schema.ts';
import { AggregateTypes } from './aggregate-types.ts';
import { FilterTypes } from './filter-types.ts';
import { mutationFields, mutationsInput } from './mutation-types.ts';
import { objectsOf } from './object-view.ts';
import { RecordTypes } from './record-types.ts';
import { scalars } from './scalars.ts';
import { from } from './sources.ts';

type Fields = GraphQLFieldConfigMap<unknown, unknown>;

/** A field with it that the user may not see is left out, where it would refuse the query. */
export const optionalDirective = new GraphQLDirective({
  name: 'optional',
  locations: [DirectiveLocation.FIELD],
});

/** Other things that the real `uiapi` gives. */
const otherRoots = ['objectInfos', 'relatedListByName', 'currentUser'];

const uiapi = (name: string, fields: Fields): Fields => ({
  uiapi: { type: new GraphQLNonNull(new GraphQLObjectType({ name, fields })) },
});

function queryFields(
  types: RecordTypes,
  groups: AggregateTypes,
  objects: readonly ObjectDefinition[],
) {
  const query = new GraphQLObjectType({
    name: 'RecordQuery',
    fields: Object.fromEntries(
      objects.map((object) => [
        object.name,
        {
          type: types.connection(object),
          args: types.arguments(object),
          ...from({ kind: 'records', object }),
        },
      ]),
    ),
  });
  const aggregate = new GraphQLObjectType({
    name: 'RecordQueryAggregate',
    fields: Object.fromEntries(
      objects.map((object) => [
        object.name,
        {
          type: groups.connection(object),
          args: groups.arguments(object),
          ...from({ kind: 'groups', object }),
        },
      ]),
    ),
  });
  return {
    query: { type: new GraphQLNonNull(query) },
    aggregate: { type: new GraphQLNonNull(aggregate) },
  };
}

function build(schema: Schema): GraphQLSchema {
  const objects = objectsOf(schema);
  const filters = new FilterTypes(schema);
  const types = new RecordTypes(schema, filters);
  const others = otherRoots.map((what) => [
    what,
    { type: GraphQLString, ...from({ kind: 'notEmulated', what }) },
  ]);
  const roots = queryFields(types, new AggregateTypes(schema, filters), objects);
  const mutation = uiapi('UIAPIMutations', mutationFields(types, objects));
  return new GraphQLSchema({
    query: new GraphQLObjectType({
      name: 'Query',
      fields: uiapi('UIAPI', { ...roots, ...(Object.fromEntries(others) as Fields) }),
    }),
    mutation: new GraphQLObjectType({
      name: 'Mutation',
      fields: {
        uiapi: { ...mutation['uiapi'], args: { input: { type: mutationsInput } } },
      } as Fields,
    }),
    types: Object.values(scalars),
    directives: [...specifiedDirectives, optionalDirective],
    assumeValid: true,
  });
}

const built = new WeakMap<Schema, GraphQLSchema>();

/**
 * The GraphQL schema that the objects and fields of a user make: what the user does not see is not in it. It is kept
 * as long as the schema that it was made of, which lasts until rights or objects change.
 */
export function graphqlSchemaOf(schema: Schema): GraphQLSchema {
  let known = built.get(schema);
  if (!known) {
    known = build(schema);
    built.set(schema, known);
  }
  return known;
}
