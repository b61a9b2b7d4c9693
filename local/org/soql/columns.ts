import type { FieldDefinition } from '../schema/types.ts';
import type { Compiled } from './compile.ts';

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

function column(name: string, aggregate: boolean, field: FieldDefinition | undefined): unknown {
  const type = field?.type ?? 'double';
  return {
    aggregate,
    apexType: apexTypes[type] ?? 'String',
    booleanType: type === 'boolean',
    columnName: name,
    custom: field?.custom ?? false,
    displayName: name,
    foreignKeyName: null,
    insertable: field?.createable ?? false,
    joinColumns: [],
    numberType: numbers.has(type),
    textType: !notText.has(type),
    updatable: field?.updateable ?? false,
  };
}

/** The answer to a query with `columns=true`: what the columns are, without rows. */
export function columnMetadata(compiled: Compiled): unknown {
  const { named } = compiled.selection;
  const children = compiled.children.map((child, at) => {
    const name = compiled.selection.children[at]?.field.childRelationshipName ?? '';
    const inner = child.selection.named.map((one) =>
      column(one.name, one.aggregate, one.column?.field),
    );
    return { ...(column(name, false, undefined) as object), joinColumns: inner, numberType: false };
  });
  return {
    columnMetadata: [
      ...named.map((one) => column(one.name, one.aggregate, one.column?.field)),
      ...children,
    ],
    entityName: compiled.object.name,
    groupBy: compiled.groupedBy,
    idSelected: named.some((one) => one.name.toLowerCase() === 'id'),
    keyPrefix: compiled.object.keyPrefix,
  };
}
