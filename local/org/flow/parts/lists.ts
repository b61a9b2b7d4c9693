import type { Flow } from '@salesforce/types/metadata';
import { FormulaProblem, type FormulaScope, type Value } from '../../formula/formula.ts';

/* Collection variables of text. Formulas compute with single values, so a collection is kept as one: JSON. */

/** Whether the flow has a collection variable of that name. */
export const isList = (name: string | undefined, { variables }: Flow): boolean =>
  variables.some((one) => one.name === name && one.isCollection === true);

/** @throws FormulaProblem for a collection of anything but text, or with a start value */
export function checkLists({ variables }: Flow): void {
  const bad = variables.find(
    ({ isCollection, dataType, value }) =>
      isCollection === true && (dataType !== 'String' || value !== undefined),
  );
  if (!bad) return;
  throw new FormulaProblem(
    `The local org has collections of text without a start value only; ${bad.name ?? ''} is another one.`,
  );
}

export const listOf = (scope: FormulaScope, name: string): readonly string[] => {
  const value = scope.variable(name);
  return typeof value === 'string' ? (JSON.parse(value) as string[]) : [];
};

/** The collection with one more text; nothing is added for null. */
export const longer = (list: readonly string[], value: Value): string =>
  JSON.stringify(value === null ? list : [...list, String(value)]);
