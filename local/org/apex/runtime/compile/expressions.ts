import { Refusal, unsupported } from '../parse/refusal.ts';
import type { Expression, Literal } from '../parse/tree.ts';
import { BOOLEAN, DECIMAL, DOUBLE, INTEGER, LONG, NULL, STRING, typeOf } from '../types/type.ts';
import { dotRead, nameRead } from './access.ts';
import { call, chained } from './calls.ts';
import {
  closed,
  converted,
  isConverted,
  quoted,
  sure,
  sureCode,
  type Around,
  type Code,
} from './code.ts';
import { arrayOf, creation, listLiteral, mapLiteral } from './creations.ts';
import { binary, condition, unary, widest } from './operators.ts';
import { queryCode } from './queries.ts';
import { assignment, step } from './targets.ts';

const MAX_INTEGER = 2_147_483_647;

function literal({ type, text, at }: Literal): Code {
  switch (type) {
    case 'String':
      return sureCode(quoted(text), STRING);
    case 'Boolean':
      return sureCode(text, BOOLEAN);
    case 'Integer':
      if (Number(text) > MAX_INTEGER) throw new Refusal(at, `Illegal integer: ${text}`);
      return sureCode(String(Number(text)), INTEGER);
    case 'Long':
      return sureCode(`${BigInt(text)}n`, LONG);
    case 'Decimal':
      return sureCode(`$.decimal(${quoted(text)})`, DECIMAL);
    case 'Double':
      return sureCode(`$.double(${Number(text)})`, DOUBLE);
    case 'null':
      return { js: 'null', type: NULL };
  }
}

function cast(around: Around, node: Expression & { kind: 'cast' }): Code {
  const { world, symbol } = around;
  const type = world.resolve(node.type, symbol);
  const value = around.expression(node.value);
  if (value.type === type) return value;
  if (value.isQuery === true || isConverted(value.type, type)) {
    return converted(world, value, type, node.at);
  }
  if (!world.isCastable(value.type, type)) {
    throw new Refusal(
      node.at,
      `Incompatible types since an instance of ${value.type.text} is never an instance of ${type.text}`,
    );
  }
  const narrowed = {
    'Long>Integer': 'toInteger',
    'Decimal>Integer': 'toInteger',
    'Double>Integer': 'toInteger',
    'Decimal>Long': 'toWhole',
    'Double>Long': 'toWhole',
  };
  const narrow = (narrowed as Readonly<Record<string, string>>)[`${value.type.name}>${type.name}`];
  if (narrow !== undefined) return { js: `$.${narrow}(${value.js})`, type };
  return { js: `$.cast(${value.js},${quoted(type.text)})`, type };
}

function conditional(around: Around, node: Expression & { kind: 'conditional' }): Code {
  const test = condition(around, node.test);
  const [yes, no] = [around.expression(node.yes), around.expression(node.no)];
  const type = widest(around, yes, no);
  if (!type) {
    throw new Refusal(
      node.at,
      `Incompatible types in ternary operator: ${yes.type.text}, ${no.type.text}`,
    );
  }
  const [a, b] = [
    converted(around.world, yes, type, node.yes.at),
    converted(around.world, no, type, node.no.at),
  ];
  return { js: `(${test}?${a.js}:${b.js})`, type, isSure: a.isSure === true && b.isSure === true };
}

function index(around: Around, node: Expression & { kind: 'index' }): Code {
  const of = around.chain(node.of);
  const [item] = of.type.args;
  if (of.type.name !== 'List' || !item) {
    throw new Refusal(node.at, `Expression must be a list type: ${of.type.text}`);
  }
  const at = converted(around.world, around.expression(node.index), INTEGER, node.index.at);
  const code: Code = { js: `$.item(${sure(of)},${at.js})`, type: item };
  return of.guard === undefined ? code : { ...code, guard: of.guard };
}

function instanceOf(around: Around, node: Expression & { kind: 'instanceof' }): Code {
  const type = around.world.resolve(node.type, around.symbol);
  const value = around.expression(node.value);
  if (!around.world.isCastable(value.type, type)) {
    throw new Refusal(
      node.at,
      `Operation instanceof is always false since an instance of ${value.type.text} is never an instance of ${type.text}`,
    );
  }
  return sureCode(`$.isInstance(${value.js},${quoted(type.text)})`, BOOLEAN);
}

/** Compiles an expression; a chain with `?.` stays open, for what follows is a part of it. */
export function expressionCode(around: Around, node: Expression): Code {
  switch (node.kind) {
    case 'literal':
      return literal(node);
    case 'name':
      return nameRead(around, node);
    case 'this':
      if (around.isStatic)
        throw new Refusal(node.at, 'this cannot be referenced in a static method');
      return sureCode('this', around.symbol.type);
    case 'super':
      throw unsupported(node.at, 'super as a value');
    case 'dot':
      return dotRead(around, node);
    case 'call':
      return call(around, node);
    case 'chain':
      return chained(around, node);
    case 'index':
      return index(around, node);
    case 'new':
      return creation(around, node);
    case 'list':
      return listLiteral(around, node);
    case 'map':
      return mapLiteral(around, node);
    case 'array':
      return arrayOf(around, node);
    default:
      return operation(around, node);
  }
}

type Operation = Exclude<
  Expression,
  {
    kind:
      | ('literal' | 'name' | 'this' | 'super' | 'dot' | 'call' | 'chain' | 'index')
      | ('new' | 'list' | 'map' | 'array');
  }
>;

function operation(around: Around, node: Operation): Code {
  switch (node.kind) {
    case 'cast':
      return cast(around, node);
    case 'instanceof':
      return instanceOf(around, node);
    case 'conditional':
      return conditional(around, node);
    case 'binary':
      return binary(around, node);
    case 'unary':
      return unary(around, node);
    case 'step':
      return step(around, node);
    case 'assign':
      return assignment(around, node);
    case 'query':
      return queryCode(around, node);
    case 'class': {
      const type = around.world.resolve(node.type, around.symbol);
      return sureCode(`$.typeValue(${quoted(type.text)})`, typeOf('Type'));
    }
  }
}

export const closedCode = (around: Around, node: Expression): Code =>
  closed(expressionCode(around, node));
