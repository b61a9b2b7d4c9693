import { fieldValue, missingField, type Setting } from './fields.ts';
import { call } from './functions/catalog.ts';
import { binary, unary } from './operators.ts';
import { parseFormula, type Expression } from './parse.ts';
import { FormulaProblem } from './problem.ts';
import { isOf, refusePicklist } from './check.ts';
import type { FormulaType, Typed, Value } from './types.ts';

export type { Setting } from './fields.ts';
export { FormulaFault, FormulaProblem } from './problem.ts';
export type { FormulaSchema, FormulaScope, FormulaType, Typed, Value } from './types.ts';

/** Longest formula that can be saved. */
const formulaLimit = 3900;

function compile(expression: Expression, setting: Setting): Typed {
  switch (expression.kind) {
    case 'number':
      return literal('Number', expression.value);
    case 'text':
      return literal('Text', expression.value === '' ? null : expression.value);
    case 'boolean':
      return literal('Boolean', expression.value);
    case 'null':
      return literal('Null', null);
    case 'field':
      return named(expression.path, setting);
    case 'reference':
      if (!setting.reference) throw new FormulaProblem("Syntax error. Found '{'");
      return setting.reference(expression.name);
    case 'unary':
      return unary(expression.operator, compile(expression.operand, setting));
    case 'binary':
      return binary(
        expression.operator,
        compile(expression.left, setting),
        compile(expression.right, setting),
      );
    case 'call':
      return call(
        expression.name,
        expression.operands.map((one) => compile(one, setting)),
        setting,
      );
  }
}

/** Flows name everything in braces; a bare name means nothing to them. */
function named(path: string, setting: Setting): Typed {
  if (setting.reference) throw missingField(path);
  return fieldValue(path, setting);
}

function literal(type: FormulaType, value: Value): Typed {
  return { type, typeName: type, literal: value, run: () => value };
}

/**
 * Reads a formula, checks it against the schema and makes it ready to be computed. What it takes
 * it can compute; what it cannot compute it refuses.
 * @throws FormulaProblem in the words of the platform
 */
export function compileFormula(source: string, setting: Setting): Typed {
  if (source.length > formulaLimit) {
    const [length, limit] = [source.length, formulaLimit].map((one) => one.toLocaleString('en-US'));
    throw new FormulaProblem(
      `Formula is too long (${length ?? ''} characters). Maximum length is ${limit ?? ''} characters`,
    );
  }
  return compile(parseFormula(source), setting);
}

const resultNames: Readonly<Partial<Record<FormulaType, string>>> = { Boolean: 'true or false' };

/** @throws FormulaProblem when the formula gives another type than is wanted of it */
export function expectResult(formula: Typed, wanted: FormulaType): void {
  if (isOf(formula, [wanted])) return;
  refusePicklist(formula);
  throw new FormulaProblem(
    `Formula result is data type (${formula.typeName}), incompatible with expected data type ` +
      `(${resultNames[wanted] ?? wanted}).`,
  );
}
