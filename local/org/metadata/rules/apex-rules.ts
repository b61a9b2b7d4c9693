import { createRequire } from 'node:module';
import type * as apexParser from '@apexdevtools/apex-parser';
import { modifiersFit, versionIsThere } from './apex-modifier-rules.ts';
import { nameProblem } from './names.ts';
import { refuse, type Rule } from './rule.ts';

/** The parser takes a fifth of a second to load; an org without Apex goes without. */
const load = createRequire(import.meta.url);
const parser = (): typeof apexParser => load('@apexdevtools/apex-parser') as typeof apexParser;

interface SyntaxProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What the parser stumbles over; it knows nothing of types and names. */
function syntaxProblems(source: string): readonly SyntaxProblem[] {
  const { ApexErrorListener, ApexParserFactory } = parser();
  const found: SyntaxProblem[] = [];
  class Listener extends ApexErrorListener {
    apexSyntaxError(line: number, column: number, message: string): void {
      found.push({ line, column: column + 1, message });
    }
  }
  ApexParserFactory.createLexerAndParser(source, new Listener()).parser.compilationUnit();
  return found;
}

const nameIsGood: Rule<'ApexClass'> = (draft) => {
  const wrong = nameProblem(draft.fullName);
  return wrong === undefined ? [] : refuse(draft, wrong);
};

const sourceParses: Rule<'ApexClass'> = ({ body }) => {
  const [first] = syntaxProblems(body.content ?? '');
  return first === undefined ? [] : [first];
};

const classHasTheNameOfItsFile: Rule<'ApexClass'> = (draft) => {
  const source = (draft.body.content ?? '').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  const [, name = ''] = /\b(?:class|interface|enum)\s+(\w+)/i.exec(source) ?? [];
  return name.toLowerCase() === draft.fullName.toLowerCase()
    ? []
    : refuse(draft, `File name '${draft.fullName}' does not match the name of its class '${name}'`);
};

/** What an Apex class must fulfil. Its types and names are not checked here. */
export const apexClassRules: readonly Rule<'ApexClass'>[] = [
  nameIsGood,
  sourceParses,
  classHasTheNameOfItsFile,
  versionIsThere,
  modifiersFit,
];

const resourceNameIsGood: Rule<'StaticResource'> = (draft) => {
  const wrong = nameProblem(draft.fullName);
  return wrong === undefined ? [] : refuse(draft, wrong);
};

const resourceIsNotEmpty: Rule<'StaticResource'> = (draft) =>
  draft.body.content === '' ? refuse(draft, 'Static Resource body cannot be empty') : [];

/** What a static resource must fulfil. */
export const staticResourceRules: readonly Rule<'StaticResource'>[] = [
  resourceNameIsGood,
  resourceIsNotEmpty,
];
