import {
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLList,
  type GraphQLInputFieldConfigMap,
} from 'graphql';
import type { ObjectDefinition, Schema } from '../../model/schema.ts';
import { parentsOf, scalarFields, type Parent } from './object-view.ts';
import { operatorTypes } from '../run/operators.ts';

export const resultOrder = new GraphQLEnumType({
  name: 'ResultOrder',
  values: { ASC: {}, DESC: {} },
});
export const nullOrder = new GraphQLEnumType({
  name: 'NullOrder',
  values: { FIRST: {}, LAST: {} },
});

const orderByClause = new GraphQLInputObjectType({
  name: 'OrderByClause',
  fields: { order: { type: resultOrder }, nulls: { type: nullOrder } },
});

type Inputs = GraphQLInputFieldConfigMap;

/** The inputs `where` and `orderBy` of each object, made when first asked for. */
export class FilterTypes {
  private readonly schema: Schema;
  private readonly made = new Map<string, GraphQLInputObjectType>();

  constructor(schema: Schema) {
    this.schema = schema;
  }

  filter(object: ObjectDefinition): GraphQLInputObjectType {
    return this.named(`${object.name}_Filter`, (self) => ({
      and: { type: new GraphQLList(self) },
      or: { type: new GraphQLList(self) },
      not: { type: self },
      Id: { type: operatorTypes.ID },
      ...Object.fromEntries(
        scalarFields(object)
          .filter(({ field }) => field.filterable)
          .map(({ field, scalar }) => [field.name, { type: operatorTypes[scalar] }]),
      ),
      ...this.parents(object, 'Filter', (parent) => this.filter(parent)),
    }));
  }

  orderBy(object: ObjectDefinition): GraphQLInputObjectType {
    return this.named(`${object.name}_OrderBy`, () => ({
      Id: { type: orderByClause },
      ...Object.fromEntries(
        scalarFields(object)
          .filter(({ field }) => field.filterable && field.type !== 'multipicklist')
          .map(({ field }) => [field.name, { type: orderByClause }]),
      ),
      ...this.parents(object, 'OrderBy', (parent) => this.orderBy(parent)),
    }));
  }

  /** An input type per name; those of parents refer to each other in circles. */
  named(name: string, fields: (self: GraphQLInputObjectType) => Inputs): GraphQLInputObjectType {
    const known = this.made.get(name);
    if (known) return known;
    const type: GraphQLInputObjectType = new GraphQLInputObjectType({
      name,
      fields: () => fields(type),
    });
    this.made.set(name, type);
    return type;
  }

  /** Inputs of parents; those of a union stand below the name of the object: `Owner: { User: { … } }`. */
  parents(
    owner: ObjectDefinition,
    suffix: string,
    typeOf: (parent: ObjectDefinition) => GraphQLInputObjectType,
  ): Inputs {
    const inputOf = ({ isUnion, object }: Parent): GraphQLInputObjectType =>
      isUnion
        ? this.named(`${owner.name}_Owner_${suffix}`, () => ({
            [object.name]: { type: typeOf(object) },
          }))
        : typeOf(object);
    return Object.fromEntries(
      parentsOf(this.schema, owner).map((parent) => [
        parent.relationship,
        { type: inputOf(parent) },
      ]),
    );
  }
}
