import { Refusal } from '../parse/refusal.ts';
import type { Modifiers } from '../parse/tree.ts';
import type { ClassSymbol, MethodSymbol } from '../symbols/symbols.ts';
import { OBJECT, SOBJECT, VOID, type Type } from '../types/type.ts';
import type { World } from '../symbols/world.ts';
import type { Shared } from './bodies.ts';

const isOpen = ({ words }: Modifiers): boolean =>
  words.some((one) => one === 'public' || one === 'global');

/** What a request or a result of an invocable method may be; undefined where it may. */
function itemProblem(world: World, item: Type): string | undefined {
  if (item === OBJECT || item === SOBJECT) return `do not support the type List<${item.text}>`;
  if (item.name === 'List') return item.args[0] ? itemProblem(world, item.args[0]) : undefined;
  const own = world.classOf(item);
  if (!own) {
    return item.args.length > 0 ? `do not support the type List<${item.text}>` : undefined;
  }
  const hasVariable = own.declaration.fields.some(
    ({ modifiers }) => 'invocablevariable' in modifiers.annotations,
  );
  return hasVariable
    ? undefined
    : `do not support the type List<${item.text}>, which has no InvocableVariable`;
}

function listProblem(world: World, type: Type, what: string): string | undefined {
  const [item] = type.args;
  return type.name === 'List' && item
    ? itemProblem(world, item)
    : `must have a List as their ${what}, not ${type.text}`;
}

function methodProblem(world: World, method: MethodSymbol): string | undefined {
  const { isStatic, owner, parameters, returns, declaration } = method;
  const { modifiers } = declaration;
  if (owner.outer) return 'must be in an outer class';
  if (!isStatic) return 'must be static';
  if (!isOpen(modifiers)) return 'must be public or global';
  if (Object.keys(modifiers.annotations).length > 1) return 'take no other annotation';
  const [parameter, ...more] = parameters;
  if (more.length > 0) return 'have one parameter at most';
  return (
    (parameter && listProblem(world, parameter, 'parameter')) ??
    (returns === VOID ? undefined : listProblem(world, returns, 'result'))
  );
}

/** What flows may call: one method of a class, with a list in and a list out. */
export function requireInvocable(shared: Shared, symbol: ClassSymbol): void {
  const { world } = shared;
  const called = symbol.methods.filter(
    (one) => 'invocablemethod' in one.declaration.modifiers.annotations,
  );
  for (const [at, method] of called.entries()) {
    const problem =
      at > 0 ? 'are one in a class: this is another one' : methodProblem(world, method);
    if (problem === undefined) continue;
    shared.refuse(
      symbol,
      new Refusal(method.declaration.at, `InvocableMethod methods ${problem}: ${method.name}`),
    );
  }
  for (const { declaration, name, isStatic } of symbol.fields) {
    const { annotations } = declaration.modifiers;
    if (!('invocablevariable' in annotations)) continue;
    if (isOpen(declaration.modifiers) && !isStatic) continue;
    shared.refuse(
      symbol,
      new Refusal(
        declaration.at,
        `InvocableVariable fields must be public or global, and not static: ${name}`,
      ),
    );
  }
}
