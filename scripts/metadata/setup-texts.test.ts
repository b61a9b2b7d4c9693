import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  LOG,
  base,
  fields,
  fieldsOf,
  fullName,
  isType,
  nodes,
  objects,
  permissionSets,
  read,
  string,
  texts,
} from './project-metadata.ts';

/** A file of a text, a folder of ours, a command: who reads a page has neither. */
const OF_THE_REPOSITORY =
  /[\w./-]+\.(?:md|ts|js|json)\b|\b(?:docs|config|force-app|sidecar|scripts)\/[\w./-]*|\b(?:npm|npx) \w+/g;

/* What an admin reads of the metadata is there; no deploy would refuse it. */

describe('what an admin reads in Setup', () => {
  it.each(fields.map((field) => [fullName(field), field] as const))(
    '%s says what it is',
    (_, { body }) => {
      expect(string(body['label'])).not.toBe('');
      expect(string(body['description'])).toMatch(/^[A-Z].{20,}\.$/s);
      expect(string(body['inlineHelpText'])).toMatch(/^[A-Z].{5,}[.)]$/s);
    },
  );

  it.each(objects.map(({ name, body }) => [name, body] as const))('%s says it', (_, body) => {
    expect(string(body['description'])).toMatch(/\.$/);
    expect(string(body['pluralLabel'])).not.toBe(string(body['label']));
  });

  it.each(objects.map(({ name }) => name))('the layout of %s shows every field', (object) => {
    const [layout] = read(`${base}/layouts/${object}-*.xml`, 'Layout');
    const shown = nodes(layout?.body['layoutSections'])
      .flatMap((section) => nodes(section['layoutColumns']))
      .flatMap((column) => nodes(column['layoutItems']))
      .map((item) => item['field']);
    expect(shown).toEqual(expect.arrayContaining(fieldsOf(object).map(({ name }) => name)));
  });

  it('gives each own object a tab, but those that are lists of a customer', () => {
    const tabs = read(`${base}/tabs/*.xml`, 'CustomTab')
      .filter(({ body }) => body['customObject'] === 'true')
      .map(({ name }) => name);
    const listed = ['Woo_Account_Currency__c', 'Woo_Contact_Currency__c'];
    const own = objects
      .map(({ name }) => name)
      .filter((name) => !isType(name) && ![LOG, ...listed].includes(name));
    expect(tabs.toSorted()).toEqual(own.toSorted());
  });

  it('has five tabs in the app for everybody, and one for admins', () => {
    const [app] = read(`${base}/applications/WooCommerce.app-meta.xml`, 'CustomApplication');
    const everybodys = ['home', 'Contact', 'Product2', 'report'].map((name) => `standard-${name}`);
    expect(texts(app?.body['tabs']).toSorted()).toEqual(
      ['Woo_Order__c', 'Woo_Sync', ...everybodys].toSorted(),
    );
  });

  it.each(['Woo_Mappings', 'Woo_Matches', 'Woo_Sync'])(
    'shows the page %s to admins alone',
    (page) => {
      const showing = permissionSets.filter(({ body }) =>
        nodes(body['tabSettings']).some(({ tab }) => tab === page),
      );
      expect(showing.map(({ name }) => name)).toEqual(['Woo_Admin']);
    },
  );

  it.each([
    'labels/*.xml',
    'objects/**/*.xml',
    'flexipages/*.xml',
    'tabs/*.xml',
    'flows/*.xml',
    'config/japanese/**/*.xml',
  ])('no text of %s names a file of the repository, or a command of its shell', (pattern) => {
    const files = globSync(pattern.startsWith('config') ? pattern : `${base}/${pattern}`);
    expect(files).not.toEqual([]);
    const told = files.flatMap((file) => readFileSync(file, 'utf8').match(OF_THE_REPOSITORY) ?? []);
    expect(told).toEqual([]);
  });
});
