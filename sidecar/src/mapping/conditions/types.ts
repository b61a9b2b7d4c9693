import type { WooRecord } from '../model/record.ts';
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
  readonly meets: (record: WooRecord) => boolean;
}
