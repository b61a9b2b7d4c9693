import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type ts from 'typescript';

/** What an element of the Metadata API may hold. */
export type ValueType =
  | { readonly kind: 'string' | 'boolean' | 'number' | 'any' }
  | { readonly kind: 'enum'; readonly name: string; readonly values: ReadonlySet<string> }
  | { readonly kind: 'complex'; readonly name: string };

interface ElementModel {
  readonly type: ValueType;
  readonly required: boolean;
  /** May occur more than once. */
  readonly list: boolean;
}

/** Child elements by name, those of the base type included. */
export type ComplexModel = ReadonlyMap<string, ElementModel>;

/** The types of one of Salesforce's APIs, read from the declarations that Salesforce publishes. */
export interface TypeModel {
  complex(name: string): ComplexModel | undefined;
}

/** The compiler takes 0.2 s to load; an org to which nobody deploys goes without. */
const load = createRequire(import.meta.url);
const compiler = (): typeof ts => load('typescript') as typeof ts;

/** The types that a file declares, by name. */
interface Declarations {
  get(name: string): ts.TypeNode | undefined;
}

/** A file has thousands of them, of which a project needs some hundred: each is read when it is asked for. */
function declarationsOf(text: string): Declarations {
  const texts = new Map(
    text.split(/^(?=export type )/m).map((one) => [/^export type (\w+)/.exec(one)?.[1], one]),
  );
  const nodes = new Map<string, ts.TypeNode | undefined>();
  return {
    get(name) {
      if (!nodes.has(name)) nodes.set(name, declaredIn(texts.get(name) ?? ''));
      return nodes.get(name);
    },
  };
}

function declaredIn(text: string): ts.TypeNode | undefined {
  const { createSourceFile, isTypeAliasDeclaration, ScriptTarget } = compiler();
  const { statements } = createSourceFile('one.d.ts', text, ScriptTarget.Latest, true);
  return statements.find(isTypeAliasDeclaration)?.type;
}

function literalsOf(node: ts.TypeNode): ReadonlySet<string> | undefined {
  const members = compiler().isUnionTypeNode(node) ? node.types : [node];
  const values = members.flatMap((member) =>
    compiler().isLiteralTypeNode(member) && compiler().isStringLiteral(member.literal)
      ? [member.literal.text]
      : [],
  );
  return values.length === members.length ? new Set(values) : undefined;
}

/** What a name stands for: `ReportFolder` is another name of `Folder`. */
function declaredAs(name: string, all: Declarations): ts.TypeNode | undefined {
  const node = all.get(name);
  return node && compiler().isTypeReferenceNode(node) && compiler().isIdentifier(node.typeName)
    ? declaredAs(node.typeName.text, all)
    : node;
}

function isComplex(node: ts.TypeNode): boolean {
  return compiler().isTypeLiteralNode(node) || compiler().isIntersectionTypeNode(node);
}

const keywords: ReadonlyMap<string, ValueType> = new Map([
  ['string', { kind: 'string' }],
  ['boolean', { kind: 'boolean' }],
  ['number', { kind: 'number' }],
  ['any', { kind: 'any' }],
  ['unknown', { kind: 'any' }],
]);

function valueType(node: ts.TypeNode, all: Declarations): ValueType {
  const keyword = keywords.get(node.getText());
  if (keyword) return keyword;
  if (!compiler().isTypeReferenceNode(node) || !compiler().isIdentifier(node.typeName)) {
    throw new Error(`@salesforce/types has a type of an unknown form: ${node.getText()}`);
  }
  const name = node.typeName.text;
  if (name === 'Date') return { kind: 'string' };
  const declared = all.get(name);
  if (!declared) throw new Error(`@salesforce/types does not declare ${name}`);
  if (isComplex(declared)) return { kind: 'complex', name };
  const values = literalsOf(declared);
  return values ? { kind: 'enum', name, values } : valueType(declared, all);
}

function elementModel(member: ts.PropertySignature, all: Declarations): ElementModel {
  const { type } = member;
  if (!type)
    throw new Error(`@salesforce/types has an element without a type: ${member.getText()}`);
  const list = compiler().isArrayTypeNode(type);
  return {
    type: valueType(list ? type.elementType : type, all),
    required: !list && !member.questionToken,
    list,
  };
}

function collect(node: ts.TypeNode, all: Declarations, into: Map<string, ElementModel>): void {
  if (compiler().isIntersectionTypeNode(node)) {
    for (const part of node.types) collect(part, all, into);
  } else if (compiler().isTypeReferenceNode(node) && compiler().isIdentifier(node.typeName)) {
    const base = all.get(node.typeName.text);
    if (base) collect(base, all, into);
  } else if (compiler().isTypeLiteralNode(node)) {
    for (const member of node.members) {
      if (compiler().isPropertySignature(member) && compiler().isIdentifier(member.name)) {
        into.set(member.name.text, elementModel(member, all));
      }
    }
  }
}

/** Orgs have it in fields of the type Location; what Salesforce publishes of its types leaves it out. */
const displayLocationInDecimal: ElementModel = {
  type: { kind: 'boolean' },
  required: false,
  list: false,
};

function readModel(module: string): TypeModel {
  const javascript = fileURLToPath(import.meta.resolve(`@salesforce/types/${module}`));
  const path = javascript.replace(/\.js$/, '.d.ts');
  const all = declarationsOf(readFileSync(path, 'utf8'));
  const known = new Map<string, ComplexModel>();
  return {
    complex(name) {
      const ready = known.get(name);
      if (ready) return ready;
      const declared = declaredAs(name, all);
      if (!declared || !isComplex(declared)) return undefined;
      const model = new Map<string, ElementModel>();
      collect(declared, all, model);
      if (name === 'CustomField') model.set('displayLocationInDecimal', displayLocationInDecimal);
      known.set(name, model);
      return model;
    },
  };
}

const models = new Map<string, TypeModel>();

function modelOf(module: string): TypeModel {
  const model = models.get(module) ?? readModel(module);
  models.set(module, model);
  return model;
}

/** The Metadata API's types; read when they are asked for, kept for the life of the process. */
export function metadataModel(): TypeModel {
  return modelOf('metadata');
}

/** Names of all user permissions, such as `ApiEnabled`. */
export function userPermissionNames(): ReadonlySet<string> {
  const fields = modelOf('tooling').complex('PermissionSet') ?? new Map<string, ElementModel>();
  return new Set(
    [...fields.keys()]
      .filter((name) => name.startsWith('Permissions'))
      .map((name) => name.slice('Permissions'.length)),
  );
}
