import { Refusal } from '../parse/refusal.ts';
import type { ClassDeclaration, Place } from '../parse/tree.ts';
import type { ClassOutline, MethodOutline, Program } from '../run/linked.ts';
import { RecordTypes, type ObjectSource } from '../symbols/records.ts';
import type { ClassSymbol, MethodSymbol } from '../symbols/symbols.ts';
import { World } from '../symbols/world.ts';
import type { Shared } from './bodies.ts';
import { classCode } from './classes.ts';
import { Links } from './links.ts';

/** A source, read. */
export interface Unit {
  /** Full name of the component. */
  readonly name: string;
  readonly declared: ClassDeclaration | Refusal;
}

export interface ApexProblem extends Place {
  readonly message: string;
}

export interface Compiled {
  readonly program: Program;
  /** By name of the component. */
  readonly problems: Readonly<Record<string, readonly ApexProblem[]>>;
}

function methodOutline({
  name,
  code,
  parameters,
  returns,
  isStatic,
  declaration,
}: MethodSymbol): MethodOutline {
  return {
    name,
    code,
    isStatic,
    returns: returns.text,
    line: declaration.at.line,
    parameters: parameters.map((type, at) => ({
      name: declaration.parameters[at]?.name ?? '',
      type: type.text,
    })),
    annotations: declaration.modifiers.annotations,
  };
}

function outlineOf(world: World, symbol: ClassSymbol, lines: ReadonlySet<number>): ClassOutline {
  const { declaration, name, isTest, methods, fields } = symbol;
  return {
    name,
    isTest,
    annotations: declaration.modifiers.annotations,
    methods: methods.map(methodOutline),
    fields: fields
      .filter((one) => !one.isStatic)
      .map((one) => ({
        name: one.name,
        type: one.type.text,
        annotations: one.declaration.modifiers.annotations,
      })),
    supertypes: world.supertypes(symbol.type).map((one) => one.name.toLowerCase()),
    isException: world.isException(symbol.type),
    isAbstract: declaration.kind !== 'class' || declaration.modifiers.words.includes('abstract'),
    values: declaration.values,
    lines: [...lines].sort((one, two) => one - two),
  };
}

/** Classes after those that they extend, as JavaScript wants them. */
function inOrder(world: World): readonly ClassSymbol[] {
  const found: ClassSymbol[] = [];
  const visit = (symbol: ClassSymbol): void => {
    if (found.includes(symbol)) return;
    const base = symbol.base && world.classOf(symbol.base);
    if (base && base !== symbol) visit(base);
    found.push(symbol);
  };
  for (const one of world.classes) visit(one);
  return found;
}

/** A class that extends itself, over others or not, has no order. */
function refuseCircles(
  world: World,
  refuse: (symbol: ClassSymbol, problem: Refusal) => void,
): void {
  for (const symbol of world.classes) {
    const seen = new Set<ClassSymbol>();
    for (
      let one: ClassSymbol | undefined = symbol;
      one;
      one = one.base && world.classOf(one.base)
    ) {
      if (seen.has(one)) {
        refuse(
          symbol,
          new Refusal(symbol.declaration.at, `Class contains circular reference: ${symbol.name}`),
        );
        symbol.base = undefined;
        break;
      }
      seen.add(one);
    }
  }
}

/** Where something is not run here, what else is said of the class may follow from that alone. */
function withoutConsequences(all: readonly ApexProblem[]): readonly ApexProblem[] {
  const unsupported = all.filter(({ message }) => message.startsWith('NOT_EMULATED: '));
  return unsupported.length > 0 ? unsupported : all;
}

/** Compiles all classes of an org. What is refused is in `problems`; the code is whole without them. */
export function compileProgram(units: readonly Unit[], objects: ObjectSource): Compiled {
  const records = new RecordTypes(objects);
  const world = new World(records);
  const problems: Record<string, ApexProblem[]> = {};
  const names = new Map<ClassSymbol, string>();
  const lines = new Map<ClassSymbol, Set<number>>();
  const say = (name: string, { at, message }: Refusal): void => {
    (problems[name] ??= []).push({ ...at, message });
  };
  const refuse = (symbol: ClassSymbol, problem: Refusal): void => {
    say(names.get(symbol.top) ?? symbol.top.name, problem);
  };
  for (const { name, declared } of units) {
    if (declared instanceof Refusal) say(name, declared);
    else names.set(world.declare(declared), name);
  }
  for (const symbol of world.classes) {
    world.link(symbol, (one) => {
      refuse(symbol, one);
    });
    lines.set(symbol, new Set());
  }
  refuseCircles(world, refuse);
  const links = new Links();
  const shared: Shared = {
    world,
    links,
    refuse,
    line: (symbol, at) => {
      if (!symbol.isTest) lines.get(symbol.top)?.add(at);
    },
  };
  const classes = inOrder(world).map((one) => classCode(shared, one));
  const program: Program = {
    classes: world.classes.map((one) => outlineOf(world, one, lines.get(one) ?? new Set())),
    code: [links.code(), ...classes].join('\n'),
    schema: records.facts,
  };
  const said = Object.entries(problems).map(
    ([name, all]) => [name, withoutConsequences(all)] as const,
  );
  return { program, problems: Object.fromEntries(said) };
}
