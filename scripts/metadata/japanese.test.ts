import { basename, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { base, fields, isType, node, nodes, objects, read, string } from './project-metadata.ts';

/* Whoever has Japanese as their language reads it on pages: names of objects, fields, values of picklists, tabs and quick actions. */

const folder = 'config/japanese/main/default';
/** Setup alone shows custom metadata types, and it is as English as the pages of docs. */
const shown = fields.filter(({ object }) => !isType(object));
const ofObjects = new Map(
  read(
    `${folder}/objectTranslations/*/*.objectTranslation-meta.xml`,
    'CustomObjectTranslation',
  ).map(({ name, body }) => [name, body]),
);
const ofFields = new Map(
  read(`${folder}/objectTranslations/*/*.fieldTranslation-meta.xml`, 'CustomFieldTranslation').map(
    ({ path, name, body }) => [`${basename(dirname(path)).replace(/-ja$/, '')}.${name}`, body],
  ),
);
const translations = read(`${folder}/translations/ja.*`, 'Translations')[0];

/** Words that are the same in Japanese. */
const SAME = ['SKU', 'Woo ID', 'Webhook', 'Webhooks'];
const isJapanese = (text: string): boolean =>
  SAME.includes(text) || /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(text);

describe('in Japanese', () => {
  it('every field of an object that pages show has its label', () => {
    const missing = shown
      .map(({ object, name }) => `${object}.${name}`)
      .filter((name) => !isJapanese(string(ofFields.get(name)?.['label'])));
    expect(missing, `add a fieldTranslation in ${folder}/objectTranslations`).toEqual([]);
  });

  it('every value of a picklist has its label', () => {
    const missing = shown.flatMap(({ object, name, body }) => {
      const definition = node(node(body['valueSet'])['valueSetDefinition']);
      const words = new Map(
        nodes(ofFields.get(`${object}.${name}`)?.['picklistValues']).map((one) => [
          string(one['masterLabel']),
          string(one['translation']),
        ]),
      );
      return nodes(definition['value'])
        .map((value) => string(value['label']))
        .filter((label) => !isJapanese(words.get(label) ?? ''))
        .map((label) => `${object}.${name}: ${label}`);
    });
    expect(missing).toEqual([]);
  });

  it('every object has its name, and that of its records', () => {
    const missing = objects
      .map(({ name }) => name)
      .filter((name) => !isType(name))
      .filter((name) => {
        const words = ofObjects.get(`${name}-ja`);
        const value = string(node(words?.['caseValues'])['value']);
        return !isJapanese(value) || !isJapanese(string(words?.['nameFieldLabel']));
      });
    expect(missing).toEqual([]);
  });

  it('every tab of a page has its label', () => {
    const named = nodes(translations?.body['customTabs'])
      .filter((one) => isJapanese(string(one['label'])))
      .map((one) => string(one['name']));
    const pages = read(`${base}/tabs/*.xml`, 'CustomTab')
      .filter(({ body }) => body['flexiPage'] !== undefined)
      .map(({ name }) => name);
    expect(pages.filter((name) => !named.includes(name))).toEqual([]);
  });

  it('every quick action has its label', () => {
    const words = new Map(
      [...ofObjects].flatMap(([name, body]) =>
        nodes(body['quickActions']).map((one) => [
          `${name.replace(/-ja$/, '')}.${string(one['name'])}`,
          string(one['label']),
        ]),
      ),
    );
    const actions = read(`${base}/quickActions/*.xml`, 'QuickAction').map(({ name }) => name);
    expect(actions).not.toEqual([]);
    expect(
      actions.filter((name) => !isJapanese(words.get(name) ?? '')),
      `add quickActions to the object's translation in ${folder}/objectTranslations`,
    ).toEqual([]);
  });
});
