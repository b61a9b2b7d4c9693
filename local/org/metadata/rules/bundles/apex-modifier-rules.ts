import { createRequire } from 'node:module';
import type * as apexParser from '@apexdevtools/apex-parser';
import { memoised } from '../../../lib/memoised.ts';
import { NEWEST_VERSION } from '../../../model/api-version.ts';
import { notFound, refuse, type Rule } from '../rule.ts';
import type { Problem } from '../../xml/read-typed.ts';

type Declared = Pick<apexParser.ClassBodyDeclarationContext, 'modifier_list' | 'start'>;

const load = createRequire(import.meta.url);

/** Modifiers and annotations in small letters: `global`, `static`, `@httpget`. */
const modifiersOf = (declared: Declared): ReadonlySet<string> =>
  new Set(
    declared
      .modifier_list()
      .map((one) => one.getText().toLowerCase())
      .map((text) => text.replace(/\(.*$/s, '')),
  );

const at = ({ start }: Declared, message: string): Problem => ({
  line: start.line,
  column: start.column + 1,
  message,
});

const verbs = ['HttpDelete', 'HttpGet', 'HttpPatch', 'HttpPost', 'HttpPut'];

function methodProblems(method: Declared, owner: ReadonlySet<string>): Problem[] {
  const modifiers = modifiersOf(method);
  const verb = verbs.find((one) => modifiers.has(`@${one.toLowerCase()}`));
  if (verb !== undefined && !(modifiers.has('global') && modifiers.has('static'))) {
    return [at(method, `Methods annotated with ${verb} must be global static`)];
  }
  return modifiers.has('global') && !owner.has('global')
    ? [at(method, 'Defining type for global methods must be declared as global')]
    : [];
}

function classProblems(declared: Declared, found: apexParser.ClassDeclarationContext): Problem[] {
  const modifiers = modifiersOf(declared);
  const isLocalRest = modifiers.has('@restresource') && !modifiers.has('global');
  const members = found.classBody().classBodyDeclaration_list();
  return [
    ...(isLocalRest ? [at(declared, 'Class must be global with the annotation RestResource')] : []),
    ...members.flatMap((member) => {
      // antlr4 gives null for what is not there, which its types do not say.
      const kind = member.memberDeclaration() as apexParser.MemberDeclarationContext | null;
      const method = kind?.methodDeclaration() as apexParser.MethodDeclarationContext | null;
      const inner = kind?.classDeclaration() as apexParser.ClassDeclarationContext | null;
      if (inner) return classProblems(member, inner);
      return method ? methodProblems(member, modifiers) : [];
    }),
  ];
}

/** @returns undefined for a source that does not parse, which another rule says */
function parse(source: string): apexParser.CompilationUnitContext | undefined {
  const { ApexErrorListener, ApexParserFactory } = load(
    '@apexdevtools/apex-parser',
  ) as typeof apexParser;
  const syntax = { isBroken: false };
  class Listener extends ApexErrorListener {
    apexSyntaxError(): void {
      syntax.isBroken = true;
    }
  }
  const { parser } = ApexParserFactory.createLexerAndParser(source, new Listener());
  const tree = parser.compilationUnit();
  return syntax.isBroken ? undefined : tree;
}

const problemsOf = memoised((source): readonly Problem[] => {
  if (!/\bglobal\b|@RestResource|@Http/i.test(source)) return [];
  const declared = parse(source)?.typeDeclaration();
  if (!declared) return [];
  const found = declared.classDeclaration() as apexParser.ClassDeclarationContext | null;
  return found ? classProblems(declared, found) : [];
});

/** What Apex's compiler refuses of `global`, `static` and the annotations of REST. */
export const modifiersFit: Rule<'ApexClass'> = ({ body }) => problemsOf(body.content ?? '');

/** Classes of versions before this one are not taken any more. */
const firstVersion = 7;

export const versionIsThere: Rule<'ApexClass' | 'ApexTrigger'> = (draft) => {
  const { apiVersion } = draft.body;
  const isThere =
    Number.isInteger(apiVersion) && apiVersion >= firstVersion && apiVersion <= NEWEST_VERSION;
  const text = Number.isInteger(apiVersion) ? apiVersion.toFixed(1) : String(apiVersion);
  return isThere ? [] : refuse(draft, `Invalid version specified: ${text}`, 'apiVersion');
};

/** Code is bound to versions of managed packages, of which the local org has none. */
export const packagesAreThere: Rule<'ApexClass' | 'ApexTrigger'> = (draft) =>
  draft.body.packageVersions.flatMap(({ namespace = '' }, index) =>
    refuse(draft, notFound('namespace', 'InstalledPackage', namespace), 'packageVersions', index),
  );
