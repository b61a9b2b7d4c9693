import type { Conditions } from './compile-conditions.ts';
import type { FieldWriter } from './fields.ts';
import { fill, refer, type ReferenceWriter } from './fill.ts';
import { recordKey } from './keys.ts';
import { Refusal } from './refusal.ts';
import type { Settings } from './settings.ts';
import type { BuildResult, Lookup, StoreContext, ValueProblem, WooRecord } from './types.ts';
import { fieldProblem, keyProblem, referenceProblem } from './value-problems.ts';
import type { FieldValue } from './values.ts';

/** A mapping ready to build rows. */
export interface Plan {
  readonly settings: Settings;
  readonly conditions: Conditions;
  readonly writers: readonly FieldWriter[];
  readonly references: readonly ReferenceWriter[];
}

type Values = Record<string, FieldValue>;

/** The function that builds rows of a mapping, in one pass over its fields. */
export function builder({ settings, writers, references }: Plan) {
  const { resource, key: keyField, name } = settings;
  return (record: WooRecord, store: StoreContext): BuildResult => {
    const problems: ValueProblem[] = [];
    const key = recordKey(resource, record, store.key);
    if (key === null || key.length > keyField.length) problems.push(keyProblem(settings, key));
    const fields: Values = {};
    const onCreate: Values = {};
    const whenEmpty: Values = {};
    const parts = { always: fields, on_create: onCreate, when_empty: whenEmpty };
    for (const writer of writers) {
      const value = fill(writer, record, store);
      if (value instanceof Refusal) problems.push(fieldProblem(name, writer, value));
      else if (value !== undefined) parts[writer.writeWhen][writer.field.name] = value;
    }
    const lookups: Lookup[] = [];
    for (const reference of references) {
      const other = refer(reference, record, store);
      if (other instanceof Refusal) problems.push(referenceProblem(name, reference, other));
      else if (other !== undefined) lookups.push({ ...reference.lookup, key: other });
    }
    return key === null || problems.length > 0
      ? { problems }
      : { row: { key, fields, onCreate, whenEmpty, lookups } };
  };
}
