import {
  GraphQLBoolean,
  GraphQLID,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLString,
  type GraphQLFieldConfigMap,
} from 'graphql';
import { converterOf, isRefused } from '../../data/convert.ts';
import type { FieldDefinition } from '../../model/schema.ts';
import { from } from './sources.ts';

function textScalar(name: string): GraphQLScalarType {
  return new GraphQLScalarType({
    name,
    coerceInputValue(value) {
      if (typeof value === 'string') return value;
      throw new TypeError(`${name} takes a text, and not ${JSON.stringify(value)}.`);
    },
  });
}

function numberScalar(name: string): GraphQLScalarType {
  return new GraphQLScalarType({
    name,
    coerceInputValue(value) {
      if (typeof value === 'number' && Number.isFinite(value)) return value;
      throw new TypeError(`${name} takes a number, and not ${JSON.stringify(value)}.`);
    },
  });
}

/** Days and times in the forms that the REST API takes. */
function timeScalar(name: string, type: 'date' | 'datetime'): GraphQLScalarType {
  const convert = converterOf({ name, label: name, type } as FieldDefinition);
  return new GraphQLScalarType({
    name,
    coerceInputValue(value) {
      if (typeof value === 'string' && value !== '' && !isRefused(convert(value))) return value;
      throw new TypeError(`${name} cannot be ${JSON.stringify(value)}.`);
    },
  });
}

/** By the name that the real schema gives them. Text, a picklist value and an e-mail address are types of their own. */
export const scalars = {
  String: GraphQLString,
  Boolean: GraphQLBoolean,
  Int: GraphQLInt,
  ID: GraphQLID,
  /** An id, or `@{alias}` of an operation before. */
  IdOrRef: textScalar('IdOrRef'),
  Long: numberScalar('Long'),
  Double: numberScalar('Double'),
  Currency: numberScalar('Currency'),
  Percent: numberScalar('Percent'),
  Date: timeScalar('Date', 'date'),
  DateTime: timeScalar('DateTime', 'datetime'),
  Email: textScalar('Email'),
  PhoneNumber: textScalar('PhoneNumber'),
  Url: textScalar('Url'),
  Picklist: textScalar('Picklist'),
  MultiPicklist: textScalar('MultiPicklist'),
  TextArea: textScalar('TextArea'),
  LongTextArea: textScalar('LongTextArea'),
};

export type ScalarName = keyof typeof scalars;

const simple: Partial<Record<FieldDefinition['type'], ScalarName>> = {
  id: 'ID',
  reference: 'ID',
  string: 'String',
  boolean: 'Boolean',
  int: 'Int',
  double: 'Double',
  currency: 'Currency',
  percent: 'Percent',
  date: 'Date',
  datetime: 'DateTime',
  email: 'Email',
  phone: 'PhoneNumber',
  url: 'Url',
  picklist: 'Picklist',
  multipicklist: 'MultiPicklist',
};

/** The scalar of a field; undefined for addresses and bytes, which are not emulated. */
export function scalarOf(field: FieldDefinition): ScalarName | undefined {
  if (field.type === 'textarea') return field.length > 255 ? 'LongTextArea' : 'TextArea';
  return simple[field.type];
}

const fieldValue = new GraphQLInterfaceType({
  name: 'FieldValue',
  fields: { displayValue: { type: GraphQLString } },
});

function valueType(name: ScalarName): GraphQLObjectType {
  const fields: GraphQLFieldConfigMap<unknown, unknown> = {
    value: { type: scalars[name] },
    displayValue: { type: GraphQLString },
    ...(name === 'Picklist' ? { label: { type: GraphQLString } } : {}),
    ...(name === 'Date' || name === 'DateTime' || name === 'Currency'
      ? { format: { type: GraphQLString, ...from({ kind: 'notEmulated', what: 'format' }) } }
      : {}),
  };
  return new GraphQLObjectType({ name: `${name}Value`, interfaces: [fieldValue], fields });
}

/** `StringValue`, `PicklistValue` and so on: what a field of a record is in an answer. */
export const valueTypes = Object.fromEntries(
  Object.keys(scalars).map((name) => [name, valueType(name as ScalarName)]),
) as Readonly<Record<ScalarName, GraphQLObjectType>>;
