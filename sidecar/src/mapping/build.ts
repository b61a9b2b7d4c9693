import type { FieldWriter } from './fields.ts';
import { recordKey, wooKey } from './keys.ts';
import type { Path } from './paths.ts';
import { Refusal } from './refusal.ts';
import type { Settings } from './settings.ts';
import type { BuildResult, Lookup, StoreContext, ValueProblem, WooRecord } from './types.ts';
import { isEmpty, scalarText, type FieldValue } from './values.ts';

/** A lookup field whose object is settled. */
export interface ReferenceWriter {
  readonly path: Path;
  /** Everything but the key. */
  readonly lookup: Omit<Lookup, 'key'>;
}

interface Plan {
  readonly settings: Settings;
  readonly writers: readonly FieldWriter[];
  readonly references: readonly ReferenceWriter[];
}

/** The function that builds rows of a mapping, in one pass over its fields. */
export function builder({ settings, writers, references }: Plan) {
  const { resource, key: keyField, name } = settings;
  return (record: WooRecord, store: StoreContext): BuildResult => {
    const problems: ValueProblem[] = [];
    const key = recordKey(resource, record, store.key);
    if (key === null || key.length > keyField.length) problems.push(keyProblem(settings, key));
    const fields: Record<string, FieldValue> = {};
    const onCreate: Record<string, FieldValue> = {};
    for (const writer of writers) {
      const value = fill(writer, record, store);
      if (value instanceof Refusal) problems.push(fieldProblem(name, writer, value));
      else if (value !== undefined)
        (writer.onCreate ? onCreate : fields)[writer.field.name] = value;
    }
    const lookups: Lookup[] = [];
    for (const reference of references) {
      const part = keyPart(reference, record, store);
      if (part instanceof Refusal) problems.push(referenceProblem(name, reference, part));
      else if (part !== undefined) {
        lookups.push({ ...reference.lookup, key: part === null ? null : wooKey(store.key, part) });
      }
    }
    return key === null || problems.length > 0
      ? { problems }
      : { row: { key, fields, onCreate, lookups } };
  };
}

/** The field's value; undefined leaves it alone. */
function fill(
  { field, source }: FieldWriter,
  record: WooRecord,
  store: StoreContext,
): FieldValue | undefined | Refusal {
  if (source.kind === 'static') return source.value;
  const raw = source.get(record, store);
  const changed = source.apply === null ? raw : source.apply(raw, record);
  if (changed instanceof Refusal) return changed;
  const value = isEmpty(changed) && source.fallback !== null ? source.fallback : undefined;
  if (value !== undefined) return value;
  const converted = changed === undefined ? undefined : source.convert(changed);
  return (converted ?? null) === null && isRequired(field) ? required() : converted;
}

function keyPart(
  { path, lookup }: ReferenceWriter,
  record: WooRecord,
  store: StoreContext,
): string | null | undefined | Refusal {
  const raw = path.get(record, store);
  if (raw === undefined) return lookup.required ? required() : undefined;
  const part = isEmpty(raw) ? null : scalarText(raw);
  if (part instanceof Refusal) return part;
  // Woo writes 0 for none.
  if (part !== null && part !== '0') return part;
  return lookup.required ? required() : null;
}

/** Whether Salesforce refuses the field empty. */
export function isRequired({ nillable, defaultedOnCreate, type }: FieldWriter['field']): boolean {
  return !nillable && !defaultedOnCreate && type !== 'boolean';
}

function required(): Refusal {
  return new Refusal(
    'VALUE_REQUIRED',
    'is empty, and the field is required: fill it in the shop, or give the field mapping a default value',
  );
}

/** Attributes whose values say who somebody is: messages must not repeat them. */
const PERSONAL =
  /^(?:billing|shipping)\b|name|e?mail|phone|address|customer|note|_ip_|user|transaction|^meta_data/;

function fieldProblem(
  mapping: string,
  writer: FieldWriter,
  { code, reason }: Refusal,
): ValueProblem {
  return valueProblem(mapping, writer.field.name, writer.attribute, code, reason);
}

function referenceProblem(
  mapping: string,
  { path, lookup }: ReferenceWriter,
  { code, reason }: Refusal,
): ValueProblem {
  return valueProblem(mapping, lookup.field, path.canonical, code, reason);
}

function valueProblem(
  mapping: string,
  field: string,
  attribute: string,
  code: string,
  reason: string,
): ValueProblem {
  const said = PERSONAL.test(attribute) ? reason.replace(/"[^"]*"/, '(not shown)') : reason;
  return { code, field, attribute, message: `${mapping}: ${attribute} for ${field} ${said}.` };
}

function keyProblem({ name, keyField, key }: Settings, value: string | null): ValueProblem {
  const missing = value === null;
  return {
    code: missing ? 'KEY_MISSING' : 'KEY_TOO_LONG',
    field: keyField,
    attribute: 'id',
    message: missing
      ? `${name}: the record has no id, so it has no key.`
      : `${name}: the record's key has ${value.length} characters, and ${keyField} takes ${key.length}.`,
  };
}
