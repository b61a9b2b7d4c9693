import {
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  type GraphQLInputFieldConfigMap,
  type GraphQLInputType,
} from 'graphql';
import { scalars, type ScalarName } from '../schema/scalars.ts';

const units = ['day', 'week', 'month', 'quarter', 'year'] as const;
const fiscal = ['fiscal_quarter', 'fiscal_year'] as const;
const periods = [...units, ...fiscal].filter((unit) => unit !== 'day');

const dateLiteral = new GraphQLEnumType({
  name: 'DateLiteral',
  values: Object.fromEntries(
    [
      'YESTERDAY',
      'TODAY',
      'TOMORROW',
      'LAST_90_DAYS',
      'NEXT_90_DAYS',
      ...periods.flatMap((unit) =>
        ['LAST', 'THIS', 'NEXT'].map((which) => `${which}_${unit.toUpperCase()}`),
      ),
    ].map((name) => [name, {}]),
  ),
});

/** `range: { last_n_days: 30 }`: the literals of SOQL that take a number. */
const dateRange = new GraphQLInputObjectType({
  name: 'DateRange',
  fields: Object.fromEntries(
    [...units, ...fiscal]
      .flatMap((unit) => [`last_n_${unit}s`, `next_n_${unit}s`, `n_${unit}s_ago`])
      .map((name) => [name, { type: GraphQLInt }]),
  ),
});

const timeInput = (name: 'Date' | 'DateTime'): GraphQLInputObjectType =>
  new GraphQLInputObjectType({
    name: `${name}Input`,
    fields: {
      value: { type: scalars[name] },
      literal: { type: dateLiteral },
      range: { type: dateRange },
    },
  });

const times = { Date: timeInput('Date'), DateTime: timeInput('DateTime') };

const operandOf = (name: ScalarName): GraphQLInputType =>
  name === 'Date' || name === 'DateTime' ? times[name] : scalars[name];

const ordered = ['eq', 'ne', 'lt', 'gt', 'lte', 'gte'];
const texts = new Set<ScalarName>([
  'String',
  'TextArea',
  'Email',
  'PhoneNumber',
  'Url',
  'Picklist',
]);

/** Operators that take one value, and those that take a list. */
function operatorsOf(name: ScalarName): readonly [one: readonly string[], many: readonly string[]] {
  if (name === 'Boolean') return [['eq', 'ne'], []];
  if (name === 'MultiPicklist')
    return [
      ['eq', 'ne'],
      ['includes', 'excludes'],
    ];
  return [texts.has(name) ? [...ordered, 'like'] : ordered, ['in', 'nin']];
}

function operatorType(name: ScalarName): GraphQLInputObjectType {
  const [one, many] = operatorsOf(name);
  const operand = operandOf(name);
  const fields: GraphQLInputFieldConfigMap = {
    ...Object.fromEntries(one.map((operator) => [operator, { type: operand }])),
    ...Object.fromEntries(many.map((operator) => [operator, { type: new GraphQLList(operand) }])),
  };
  return new GraphQLInputObjectType({ name: `${name === 'ID' ? 'Id' : name}Operators`, fields });
}

/** `StringOperators`, `PicklistOperators` and so on: what `where` may ask of a field. */
export const operatorTypes = Object.fromEntries(
  Object.keys(scalars).map((name) => [name, operatorType(name as ScalarName)]),
) as Readonly<Record<ScalarName, GraphQLInputObjectType>>;
