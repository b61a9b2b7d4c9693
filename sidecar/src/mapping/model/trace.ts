import type { ValueProblem, WriteWhen } from './record.ts';

/** One condition and what decided it. */
interface ConditionTrace {
  readonly position: number;
  /** In WooCommerce's words. */
  readonly attribute: string;
  readonly operator: string;
  /** What the condition compares with; '' for operators that compare with nothing. */
  readonly expected: unknown;
  /** The attribute of which that is the value; null for a value of the condition's own. */
  readonly otherAttribute: string | null;
  /** As the record has it; undefined where the record was sent without it. */
  readonly actual: unknown;
  readonly met: boolean;
}

/** How one field gets its value. */
export interface FieldTrace {
  readonly field: string;
  readonly kind: 'attribute' | 'static' | 'translation';
  /** In WooCommerce's words; '' for a static value. */
  readonly attribute: string;
  /** As the record has it; undefined where the record was sent without it. */
  readonly source: unknown;
  /** With its argument. */
  readonly transform: string;
  /** After the transform and the value table. */
  readonly transformed: unknown;
  /** What is written; undefined leaves the field alone. */
  readonly result: string | number | boolean | null | undefined;
  readonly problem: ValueProblem | null;
  readonly defaultUsed: boolean;
  /** Cut to the field's length. */
  readonly cut: boolean;
  readonly writeWhen: WriteWhen;
  /** What else a person should know, as a sentence. */
  readonly note: string | null;
}

/** Which record a lookup refers to. */
export interface LookupTrace {
  readonly field: string;
  readonly attribute: string;
  readonly source: unknown;
  readonly object: string;
  /** Null clears the field, undefined leaves it alone. */
  readonly key: string | null | undefined;
  readonly problem: ValueProblem | null;
  readonly writeWhen: WriteWhen;
}

/**
 * A record's path through a mapping, for the person who asks why. It holds the record's values, personal
 * ones included: show it, never log it.
 */
export interface Trace {
  /** Null where the record has none, and so cannot be synced. */
  readonly key: string | null;
  /** By position. */
  readonly conditions: readonly ConditionTrace[];
  /** Null where all conditions must be met. */
  readonly logic: string | null;
  readonly met: boolean;
  readonly fields: readonly FieldTrace[];
  readonly lookups: readonly LookupTrace[];
  /** Why no row can be built; empty where one can. */
  readonly problems: readonly ValueProblem[];
}
