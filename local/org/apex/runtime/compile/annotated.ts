import { Refusal } from '../parse/refusal.ts';
import type { ClassSymbol, MethodSymbol } from '../symbols/symbols.ts';
import { VOID, type Type } from '../types/type.ts';
import type { Shared } from './bodies.ts';

/** What may be given to code that runs later; lists, sets and maps of these, too. */
const PRIMITIVE = new Set(
  'Blob Boolean Date Datetime Decimal Double Id Integer Long String Time'.split(' '),
);
const COLLECTIONS = new Set(['List', 'Set', 'Map']);

const isPrimitive = ({ name, args }: Type): boolean =>
  PRIMITIVE.has(name) || (COLLECTIONS.has(name) && args.every(isPrimitive));

/** Nobody is there to give arguments to code that the platform calls, or to take what it returns. */
function callProblem({ isStatic, returns }: MethodSymbol): string | undefined {
  if (!isStatic) return 'must be static';
  return returns === VOID ? undefined : 'must return void';
}

function testProblem(method: MethodSymbol): string | undefined {
  const { owner, parameters } = method;
  if (owner.outer) return 'must be in an outer class';
  if (!owner.isTest) return 'must be in test classes';
  return callProblem(method) ?? (parameters.length > 0 ? 'take no parameters' : undefined);
}

function futureProblem(method: MethodSymbol): string | undefined {
  const wrong = method.parameters.find((one) => !isPrimitive(one));
  return callProblem(method) ?? (wrong && `do not support the parameter type ${wrong.text}`);
}

/** By the annotation, in small letters. */
const kinds: readonly (readonly [string, string, (method: MethodSymbol) => string | undefined])[] =
  [
    ['istest', 'Test', testProblem],
    ['testsetup', 'TestSetup', testProblem],
    ['future', 'Future', futureProblem],
  ];

/** What the platform calls by itself has a form that it can call. */
export function requireAnnotated(shared: Shared, symbol: ClassSymbol): void {
  for (const method of symbol.methods) {
    const { annotations } = method.declaration.modifiers;
    for (const [annotation, kind, problemOf] of kinds) {
      const problem = annotation in annotations ? problemOf(method) : undefined;
      if (problem === undefined) continue;
      shared.refuse(
        symbol,
        new Refusal(method.declaration.at, `${kind} methods ${problem}: ${method.name}`),
      );
    }
  }
}
