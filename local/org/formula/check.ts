import { FormulaProblem } from './problem.ts';
import type { FormulaType, Typed } from './types.ts';

/** The place of an operand, as messages name it: `function 'LEN()'`, `operator '+'`. */
export type Place = string;

/** @throws FormulaProblem for a picklist, which few functions take */
export function refusePicklist(operand: Typed): void {
  const name = operand.source ?? '';
  if (operand.type === 'Picklist') {
    throw new FormulaProblem(
      `Field ${name} is a picklist field. Picklist fields are only supported in certain functions.`,
    );
  }
  if (operand.type === 'Multipicklist') {
    throw new FormulaProblem(
      `Field ${name} is a multi-select picklist field. Multi-select picklist fields are only ` +
        'supported in certain functions.',
    );
  }
}

/** A lookup is the id that it holds: text; null is whatever is wanted. */
export const isOf = (operand: Typed, types: readonly FormulaType[]): boolean =>
  types.includes(operand.type) ||
  operand.type === 'Null' ||
  (operand.type === 'Lookup' && types.includes('Text') && !types.includes('Picklist'));

/** @throws FormulaProblem unless the operand is of one of the types */
export function expectType(operand: Typed, types: readonly FormulaType[], place: Place): void {
  if (isOf(operand, types)) return;
  refusePicklist(operand);
  throw new FormulaProblem(
    `Incorrect parameter type for ${place}. Expected ${types.join(', ')}, ` +
      `received ${operand.typeName}`,
  );
}

const kindOf = ({ type }: Typed): FormulaType => (type === 'Lookup' ? 'Text' : type);

/**
 * The type that both have in common.
 * @throws FormulaProblem when they have none, and for picklists
 */
export function commonType(first: Typed, second: Typed, place: Place): FormulaType {
  refusePicklist(first);
  refusePicklist(second);
  if (first.type === 'Null') return kindOf(second);
  if (second.type === 'Null' || kindOf(first) === kindOf(second)) return kindOf(first);
  throw new FormulaProblem(
    `Incorrect parameter type for ${place}. Expected ${first.typeName}, ` +
      `received ${second.typeName}`,
  );
}

/** @throws FormulaProblem when the expression cannot be used there at all */
export function refuseType(operand: Typed, types: readonly FormulaType[], place: Place): void {
  refusePicklist(operand);
  if (types.includes(operand.type)) {
    throw new FormulaProblem(`Incorrect argument type for ${place}.`);
  }
}
