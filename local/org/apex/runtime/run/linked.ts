import type { Value } from '../values/value.ts';

/** An object of a class of the program, whose methods have the names that the compiler gave them. */
export type ApexObject = Readonly<Record<string, (...args: readonly Value[]) => Value>>;

/** What is known of a method from outside. */
export interface MethodOutline {
  readonly name: string;
  /** Its name in the code. */
  readonly code: string;
  readonly parameters: readonly { readonly name: string; readonly type: string }[];
  readonly returns: string;
  readonly isStatic: boolean;
  /** Annotations in lower case, with what stands in their brackets. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly line: number;
}

export interface ClassOutline {
  /** `Outer.Inner` */
  readonly name: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly isTest: boolean;
  readonly methods: readonly MethodOutline[];
  /** Of its fields that are no statics, names as they are spelt. */
  readonly fields: readonly {
    readonly name: string;
    readonly type: string;
    readonly annotations: Readonly<Record<string, string>>;
  }[];
  /** Class and interfaces, those of these too, in lower case. */
  readonly supertypes: readonly string[];
  readonly isException: boolean;
  readonly isAbstract: boolean;
  /** Values of an enum. */
  readonly values: readonly string[];
  /** Lines of statements, which tests are to cover. */
  readonly lines: readonly number[];
}

/** What the compiler makes of the classes of an org. */
export interface Program {
  readonly classes: readonly ClassOutline[];
  /** JavaScript whose result links it: a function of the machine. */
  readonly code: string;
  /** Facts of the schema that the code counts on: `Account.Name` is a `String`. */
  readonly schema: Readonly<Record<string, string>>;
}

/** The code of one class once it is linked. */
export interface LinkedClass {
  readonly outline: ClassOutline;
  /** Makes an object without its constructor having run. */
  readonly create: () => ApexObject;
  /** By their names in the code. */
  readonly statics: Readonly<Record<string, (...args: readonly Value[]) => Value>>;
  /** Fills the static fields of a transaction. */
  readonly initialise: (fields: Record<string, Value>) => void;
}

export interface LinkedProgram {
  readonly program: Program;
  /** In the order of `program.classes`. */
  readonly classes: readonly LinkedClass[];
}
