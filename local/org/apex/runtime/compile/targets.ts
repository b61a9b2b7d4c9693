import { Refusal, unsupported } from '../parse/refusal.ts';
import type { Assignment, Dot, Expression, Place, Step } from '../parse/tree.ts';
import type { FieldSymbol } from '../symbols/symbols.ts';
import { INTEGER, isNumeric, type Type } from '../types/type.ts';
import {
  fieldRead,
  memberRead,
  nameRead,
  ownField,
  receiver,
  rowOf,
  staticsOf,
  typeNamedBy,
} from './access.ts';
import { converted, quoted, sureCode, type Around, type Code } from './code.ts';
import { fieldNamed, isVisible, platformUses } from './members.ts';
import { arithmetic } from './operators.ts';

/** What can be assigned. */
interface Target {
  readonly type: Type;
  /** What must be worked out first, once; empty where there is nothing. */
  readonly before: string;
  readonly read: Code;
  write(value: string): string;
}

/** @throws Refusal for a final field outside of where it gets its value, and one that may only be read */
function requireAssignable(around: Around, field: FieldSymbol, at: Place): void {
  const { world, symbol } = around;
  if (!isVisible(world, { ...field, visibility: field.setVisibility }, symbol)) {
    throw new Refusal(at, `Variable is not visible: ${field.owner.name}.${field.name}`);
  }
  const { property } = field.declaration;
  if (property && !property.setter) {
    throw new Refusal(at, `Field is not writeable: ${field.owner.name}.${field.name}`);
  }
  const isPlace =
    around.sets === (field.isStatic ? 'static' : 'instance') && field.owner === symbol;
  if (field.isFinal && !isPlace) {
    throw new Refusal(
      at,
      `Final members can only be assigned in their declaration, init blocks, or constructors: ${field.name}`,
    );
  }
}

function fieldTarget(around: Around, field: FieldSymbol, of: string, before: string): Target {
  const { code, owner, isStatic, declaration, type } = field;
  const setter = declaration.property?.setter;
  const place = isStatic ? staticsOf(owner) : of;
  const write =
    setter?.body && around.accessor !== field
      ? (value: string) => `${isStatic ? `s${owner.index}` : of}.s${code}(${value})`
      : (value: string) => `(${place}.${code}=${value})`;
  return { type, before, read: fieldRead(around, field, of), write };
}

function nameTarget(around: Around, name: string, at: Place): Target {
  const local = around.scope.find(name);
  if (local) {
    if (local.isFinal && local.isSet) {
      throw new Refusal(at, `Final variable has already been initialized: ${name}`);
    }
    local.isSet = true;
    const read = { js: local.js, type: local.type };
    return { type: local.type, before: '', read, write: (value) => `(${local.js}=${value})` };
  }
  const field = ownField(around, name);
  if (!field) throw new Refusal(at, `Variable does not exist: ${name}`);
  nameRead(around, { kind: 'name', at, name });
  requireAssignable(around, field, at);
  return fieldTarget(around, field, 'this', '');
}

function dotTarget(around: Around, node: Dot): Target {
  const { world, links } = around;
  const named = typeNamedBy(around, node.of);
  if (named) return staticTarget(around, named, node);
  if (node.safe) throw new Refusal(node.at, 'Safe navigation cannot be used in an assignment');
  const of = rowOf(around, around.expression(node.of), node.name);
  const temp = node.of.kind === 'this' ? 'this' : around.temp();
  const before = temp === 'this' ? '' : `${temp}=${receiver(around, of, false).js}`;
  const symbol = world.classOf(of.type);
  const field = symbol && fieldNamed(world, symbol, node.name);
  if (field) {
    requireAssignable(around, field, node.at);
    return fieldTarget(around, field, temp, before);
  }
  const read = memberRead(around, of, temp, node.name, node.at);
  if (world.recordOf(of.type)) {
    const write = (value: string) => `$.put(${temp},${quoted(node.name)},${value})`;
    return { type: read.type, before, read, write };
  }
  const [use] = platformUses(world, of.type, node.name, { kind: 'property', isStatic: false });
  if (!use?.member.set)
    throw new Refusal(node.at, `Field is not writeable: ${of.type.text}.${node.name}`);
  const setter = links.toSetter(use.member);
  return { type: read.type, before, read, write: (value) => `${setter}(${temp},${value})` };
}

function staticTarget(around: Around, type: Type, node: Dot): Target {
  const symbol = around.world.classOf(type);
  const field = symbol && fieldNamed(around.world, symbol, node.name);
  if (field?.isStatic) {
    requireAssignable(around, field, node.at);
    return fieldTarget(around, field, '', '');
  }
  const [use] = platformUses(around.world, type, node.name, { kind: 'property', isStatic: true });
  if (!use?.member.set)
    throw new Refusal(node.at, `Field is not writeable: ${type.text}.${node.name}`);
  const setter = around.links.toSetter(use.member);
  const read = { js: `${around.links.to(use.member)}()`, type: use.returns };
  return { type: use.returns, before: '', read, write: (value) => `${setter}(${value})` };
}

function indexTarget(around: Around, node: Expression & { kind: 'index' }): Target {
  const of = around.expression(node.of);
  const index = converted(around.world, around.expression(node.index), INTEGER, node.index.at);
  const [item] = of.type.args;
  if (of.type.name !== 'List' || !item) {
    throw new Refusal(node.at, `Expression must be a list type: ${of.type.text}`);
  }
  const [list, at] = [around.temp(), around.temp()];
  return {
    type: item,
    before: `${list}=${receiver(around, of, false).js},${at}=${index.js}`,
    read: { js: `$.item(${list},${at})`, type: item },
    write: (value) => `$.setItem(${list},${at},${value})`,
  };
}

function targetOf(around: Around, node: Expression): Target {
  switch (node.kind) {
    case 'name':
      return nameTarget(around, node.name, node.at);
    case 'dot':
      return dotTarget(around, node);
    case 'index':
      return indexTarget(around, node);
    default:
      throw new Refusal(node.at, 'Expression cannot be assigned');
  }
}

const inOrder = (before: string, js: string): string => (before === '' ? js : `(${before},${js})`);

/** Compiles `a = b` and `a += b`. */
export function assignment(around: Around, node: Assignment): Code {
  const { operator } = node;
  // The value before the target: a final variable has no value until it is assigned.
  const value = around.expression(node.value);
  const target = targetOf(around, node.target);
  let next = value;
  if (operator !== '=') {
    const sign = operator.slice(0, -1);
    if (!'+-*/'.includes(sign)) throw unsupported(node.at, `the operator ${operator}`);
    next = arithmetic(around, sign, [target.read, value], node);
  }
  const given = converted(around.world, next, target.type, node.value.at);
  const code: Code = { js: inOrder(target.before, target.write(given.js)), type: target.type };
  return given.isSure === true ? { ...code, isSure: true } : code;
}

/** Compiles `++a` and `a++`. */
export function step(around: Around, node: Step): Code {
  const target = targetOf(around, node.target);
  if (!isNumeric(target.type)) {
    throw new Refusal(
      node.at,
      `Operation ${node.operator} must be of numeric type: ${target.type.text}`,
    );
  }
  if (node.isPrefix) {
    const next = stepped(around, node, target.read, target.type);
    return sureCode(inOrder(target.before, target.write(next)), target.type);
  }
  const before = around.temp();
  const next = stepped(around, node, { js: before, type: target.type }, target.type);
  const js = `(${target.before === '' ? '' : `${target.before},`}${before}=${target.read.js},${target.write(next)},${before})`;
  return sureCode(js, target.type);
}

function stepped(around: Around, node: Step, read: Code, type: Type): string {
  const next = arithmetic(around, node.operator, [read, sureCode('1', INTEGER)], node);
  return converted(around.world, next, type, node.at).js;
}
