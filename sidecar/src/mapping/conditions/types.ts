import type { WooRecord } from '../model/record.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Operator, Test } from './operators.ts';

/** One condition, ready to be tested. */
export interface Condition {
  readonly position: number;
  /** In WooCommerce's words. */
  readonly attribute: string;
  readonly operator: Operator;
  readonly expected: string;
  readonly read: (record: WooRecord) => unknown;
  readonly test: Test;
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
