import { Refusal } from '../parse/refusal.ts';
import type { Place } from '../parse/tree.ts';
import { chosen } from '../symbols/overloads.ts';
import type { PlatformClass, PlatformMember } from '../types/platform.ts';
import type { ClassSymbol, FieldSymbol, MethodSymbol } from '../symbols/symbols.ts';
import { OBJECT, typeOf, type Type } from '../types/type.ts';
import type { World } from '../symbols/world.ts';

/** A member of the platform with the types that its object gives it: of a `List<String>`, E is String. */
export interface PlatformUse {
  readonly member: PlatformMember;
  readonly parameters: readonly Type[];
  readonly returns: Type;
}

function substituted(type: Type, given: ReadonlyMap<string, Type>): Type {
  const found = given.get(type.name);
  if (found) return found;
  return type.args.length === 0
    ? type
    : typeOf(type.name, ...type.args.map((one) => substituted(one, given)));
}

function useOf(member: PlatformMember, owner: PlatformClass, of: Type): PlatformUse {
  if (owner.generics.length === 0) {
    return { member, parameters: member.parameters, returns: member.returns };
  }
  const given = new Map(owner.generics.map((name, at) => [name, of.args[at] ?? OBJECT] as const));
  return {
    member,
    parameters: member.parameters.map((one) => substituted(one, given)),
    returns: substituted(member.returns, given),
  };
}

/** Classes of the platform in which members of a type are found, the nearest first. */
function platformClasses(world: World, type: Type): readonly (readonly [PlatformClass, Type])[] {
  const found: (readonly [PlatformClass, Type])[] = [];
  const add = (one: Type): void => {
    const platform = world.platformOf(one);
    if (platform) found.push([platform, one]);
  };
  add(type);
  for (const one of world.supertypes(type)) add(one);
  const symbol = world.classOf(type);
  const isEnum =
    symbol?.declaration.kind === 'enum' || (world.platformOf(type)?.values.length ?? 0) > 0;
  if (isEnum) add(typeOf('Enum'));
  if (world.recordOf(type)) add(typeOf('SObject'));
  add(OBJECT);
  return found;
}

/** What of the platform a name may be, with all that the type inherits. */
export function platformUses(
  world: World,
  type: Type,
  name: string,
  wanted: { readonly kind: PlatformMember['kind']; readonly isStatic: boolean },
): readonly PlatformUse[] {
  const key = name.toLowerCase();
  return platformClasses(world, type).flatMap(([owner, of]) =>
    owner.members
      .filter(
        (one) =>
          one.kind === wanted.kind &&
          one.isStatic === wanted.isStatic &&
          one.name.toLowerCase() === key,
      )
      .map((one) => useOf(one, owner, of)),
  );
}

/** A class of the program and those that it extends. */
function lineage(world: World, symbol: ClassSymbol): readonly ClassSymbol[] {
  const found: ClassSymbol[] = [];
  const visit = (one: ClassSymbol): void => {
    if (found.includes(one)) return;
    found.push(one);
    const above = [
      ...(one.base ? [one.base] : []),
      ...(one.declaration.kind === 'interface' ? one.interfaces : []),
    ];
    for (const type of above) {
      const next = world.classOf(type);
      if (next) visit(next);
    }
  };
  visit(symbol);
  return found;
}

/** Methods of a name, the class's own first; those that it overrides are left out. */
export function methodsNamed(
  world: World,
  symbol: ClassSymbol,
  name: string,
): readonly MethodSymbol[] {
  const key = name.toLowerCase();
  const found = new Map<string, MethodSymbol>();
  for (const one of lineage(world, symbol)) {
    for (const method of one.methods) {
      if (method.name.toLowerCase() === key && !found.has(method.code))
        found.set(method.code, method);
    }
  }
  if (symbol.declaration.modifiers.words.includes('abstract')) {
    for (const type of symbol.interfaces) {
      const above = world.classOf(type);
      for (const method of above ? methodsNamed(world, above, name) : []) {
        if (!found.has(method.code)) found.set(method.code, method);
      }
    }
  }
  return [...found.values()];
}

export function fieldNamed(
  world: World,
  symbol: ClassSymbol,
  name: string,
): FieldSymbol | undefined {
  const key = name.toLowerCase();
  for (const one of lineage(world, symbol)) {
    const found = one.fields.find((field) => field.name.toLowerCase() === key);
    if (found) return found;
  }
  return undefined;
}

/** Whether a member may be used in a class. */
export function isVisible(
  world: World,
  {
    owner,
    visibility,
    isTestVisible,
  }: Pick<MethodSymbol, 'owner' | 'visibility' | 'isTestVisible'>,
  from: ClassSymbol,
): boolean {
  if (visibility === 'public' || visibility === 'global' || owner.top === from.top) return true;
  if (isTestVisible && from.top.isTest) return true;
  return visibility === 'protected' && lineage(world, from).includes(owner);
}

const listed = (types: readonly Type[]): string => types.map((one) => one.text).join(', ');

export const noMethod = (at: Place, name: string, args: readonly Type[], type: Type): Refusal =>
  new Refusal(
    at,
    `Method does not exist or incorrect signature: void ${name}(${listed(args)}) from the type ${type.text}`,
  );

/** The method that is called. @throws Refusal where none fits, or it may not be used */
export function calledMethod(
  world: World,
  methods: readonly MethodSymbol[],
  {
    name,
    args,
    at,
    from,
    type,
  }: {
    readonly name: string;
    readonly args: readonly Type[];
    readonly at: Place;
    readonly from: ClassSymbol;
    readonly type: Type;
  },
): MethodSymbol {
  const found = chosen(world, methods, args);
  if (!found) throw noMethod(at, name, args, type);
  if (!isVisible(world, found, from)) {
    throw new Refusal(
      at,
      `Method is not visible: ${found.returns.text} ${found.owner.name}.${found.name}(${listed(found.parameters)})`,
    );
  }
  return found;
}
