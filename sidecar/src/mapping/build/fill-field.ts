import type { Path } from '../attributes/attribute-path.ts';
import { wooKey } from '../keys/keys.ts';
import { ConversionNote } from '../model/conversion-note.ts';
import type { FieldValue, Lookup, StoreContext, WooRecord, WriteWhen } from '../model/record.ts';
import { Refusal } from '../model/refusal.ts';
import type { FieldSchema } from '../model/schema.ts';
import { isEmpty, scalarText } from '../values/convert.ts';
import type { FieldWriter } from './field-writer.ts';

/** A lookup field whose object is settled. */
export interface ReferenceWriter {
  readonly path: Path;
  readonly writeWhen: WriteWhen;
  /** Everything but the key. */
  readonly lookup: Omit<Lookup, 'key'>;
  /** What stands between store and id in the keys of the records referred to; absent for nothing. */
  readonly keyType?: string;
}

/** What is seen on the way to a value, for who wants to explain it. */
export interface Steps {
  source?: unknown;
  /** By the transform and the value table. */
  transformed?: unknown;
  defaultUsed?: boolean;
  /** What a transform has to say. */
  note?: string;
}

/**
 * The value of a field; undefined leaves it alone.
 * @param steps filled on the way, where given
 */
export function fill(
  { field, source }: FieldWriter,
  record: WooRecord,
  store: StoreContext,
  steps?: Steps,
): FieldValue | undefined | Refusal {
  if (source.kind === 'static') return source.value;
  const raw = source.get(record, store);
  let changed = source.apply === null || raw instanceof Refusal ? raw : source.apply(raw, record);
  if (changed instanceof ConversionNote) {
    if (steps) steps.note = changed.note;
    changed = changed.value;
  }
  const translated = translate(source, changed);
  if (steps) {
    const defaultUsed = takesDefault(source, changed);
    Object.assign(steps, { source: raw, transformed: translated, defaultUsed });
  }
  if (source.fallback !== null && isEmpty(changed)) return source.fallback;
  if (translated instanceof Refusal) return translated;
  const converted = translated === undefined ? undefined : source.convert(translated);
  return (converted ?? null) === null && isRequired(field) ? required() : converted;
}

type Attribute = Exclude<FieldWriter['source'], { kind: 'static' }>;

function translate({ table }: Attribute, value: unknown): unknown {
  return table === null || value instanceof Refusal ? value : table.toSalesforce(value);
}

/** Whether the default stands for a value, or in a list for one of its values. */
function takesDefault({ table, fallback }: Attribute, value: unknown): boolean {
  return fallback !== null && (isEmpty(value) || table?.lacks(value) === true);
}

/** The key of the record that a lookup refers to; null for none, undefined leaves the field alone. */
export function refer(
  { path, lookup, keyType }: ReferenceWriter,
  record: WooRecord,
  store: StoreContext,
): string | null | undefined | Refusal {
  const raw = path.get(record, store);
  if (raw instanceof Refusal) return raw;
  if (raw === undefined) return lookup.required ? required() : undefined;
  const part = isEmpty(raw) ? null : scalarText(raw);
  if (part instanceof Refusal) return part;
  // Woo writes 0 for none.
  if (part !== null && part !== '0')
    return wooKey(store.key, keyType === undefined ? part : `${keyType}:${part}`);
  return lookup.required ? required() : null;
}

/** Whether Salesforce refuses the field empty. */
export function isRequired({ nillable, defaultedOnCreate, type }: FieldSchema): boolean {
  return !nillable && !defaultedOnCreate && type !== 'boolean';
}

function required(): Refusal {
  return new Refusal(
    'VALUE_REQUIRED',
    'is empty, and the field is required: fill it in the shop, or give the field mapping a default value',
  );
}
