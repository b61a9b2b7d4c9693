import { Refusal, unsupported } from '../parse/refusal.ts';
import type { Creation, Expression } from '../parse/tree.ts';
import { chosen } from '../symbols/overloads.ts';
import type { ClassSymbol } from '../symbols/symbols.ts';
import { INTEGER, OBJECT, type Type } from '../types/type.ts';
import { argumentsFor, exceptionArguments } from './calls.ts';
import { converted, quoted, sureCode, type Around, type Code } from './code.ts';
import { isVisible, platformUses } from './members.ts';

const itemTypes = ({ args }: Type): string => `[${args.map((one) => quoted(one.text)).join(',')}]`;

const typesOf = (args: readonly Code[]): string => args.map((one) => one.type.text).join(', ');

/** `new List<String>(others)` */
function collection(around: Around, type: Type, node: Creation): Code {
  const args = node.args.map((one) => around.expression(one));
  const [from, ...more] = args;
  const made = (given: string) =>
    sureCode(`$.collection(${quoted(type.name)},${itemTypes(type)}${given})`, type);
  if (!from) return made('');
  const isSize = type.name === 'List' && from.type === INTEGER;
  const isSource =
    isSize ||
    ['List', 'Set', 'Map'].includes(from.type.name) ||
    around.world.recordOf(from.type.args[0] ?? OBJECT);
  if (more.length > 0 || !isSource) {
    throw new Refusal(
      node.at,
      `Constructor not defined: [${type.text}].<Constructor>(${typesOf(args)})`,
    );
  }
  return made(`,${from.js}`);
}

/** `new Account(Name = 'x')` */
function record(around: Around, type: Type, node: Creation): Code {
  const { world } = around;
  const object = world.recordOf(type);
  if (!object) throw new Refusal(node.at, `Invalid type: ${type.text}`);
  const given = new Set<string>();
  const pairs = node.args.map((one) => {
    if (one.kind !== 'assign' || one.operator !== '=' || one.target.kind !== 'name') {
      throw new Refusal(
        one.at,
        `Invalid constructor syntax, name=value pairs can only be used for SObjects: ${type.text}`,
      );
    }
    const { name } = one.target;
    const member = world.records.member(object, name);
    if (!member) throw new Refusal(one.at, `Field does not exist: ${name} on ${type.text}`);
    if (given.has(name.toLowerCase())) {
      throw new Refusal(one.at, `Duplicate field initialization: ${name}`);
    }
    given.add(name.toLowerCase());
    const value = converted(world, around.expression(one.value), member, one.value.at);
    return `[${quoted(spelling(object.fields, name))},${value.js}]`;
  });
  return sureCode(`$.record(${quoted(type.name)},[${pairs.join(',')}])`, type);
}

const spelling = (fields: readonly { readonly name: string }[], name: string): string =>
  fields.find((one) => one.name.toLowerCase() === name.toLowerCase())?.name ?? name;

function instance(around: Around, symbol: ClassSymbol, node: Creation): Code {
  const { world } = around;
  const { words } = symbol.declaration.modifiers;
  if (symbol.declaration.kind !== 'class' || words.includes('abstract')) {
    throw new Refusal(node.at, `Abstract classes cannot be constructed: ${symbol.name}`);
  }
  const args = node.args.map((one) => around.expression(one));
  const found = chosen(
    world,
    symbol.constructors,
    args.map((one) => one.type),
  );
  const type = symbol.type;
  if (found) {
    if (!isVisible(world, found, around.symbol)) {
      throw new Refusal(
        node.at,
        `Constructor is not visible: [${symbol.name}].<Constructor>(${typesOf(args)})`,
      );
    }
    const given = argumentsFor(around, args, found.parameters, node.at).join(',');
    return sureCode(`new C${symbol.index}().${found.code}(${given})`, type);
  }
  if (world.isException(type)) {
    const given = exceptionArguments(around, args, node.at);
    return sureCode(`$.fillException(new C${symbol.index}().i${symbol.index}()${given})`, type);
  }
  if (args.length === 0 && symbol.constructors.length === 0) {
    return sureCode(`new C${symbol.index}().c_$()`, type);
  }
  throw new Refusal(
    node.at,
    `Constructor not defined: [${symbol.name}].<Constructor>(${typesOf(args)})`,
  );
}

/** Compiles `new A(…)`. */
export function creation(around: Around, node: Creation): Code {
  const { world, symbol, links } = around;
  const type = world.resolve(node.type, symbol);
  if (type.args.length > 0) return collection(around, type, node);
  const own = world.classOf(type);
  if (own) return instance(around, own, node);
  if (world.recordOf(type)) return record(around, type, node);
  const args = node.args.map((one) => around.expression(one));
  const uses = platformUses(world, type, 'new', { kind: 'constructor', isStatic: false });
  const use = chosen(
    world,
    uses.filter(({ returns }) => returns === type),
    args.map((one) => one.type),
  );
  if (!use) {
    if (uses.length === 0) throw unsupported(node.at, `new ${type.text}()`);
    throw new Refusal(
      node.at,
      `Constructor not defined: [${type.text}].<Constructor>(${typesOf(args)})`,
    );
  }
  const given = argumentsFor(around, args, use.parameters, node.at).join(',');
  return sureCode(`${links.to(use.member)}(${given})`, type);
}

/** Compiles `new List<String>{ 'a' }`, and sets. */
export function listLiteral(around: Around, node: Expression & { kind: 'list' }): Code {
  const type = around.world.resolve(node.type, around.symbol);
  const [item] = type.args;
  if (!item || (type.name === 'Map' && node.items.length > 0)) {
    throw new Refusal(node.at, `Invalid initializer type ${type.text}`);
  }
  const items = node.items.map(
    (one) => converted(around.world, around.expression(one), item, one.at).js,
  );
  const js =
    type.name === 'Map'
      ? `$.collection("Map",${itemTypes(type)})`
      : `$.filled(${quoted(type.name)},${quoted(item.text)},[${items.join(',')}])`;
  return sureCode(js, type);
}

/** Compiles `new Map<String, Integer>{ 'a' => 1 }`. */
export function mapLiteral(around: Around, node: Expression & { kind: 'map' }): Code {
  const type = around.world.resolve(node.type, around.symbol);
  const [key, value] = type.args;
  if (type.name !== 'Map' || !key || !value) {
    throw new Refusal(node.at, `Invalid initializer type ${type.text}`);
  }
  const part = (one: Expression, to: Type): string =>
    converted(around.world, around.expression(one), to, one.at).js;
  const pairs = node.pairs.map(([one, two]) => `[${part(one, key)},${part(two, value)}]`);
  return sureCode(`$.map(${quoted(key.text)},${quoted(value.text)},[${pairs.join(',')}])`, type);
}

/** Compiles `new String[3]`. */
export function arrayOf(around: Around, node: Expression & { kind: 'array' }): Code {
  const type = around.world.resolve(node.type, around.symbol);
  const size = converted(around.world, around.expression(node.size), INTEGER, node.at);
  return sureCode(`$.array(${quoted(type.args[0]?.text ?? 'Object')},${size.js})`, type);
}
