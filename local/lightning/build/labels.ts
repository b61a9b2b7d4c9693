import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { listOf, parseMetadata, textOf } from '../metadata/xml.ts';
import { filesEnding, type Project } from '../metadata/project.ts';

/** Texts by the label's name. */
export type Labels = ReadonlyMap<string, string>;

/** The custom labels as they were written, in English. */
export function readLabels(project: Project): Labels {
  return new Map(
    filesEnding(project, '.labels-meta.xml')
      .flatMap((file) => listOf(parseMetadata(readFileSync(file, 'utf8'), file), 'labels'))
      .map((label) => [textOf(label, 'fullName'), textOf(label, 'value')]),
  );
}

const translationSuffix = '.translation-meta.xml';

/** Translations lie in a package of their own, which orgs without the language cannot take. */
function filesOfWords({ root, packages }: Project, suffix: string): string[] {
  const config = join(root, 'config');
  const others = packages.filter((folder) => !folder.startsWith(config));
  return filesEnding({ root, packages: [...others, config].filter(existsSync) }, suffix);
}

const translationFiles = (project: Project): string[] => filesOfWords(project, translationSuffix);

const languageOf = (file: string): string => basename(file, translationSuffix);

/** What a language has of one kind of words, such as `customTabs`, by name. */
function wordsIn(project: Project, language: string, kind: string): [string, string][] {
  return translationFiles(project)
    .filter((file) => languageOf(file) === language)
    .flatMap((file) => wordsOf(file, kind));
}

const wordsOf = (file: string, kind: string): [string, string][] =>
  listOf(parseMetadata(readFileSync(file, 'utf8'), file), kind)
    .map((word): [string, string] => [textOf(word, 'name'), textOf(word, 'label')])
    .filter(([, text]) => text !== '');

/**
 * The labels in a language; what has no translation stays in English, as in an org.
 * @param language `en_US` and `en` for the labels as written, or one that has a translation file
 * @throws Error that lists the languages where there is no such translation
 */
export function labelsIn(project: Project, language: string): Labels {
  const english = readLabels(project);
  if (/^en(_|$)/.test(language)) return english;
  const languages = translationFiles(project).map(languageOf);
  if (!languages.includes(language)) {
    const known = ['en_US', ...languages].join(', ');
    throw new Error(`There is no translation into "${language}": choose one of ${known}.`);
  }
  return new Map([...english, ...wordsIn(project, language, 'customLabels')]);
}

/** Labels of tabs that a language has, by the tab's name. */
export const tabLabelsIn = (project: Project, language: string): Labels =>
  new Map(wordsIn(project, language, 'customTabs'));

/** Labels of quick actions that a language has, by object and action: `Product2.Woo_Edit_Shop_Fields`. */
export function actionLabelsIn(project: Project, language: string): Labels {
  const suffix = `-${language}.objectTranslation-meta.xml`;
  const words = filesOfWords(project, suffix).flatMap((file) =>
    wordsOf(file, 'quickActions').map(([name, label]): [string, string] => [
      `${basename(file, suffix)}.${name}`,
      label,
    ]),
  );
  return new Map(words);
}
