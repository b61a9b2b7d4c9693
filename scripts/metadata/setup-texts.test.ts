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

  it('gives each own object a tab, in the app', () => {
    const tabs = read(`${base}/tabs/*.xml`, 'CustomTab')
      .filter(({ body }) => body['customObject'] === 'true')
      .map(({ name }) => name);
    const [app] = read(`${base}/applications/WooCommerce.app-meta.xml`, 'CustomApplication');
    const own = objects.map(({ name }) => name).filter((name) => !isType(name) && name !== LOG);
    expect(tabs.toSorted()).toEqual(own.toSorted());
    expect(texts(app?.body['tabs'])).toEqual(expect.arrayContaining(own));
  });

  it.each(['Woo_Mappings', 'Woo_Matches'])(
    'shows the page %s in the app, to admins alone',
    (page) => {
      const [app] = read(`${base}/applications/WooCommerce.app-meta.xml`, 'CustomApplication');
      expect(texts(app?.body['tabs'])).toContain(page);
      const showing = permissionSets.filter(({ body }) =>
        nodes(body['tabSettings']).some(({ tab }) => tab === page),
      );
      expect(showing.map(({ name }) => name)).toEqual(['Woo_Admin']);
    },
  );
});
