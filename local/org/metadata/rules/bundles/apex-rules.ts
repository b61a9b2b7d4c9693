import { triggerClass } from '../../../apex/runtime/parse/declarations.ts';
import { memoised } from '../../../lib/memoised.ts';
import { parseApex } from '../../apex/apex-parser.ts';
import type { ApexProblem } from '../../apex/apex-problem.ts';
import { duplicateNames } from '../../apex/duplicate-names.ts';
import { reservedNames } from '../../apex/reserved-names.ts';
import { compilerProblems } from '../apex-compiler.ts';
import { modifiersFit, packagesAreThere, versionIsThere } from './apex-modifier-rules.ts';
import { nameProblem } from '../names.ts';
import { refuse, type Rule } from '../rule.ts';

const nameIsGood: Rule<'ApexClass'> = (draft) => {
  const wrong = nameProblem(draft.fullName);
  return wrong === undefined ? [] : refuse(draft, wrong);
};

/** As in an org, a class that does not parse has one problem: what follows the first comes from it. */
const problemsOf = memoised((source): readonly ApexProblem[] => {
  const { problems, tree } = parseApex(source);
  if (problems.length > 0) return problems.slice(0, 1);
  return [...reservedNames(tree), ...duplicateNames(tree)];
});

/** What does not parse is not compiled. */
const sourceCompiles: Rule<'ApexClass'> = ({ body, fullName }, plan) => {
  const problems = problemsOf(body.content ?? '');
  return problems.length > 0 ? problems : (compilerProblems(plan)[fullName] ?? []);
};

/** Without comments. */
const codeOf = (source = ''): string => source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

const classHasTheNameOfItsFile: Rule<'ApexClass'> = (draft) => {
  const [, name] = /\b(?:class|interface|enum)\s+(\w+)/i.exec(codeOf(draft.body.content)) ?? [];
  // Code without a type does not parse, which is said.
  return name === undefined || name.toLowerCase() === draft.fullName.toLowerCase()
    ? []
    : refuse(draft, `File name '${draft.fullName}' does not match the name of its class '${name}'`);
};

/** What an Apex class must fulfil. */
export const apexClassRules: readonly Rule<'ApexClass'>[] = [
  nameIsGood,
  sourceCompiles,
  classHasTheNameOfItsFile,
  versionIsThere,
  packagesAreThere,
  modifiersFit,
];

const triggerNameIsGood: Rule<'ApexTrigger'> = (draft) => {
  const wrong = nameProblem(draft.fullName);
  return wrong === undefined ? [] : refuse(draft, wrong);
};

const triggerCompiles: Rule<'ApexTrigger'> = ({ body, fullName }, plan) => {
  const problems = problemsOf(body.content ?? '');
  return problems.length > 0 ? problems : (compilerProblems(plan)[triggerClass(fullName)] ?? []);
};

const triggerHasTheNameOfItsFile: Rule<'ApexTrigger'> = (draft) => {
  const [, name = ''] = /^\s*trigger\s+(\w+)/i.exec(codeOf(draft.body.content)) ?? [];
  return name.toLowerCase() === draft.fullName.toLowerCase()
    ? []
    : refuse(
        draft,
        `File name '${draft.fullName}' does not match the name of its trigger '${name}'`,
      );
};

/** What an Apex trigger must fulfil. */
export const apexTriggerRules: readonly Rule<'ApexTrigger'>[] = [
  triggerNameIsGood,
  triggerCompiles,
  triggerHasTheNameOfItsFile,
  versionIsThere,
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
