import { Refusal, unsupported } from '../parse/refusal.ts';
import type { Block, Dml, Expression, Locals, Place, Statement, When } from '../parse/tree.ts';
import {
  ID,
  INTEGER,
  LONG,
  NULL,
  OBJECT,
  SOBJECT,
  STRING,
  typeOf,
  VOID,
  type Type,
} from '../types/type.ts';
import { converted, quoted, usualAccess, type Around, type Code } from './code.ts';
import { completes } from './completion.ts';
import { condition, equality } from './operators.ts';

/** What surrounds statements. */
export interface Surroundings extends Around {
  readonly returns: Type;
  /** Loops inside each other, in which the statement stands. */
  loops: number;
  /** Takes what is wrong; the statements after it are looked at, too. */
  refuse(problem: Refusal): void;
  /** A line that runs. */
  line(at: number): void;
}

/** Marks the line on which a statement stands. */
function mark(around: Surroundings, { at }: Pick<Statement, 'at'>): string {
  around.line(at.line);
  return `$.at(${at.line});`;
}

export function blockCode(around: Surroundings, block: Block): string {
  return around.scope.inside(() => {
    let isReached = true;
    const parts = block.statements.map((one) => {
      if (!isReached) around.refuse(new Refusal(one.at, 'Unreachable statement'));
      isReached &&= completes(one);
      return statementCode(around, one);
    });
    return `{${parts.join('\n')}}`;
  });
}

/** Compiles a statement; one that is refused stops whoever comes to it. */
function statementCode(around: Surroundings, node: Statement): string {
  try {
    return compiled(around, node);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    around.refuse(error);
    return `$.refused(${quoted(error.message)});`;
  }
}

const inner = (around: Surroundings, node: Statement | undefined): string =>
  node ? around.scope.inside(() => statementCode(around, node)) : '';

/** The body of a loop. */
function looped(around: Surroundings, node: Statement | undefined): string {
  around.loops++;
  try {
    return inner(around, node);
  } finally {
    around.loops--;
  }
}

function whileLoop(
  around: Surroundings,
  node: Extract<Statement, { kind: 'while' | 'do' }>,
): string {
  return node.kind === 'while'
    ? `${mark(around, node)}while(${condition(around, node.test)}){$.tick();${looped(around, node.body)}}`
    : `${mark(around, node)}do{$.tick();${looped(around, node.body)}}while(${condition(around, node.test)});`;
}

const isStatement = new Set(['call', 'assign', 'new', 'step', 'chain']);

function compiled(around: Surroundings, node: Statement): string {
  switch (node.kind) {
    case 'block':
      return blockCode(around, node);
    case 'locals':
      return mark(around, node) + locals(around, node);
    case 'expression':
      if (!isStatement.has(node.value.kind)) {
        throw new Refusal(node.at, 'Expression cannot be a statement.');
      }
      return `${mark(around, node)}${around.expression(node.value).js};`;
    case 'if': {
      const test = `${mark(around, node)}if(${condition(around, node.test)}){${inner(around, node.then)}}`;
      return node.otherwise ? `${test}else{${inner(around, node.otherwise)}}` : test;
    }
    case 'while':
    case 'do':
      return whileLoop(around, node);
    case 'for':
    case 'each':
      return around.scope.inside(() => loop(around, node));
    case 'return':
      return mark(around, node) + returned(around, node);
    default:
      return special(around, node);
  }
}

type Special = Extract<
  Statement,
  { kind: 'dml' | 'try' | 'switch' | 'runAs' | 'throw' | 'break' | 'continue' }
>;

function special(around: Surroundings, node: Special): string {
  switch (node.kind) {
    case 'throw': {
      const thrown = around.expression(node.value);
      if (!around.world.isException(thrown.type)) {
        throw new Refusal(
          node.at,
          `Throw expression must be of type exception: ${thrown.type.text}`,
        );
      }
      return `${mark(around, node)}throw $.n(${thrown.js});`;
    }
    case 'break':
    case 'continue':
      if (around.loops === 0) {
        const name = node.kind === 'break' ? 'Break' : 'Continue';
        throw new Refusal(node.at, `${name} statement must be in loop`);
      }
      return `${mark(around, node)}${node.kind};`;
    case 'dml':
      return mark(around, node) + dml(around, node);
    case 'try':
      return tried(around, node);
    case 'switch':
      return switched(around, node);
    case 'runAs': {
      const user = converted(around.world, around.expression(node.user), typeOf('User'), node.at);
      const before = around.temp();
      return `${mark(around, node)}${before}=$.runAs(${user.js});try${blockCode(around, node.block)}finally{$.runAgain(${before});}`;
    }
  }
}

function locals(around: Surroundings, node: Locals): string {
  const type = around.world.resolve(node.type, around.symbol);
  return node.variables
    .map(({ name, value, at }) => {
      const isSet = value !== undefined || !node.isFinal;
      // The variable is there even where its value is refused: what follows is no further problem.
      try {
        const code = value && converted(around.world, around.expression(value), type, value.at);
        const local = around.scope.add(name, type, at, { isFinal: node.isFinal, isSet });
        return `let ${local.js}=${code?.js ?? 'null'};`;
      } catch (error) {
        if (!around.scope.find(name)) around.scope.add(name, type, at);
        throw error;
      }
    })
    .join('');
}

function returned(around: Surroundings, { value, at }: Statement & { kind: 'return' }): string {
  const { returns, world } = around;
  if (!value) {
    if (returns === VOID) return 'return;';
    throw new Refusal(at, `Missing return value: ${returns.text}`);
  }
  if (returns === VOID) throw new Refusal(at, 'Void method must not return a value');
  return `return ${converted(world, around.expression(value), returns, at).js};`;
}

function loop(around: Surroundings, node: Extract<Statement, { kind: 'for' | 'each' }>): string {
  if (node.kind === 'each') return each(around, node);
  const start = mark(around, node);
  const first =
    'kind' in node.first
      ? locals(around, node.first)
      : node.first.map((one) => `${around.expression(one).js};`).join('');
  const test = node.test ? condition(around, node.test) : 'true';
  const then = node.then.map((one) => around.expression(one).js).join(',');
  return `{${start}${first}for(;${test};${then}){$.tick();${looped(around, node.body)}}}`;
}

/** Goes through a list or a set; with a list as its variable, through a query by 200. */
function each(around: Surroundings, node: Statement & { kind: 'each' }): string {
  const { world } = around;
  const type = world.resolve(node.type, around.symbol);
  const of = around.expression(node.of);
  const start = mark(around, node);
  const [item] = of.type.args;
  const isIterable = ['List', 'Set', 'Iterable'].includes(of.type.name);
  if (!isIterable || !item) {
    throw new Refusal(node.at, `Loop must iterate over collection: ${of.type.text}`);
  }
  const isChunked = of.isQuery === true && type.name === 'List';
  const isRow = item === SOBJECT && world.recordOf(type) !== undefined;
  const local = around.scope.add(node.name, type, node.at);
  const found = around.temp();
  const value =
    isChunked || isRow ? found : converted(world, { js: found, type: item }, type, node.at).js;
  const rows = of.rows ?? of.js;
  const values = isChunked ? `$.chunks(${rows})` : `$.values(${rows})`;
  return `${start}for(${found} of ${values}){$.tick();let ${local.js}=${value};${looped(around, node.body)}}`;
}

function tried(around: Surroundings, node: Statement & { kind: 'try' }): string {
  const body = `try${blockCode(around, node.block)}`;
  const last = node.last ? `finally{if($.goesOn())${blockCode(around, node.last)}}` : '';
  if (node.catches.length === 0) return body + last;
  const caught = around.temp();
  const before = new Set<Type>();
  const clauses = node.catches.map(({ type: named, name, block, at }) =>
    around.scope.inside(() => {
      const type = around.world.resolve(named, around.symbol);
      if (!around.world.isException(type)) {
        throw new Refusal(at, `Catch variable must be of type exception: ${type.text}`);
      }
      if (before.has(type)) throw new Refusal(at, `Exception type already caught: ${type.text}`);
      before.add(type);
      const local = around.scope.add(name, type, at);
      const test =
        type.name === 'Exception' ? 'true' : `$.isInstance(${caught},${quoted(type.text)})`;
      return `if(${test}){let ${local.js}=${caught};${blockCode(around, block)}}`;
    }),
  );
  const raw = `${caught}x`;
  return `${body}catch(${raw}){${caught}=$.caught(${raw});${clauses.join('else ')}else throw ${raw};}${last}`;
}

/** What the guide says that a switch is on, and ids, which are written as texts. */
function requireSwitchable({ world }: Surroundings, { type }: Code, at: Place): void {
  const isEnum =
    world.classOf(type)?.declaration.kind === 'enum' ||
    (world.platformOf(type)?.values.length ?? 0) > 0;
  const isBasic = [INTEGER, LONG, STRING, ID, SOBJECT].includes(type);
  if (isBasic || isEnum || world.recordOf(type)) return;
  throw new Refusal(
    at,
    `A switch is on an Integer, Long, String, SObject or enum, not ${type.text}`,
  );
}

function switched(around: Surroundings, node: Statement & { kind: 'switch' }): string {
  const value = around.expression(node.value);
  requireSwitchable(around, value, node.value.at);
  const temp = around.temp();
  const known: Code = { js: temp, type: value.type };
  const isElse = ({ values, type }: When): boolean => values.length === 0 && !type;
  const early = node.whens.slice(0, -1).find(isElse);
  if (early) throw new Refusal(early.at, 'when else must be the last of a switch');
  requireUnlike(node.whens);
  const parts = node.whens.map((when) => {
    if (isElse(when)) return blockCode(around, when.block);
    if (when.type) return whenType(around, when, known);
    const tests = when.values.map((one) => whenTest(around, known, one));
    return `if(${tests.join('||')})${blockCode(around, when.block)}`;
  });
  return `${mark(around, node)}${temp}=${value.js};${parts.join('else ')}`;
}

/** Each value leads one way. Texts differ by their case, names of an enum do not. */
function requireUnlike(whens: readonly When[]): void {
  const seen = new Set<string>();
  for (const value of whens.flatMap(({ values }) => values)) {
    const said = whenText(value);
    if (said === undefined) continue;
    if (seen.has(said)) throw new Refusal(value.at, `Duplicate when value: ${said}`);
    seen.add(said);
  }
}

function whenText(value: Expression): string | undefined {
  if (value.kind === 'name') return value.name.toLowerCase();
  if (value.kind === 'unary') return `${value.operator}${whenText(value.value) ?? ''}`;
  if (value.kind !== 'literal') return undefined;
  return value.type === 'String' ? `'${value.text}'` : value.text;
}

function whenTest(around: Surroundings, value: Code, node: Expression): string {
  const { world } = around;
  if (node.kind === 'name') {
    const own = world.classOf(value.type);
    const names = own ? own.declaration.values : (world.platformOf(value.type)?.values ?? []);
    const at = names.findIndex((one) => one.toLowerCase() === node.name.toLowerCase());
    if (at < 0)
      throw new Refusal(node.at, `Invalid enum value: ${node.name} for ${value.type.text}`);
    const js = own
      ? `$.enumValue(${own.index},${at})`
      : around.links.toValue(value.type.name, names[at] ?? '');
    return `$.same(${value.js},${js})`;
  }
  const literal = around.expression(node);
  if (value.type === INTEGER && literal.type !== INTEGER && literal.type !== NULL) {
    throw new Refusal(node.at, `Invalid when literal: ${literal.type.text}`);
  }
  // Texts by their case, unlike ==.
  if (literal.type.name === 'String') return `${value.js}===${literal.js}`;
  return equality(around, value, literal, node);
}

function whenType(around: Surroundings, when: When, value: Code): string {
  if (!when.type) throw unsupported(when.at, 'when');
  const type = around.world.resolve(when.type, around.symbol);
  return around.scope.inside(() => {
    const local = around.scope.add(when.name, type, when.at);
    const block = blockCode(around, when.block);
    return `if($.isInstance(${value.js},${quoted(type.text)})){let ${local.js}=${value.js};${block}}`;
  });
}

function dml(around: Surroundings, node: Dml): string {
  const { world } = around;
  const records = around.expression(node.records);
  const row = records.type.name === 'List' ? (records.type.args[0] ?? OBJECT) : records.type;
  if (row !== SOBJECT && !world.recordOf(row)) {
    throw new Refusal(node.at, `DML requires SObject or SObject list type: ${records.type.text}`);
  }
  const by = node.by === undefined ? '' : `,${quoted(node.by)}`;
  return `$.dml(${quoted(node.verb)},${records.js},${quoted(node.access ?? usualAccess(around))}${by});`;
}
