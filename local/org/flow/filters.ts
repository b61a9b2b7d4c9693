import type { FlowRecordFilter } from '@salesforce/types/metadata';
import { isOf } from '../formula/check.ts';
import { pathValue } from '../formula/fields.ts';
import { FormulaProblem, type FormulaScope, type Value } from '../formula/formula.ts';
import { textOf } from '../formula/values.ts';
import type { FieldDefinition, ObjectDefinition } from '../model/schema.ts';
import { listOf } from './parts/lists.ts';
import { asText, type Resources } from './resources.ts';

type Filter = Pick<FlowRecordFilter, 'field' | 'value'> & { readonly operator?: string };

/** A condition of a query, as SOQL for the values of the moment. */
export type Condition = (scope: FormulaScope) => string;

const quoted = (text: string): string => `'${text.replace(/['\\]/g, '\\$&')}'`;

function literal(value: Value, { type }: FieldDefinition): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'boolean') return String(value);
  if (type === 'date') return new Date(value).toISOString().slice(0, 10);
  return type === 'datetime' ? new Date(value).toISOString() : String(value);
}

const comparisons: ReadonlyMap<string, string> = new Map([
  ['EqualTo', '='],
  ['NotEqualTo', '!='],
  ['GreaterThan', '>'],
  ['LessThan', '<'],
  ['GreaterThanOrEqualTo', '>='],
  ['LessThanOrEqualTo', '<='],
]);

const patterns: ReadonlyMap<string, (text: string) => string> = new Map([
  ['StartsWith', (text) => `${text}%`],
  ['EndsWith', (text) => `%${text}`],
  ['Contains', (text) => `%${text}%`],
]);

function fieldOf(name: string, object: ObjectDefinition, resources: Resources) {
  const typed = asText(pathValue(name, name, { ...resources.setting, object }));
  const [field, ...more] = typed.path ?? [];
  if (!field || more.length > 0 || !field.filterable) {
    throw new FormulaProblem(`The field ${name} can't be filtered`);
  }
  return { field, typed };
}

/** One of a collection; of an empty one there is none. */
function among(field: FieldDefinition, given: Filter['value'], resources: Resources): Condition {
  const list = given?.elementReference;
  if (list === undefined || !resources.isList(list)) {
    throw new FormulaProblem(`The operator In takes a collection for the field ${field.name}`);
  }
  return (scope) => {
    const values = listOf(scope, list);
    if (values.length === 0) return 'Id = null';
    return `${field.name} IN (${values.map(quoted).join(', ')})`;
  };
}

/** @throws FormulaProblem when the field cannot be filtered, or the operator or value does not fit */
export function compileFilter(
  { field: name = '', operator = 'None', value: given }: Filter,
  object: ObjectDefinition,
  resources: Resources,
): Condition {
  const { field, typed } = fieldOf(name, object, resources);
  if (operator === 'IsNull') {
    const wanted = resources.value(given, 'Boolean');
    return (scope) => `${field.name} ${wanted.run(scope) === true ? '=' : '!='} null`;
  }
  if (operator === 'In') return among(field, given, resources);
  const value = asText(resources.value(given));
  if (!isOf(value, [typed.type])) {
    throw new FormulaProblem(`A ${value.typeName} can't be compared with the field ${name}`);
  }
  const comparison = comparisons.get(operator);
  if (comparison !== undefined) {
    return (scope) => `${field.name} ${comparison} ${literal(value.run(scope), field)}`;
  }
  const pattern = patterns.get(operator);
  if (pattern === undefined || typed.type !== 'Text') {
    throw new FormulaProblem(
      `The local org does not emulate the operator ${operator} in filters of ${name}.`,
    );
  }
  return (scope) => {
    const text = textOf(value.run(scope)).replace(/['%_\\]/g, '\\$&');
    return `${field.name} LIKE '${pattern(text)}'`;
  };
}
