import {
  GraphQLBoolean,
  GraphQLID,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
  GraphQLUnionType,
  type GraphQLFieldConfigArgumentMap,
  type GraphQLFieldConfigMap,
} from 'graphql';
import type { ObjectDefinition, Schema } from '../../model/schema.ts';
import type { FilterTypes } from './filter-types.ts';
import {
  childrenOf,
  openRelationships,
  otherFields,
  parentsOf,
  scalarFields,
} from './object-view.ts';
import { scalars, valueTypes } from './scalars.ts';
import { from, type PlainName, type RecordType } from './sources.ts';

type Fields = GraphQLFieldConfigMap<unknown, unknown>;

const plain = (name: PlainName) => from({ kind: 'plain', name });
const unknown = (what: string) => from({ kind: 'notEmulated', what });

/** What every record has, plain where fields of the object are wrapped. */
const everyRecord: Fields = {
  Id: { type: new GraphQLNonNull(GraphQLID), ...plain('Id') },
  ApiName: { type: new GraphQLNonNull(GraphQLString), ...plain('ApiName') },
  DisplayValue: { type: GraphQLString, ...plain('DisplayValue') },
  WeakEtag: { type: new GraphQLNonNull(scalars.Long), ...plain('WeakEtag') },
};

const record = new GraphQLInterfaceType({ name: 'Record', fields: everyRecord });

const pageInfo = new GraphQLObjectType({
  name: 'PageInfo',
  fields: {
    hasNextPage: { type: new GraphQLNonNull(GraphQLBoolean) },
    hasPreviousPage: { type: new GraphQLNonNull(GraphQLBoolean) },
    startCursor: { type: GraphQLString },
    endCursor: { type: GraphQLString },
  },
});

/** `{ edges { node cursor } pageInfo totalCount }` around a type of nodes. */
export function connectionType(name: string, node: GraphQLObjectType): GraphQLObjectType {
  const edge = new GraphQLObjectType({
    name: `${name}Edge`,
    fields: { node: { type: node }, cursor: { type: new GraphQLNonNull(GraphQLString) } },
  });
  return new GraphQLObjectType({
    name: `${name}Connection`,
    fields: {
      edges: { type: new GraphQLList(edge) },
      pageInfo: { type: new GraphQLNonNull(pageInfo) },
      totalCount: { type: new GraphQLNonNull(GraphQLInt) },
    },
  });
}

/** The types of records, one set per object of a user's schema, made when first asked for. */
export class RecordTypes {
  private readonly schema: Schema;
  private readonly filters: FilterTypes;
  private readonly records = new Map<string, GraphQLObjectType>();
  private readonly connections = new Map<string, GraphQLObjectType>();
  private readonly unions = new Map<string, GraphQLUnionType>();

  constructor(schema: Schema, filters: FilterTypes) {
    this.schema = schema;
    this.filters = filters;
  }

  record(object: ObjectDefinition): GraphQLObjectType {
    let type = this.records.get(object.name);
    if (!type) {
      type = new GraphQLObjectType({
        name: object.name,
        interfaces: [record],
        fields: () => this.fields(object),
      });
      this.records.set(object.name, type);
    }
    return type;
  }

  connection(object: ObjectDefinition): GraphQLObjectType {
    let type = this.connections.get(object.name);
    if (!type) {
      type = connectionType(object.name, this.record(object));
      this.connections.set(object.name, type);
    }
    return type;
  }

  /** Arguments of a connection of records. */
  arguments(object: ObjectDefinition): GraphQLFieldConfigArgumentMap {
    return {
      first: { type: GraphQLInt },
      after: { type: GraphQLString },
      upperBound: { type: GraphQLInt },
      scope: { type: GraphQLString },
      where: { type: this.filters.filter(object) },
      orderBy: { type: this.filters.orderBy(object) },
    };
  }

  /** The `Owner` of an object that queues may own; queues are not emulated. */
  private union(owner: ObjectDefinition, target: ObjectDefinition): GraphQLUnionType {
    const name = `${owner.name}_Owner`;
    let type = this.unions.get(name);
    if (!type) {
      type = new GraphQLUnionType({ name, types: () => [this.record(target)] });
      this.unions.set(name, type);
    }
    return type;
  }

  private fields(object: ObjectDefinition): Fields {
    const fields: Fields = {};
    for (const { name } of otherFields(object)) {
      fields[name] = { type: GraphQLString, ...unknown(`the field ${name}`) };
    }
    for (const name of openRelationships(object)) {
      fields[name] = { type: record, ...unknown(`${name}, which leads to several objects,`) };
    }
    for (const { field, scalar } of scalarFields(object)) {
      fields[field.name] = { type: valueTypes[scalar], ...from({ kind: 'value', field }) };
    }
    for (const parent of parentsOf(this.schema, object)) {
      const type: RecordType = parent.isUnion
        ? this.union(object, parent.object)
        : this.record(parent.object);
      const { relationship } = parent;
      fields[relationship] = {
        type,
        ...from({ kind: 'parent', relationship, object: parent.object }),
      };
    }
    for (const { name, object: child, field } of childrenOf(this.schema, object)) {
      fields[name] = {
        type: this.connection(child),
        args: this.arguments(child),
        ...from({ kind: 'children', object: child, field }),
      };
    }
    return { ...fields, ...everyRecord };
  }
}
