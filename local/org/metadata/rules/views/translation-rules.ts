import type { Translations } from '@salesforce/types/metadata';
import type { Plan } from '../../plan/plan.ts';
import { problemAt } from '../../xml/read-typed.ts';
import { isLanguage, orgLanguage } from './languages.ts';
import { textProblem } from '../names.ts';
import { notAvailable, notFound, refuse, repeated, type Rule } from '../rule.ts';
import { isTab } from './tabs.ts';

type TranslationRule = Rule<'Translations'>;

/** What is wrong with the language that something is translated into. */
export function languageProblem(language: string, plan: Plan): string | undefined {
  if (!isLanguage(language)) return `'${language}' is not a valid value for the enum 'Language'`;
  const isOn = plan.before.rows.features.translations && language !== orgLanguage;
  return isOn ? undefined : notAvailable;
}

const languageIsOn: TranslationRule = (draft, plan) => {
  const wrong = languageProblem(draft.fullName, plan);
  return wrong === undefined ? [] : refuse(draft, wrong);
};

const labelsExist: TranslationRule = (draft, plan) =>
  draft.body.customLabels.flatMap(({ name }, index) =>
    plan.has('CustomLabel', name)
      ? []
      : refuse(draft, notFound('name', 'CustomLabel', name), 'customLabels', index),
  );

const labelsAreDistinct: TranslationRule = (draft) =>
  repeated(draft.body.customLabels, ({ name }) => name).flatMap(({ value, index }) =>
    refuse(draft, `Duplicate name: ${value.name}`, 'customLabels', index),
  );

const labelsFit: TranslationRule = (draft) =>
  draft.body.customLabels.flatMap(({ label }, index) => {
    const wrong = textProblem('label', label, 1000);
    return wrong === undefined ? [] : refuse(draft, wrong, 'customLabels', index);
  });

const tabsAndAppsExist: TranslationRule = (draft, plan) => [
  ...draft.body.customTabs.flatMap(({ name }, index) =>
    isTab(plan, name)
      ? []
      : refuse(draft, notFound('name', 'CustomTab', name), 'customTabs', index),
  ),
  ...draft.body.customApplications.flatMap(({ name }, index) =>
    plan.has('CustomApplication', name)
      ? []
      : refuse(draft, notFound('name', 'CustomApplication', name), 'customApplications', index),
  ),
];

const taken: ReadonlySet<string> = new Set<keyof Translations>([
  'fullName',
  'customLabels',
  'customTabs',
  'customApplications',
]);

const partsAreEmulated: TranslationRule = (draft) =>
  draft.element.children
    .filter(({ name }) => !taken.has(name))
    .map((part) =>
      problemAt(part, `The local org does not emulate translations of ${part.name} yet.`),
    );

/** What the translations into one language must fulfil. */
export const translationRules: readonly TranslationRule[] = [
  languageIsOn,
  labelsExist,
  labelsAreDistinct,
  labelsFit,
  tabsAndAppsExist,
  partsAreEmulated,
];
