import { Refusal, unsupported } from '../parse/refusal.ts';
import type { Call, Expression, Place } from '../parse/tree.ts';
import { chosen } from '../symbols/overloads.ts';
import type { ClassSymbol, MethodSymbol } from '../symbols/symbols.ts';
import { OBJECT, STRING, typeOf, VOID, type Type } from '../types/type.ts';
import { receiver, rowOf, typeNamedBy } from './access.ts';
import { converted, quoted, sure, type Around, type Code } from './code.ts';
import { calledMethod, methodsNamed, noMethod, platformUses, type PlatformUse } from './members.ts';

/** Arguments as the parameters want them. */
export function argumentsFor(
  around: Around,
  args: readonly Code[],
  parameters: readonly Type[],
  at: Place,
): readonly string[] {
  return args.map((one, index) => converted(around.world, one, parameters[index] ?? OBJECT, at).js);
}

/** A query as an argument may stand for its row, where no method takes the list. */
function withRows(around: Around, args: readonly Code[]): readonly Code[] {
  return args.map((one) =>
    one.isQuery === true && around.world.recordOf(one.type.args[0] ?? OBJECT)
      ? { js: `$.oneRow(${one.js})`, type: one.type.args[0] ?? OBJECT }
      : one,
  );
}

const typesOf = (args: readonly Code[]): readonly Type[] => args.map((one) => one.type);

function methodCall(
  around: Around,
  method: MethodSymbol,
  of: string,
  args: readonly Code[],
  at: Place,
): Code {
  const given = argumentsFor(around, args, method.parameters, at).join(',');
  const owner = method.isStatic ? `s${method.owner.index}` : of;
  return { js: `${owner}.${method.code}(${given})`, type: method.returns };
}

function platformCall(
  around: Around,
  { member, parameters, returns }: PlatformUse,
  of: string | undefined,
  args: readonly Code[],
  at: Place,
): Code {
  const given = argumentsFor(around, args, parameters, at);
  const all = of === undefined ? given : [of, ...given];
  const isQuery = member.link.startsWith('Database.static List<SObject> query(');
  const code: Code = { js: `${around.links.to(member)}(${all.join(',')})`, type: returns };
  return isQuery ? { ...code, isQuery } : code;
}

/** A method without a dot: of the class and those that it extends, or a static one of those around. */
function ownCall(around: Around, node: Call): Code {
  const { world, symbol } = around;
  const args = node.args.map((one) => around.expression(one));
  for (let one: ClassSymbol | undefined = symbol; one; one = one.outer) {
    const methods = methodsNamed(world, one, node.name);
    if (methods.length === 0) continue;
    const method = calledMethod(world, methods, {
      name: node.name,
      args: typesOf(args),
      at: node.at,
      from: symbol,
      type: one.type,
    });
    if (!method.isStatic && (around.isStatic || one !== symbol)) {
      throw new Refusal(
        node.at,
        `Non static method cannot be referenced from a static context: ${method.returns.text} ${one.name}.${method.name}()`,
      );
    }
    return methodCall(around, method, 'this', args, node.at);
  }
  const uses = platformUses(world, symbol.type, node.name, { kind: 'method', isStatic: false });
  const use = chosen(world, uses, typesOf(args));
  if (use && !around.isStatic) return platformCall(around, use, 'this', args, node.at);
  throw noMethod(node.at, node.name, typesOf(args), symbol.type);
}

function staticCall(around: Around, type: Type, node: Call): Code {
  const { world, symbol } = around;
  const args = node.args.map((one) => around.expression(one));
  const own = world.classOf(type);
  const named = own ? methodsNamed(world, own, node.name) : [];
  if (named.length > 0) {
    const call = { name: node.name, args: typesOf(args), at: node.at, from: symbol, type };
    const method = calledMethod(world, named, call);
    if (method.isStatic) return methodCall(around, method, '', args, node.at);
    throw new Refusal(
      node.at,
      `Non static method cannot be referenced from a static context: ${method.returns.text} ${type.text}.${method.name}()`,
    );
  }
  if (own?.declaration.kind === 'enum') return enumCall(own, node, args);
  const uses = platformUses(world, type, node.name, { kind: 'method', isStatic: true });
  const use =
    chosen(world, uses, typesOf(args)) ?? chosen(world, uses, typesOf(withRows(around, args)));
  if (use) return platformCall(around, use, undefined, rowsFor(around, use, args), node.at);
  if (isMetadataType(around, type)) return metadataCall(type, node, args);
  if (world.platformOf(type) && uses.length === 0) {
    throw unsupported(node.at, `${type.text}.${node.name}`);
  }
  throw noMethod(node.at, node.name, typesOf(args), type);
}

const rowsFor = (
  around: Around,
  { parameters }: PlatformUse,
  args: readonly Code[],
): readonly Code[] =>
  args.map((one, at) => {
    const [row] = withRows(around, [one]);
    const wanted = parameters[at];
    return row && wanted && !around.world.isAssignable(one.type, wanted) ? row : one;
  });

function enumCall(symbol: ClassSymbol, node: Call, args: readonly Code[]): Code {
  const name = node.name.toLowerCase();
  if (name === 'values' && args.length === 0) {
    return { js: `$.enumList(${symbol.index})`, type: typeOf('List', symbol.type), isSure: true };
  }
  if (name === 'valueof' && args[0]) {
    return { js: `$.enumNamed(${symbol.index},${args[0].js})`, type: symbol.type, isSure: true };
  }
  throw noMethod(node.at, node.name, typesOf(args), symbol.type);
}

const isMetadataType = ({ world }: Around, type: Type): boolean =>
  world.recordOf(type)?.kind === 'customMetadata';

/** `Woo_Store__mdt.getAll()` */
function metadataCall(type: Type, node: Call, args: readonly Code[]): Code {
  const name = node.name.toLowerCase();
  if (name === 'getall' && args.length === 0) {
    const map = typeOf('Map', typeOf('String'), type);
    return { js: `$.metadataRows(${quoted(type.name)})`, type: map, isSure: true };
  }
  if (name === 'getinstance' && args[0]) {
    return { js: `$.metadataRow(${quoted(type.name)},${args[0].js})`, type };
  }
  throw noMethod(node.at, node.name, typesOf(args), type);
}

const calledOnObject = ({ returns, owner, name, parameters }: MethodSymbol, at: Place): Refusal => {
  const types = parameters.map(({ text }) => text).join(', ');
  return new Refusal(
    at,
    `Static method cannot be referenced from a non static context: ${returns.text} ${owner.name}.${name}(${types})`,
  );
};

function instanceCall(
  around: Around,
  node: Call,
  of: Code,
  owner: string,
  args: readonly Code[],
): Code {
  const { world, symbol } = around;
  const own = world.classOf(of.type);
  const named = own ? methodsNamed(world, own, node.name) : [];
  if (named.length > 0) {
    const call = { name: node.name, args: typesOf(args), at: node.at, from: symbol, type: of.type };
    const method = calledMethod(world, named, call);
    if (method.isStatic) throw calledOnObject(method, node.at);
    return methodCall(around, method, owner, args, node.at);
  }
  const platform = world.platformOf(of.type);
  const uses = platformUses(world, of.type, node.name, { kind: 'method', isStatic: false });
  const use =
    chosen(world, uses, typesOf(args)) ?? chosen(world, uses, typesOf(withRows(around, args)));
  if (
    use &&
    platform?.isInterface === true &&
    uses[0]?.member.link.startsWith(`${platform.type.name}.`)
  ) {
    return interfaceCall(around, use, owner, args, node.at);
  }
  if (use) return platformCall(around, use, owner, rowsFor(around, use, args), node.at);
  if (uses.length === 0 && !own && of.type !== OBJECT) {
    throw unsupported(node.at, `${of.type.text}.${node.name}`);
  }
  throw noMethod(node.at, node.name, typesOf(args), of.type);
}

/** A method of an interface of the platform, which a class of the program has. */
function interfaceCall(
  around: Around,
  { member, parameters, returns }: PlatformUse,
  owner: string,
  args: readonly Code[],
  at: Place,
): Code {
  const given = argumentsFor(around, args, parameters, at).join(',');
  const mangled = member.parameters.map((one) => one.text.replace(/\W/g, '_')).join('$');
  return { js: `${owner}.m_${member.name.toLowerCase()}$${mangled}(${given})`, type: returns };
}

/** `record.Name.addError(text)`, which is about the field and not about its value. */
function fieldError(around: Around, { name, of, args, at }: Call): Code | undefined {
  const [text, ...more] = args;
  if (name.toLowerCase() !== 'adderror' || of?.kind !== 'dot' || !text || more.length > 0) {
    return undefined;
  }
  if (typeNamedBy(around, of.of)) return undefined;
  const record = around.expression(of.of);
  const object = around.world.recordOf(record.type);
  const field = object?.fields.find((one) => one.name.toLowerCase() === of.name.toLowerCase());
  if (!field) return undefined;
  const said = converted(around.world, around.expression(text), STRING, at);
  const js = `$.fieldError(${sure(record)},${quoted(field.name)},${said.js})`;
  return { js, type: VOID };
}

/** Compiles `a.b(c)`, which may be a chain that goes on. */
export function call(around: Around, node: Call): Code {
  if (node.of === undefined) return ownCall(around, node);
  if (node.of.kind === 'super') return superCall(around, node);
  const type = typeNamedBy(around, node.of);
  if (type) return staticCall(around, type, node);
  const error = fieldError(around, node);
  if (error) return error;
  const of = rowOf(around, around.chain(node.of), node.name);
  const args = node.args.map((one) => around.expression(one));
  const { js, guard } = receiver(around, of, node.safe);
  const code = instanceCall(around, node, of, js, args);
  return guard === undefined ? code : { ...code, isSure: false, guard };
}

/** `super.method()` */
function superCall(around: Around, node: Call): Code {
  const { base } = around.symbol;
  if (!base || around.isStatic) throw new Refusal(node.at, 'No super class for super');
  const args = node.args.map((one) => around.expression(one));
  const of: Code = { js: 'super', type: base, isSure: true };
  const own = around.world.classOf(base);
  const named = own ? methodsNamed(around.world, own, node.name) : [];
  return named.length > 0
    ? instanceCall(around, node, of, 'super', args)
    : instanceCall(around, node, of, 'this', args);
}

/** `this(…)` and `super(…)`, at the beginning of a constructor. */
export function chained(around: Around, node: Expression & { kind: 'chain' }): Code {
  const { world, symbol, first } = around;
  if (first?.kind !== 'expression' || first.value !== node) {
    throw new Refusal(
      node.at,
      `Call to '${node.to}()' must be the first statement in a constructor method`,
    );
  }
  const args = node.args.map((one) => around.expression(one));
  const isOwn = node.to === 'this';
  const target = isOwn ? symbol : symbol.base && world.classOf(symbol.base);
  const void_ = typeOf('void');
  if (!target) {
    if (!symbol.base || !world.isException(symbol.base))
      throw new Refusal(node.at, 'No super class for super');
    const given = exceptionArguments(around, args, node.at);
    return { js: `$.fillException(this${given})`, type: void_ };
  }
  const found = chosen(world, target.constructors, typesOf(args));
  if (found) {
    const given = argumentsFor(around, args, found.parameters, node.at).join(',');
    return { js: `${isOwn ? 'this' : 'super'}.${found.code}(${given})`, type: void_ };
  }
  if (world.isException(target.type)) {
    return { js: `$.fillException(this${exceptionArguments(around, args, node.at)})`, type: void_ };
  }
  if (args.length === 0 && target.constructors.length === 0) {
    return { js: isOwn ? 'undefined' : 'super.c_$()', type: void_ };
  }
  throw new Refusal(
    node.at,
    `Constructor not defined: [${target.name}].<Constructor>(${typesOf(args)
      .map((one) => one.text)
      .join(', ')})`,
  );
}

/** A message, and an exception as the reason: `,text,reason`. @throws Refusal for anything else */
export function exceptionArguments(around: Around, args: readonly Code[], at: Place): string {
  const { world } = around;
  const [first, second, ...more] = args;
  if (!first) return '';
  const isReason = world.isException(first.type);
  if (more.length > 0 || (isReason && second)) {
    throw new Refusal(at, 'Constructor not defined: an exception takes a message and a cause');
  }
  if (isReason) return `,null,${first.js}`;
  const text = converted(world, first, typeOf('String'), at).js;
  return second ? `,${text},${converted(world, second, typeOf('Exception'), at).js}` : `,${text}`;
}
