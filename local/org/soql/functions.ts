import type { FieldDefinition } from '../model/schema.ts';
import { malformed, notEmulated } from './problem.ts';
import { refuseFormula, type Scope } from './scope.ts';

export interface FunctionCall {
  readonly functionName?: string;
  readonly parameters?: readonly unknown[];
  readonly rawValue?: string;
}

/** An aggregate or a date function as SQL, and the type of what it gives. */
export interface Expression {
  readonly sql: string;
  readonly type: FieldDefinition['type'];
  readonly aggregate: boolean;
}

const dateParts: Readonly<Record<string, (column: string) => string>> = {
  CALENDAR_YEAR: (column) => `CAST(substr(${column}, 1, 4) AS INTEGER)`,
  CALENDAR_MONTH: (column) => `CAST(substr(${column}, 6, 2) AS INTEGER)`,
  CALENDAR_QUARTER: (column) => `((CAST(substr(${column}, 6, 2) AS INTEGER) + 2) / 3)`,
  DAY_IN_MONTH: (column) => `CAST(substr(${column}, 9, 2) AS INTEGER)`,
  HOUR_IN_DAY: (column) => `CAST(substr(${column}, 12, 2) AS INTEGER)`,
  DAY_ONLY: (column) => `substr(${column}, 1, 10)`,
};

const aggregates = new Set(['COUNT', 'COUNT_DISTINCT', 'SUM', 'MIN', 'MAX', 'AVG']);
const numeric = new Set(['int', 'double', 'currency', 'percent']);

export const isAggregate = (call: FunctionCall): boolean =>
  aggregates.has((call.functionName ?? '').toUpperCase());

function aggregate(name: string, sql: string, field: FieldDefinition): Expression {
  if (name === 'COUNT') return { sql: `count(${sql})`, type: 'int', aggregate: true };
  if (name === 'COUNT_DISTINCT') {
    return { sql: `count(DISTINCT ${sql})`, type: 'int', aggregate: true };
  }
  const needsNumber = name === 'SUM' || name === 'AVG';
  if (needsNumber ? !numeric.has(field.type) : ['boolean', 'id', 'textarea'].includes(field.type)) {
    throw malformed(`field ${field.name} does not support aggregate operator ${name}`);
  }
  // SQLite adds doubles as they are; cents are rounded off at the field's own scale.
  const rounded = name === 'SUM' ? `round(sum(${sql}), ${field.scale})` : `${name}(${sql})`;
  return { sql: rounded, type: needsNumber ? 'double' : field.type, aggregate: true };
}

/** @throws ApiError for functions that the local org does not compute */
export function functionSql(scope: Scope, call: FunctionCall): Expression {
  const name = (call.functionName ?? '').toUpperCase();
  const [parameter] = call.parameters ?? [];
  if (typeof parameter !== 'string') throw notEmulated(`${name} without a plain field`);
  const part = dateParts[name];
  if (!part && !aggregates.has(name)) throw notEmulated(`the function ${name}`);
  const column = scope.column(parameter);
  refuseFormula(column);
  const { sql, field } = column;
  if (!part) return aggregate(name, sql, field);
  if (field.type !== 'date' && field.type !== 'datetime') {
    throw malformed(`field ${field.name} does not support the function ${name}`);
  }
  return { sql: part(sql), type: name === 'DAY_ONLY' ? 'date' : 'int', aggregate: false };
}
