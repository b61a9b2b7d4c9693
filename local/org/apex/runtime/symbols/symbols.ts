import type {
  ClassDeclaration,
  FieldDeclaration,
  MethodDeclaration,
  Modifiers,
} from '../parse/tree.ts';
import type { Type } from '../types/type.ts';

export type Visibility = 'private' | 'protected' | 'public' | 'global';

interface Member {
  readonly owner: ClassSymbol;
  readonly name: string;
  readonly isStatic: boolean;
  readonly visibility: Visibility;
  /** Tests may use it, whatever its visibility. */
  readonly isTestVisible: boolean;
}

export interface MethodSymbol extends Member {
  readonly declaration: MethodDeclaration;
  readonly parameters: readonly Type[];
  readonly returns: Type;
  /** Its name in the code. */
  readonly code: string;
}

export interface FieldSymbol extends Member {
  readonly declaration: FieldDeclaration;
  readonly type: Type;
  readonly isFinal: boolean;
  /** Of what assigns it. */
  readonly setVisibility: Visibility;
  /** Its name in the code. */
  readonly code: string;
}

export interface ClassSymbol {
  readonly declaration: ClassDeclaration;
  /** `Outer.Inner` */
  readonly name: string;
  readonly type: Type;
  readonly outer: ClassSymbol | undefined;
  /** The class of the file. */
  readonly top: ClassSymbol;
  readonly index: number;
  readonly isTest: boolean;
  base: Type | undefined;
  interfaces: readonly Type[];
  methods: readonly MethodSymbol[];
  fields: readonly FieldSymbol[];
  constructors: readonly MethodSymbol[];
}

export function visibilityOf({ words }: Modifiers, other: Visibility = 'private'): Visibility {
  const levels = ['global', 'public', 'protected', 'private'] as const;
  if (words.includes('webservice')) return 'global';
  return levels.find((one) => words.includes(one)) ?? other;
}

const mangled = (types: readonly Type[]): string =>
  types.map((one) => one.text.replace(/\W/g, '_')).join('$');

/** The name of a method in the code, which tells its overloads apart. */
export const methodCode = (name: string, parameters: readonly Type[]): string =>
  `m_${name.toLowerCase()}$${mangled(parameters)}`;

export const constructorCode = (parameters: readonly Type[]): string => `c_$${mangled(parameters)}`;

export const fieldCode = (name: string): string => `f_${name.toLowerCase()}`;
