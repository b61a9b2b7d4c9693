/** Where something stands; line and column count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A type as it is written: `Map<String, List<Account>>`, `Outer.Inner`; an array is a List. */
export interface TypeName {
  readonly at: Place;
  readonly name: string;
  readonly args: readonly TypeName[];
}

interface Node<Kind extends string> {
  readonly kind: Kind;
  readonly at: Place;
}

/** What a query asks for, as far as the compiler must know it. */
export interface QueryOutline {
  readonly object: string;
  readonly at: Place;
  /** Rows as records, their number, or groups. */
  readonly result: 'records' | 'count' | 'aggregate';
  /** Paths of fields of the object, each where it stands: `CreatedBy.Name`. */
  readonly fields: readonly QueryField[];
  /** Of `fields`, those that are selected beside groups and aggregates without being either. */
  readonly ungrouped: readonly QueryField[];
  /** What is filtered by, in the filter and in that of the groups. */
  readonly filters: readonly QueryFilter[];
  /** Subqueries of lists of children, whose `object` is the name of the list. */
  readonly children: readonly QueryOutline[];
}

export interface QueryField {
  readonly path: string;
  readonly at: Place;
}

/** A literal by its kind, or a bound expression by its place among those of the query. */
/** A field, or a function of one, with the values that it is compared with. */
export interface QueryFilter extends QueryField {
  readonly values: readonly FilterValue[];
  /** `CALENDAR_YEAR` */
  readonly by: string | undefined;
  /** Whether groups are filtered. */
  readonly isOfGroups: boolean;
}

export type FilterValue =
  | { readonly literal: 'string' | 'number' | 'boolean' | 'date' | 'dateTime' }
  | { readonly bind: number };

export interface Query extends Node<'query'> {
  /** Text around the bound expressions: one more than there are of these. */
  readonly texts: readonly string[];
  readonly binds: readonly Expression[];
  readonly outline: QueryOutline;
}

export interface Literal extends Node<'literal'> {
  readonly type: 'String' | 'Integer' | 'Long' | 'Decimal' | 'Double' | 'Boolean' | 'null';
  /** Of a text, what it says; otherwise as it is written, without a suffix. */
  readonly text: string;
}

export interface Name extends Node<'name'> {
  readonly name: string;
}

/** `a.b`, and `a?.b` */
export interface Dot extends Node<'dot'> {
  readonly of: Expression;
  readonly name: string;
  readonly safe: boolean;
}

export interface Call extends Node<'call'> {
  /** Undefined for a method of the class itself. */
  readonly of: Expression | undefined;
  readonly name: string;
  readonly args: readonly Expression[];
  readonly safe: boolean;
}

export interface Creation extends Node<'new'> {
  readonly type: TypeName;
  readonly args: readonly Expression[];
}

export interface Assignment extends Node<'assign'> {
  /** `=`, `+=` */
  readonly operator: string;
  readonly target: Expression;
  readonly value: Expression;
}

export interface Binary extends Node<'binary'> {
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Step extends Node<'step'> {
  readonly operator: '+' | '-';
  readonly isPrefix: boolean;
  readonly target: Expression;
}

export type Expression =
  | Literal
  | Name
  | Dot
  | Call
  | Creation
  | Assignment
  | Binary
  | Step
  | Query
  | Node<'this'>
  | Node<'super'>
  | (Node<'chain'> & { readonly to: 'this' | 'super'; readonly args: readonly Expression[] })
  | (Node<'index'> & { readonly of: Expression; readonly index: Expression })
  | (Node<'list'> & { readonly type: TypeName; readonly items: readonly Expression[] })
  | (Node<'array'> & { readonly type: TypeName; readonly size: Expression })
  | (Node<'map'> & {
      readonly type: TypeName;
      readonly pairs: readonly (readonly [Expression, Expression])[];
    })
  | (Node<'cast'> & { readonly type: TypeName; readonly value: Expression })
  | (Node<'instanceof'> & { readonly type: TypeName; readonly value: Expression })
  | (Node<'conditional'> & {
      readonly test: Expression;
      readonly yes: Expression;
      readonly no: Expression;
    })
  | (Node<'unary'> & { readonly operator: string; readonly value: Expression })
  | (Node<'class'> & { readonly type: TypeName });

export interface Block extends Node<'block'> {
  readonly statements: readonly Statement[];
}

interface Variable {
  readonly at: Place;
  readonly name: string;
  readonly value: Expression | undefined;
}

export interface Locals extends Node<'locals'> {
  readonly type: TypeName;
  readonly isFinal: boolean;
  readonly variables: readonly Variable[];
}

interface Catch {
  readonly at: Place;
  readonly type: TypeName;
  readonly name: string;
  readonly block: Block;
}

/** `when 1, 2 { }`, `when Account a { }`, and without values `when else { }` */
export interface When {
  readonly at: Place;
  readonly values: readonly Expression[];
  readonly type: TypeName | undefined;
  readonly name: string;
  readonly block: Block;
}

export interface Dml extends Node<'dml'> {
  readonly verb: 'insert' | 'update' | 'delete' | 'undelete' | 'upsert';
  readonly records: Expression;
  readonly access: 'system' | 'user' | undefined;
  /** Field of an upsert. */
  readonly by: string | undefined;
}

export type Statement =
  | Block
  | Locals
  | Dml
  | (Node<'expression'> & { readonly value: Expression })
  | (Node<'if'> & {
      readonly test: Expression;
      readonly then: Statement;
      readonly otherwise: Statement | undefined;
    })
  | (Node<'while'> & { readonly test: Expression; readonly body: Statement | undefined })
  | (Node<'do'> & { readonly test: Expression; readonly body: Statement })
  | (Node<'for'> & {
      readonly first: Locals | readonly Expression[];
      readonly test: Expression | undefined;
      readonly then: readonly Expression[];
      readonly body: Statement | undefined;
    })
  | (Node<'each'> & {
      readonly type: TypeName;
      readonly name: string;
      readonly of: Expression;
      readonly body: Statement | undefined;
    })
  | (Node<'try'> & {
      readonly block: Block;
      readonly catches: readonly Catch[];
      readonly last: Block | undefined;
    })
  | (Node<'switch'> & { readonly value: Expression; readonly whens: readonly When[] })
  | (Node<'return'> & { readonly value: Expression | undefined })
  | (Node<'throw'> & { readonly value: Expression })
  | Node<'break'>
  | Node<'continue'>
  | (Node<'runAs'> & { readonly user: Expression; readonly block: Block });

/** Modifiers in lower case, and annotations with what stands in their brackets. */
export interface Modifiers {
  readonly words: readonly string[];
  /** `@AuraEnabled(cacheable=true)`: `auraenabled`, `cacheable=true`. */
  readonly annotations: Readonly<Record<string, string>>;
}

export interface Parameter {
  readonly at: Place;
  readonly name: string;
  readonly type: TypeName;
}

export interface MethodDeclaration extends Node<'method'> {
  /** Of a constructor, `<init>`. */
  readonly name: string;
  readonly modifiers: Modifiers;
  /** Undefined for void. */
  readonly returns: TypeName | undefined;
  readonly parameters: readonly Parameter[];
  /** Undefined for an abstract method. */
  readonly body: Block | undefined;
}

export interface FieldDeclaration extends Node<'field'> {
  readonly name: string;
  readonly modifiers: Modifiers;
  readonly type: TypeName;
  readonly value: Expression | undefined;
  /** Undefined for a field that is no property. */
  readonly property: PropertyAccess | undefined;
}

interface PropertyAccess {
  readonly getter: Accessor | undefined;
  readonly setter: Accessor | undefined;
}

export interface Accessor {
  readonly at: Place;
  readonly modifiers: Modifiers;
  /** Undefined for `get;` */
  readonly body: Block | undefined;
}

export interface ClassDeclaration extends Node<'class' | 'interface' | 'enum'> {
  readonly name: string;
  readonly modifiers: Modifiers;
  readonly base: TypeName | undefined;
  readonly interfaces: readonly TypeName[];
  readonly fields: readonly FieldDeclaration[];
  readonly methods: readonly MethodDeclaration[];
  readonly constructors: readonly MethodDeclaration[];
  /** `static { }` and `{ }` */
  readonly initialisers: readonly { readonly isStatic: boolean; readonly block: Block }[];
  readonly inner: readonly ClassDeclaration[];
  /** Values of an enum. */
  readonly values: readonly string[];
}
