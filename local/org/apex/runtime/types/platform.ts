import { parseType, parseTypes, typeOf, VOID, type Type } from './type.ts';

/** Of the platform's classes, each function takes what the signature says; methods of objects take the object first. */
export type Implementation = (...args: never[]) => unknown;

export interface PlatformMember {
  readonly kind: 'method' | 'constructor' | 'property';
  readonly name: string;
  readonly isStatic: boolean;
  readonly parameters: readonly Type[];
  /** Which of the arguments may be null. */
  readonly nullable: readonly boolean[];
  readonly returns: Type;
  /** By which code refers to it: `String.Boolean startsWith(String)`. */
  readonly link: string;
  readonly run: Implementation;
  /** Of a property that can be set. */
  readonly set: Implementation | undefined;
}

export interface PlatformClass {
  readonly type: Type;
  /** `E`, `K` and `V` in signatures. */
  readonly generics: readonly string[];
  readonly base: string | undefined;
  readonly interfaces: readonly string[];
  readonly isInterface: boolean;
  readonly members: readonly PlatformMember[];
  /** Of an enum. */
  readonly values: readonly string[];
}

/** A field that can be read, and set where `set` is given. */
export interface Property {
  readonly get: Implementation;
  readonly set?: Implementation;
}

/** Members by their signatures, as Apex writes them: `static Boolean isBlank(String?)`; `?` says that it takes null. */
export type Members = Readonly<Record<string, Implementation | Property>>;

const takesNull = new Set(['Object', 'SObject', 'E', 'K', 'V']);

function memberOf(
  owner: string,
  signature: string,
  given: Implementation | Property,
): PlatformMember {
  const isStatic = signature.startsWith('static ');
  const text = isStatic ? signature.slice('static '.length) : signature;
  const [, returns = '', name = '', inside] = /^(?:(\S.*?) )?(\w+)(?:\((.*)\))?$/.exec(text) ?? [];
  const written = parseTypes(inside ?? '');
  const isConstructor = name === 'new' && inside !== undefined;
  return {
    kind: inside === undefined ? 'property' : isConstructor ? 'constructor' : 'method',
    name,
    isStatic,
    parameters: written.map((one) => parseType(one.replace(/\?$/, ''))),
    nullable: written.map((one) => one.endsWith('?') || takesNull.has(one)),
    returns: isConstructor ? typeOf(owner) : returns === 'void' ? VOID : parseType(returns),
    link: `${owner}.${signature}`,
    run: typeof given === 'function' ? given : given.get,
    set: typeof given === 'function' ? undefined : given.set,
  };
}

interface Description {
  readonly generics?: readonly string[];
  readonly base?: string;
  readonly interfaces?: readonly string[];
}

/** A class of the platform. @param name `Database.SaveResult`; `HttpRequest` without its namespace System */
export const platformClass = (
  name: string,
  members: Members,
  { generics = [], base, interfaces = [] }: Description = {},
): PlatformClass => ({
  type: typeOf(name, ...generics.map((one) => typeOf(one))),
  generics,
  base,
  interfaces,
  isInterface: false,
  values: [],
  members: Object.entries(members).map(([signature, given]) => memberOf(name, signature, given)),
});

/** An interface that classes of the program may implement; its methods are called by the platform. */
export const platformInterface = (
  name: string,
  ...signatures: readonly string[]
): PlatformClass => ({
  ...platformClass(name, Object.fromEntries(signatures.map((one) => [one, () => undefined]))),
  isInterface: true,
});

export const platformEnum = (name: string, ...values: readonly string[]): PlatformClass => ({
  ...platformClass(name, {}),
  values,
});
