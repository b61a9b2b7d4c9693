import type { Path } from '../attributes/attribute-path.ts';
import type { Getter } from '../attributes/derived-attributes.ts';
import type { Referenced } from '../attributes/referenced-resource.ts';
import type { FieldMappingRow } from '../model/config-rows.ts';
import type { FieldValue, Overflow, WriteWhen } from '../model/record.ts';
import type { FieldSchema } from '../model/schema.ts';
import type { Convert } from '../values/convert.ts';
import type { Apply, Transform } from '../values/transforms.ts';
import type { ValueTable } from '../values/value-table.ts';

/** One field of a row, ready to be filled. */
export interface FieldWriter {
  readonly place: string;
  readonly field: FieldSchema;
  /** '' for a static value. */
  readonly attribute: string;
  readonly transform: Transform;
  /** Of the transform; null for one that takes none. */
  readonly argument: string | null;
  readonly overflow: Overflow;
  readonly writeWhen: WriteWhen;
  readonly source:
    | { readonly kind: 'static'; readonly value: FieldValue }
    | {
        readonly kind: 'attribute';
        readonly get: Getter;
        readonly apply: Apply | null;
        /** Translates what the transform made; null for a value that is written as it is. */
        readonly table: ValueTable | null;
        readonly convert: Convert;
        /** For what is empty or absent, or has no line in the table; null for none. */
        readonly fallback: FieldValue;
      };
}

/** A field that refers to another synced record; which object's key it needs is settled later. */
export interface LookupWriter {
  readonly row: FieldMappingRow;
  readonly field: FieldSchema;
  readonly path: Path;
  /** Whose id the path gives. */
  readonly refersTo: Exclude<Referenced, 'list' | 'none'>;
  readonly writeWhen: WriteWhen;
}
