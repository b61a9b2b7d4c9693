import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLObjectType,
  GraphQLString,
  type GraphQLFieldConfigArgumentMap,
  type GraphQLFieldConfigMap,
} from 'graphql';
import { findField } from '../../soql/scope.ts';
import type { ObjectDefinition, Schema } from '../../model/schema.ts';
import { nullOrder, resultOrder, type FilterTypes } from './filter-types.ts';
import { parentsOf, scalarFields, type ScalarField } from './object-view.ts';
import { connectionType } from './record-types.ts';
import { scalars, valueTypes, type ScalarName } from './scalars.ts';
import { from } from './sources.ts';

type Fields = GraphQLFieldConfigMap<unknown, unknown>;

const numbers = new Set<ScalarName>(['Int', 'Double', 'Currency', 'Percent']);
const times = new Set<ScalarName>(['Date', 'DateTime']);

/** Functions of dates, by the name of the value that a group has. */
const dateFunctions: Readonly<Record<string, string>> = {
  calendarYear: 'CALENDAR_YEAR',
  calendarQuarter: 'CALENDAR_QUARTER',
  calendarMonth: 'CALENDAR_MONTH',
  dayInMonth: 'DAY_IN_MONTH',
};

const datePart = new GraphQLObjectType({
  name: 'DateFunctionAggregation',
  fields: {
    value: { type: scalars.Long },
    format: { type: GraphQLString, ...from({ kind: 'notEmulated', what: 'format' }) },
  },
});

const computed = (type: GraphQLObjectType, name: string) => ({
  type,
  ...from({ kind: 'function', name }),
});

/** Functions of SOQL that a field of the type has; its maximum is of its own type. */
function functionsOf(name: ScalarName): Fields {
  const hasExtremes = !['Boolean', 'TextArea'].includes(name);
  const own = valueTypes[name];
  return {
    count: computed(valueTypes.Long, 'COUNT'),
    countDistinct: computed(valueTypes.Long, 'COUNT_DISTINCT'),
    ...(hasExtremes ? { min: computed(own, 'MIN'), max: computed(own, 'MAX') } : {}),
    ...(numbers.has(name)
      ? {
          sum: computed(name === 'Int' ? valueTypes.Long : own, 'SUM'),
          avg: computed(name === 'Int' ? valueTypes.Double : own, 'AVG'),
        }
      : {}),
    ...(times.has(name)
      ? Object.fromEntries(
          Object.entries(dateFunctions).map(([key, soql]) => [key, computed(datePart, soql)]),
        )
      : {}),
  };
}

/** `CurrencyAggregate` and so on: the value of a group, and what is computed over it. */
const aggregates = Object.fromEntries(
  Object.keys(scalars).map((name) => [
    name,
    new GraphQLObjectType({
      name: `${name}Aggregate`,
      fields: {
        value: { type: scalars[name as ScalarName] },
        displayValue: { type: GraphQLString },
        ...(name === 'Picklist' ? { label: { type: GraphQLString } } : {}),
        ...functionsOf(name as ScalarName),
      },
    }),
  ]),
) as Readonly<Record<ScalarName, GraphQLObjectType>>;

const groupByType = new GraphQLEnumType({
  name: 'GroupByType',
  values: { GROUP_BY: {}, ROLLUP: {}, CUBE: {} },
});
const groupByFunction = new GraphQLEnumType({
  name: 'GroupByFunction',
  values: Object.fromEntries(Object.values(dateFunctions).map((name) => [name, {}])),
});
const groupByClause = new GraphQLInputObjectType({
  name: 'GroupByClause',
  fields: { group: { type: GraphQLBoolean } },
});
const groupByDateFunction = new GraphQLInputObjectType({
  name: 'GroupByDateFunction',
  fields: { group: { type: GraphQLBoolean }, function: { type: groupByFunction } },
});
/** A time by itself cannot be grouped, only what a function makes of it. */
const groupByDateTimeFunction = new GraphQLInputObjectType({
  name: 'GroupByDateTimeFunction',
  fields: { function: { type: groupByFunction } },
});

function orderClause(name: string, functions: readonly string[]): GraphQLInputObjectType {
  const computedBy = new GraphQLEnumType({
    name: `AggregateOrderBy${name}Function`,
    values: Object.fromEntries(functions.map((one) => [one, {}])),
  });
  return new GraphQLInputObjectType({
    name: `AggregateOrderBy${name}Clause`,
    fields: {
      function: { type: computedBy },
      order: { type: resultOrder },
      nulls: { type: nullOrder },
    },
  });
}

const textFunctions = ['COUNT', 'COUNT_DISTINCT', 'MIN', 'MAX'];
const orderByText = orderClause('String', textFunctions);
const orderByNumber = orderClause('Number', [...textFunctions, 'SUM', 'AVG']);
const orderByValue = new GraphQLInputObjectType({
  name: 'NoFunctionAggregateOrderByClause',
  fields: { order: { type: resultOrder }, nulls: { type: nullOrder } },
});

function groupInput({ scalar }: ScalarField): GraphQLInputObjectType {
  if (scalar === 'DateTime') return groupByDateTimeFunction;
  return scalar === 'Date' ? groupByDateFunction : groupByClause;
}

function orderInput({ scalar, field }: ScalarField): GraphQLInputObjectType {
  if (field.type === 'reference' || scalar === 'Boolean') return orderByValue;
  return numbers.has(scalar) ? orderByNumber : orderByText;
}

/** Fields that SOQL groups and aggregates, `Id` among them. */
function fieldsOf(object: ObjectDefinition): readonly ScalarField[] {
  const id = findField(object, 'Id');
  return [
    ...(id ? [{ field: id, scalar: 'ID' as const }] : []),
    ...scalarFields(object).filter(
      ({ field, scalar }) =>
        field.filterable && scalar !== 'LongTextArea' && scalar !== 'MultiPicklist',
    ),
  ];
}

/** The types of groups of records, one set per object, made when first asked for. */
export class AggregateTypes {
  private readonly schema: Schema;
  private readonly filters: FilterTypes;
  private readonly made = new Map<string, GraphQLObjectType>();

  constructor(schema: Schema, filters: FilterTypes) {
    this.schema = schema;
    this.filters = filters;
  }

  connection(object: ObjectDefinition): GraphQLObjectType {
    const node = new GraphQLObjectType({
      name: `${object.name}Result`,
      fields: { aggregate: { type: this.aggregate(object) } },
    });
    return connectionType(`${object.name}Aggregate`, node);
  }

  arguments(object: ObjectDefinition): GraphQLFieldConfigArgumentMap {
    return {
      first: { type: GraphQLInt },
      after: { type: GraphQLString },
      scope: { type: GraphQLString },
      where: { type: this.filters.filter(object) },
      groupBy: { type: this.groupBy(object) },
      orderBy: { type: this.orderBy(object) },
    };
  }

  private aggregate(object: ObjectDefinition): GraphQLObjectType {
    let type = this.made.get(object.name);
    if (!type) {
      type = new GraphQLObjectType({
        name: `${object.name}Aggregate`,
        fields: () => this.fields(object),
      });
      this.made.set(object.name, type);
    }
    return type;
  }

  private fields(object: ObjectDefinition): Fields {
    const parents = parentsOf(this.schema, object).map(({ relationship, object: parent }) => [
      relationship,
      { type: this.aggregate(parent), ...from({ kind: 'parent', relationship, object: parent }) },
    ]);
    const own = fieldsOf(object).map(({ field, scalar }) => [
      field.name,
      { type: aggregates[scalar], ...from({ kind: 'value', field }) },
    ]);
    return Object.fromEntries([...parents, ...own]) as Fields;
  }

  private groupBy(object: ObjectDefinition): GraphQLInputObjectType {
    return this.filters.named(`${object.name}_GroupBy`, () => ({
      ...Object.fromEntries(
        fieldsOf(object).map((one) => [one.field.name, { type: groupInput(one) }]),
      ),
      ...this.filters.parents(object, 'GroupBy', (parent) => this.groupBy(parent)),
      type: { type: groupByType },
    }));
  }

  private orderBy(object: ObjectDefinition): GraphQLInputObjectType {
    return this.filters.named(`${object.name}_AggregateOrderBy`, () => ({
      ...Object.fromEntries(
        fieldsOf(object).map((one) => [one.field.name, { type: orderInput(one) }]),
      ),
      ...this.filters.parents(object, 'AggregateOrderBy', (parent) => this.orderBy(parent)),
    }));
  }
}
