import type { ApexNode } from './apex-parser.ts';
import type { ApexProblem } from './apex-problem.ts';
import { declarations } from './declarations.ts';

/** Fields and variables that are declared twice, by names that may differ in case: the compiler refuses them. */
export function duplicateNames(tree: ApexNode): readonly ApexProblem[] {
  return [...declarations(tree)]
    .filter(({ again }) => again)
    .map(({ name, kind }) => ({ ...name.loc, message: `Duplicate ${kind}: ${name.value}` }));
}
