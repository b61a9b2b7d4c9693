import {
  compileFormula,
  expectResult,
  FormulaProblem,
  type FormulaType,
  type Setting,
} from '../../../formula/formula.ts';
import type { Plan } from '../../plan/plan.ts';
import { sizeProblem } from './formula-size.ts';

/** What a formula is checked as. */
export interface FormulaUse {
  readonly object: string;
  readonly context: Setting['context'];
  readonly result: FormulaType;
}

/** What is wrong with a formula in the org as planned; undefined when it can be saved. */
export function formulaProblem(source: string, use: FormulaUse, plan: Plan): string | undefined {
  const object = plan.object(use.object);
  if (!object) return undefined;
  const schema = {
    object: (name: string) => plan.object(name),
    hasCustomPermission: (name: string) => plan.has('CustomPermission', name),
  };
  const { context } = use;
  try {
    expectResult(
      compileFormula(source, { object, schema, context, blanksAreZero: false }),
      use.result,
    );
    return sizeProblem(source, object, schema);
  } catch (error) {
    if (error instanceof FormulaProblem) return error.message;
    throw error;
  }
}
