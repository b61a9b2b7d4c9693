import type { FieldDefinition } from '../model/schema.ts';
import type { Compiled } from './compile.ts';
import type { Named } from './select.ts';

const numbers = new Set<FieldDefinition['type']>(['int', 'double', 'currency', 'percent']);
const notText = new Set<FieldDefinition['type']>(['boolean', 'date', 'datetime', ...numbers]);

const apexTypes: Partial<Record<FieldDefinition['type'], string>> = {
  id: 'Id',
  reference: 'Id',
  boolean: 'Boolean',
  int: 'Integer',
  double: 'Double',
  currency: 'Decimal',
  percent: 'Double',
  date: 'Date',
  datetime: 'Datetime',
};

interface ColumnMetadata {
  readonly aggregate: boolean;
  readonly columnName: string;
  readonly joinColumns: readonly ColumnMetadata[];
  readonly [key: string]: unknown;
}

function metadataOf({ name, written, column, aggregate }: Named): ColumnMetadata {
  const field = column?.field;
  const type = field?.type ?? 'double';
  return {
    aggregate,
    apexType: apexTypes[type] ?? 'String',
    booleanType: type === 'boolean',
    columnName: name,
    custom: field?.custom ?? false,
    // An alias is the name of the column: `sf` heads the column by this one, and finds no value under the function.
    displayName: aggregate && /^expr\d+$/.test(name) ? written : name,
    foreignKeyName: null,
    insertable: field?.createable ?? false,
    joinColumns: [],
    numberType: numbers.has(type),
    textType: !notText.has(type),
    updatable: field?.updateable ?? false,
  };
}

/** A child subquery: `sf` knows one by `aggregate` with columns of its own. */
function childMetadata(child: Compiled, name: string): ColumnMetadata {
  const outer = metadataOf({ name, written: name, column: undefined, aggregate: true });
  return { ...outer, numberType: false, joinColumns: child.selection.named.map(metadataOf) };
}

/** The answer to a query with `columns=true`: what the columns are, without rows. */
export function columnMetadata(compiled: Compiled): unknown {
  const { named, children } = compiled.selection;
  return {
    columnMetadata: [
      ...named.map(metadataOf),
      ...compiled.children.map((child, at) =>
        childMetadata(child, children[at]?.field.childRelationshipName ?? ''),
      ),
    ],
    entityName: compiled.object.name,
    groupBy: compiled.groupedBy,
    idSelected: named.some((one) => one.name.toLowerCase() === 'id'),
    keyPrefix: compiled.object.keyPrefix,
  };
}
