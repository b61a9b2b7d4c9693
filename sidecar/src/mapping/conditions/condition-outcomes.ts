import type { Operator } from './operators.ts';
import { decimal } from '../values/decimal.ts';
import type { Outcome } from './logic.ts';

/** Outcomes of more conditions than these are not tried: each one doubles them. */
const MOST_CONDITIONS = 12;

/** Whether a logic has the same outcome whatever its conditions say: `1 OR NOT 1`, `1 AND NOT 1`. */
export function fixedOutcome(
  evaluate: (outcome: Outcome) => boolean,
  numbers: ReadonlySet<number>,
): 'always' | 'never' | null {
  const all = [...numbers];
  if (all.length > MOST_CONDITIONS) return null;
  const outcomes = new Set<boolean>();
  for (let bits = 0; bits < 2 ** all.length; bits += 1) {
    outcomes.add(evaluate((number) => Math.floor(bits / 2 ** all.indexOf(number)) % 2 === 1));
    if (outcomes.size > 1) return null;
  }
  return outcomes.has(true) ? 'always' : 'never';
}

interface Equal {
  readonly attribute: string;
  readonly operator: Operator;
  readonly expected: string;
}

/** Two of several conditions that must all be met, and that no single value meets; null for none. */
export function contradiction<T extends Equal>(all: readonly T[]): readonly [T, T] | null {
  const seen = new Map<string, T>();
  for (const one of all) {
    if (one.operator !== 'equals') continue;
    const other = seen.get(one.attribute);
    if (other !== undefined && !sameValue(one.expected, other.expected)) return [other, one];
    seen.set(one.attribute, one);
  }
  return null;
}

function sameValue(a: string, b: string): boolean {
  const [first, second] = [decimal(a), decimal(b)];
  if (first !== null && second !== null) return first.eq(second);
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
