import { expectType } from '../check.ts';
import type { Setting } from '../fields.ts';
import { FormulaProblem } from '../problem.ts';
import {
  typed,
  type FormulaContext,
  type FormulaScope,
  type FormulaType,
  type Typed,
  type Value,
} from '../types.ts';

/** A function of the formula language. */
export interface FormulaFunction {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Where it may stand; everywhere when left out. */
  readonly contexts?: readonly FormulaContext[];
  /** @throws FormulaProblem when the operands do not fit */
  readonly build: (operands: readonly Typed[], setting: Setting) => Typed;
}

/** The types that an operand may have. */
type Accepted = readonly FormulaType[];

export const placeOf = (name: string): string => `function '${name}()'`;

export function wrongCount(name: string, expected: string, received: number): FormulaProblem {
  return new FormulaProblem(
    `Incorrect number of parameters for ${placeOf(name)}. Expected ${expected}, received ${received}`,
  );
}

interface Shape {
  readonly name: string;
  readonly operands: readonly Accepted[];
  /** How many of the last operands may be left out. */
  readonly optional?: number;
  readonly contexts?: readonly FormulaContext[];
}

type Compute = (values: readonly Value[], scope: FormulaScope) => Value;

function plain({ name, operands, optional = 0, contexts }: Shape, build: FormulaFunction['build']) {
  const most = operands.length;
  const checked: FormulaFunction['build'] = (given, setting) => {
    for (const [index, one] of given.entries()) {
      expectType(one, operands[index] ?? [], placeOf(name));
    }
    return build(given, setting);
  };
  const counts = { least: most - optional, most, build: checked };
  return contexts ? { name, contexts, ...counts } : { name, ...counts };
}

/** A function that is blank when one of its operands is. */
export const strict = (result: FormulaType, shape: Shape, compute: Compute): FormulaFunction =>
  plain(shape, (operands) =>
    typed(result, (scope) => {
      const values = operands.map((one) => one.run(scope));
      return values.includes(null) ? null : compute(values, scope);
    }),
  );

/** A function that makes something of blank operands. */
export const lenient = (result: FormulaType, shape: Shape, compute: Compute): FormulaFunction =>
  plain(shape, (operands) =>
    typed(result, (scope) =>
      compute(
        operands.map((one) => one.run(scope)),
        scope,
      ),
    ),
  );
