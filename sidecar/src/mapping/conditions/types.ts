import type { WooRecord } from '../model/record.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Operator } from './operators.ts';

/** Whether a value meets a condition; the other one is that of the attribute that it is compared with, if any. */
type Test = (value: unknown, other: unknown) => boolean;

/** One condition, ready to be tested. */
export interface Condition {
  readonly position: number;
  /** In WooCommerce's words. */
  readonly attribute: string;
  readonly operator: Operator;
  /** '' where it compares with another attribute, or with nothing. */
  readonly expected: string;
  readonly read: (record: WooRecord) => unknown;
  readonly test: Test;
  /** The attribute that it is compared with; null for a value. */
  readonly other: Other | null;
}

interface Other {
  /** In WooCommerce's words. */
  readonly attribute: string;
  readonly read: (record: WooRecord) => unknown;
}

/** The trigger condition of a mapping. */
export interface Conditions {
  /** By position. */
  readonly all: readonly Condition[];
  /** Null where all must be met. */
  readonly logic: string | null;
  /** A record that cannot be asked one of them meets them, so that building its row says why. */
  readonly meets: (record: WooRecord) => boolean;
  /** The first condition whose attribute cannot be read of the record, since a text is broken; null for none. */
  readonly unread: (record: WooRecord) => Unread | null;
}

export interface Unread {
  readonly condition: Pick<Condition, 'position' | 'attribute'>;
  readonly refusal: Refusal;
}
