import { Refusal, unsupported } from '../parse/refusal.ts';
import type { ClassSymbol, MethodSymbol, Visibility } from '../symbols/symbols.ts';
import type { Type } from '../types/type.ts';
import type { World } from '../symbols/world.ts';
import type { Shared } from './bodies.ts';

type Say = (at: Refusal['at'], message: string) => void;

/** Every object has these, without a class of the program above it. */
const OF_ALL = new Set(['tostring', 'equals', 'hashcode']);

/** Parameters of the constructors that the platform gives an exception. */
const OF_EXCEPTIONS = new Set(['', 'String', 'Exception', 'String,Exception']);

const LEVELS: readonly Visibility[] = ['private', 'protected', 'public', 'global'];

const has = ({ declaration }: ClassSymbol | MethodSymbol, ...words: readonly string[]): boolean =>
  words.some((one) => declaration.modifiers.words.includes(one));

const isSeen = ({ visibility }: MethodSymbol): boolean =>
  visibility === 'public' || visibility === 'global';

/** A class and those above it, the nearest first. */
function lineOf(world: World, symbol: ClassSymbol): readonly ClassSymbol[] {
  const base = symbol.base && world.classOf(symbol.base);
  return [symbol, ...(base ? lineOf(world, base) : [])];
}

/** What a class must have of what it extends and implements. */
export function requireWhole(shared: Shared, symbol: ClassSymbol): void {
  const { world } = shared;
  const { declaration } = symbol;
  const say: Say = (at, message) => {
    shared.refuse(symbol, new Refusal(at, message));
  };
  requireInterfaces(shared, symbol);
  if (declaration.kind !== 'class') return;
  if (world.isException(symbol.type)) requireException(symbol, say);
  const base = symbol.base && world.classOf(symbol.base);
  if (symbol.base && !base && !world.isException(symbol.base)) {
    shared.refuse(symbol, unsupported(declaration.at, `extends ${symbol.base.text}`));
  }
  if (base) requireBase(symbol, base, say);
  for (const method of symbol.methods) {
    if (!method.isStatic) requireOverride(world, method, say);
  }
  requireBodies(symbol, say);
  if (!has(symbol, 'abstract')) requireDemanded(world, symbol, say);
}

const isInterface = (world: World, type: Type): boolean =>
  world.classOf(type)?.declaration.kind === 'interface' ||
  world.platformOf(type)?.isInterface === true;

/** Interfaces are of the program or of the platform, each once. */
function requireInterfaces(shared: Shared, symbol: ClassSymbol): void {
  const { declaration, interfaces } = symbol;
  for (const [index, type] of interfaces.entries()) {
    const problem =
      type.name === 'Iterable'
        ? unsupported(declaration.at, `implements ${type.text}`)
        : !isInterface(shared.world, type)
          ? new Refusal(declaration.at, `Invalid interface: ${type.text}`)
          : interfaces.indexOf(type) < index
            ? new Refusal(declaration.at, `Interface already implemented: ${type.text}`)
            : undefined;
    if (problem) shared.refuse(symbol, problem);
  }
}

/** Exceptions have constructors of the platform. */
function requireException({ declaration, constructors }: ClassSymbol, say: Say): void {
  if (!/exception$/i.test(declaration.name)) {
    say(
      declaration.at,
      `Class '${declaration.name}' extending Exception must have a name ending in 'Exception'`,
    );
  }
  for (const { parameters, declaration: made } of constructors) {
    if (OF_EXCEPTIONS.has(parameters.map((one) => one.text).join())) {
      say(made.at, 'System exception constructor already defined: <Constructor>()');
    }
  }
}

function requireBase(symbol: ClassSymbol, base: ClassSymbol, say: Say): void {
  const { declaration, constructors } = symbol;
  if (base.declaration.kind !== 'class') {
    say(declaration.at, `Invalid super type: ${base.name}`);
    return;
  }
  if (!has(base, 'virtual', 'abstract')) {
    say(declaration.at, `Non-virtual and non-abstract type cannot be extended: ${base.name}`);
  }
  const isPlain = base.constructors.every(({ parameters }) => parameters.length > 0);
  if (base.constructors.length === 0 || !isPlain) return;
  const missing = `Constructor not defined: [${base.name}].<Constructor>()`;
  if (constructors.length === 0) say(declaration.at, missing);
  for (const { declaration: made } of constructors) {
    const [first] = made.body?.statements ?? [];
    const isChained = first?.kind === 'expression' && first.value.kind === 'chain';
    if (!isChained) say(made.at, missing);
  }
}

/** The method above in whose place this one stands. */
function overridden(world: World, method: MethodSymbol): MethodSymbol | undefined {
  return lineOf(world, method.owner)
    .slice(1)
    .flatMap((one) => one.methods)
    .find((one) => !one.isStatic && one.visibility !== 'private' && one.code === method.code);
}

function requireOverride(world: World, method: MethodSymbol, say: Say): void {
  const { name, declaration, visibility, returns, owner } = method;
  const text = `${returns.text} ${owner.name}.${name}()`;
  const isMarked = has(method, 'override');
  const above = overridden(world, method);
  if (!above) {
    const isOfPlatform =
      OF_ALL.has(name.toLowerCase()) ||
      world.isException(owner.type) ||
      lineOf(world, owner).some(({ interfaces }) => interfaces.length > 0);
    if (isMarked && !isOfPlatform) {
      say(declaration.at, `Method does not override an ancestor method: ${text}`);
    }
    return;
  }
  const place = `${above.returns.text} ${above.owner.name}.${name}()`;
  if (!isMarked) say(declaration.at, `Method must use the override keyword: ${name}`);
  if (!has(above, 'virtual', 'abstract', 'override')) {
    say(declaration.at, `Non-virtual, non-abstract methods cannot be overridden: ${place}`);
  }
  if (LEVELS.indexOf(visibility) < LEVELS.indexOf(above.visibility)) {
    say(declaration.at, `Cannot reduce the visibility of a overridden method: ${place}`);
  }
  if (returns !== above.returns && !isBelow(world, returns, above.returns)) {
    say(declaration.at, `Method return types clash: ${place} vs ${text}`);
  }
}

const isBelow = (world: World, one: Type, other: Type): boolean =>
  world.supertypes(one).includes(other);

/** Methods have code, but for abstract ones, which are in abstract classes alone. */
function requireBodies(symbol: ClassSymbol, say: Say): void {
  for (const method of symbol.methods) {
    const { body, at } = method.declaration;
    const hasNoCode = has(method, 'abstract');
    const problems = {
      [`Class ${symbol.name} must be abstract to have an abstract method`]:
        hasNoCode && !has(symbol, 'abstract'),
      'Abstract methods cannot have a body': hasNoCode && body,
      'Methods that are not abstract must have a body': !hasNoCode && !body,
    };
    for (const [problem, isThere] of Object.entries(problems)) {
      if (isThere) say(at, `${problem}: ${method.name}`);
    }
  }
}

interface Demanded {
  readonly code: string;
  readonly text: string;
  /** Whether its interface is for others than its own class. */
  readonly isOpen: boolean;
}

function requireDemanded(world: World, symbol: ClassSymbol, say: Say): void {
  const methods = lineOf(world, symbol).flatMap((one) => one.methods);
  for (const wanted of demanded(world, symbol)) {
    const found = methods.find((one) => one.code === wanted.code && one.declaration.body);
    if (!found) {
      say(symbol.declaration.at, `Class ${symbol.name} must implement the method: ${wanted.text}`);
    } else if (wanted.isOpen && !isSeen(found)) {
      say(
        found.declaration.at,
        `Class ${symbol.name}: Overriding implementations of global or public interface methods must be global or public: ${wanted.text}`,
      );
    }
  }
}

/** Methods that abstract classes above and interfaces ask for. */
function demanded(world: World, symbol: ClassSymbol): readonly Demanded[] {
  return world.supertypes(symbol.type).flatMap((type): readonly Demanded[] => {
    const own = world.classOf(type);
    if (own) {
      const isOpen = own.declaration.kind === 'interface' && has(own, 'public', 'global');
      return own.methods
        .filter((one) => !one.declaration.body)
        .map((one) => ({
          code: one.code,
          text: `${one.returns.text} ${type.text}.${one.name}()`,
          isOpen,
        }));
    }
    const platform = world.platformOf(type);
    if (platform?.isInterface !== true) return [];
    return platform.members.map((one) => ({
      code: `m_${one.name.toLowerCase()}$${one.parameters.map((each) => each.text.replace(/\W/g, '_')).join('$')}`,
      text: `${one.returns.text} ${type.text}.${one.name}(${one.parameters.map((each) => each.text).join(', ')})`,
      isOpen: true,
    }));
  });
}
