import { Refusal, unsupported } from '../parse/refusal.ts';
import type { Dot, Expression, Name, Place } from '../parse/tree.ts';
import type { ClassSymbol, FieldSymbol } from '../symbols/symbols.ts';
import { isPlatformNamespace, isPlatformObject, isPlatformType } from '../types/platform-names.ts';
import { BOOLEAN, OBJECT, SOBJECT, typeOf, type Type } from '../types/type.ts';
import { quoted, sure, sureCode, triggerObject, type Around, type Code } from './code.ts';
import { fieldNamed, isVisible, platformUses } from './members.ts';

const unknown = (at: Place, name: string): Refusal =>
  new Refusal(at, `Variable does not exist: ${name}`);

/** Types begin with a capital, variables by custom do not. */
const isOfPlatform = (name: string): boolean =>
  /^[A-Z]/.test(name) &&
  (isPlatformType(name) || isPlatformNamespace(name) || isPlatformObject(name));

/** Statics of a class, filled when they are first asked for. */
export const staticsOf = ({ index }: ClassSymbol): string => `$.statics(${index})`;

/** A field that a name without a dot means: of the class, of those that it extends, or a static one of those around. */
export function ownField(around: Around, name: string): FieldSymbol | undefined {
  for (let one: ClassSymbol | undefined = around.symbol; one; one = one.outer) {
    const found = fieldNamed(around.world, one, name);
    if (found && (one === around.symbol || found.isStatic)) return found;
  }
  return undefined;
}

function requireVisible(around: Around, field: FieldSymbol, at: Place): void {
  if (!isVisible(around.world, field, around.symbol)) {
    throw new Refusal(at, `Variable is not visible: ${field.owner.name}.${field.name}`);
  }
}

/** Reads a field of an object, or of a class. @param of undefined for a static one */
export function fieldRead(around: Around, field: FieldSymbol, of: string | undefined): Code {
  const { code, owner, type, isStatic, declaration } = field;
  const getter = declaration.property?.getter;
  if (getter?.body && around.accessor !== field) {
    return { js: isStatic ? `s${owner.index}.g${code}()` : `${of ?? 'this'}.g${code}()`, type };
  }
  return { js: `${isStatic ? staticsOf(owner) : (of ?? 'this')}.${code}`, type };
}

/** The variable, field or class that a name means. @throws Refusal where there is none */
export function nameRead(around: Around, { name, at }: Name): Code {
  const local = around.scope.find(name);
  if (local) return { js: local.js, type: local.type };
  const field = ownField(around, name);
  if (!field) throw isOfPlatform(name) ? unsupported(at, name) : unknown(at, name);
  if (!field.isStatic && around.isStatic) {
    throw new Refusal(at, `Non static field cannot be referenced from a static context: ${name}`);
  }
  return fieldRead(around, field, undefined);
}

/** The words of `a.b.c`; undefined for anything else. */
function wordsOf(node: Expression): readonly string[] | undefined {
  if (node.kind === 'name') return [node.name];
  if (node.kind !== 'dot' || node.safe) return undefined;
  const before = wordsOf(node.of);
  return before && [...before, node.name];
}

/** The type that an expression names rather than a value: variables and fields go before types. */
export function typeNamedBy(around: Around, node: Expression): Type | undefined {
  const words = wordsOf(node);
  const [first] = words ?? [];
  if (!words || first === undefined) return undefined;
  if (around.scope.find(first) || ownField(around, first)) return undefined;
  return around.world.typeNamed(words.join('.'), around.symbol);
}

/** In a trigger its lists hold records of its object. */
function ofTrigger({ world, symbol }: Around, type: Type): Type {
  const object = world.records.object(triggerObject(symbol) ?? '');
  if (!object) return type;
  const record = typeOf(object.name);
  return typeOf(type.name, ...type.args.map((one) => (one === SOBJECT ? record : one)));
}

/** What the platform has under a type, and this org does not run; undefined where it has nothing of the name. */
function unrunMember({ world }: Around, type: Type, name: string): string | undefined {
  const member = `${type.text}.${name}`;
  const object = world.recordOf(type);
  const field = object && world.records.member(object, name);
  if (field && field.name !== 'List') return `the field token ${member}`;
  const isObject = type.name === 'SObjectType' && world.records.object(name) !== undefined;
  return isObject || isPlatformType(member) ? member : undefined;
}

/** `Status.OPEN`, `WooGateway.LIMIT`, `RestContext.request`, `Account.SObjectType` */
function staticMember(around: Around, type: Type, node: Dot): Code {
  const { world, symbol, links } = around;
  const { name, at } = node;
  const own = world.classOf(type);
  if (own) {
    const value = own.declaration.values.findIndex(
      (one) => one.toLowerCase() === name.toLowerCase(),
    );
    if (value >= 0) return sureCode(`$.enumValue(${own.index},${value})`, type);
    const field = fieldNamed(world, own, name);
    if (!field?.isStatic) throw unknown(at, `${type.text}.${name}`);
    requireVisible(around, field, at);
    return fieldRead(around, field, undefined);
  }
  const platform = world.platformOf(type);
  const value = platform?.values.find((one) => one.toLowerCase() === name.toLowerCase());
  if (value !== undefined) return sureCode(links.toValue(type.name, value), type);
  const [property] = platformUses(world, type, name, { kind: 'property', isStatic: true });
  if (property) {
    const returns =
      type.name === 'Trigger' ? ofTrigger(around, property.returns) : property.returns;
    return { js: `${links.to(property.member)}()`, type: returns };
  }
  if (world.recordOf(type) && name.toLowerCase() === 'sobjecttype') {
    return sureCode(`$.objectToken(${quoted(type.name)})`, typeOf('SObjectType'));
  }
  const unrun = unrunMember(around, type, name);
  if (unrun !== undefined) throw unsupported(at, unrun);
  if (platform || world.recordOf(type)) throw unknown(at, `${type.text}.${name}`);
  throw unknown(at, symbol.name);
}

/** Reads a member of a value, whose code is not null. */
export function memberRead(around: Around, of: Code, js: string, name: string, at: Place): Code {
  const { world, links } = around;
  const symbol = world.classOf(of.type);
  const field = symbol && fieldNamed(world, symbol, name);
  if (field) {
    requireVisible(around, field, at);
    return fieldRead(around, field, js);
  }
  const object = world.recordOf(of.type);
  const type = object && world.records.member(object, name);
  if (object && type) {
    const isRelation = object.fields.every((one) => one.name.toLowerCase() !== name.toLowerCase());
    const get = type.name === 'List' && isRelation ? 'children' : isRelation ? 'parent' : 'field';
    return { js: `$.${get}(${js},${quoted(name)})`, type, isSure: type === BOOLEAN };
  }
  const [property] = platformUses(world, of.type, name, { kind: 'property', isStatic: false });
  if (property) return { js: `${links.to(property.member)}(${js})`, type: property.returns };
  if (of.type === SOBJECT && name.toLowerCase() === 'id') {
    return { js: `$.field(${js},"Id")`, type: typeOf('Id') };
  }
  throw unknown(at, name);
}

/** A query may stand for its row: then members are those of the row. */
export function rowOf(around: Around, of: Code, name: string, safe = false): Code {
  if (of.isQuery !== true) return of;
  const hasIt = ['method', 'property'].some(
    (kind) =>
      platformUses(around.world, of.type, name, {
        kind: kind as 'method',
        isStatic: false,
      }).length > 0,
  );
  if (hasIt) return of;
  return { js: `$.${safe ? 'rowOrNull' : 'oneRow'}(${of.js})`, type: of.type.args[0] ?? OBJECT };
}

/** What a chain goes on from: `a?.` ends where a is null. */
export function receiver(
  around: Around,
  of: Code,
  safe: boolean,
): { js: string; guard: string | undefined } {
  if (!safe) return { js: sure(of), guard: of.guard };
  const temp = around.temp();
  const test = `(${temp}=${of.js})===null`;
  return { js: temp, guard: of.guard === undefined ? test : `${of.guard}||${test}` };
}

/** Compiles `a.b`, which may be a chain that goes on. */
export function dotRead(around: Around, node: Dot): Code {
  const type = typeNamedBy(around, node.of);
  if (type) return staticMember(around, type, node);
  const of = rowOf(around, around.chain(node.of), node.name, node.safe);
  const { js, guard } = receiver(around, of, node.safe);
  const code = memberRead(around, of, js, node.name, node.at);
  return guard === undefined ? code : { ...code, isSure: false, guard };
}
