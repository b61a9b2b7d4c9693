import { z } from 'zod';
import type { ApexNode } from './apex-parser.ts';

/** Nodes that give something a name; methods are not among them. */
const DECLARATION =
  /\.(?:VariableDecl|PropertyDecl|ParameterRefs\$\w+|WhenBlock\$TypeWhen|ForInit|ClassDecl|InterfaceDecl|EnumDecl)$/;
const TYPE = /\.(?:ClassDecl|InterfaceDecl|EnumDecl)$/;
/** Members of a class with code of their own. */
const CODE = /\.(?:MethodDecl|PropertyGetter|PropertySetter|BlockMember\$\w*StmntBlockMember)$/;
const BLOCK = /\.(?:Stmnt\$BlockStmnt|Stmnt\$ForLoop|CatchBlock|WhenBlock\$\w+)$/;

const identifier = z.object({
  value: z.string(),
  loc: z.object({ line: z.number(), column: z.number() }),
});

/** A loop has its variable as a list of one. */
const declaration = z.object({
  name: z.union([identifier, z.tuple([identifier]).transform(([one]) => one)]),
});

/** A name where it is given. */
export type Identifier = z.infer<typeof identifier>;

/** The name that a node gives to a variable, parameter, property or type; most nodes of a tree give none. */
export const nameGivenBy = (node: ApexNode): Identifier | undefined =>
  DECLARATION.test(String(node['@class'])) ? declaration.safeParse(node).data?.name : undefined;

/** A field or variable, and what its name already means there: Apex does not tell names apart by case. */
export interface Declared {
  readonly name: Identifier;
  readonly kind: 'field' | 'variable';
  /** The same field, or a variable of this block or of one around it. */
  readonly again: boolean;
  /** The field that a variable hides, as it is spelt. */
  readonly hides: string | undefined;
}

/** Names as they are spelt, by their lower case. */
class Scope {
  private readonly names = new Map<string, string>();
  private readonly around: Scope | undefined;

  constructor(around?: Scope) {
    this.around = around;
  }

  spelling(name: string): string | undefined {
    return this.names.get(name.toLowerCase()) ?? this.around?.spelling(name);
  }

  hasOwn(name: string): boolean {
    return this.names.has(name.toLowerCase());
  }

  add(name: string): void {
    this.names.set(name.toLowerCase(), name);
  }
}

/** Where a node stands. */
interface Place {
  /** Of the class, and of those around it. */
  readonly fields: Scope;
  /** Undefined outside of code. */
  readonly variables: Scope | undefined;
}

const isNode = (value: unknown): value is ApexNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields and properties of a class, not those of classes within it. */
function* fieldsOf(value: unknown): Generator<Identifier> {
  if (Array.isArray(value)) for (const one of value) yield* fieldsOf(one);
  if (!isNode(value)) return;
  const kind = String(value['@class']);
  if (TYPE.test(kind) || CODE.test(kind)) return;
  const name = nameGivenBy(value);
  if (name === undefined) yield* fieldsOf(Object.values(value));
  else yield name;
}

function* fieldsDeclared(type: ApexNode, fields: Scope): Generator<Declared> {
  for (const name of fieldsOf(type['members'])) {
    yield { name, kind: 'field', again: fields.hasOwn(name.value), hides: undefined };
    fields.add(name.value);
  }
}

function* variableDeclared(node: ApexNode, { fields, variables }: Place): Generator<Declared> {
  const name = nameGivenBy(node);
  if (name === undefined || variables === undefined) return;
  const again = variables.spelling(name.value) !== undefined;
  yield { name, kind: 'variable', again, hides: fields.spelling(name.value) };
  variables.add(name.value);
}

function placeWithin(kind: string, { fields, variables }: Place): Place {
  if (CODE.test(kind)) return { fields, variables: new Scope() };
  return { fields, variables: BLOCK.test(kind) && variables ? new Scope(variables) : variables };
}

function* declaredIn(value: unknown, place: Place): Generator<Declared> {
  if (Array.isArray(value)) for (const one of value) yield* declaredIn(one, place);
  if (!isNode(value)) return;
  const kind = String(value['@class']);
  if (TYPE.test(kind)) {
    const fields = new Scope(place.fields);
    yield* fieldsDeclared(value, fields);
    yield* declaredIn(Object.values(value), { fields, variables: undefined });
    return;
  }
  const within = placeWithin(kind, place);
  yield* variableDeclared(value, within);
  yield* declaredIn(Object.values(value), within);
}

/** All fields and variables of a class, in the order in which they are declared. */
export const declarations = (tree: ApexNode): Generator<Declared> =>
  declaredIn(tree, { fields: new Scope(), variables: undefined });
