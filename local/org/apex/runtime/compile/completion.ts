import type { Statement } from '../parse/tree.ts';

type Loop = Extract<Statement, { kind: 'while' | 'do' | 'for' }>;

/** Whether a loop goes on until something leaves it: `for (;;)` has no test. */
const isEndless = ({ test }: Loop): boolean =>
  test === undefined || (test.kind === 'literal' && test.text === 'true');

/** Whether a statement leaves the loop around it. */
function leaves(statement: Statement | undefined): boolean {
  if (!statement) return false;
  switch (statement.kind) {
    case 'break':
      return true;
    case 'block':
      return statement.statements.some(leaves);
    case 'if':
      return leaves(statement.then) || leaves(statement.otherwise);
    case 'try':
      return (
        leaves(statement.block) ||
        statement.catches.some(({ block }) => leaves(block)) ||
        leaves(statement.last)
      );
    case 'switch':
      return statement.whens.some(({ block }) => leaves(block));
    default:
      return false;
  }
}

const triedCompletes = ({ block, catches, last }: Statement & { kind: 'try' }): boolean =>
  (!last || completes(last)) && (completes(block) || catches.some((one) => completes(one.block)));

function switchCompletes({ whens }: Statement & { kind: 'switch' }): boolean {
  const hasElse = whens.some(({ values, type }) => values.length === 0 && !type);
  return !hasElse || whens.some(({ block }) => completes(block));
}

const jumps: ReadonlySet<string> = new Set(['return', 'throw', 'break', 'continue']);

/** Whether what follows a statement can be reached. */
export function completes(statement: Statement): boolean {
  switch (statement.kind) {
    case 'block':
      return statement.statements.every(completes);
    case 'if':
      return !statement.otherwise || completes(statement.then) || completes(statement.otherwise);
    case 'while':
    case 'do':
    case 'for':
      return !isEndless(statement) || leaves(statement.body);
    case 'try':
      return triedCompletes(statement);
    case 'switch':
      return switchCompletes(statement);
    case 'runAs':
      return completes(statement.block);
    default:
      return !jumps.has(statement.kind);
  }
}
