import { createRequire } from 'node:module';
import type ts from 'typescript';
import { memoised } from '../../lib/memoised.ts';

/** The compiler takes 0.2 s to load; the types of the Metadata API are read with it anyway. */
const load = createRequire(import.meta.url);
const compiler = (): typeof ts => load('typescript') as typeof ts;

/** A module that a script imports, and where; lines and columns count from 1. */
export interface Import {
  readonly module: string;
  /** Names that it must export, `default` among them. */
  readonly names: readonly string[];
  readonly line: number;
  readonly column: number;
}

/** What a script says to others. */
export interface Script {
  readonly imports: readonly Import[];
  /** Names of its `@api` properties and methods. */
  readonly api: ReadonlySet<string>;
  /** Whether the class takes properties of a class that is not `LightningElement`. */
  readonly inherits: boolean;
}

const isApi = (member: ts.ClassElement): boolean =>
  compiler().canHaveDecorators(member) &&
  (compiler().getDecorators(member) ?? []).some(({ expression }) => expression.getText() === 'api');

const classesOf = (source: ts.SourceFile): readonly ts.ClassDeclaration[] =>
  source.statements.filter(compiler().isClassDeclaration);

/** `LightningElement`, or a mixin of it, adds no properties that a page could set. */
function inherits(one: ts.ClassDeclaration): boolean {
  const parent = one.heritageClauses?.[0]?.types[0]?.expression.getText();
  return parent !== undefined && !/^([\w$]+\()*LightningElement\)*$/.test(parent);
}

type Importing = ts.ImportDeclaration | ts.ExportDeclaration | ts.CallExpression;

/** What is taken from a module by name; nothing of `* as all`, and of a module that is imported when needed. */
function namesOf(node: Importing): readonly string[] {
  const { isImportDeclaration, isExportDeclaration, isNamedImports, isNamedExports } = compiler();
  const clause = isImportDeclaration(node) ? node.importClause : undefined;
  const list = isExportDeclaration(node) ? node.exportClause : clause?.namedBindings;
  const named =
    list && (isNamedImports(list) || isNamedExports(list))
      ? list.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
      : [];
  return clause?.name ? ['default', ...named] : named;
}

function moduleIn(node: Importing): ts.Expression | undefined {
  if (!compiler().isCallExpression(node)) return node.moduleSpecifier;
  const isImport = node.expression.kind === compiler().SyntaxKind.ImportKeyword;
  return isImport ? node.arguments[0] : undefined;
}

interface Specifier {
  readonly from: ts.StringLiteralLike;
  readonly names: readonly string[];
}

/** Modules that are imported at the top, exported from, or imported when needed. */
function specifiersOf(source: ts.SourceFile): readonly Specifier[] {
  const { isImportDeclaration, isExportDeclaration, isCallExpression, isStringLiteralLike } =
    compiler();
  const found: Specifier[] = [];
  const visit = (node: ts.Node): void => {
    if (isImportDeclaration(node) || isExportDeclaration(node) || isCallExpression(node)) {
      const from = moduleIn(node);
      if (from && isStringLiteralLike(from)) found.push({ from, names: namesOf(node) });
    }
    compiler().forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Reads a script; one that does not parse gives what could be read. */
export const readScript = memoised((text): Script => {
  const { Latest } = compiler().ScriptTarget;
  const source = compiler().createSourceFile('script.js', text, Latest, true);
  const classes = classesOf(source);
  const imports = specifiersOf(source).map(({ from, names }) => {
    const { line, character } = source.getLineAndCharacterOfPosition(from.getStart());
    return { module: from.text, names, line: line + 1, column: character + 1 };
  });
  const api = classes
    .flatMap((one) => one.members.filter(isApi))
    .map((member) => member.name?.getText() ?? '');
  return { imports, api: new Set(api), inherits: classes.some(inherits) };
});
