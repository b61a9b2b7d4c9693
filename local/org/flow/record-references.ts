import type { Flow, FlowRecordLookup } from '@salesforce/types/metadata';
import { missingField, pathValue } from '../formula/fields.ts';
import { FormulaProblem, type Typed, type Value } from '../formula/formula.ts';
import { typed } from '../formula/types.ts';
import { fromApi } from '../formula/values.ts';
import type { FieldDefinition, ObjectDefinition } from '../model/schema.ts';
import { FlowFault } from './fault.ts';
import type { FlowRecord, Interview } from './flow.ts';
import type { FlowSetting } from './references.ts';

/** The element that reads the records which a Get Records element or a loop holds, and how many it holds at a time. */
function heldBy(
  flow: Flow,
  name: string,
): { readonly lookup: FlowRecordLookup; readonly isSingle: boolean } | undefined {
  const lookup = flow.recordLookups.find((one) => one.name === name);
  if (lookup) return { lookup, isSingle: lookup.getFirstRecordOnly === true };
  const loop = flow.loops.find((one) => one.name === name);
  const source = flow.recordLookups.find((one) => one.name === loop?.collectionReference);
  return source && { lookup: source, isSingle: true };
}

/** What names the fields that an element reads. */
type Reading = Pick<FlowRecordLookup, 'queriedFields'> & {
  readonly [Part in 'name' | 'storeOutputAutomatically']?: FlowRecordLookup[Part] | undefined;
};

/** The fields that a flow uses of the records of an element, or of a loop over them. */
function usedOf({ name }: Reading, flow: Flow): readonly string[] {
  const loops = flow.loops.filter((one) => one.collectionReference === name);
  const holders = [name, ...loops.map((one) => one.name)].join('|');
  const all = JSON.stringify(flow).matchAll(new RegExp(`\\b(?:${holders})\\.(\\w+)`, 'gi'));
  return [...all].flatMap(([, field]) => field ?? []);
}

/** The fields that an element reads: those that it names, or else those that are used. The id always comes along. */
export function fieldsOf(
  lookup: Reading,
  object: ObjectDefinition,
  flow: Flow,
): readonly FieldDefinition[] {
  const { queriedFields, storeOutputAutomatically } = lookup;
  const readsUsed = queriedFields.length === 0 && storeOutputAutomatically === true;
  const names = readsUsed ? usedOf(lookup, flow) : queriedFields;
  const wanted = new Set(['id', ...names.map((one) => one.toLowerCase())]);
  return object.fields.filter(({ name }) => wanted.has(name.toLowerCase()));
}

function heldField(
  name: string,
  field: string,
  { lookup, flow }: { readonly lookup: FlowRecordLookup; readonly flow: Flow },
  setting: FlowSetting,
) {
  const object = setting.schema.object(lookup.object ?? '');
  if (!object) throw missingField(name);
  const { type, typeName, path } = pathValue(name, field, { ...setting, object });
  const definition = path?.at(-1);
  if (!definition || path?.length !== 1 || definition.type === 'percent') {
    throw new FormulaProblem(
      `The local org knows own fields of records that a flow has read only, and no percents: ${name}.`,
    );
  }
  if (!fieldsOf(lookup, object, flow).includes(definition)) {
    throw new FormulaProblem(`${name} is not among the queriedFields of ${lookup.name ?? ''}`);
  }
  const [element = ''] = name.split('.');
  return { type, typeName, variable: `${element}.${definition.name}` };
}

/**
 * What `Get_Order` or `Get_Order.Total__c` stands for: a record that the flow has read, null where none was found,
 * or one of its fields.
 * @throws FormulaProblem when no element of that name holds one record
 */
export function recordReference(name: string, flow: Flow, setting: FlowSetting): Typed {
  const [element = '', ...fields] = name.split('.');
  const held = heldBy(flow, element);
  if (!held) throw missingField(name);
  if (!held.isSingle) {
    throw new FormulaProblem(
      `${element} holds several records: the local org loops over them only`,
    );
  }
  if (fields.length === 0) return typed('Text', (scope) => scope.variable(element));
  const of = { lookup: held.lookup, flow };
  const { type, typeName, variable } = heldField(name, fields.join('.'), of, setting);
  return { type, typeName, run: (scope) => scope.variable(variable) };
}

/**
 * What an element reads where a name stands for a field: a Get Records that found nothing has none, and an element that
 * reads one stops the flow. Formulas take it for blank.
 */
export function onlyOfRecords(name: string, value: Typed): Typed {
  const [element = '', ...fields] = name.split('.');
  if (name.startsWith('$') || fields.length === 0) return value;
  return {
    ...value,
    run: (scope) => {
      if (scope.variable(element) !== null) return value.run(scope);
      throw new FlowFault(
        `The flow failed to access the value for ${name} because it hasn't been set or assigned.`,
      );
    },
  };
}

/** A value of the API as flows compute with it: ids in their long form. */
export const flowValue = (value: unknown, field: FieldDefinition): Value =>
  (field.type === 'id' || field.type === 'reference') && typeof value === 'string'
    ? value
    : fromApi(value, field);

/** A flow's value as a call would give it; what is no value of a checkbox is false. */
export function apiValue(field: FieldDefinition, value: Value): Value {
  if (field.type === 'boolean') return value === true;
  if (typeof value !== 'number') return value;
  const iso = (): string => new Date(value).toISOString();
  if (field.type === 'date') return iso().slice(0, 10);
  return field.type === 'datetime' ? iso() : value;
}

/** Makes a record what the element of that name holds; undefined holds none. */
export function hold(
  interview: Interview,
  element: string,
  fields: readonly FieldDefinition[],
  record: FlowRecord | undefined,
): void {
  interview.setVariable(element, record?.get('Id') ?? null);
  for (const { name } of fields) {
    interview.setVariable(`${element}.${name}`, record?.get(name) ?? null);
  }
}
