import { expect, test } from 'vitest';
import { parseFlexiPage } from '../metadata/flexipage.ts';
import { readPages } from '../metadata/pages.ts';
import { fixture } from './fixture.ts';

const page = () => {
  const found = readPages(fixture()).flexiPages['Thing_Page'];
  if (!found) throw new Error('The fixture has no page');
  return found;
};

test('regions hold their components, facets are put where they are used', () => {
  const { label, template, regions } = page();
  expect({ label, template }).toEqual({
    label: 'Thing Page',
    template: 'flexipage:recordHomeTemplateDesktop',
  });
  expect(Object.keys(regions)).toEqual(['header', 'main']);
  const [tabset] = regions['main'] ?? [];
  const [tab] = tabset?.facets['tabs'] ?? [];
  expect(tab).toMatchObject({
    name: 'flexipage:tab',
    properties: { title: 'Standard.Tab.detail' },
  });
  expect(tab?.facets['body']).toEqual([
    { name: 'c:tiny', id: 'tiny', properties: { rows: '7' }, facets: {}, formFactor: 'Large' },
  ]);
});

test('properties can be lists', () => {
  const [highlights] = page().regions['header'] ?? [];
  expect(highlights?.properties).toEqual({ actionNames: ['Edit', 'Thing__c.Paint'] });
});

test('what the host cannot tell is said', () => {
  const [tabset, field] = page().regions['main'] ?? [];
  expect(tabset?.unknownRule).toBe('{!Record.Color__c} EQUAL red');
  expect(field).toMatchObject({ name: 'a field of Dynamic Forms', id: 'Record.Color__c' });
});

const facet = (name: string, body: string) => `<flexiPageRegions><itemInstances><componentInstance>
  <componentInstanceProperties><name>body</name><value>${body}</value></componentInstanceProperties>
  <componentName>flexipage:tab</componentName><identifier>${name}</identifier>
  </componentInstance></itemInstances><name>${name}</name><type>Facet</type></flexiPageRegions>`;

test('a facet that holds itself is an error, not an endless page', () => {
  const region = facet('main', 'A').replace('Facet', 'Region');
  const text = `<FlexiPage>${region}${facet('A', 'B')}${facet('B', 'A')}</FlexiPage>`;
  expect(() => parseFlexiPage(text, 'Page', 'Page.xml')).toThrow('The facet A holds itself.');
});

test('a file that is not XML is told', () => {
  expect(() => parseFlexiPage('<FlexiPage><a></FlexiPage>', 'Page', 'Page.xml')).toThrow(
    'Page.xml is not XML',
  );
});
