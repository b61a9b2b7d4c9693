import type { ApexNode } from '../../../local/org/metadata/apex/apex-parser.ts';
import type { ApexProblem } from '../../../local/org/metadata/apex/apex-problem.ts';
import { declarations } from '../../../local/org/metadata/apex/declarations.ts';

/**
 * Variables that differ by case alone from a field of their class, such as `meta` from a constant `META`. The compiler
 * takes them, and where both are meant the variable is read.
 */
export function shadowsByCase(tree: ApexNode): readonly ApexProblem[] {
  return [...declarations(tree)].flatMap(({ name, hides }) =>
    hides === undefined || hides === name.value
      ? []
      : [
          {
            ...name.loc,
            message: `${name.value} hides the field ${hides}: Apex does not tell names apart by case. Give it another name.`,
          },
        ],
  );
}
