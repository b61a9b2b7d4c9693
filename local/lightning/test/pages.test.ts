import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { componentBundles, readProject } from '../metadata/project.ts';
import type { PageComponent } from '../metadata/flexipage.ts';
import { objectsShown } from '../server/object-infos.ts';
import { readPages } from '../metadata/pages.ts';
import { fixture, fixtureRoot, ownProject } from './fixture.ts';

test('the app, its tabs and their icons', () => {
  const { app, icons } = readPages(fixture());
  expect(app).toMatchObject({ label: 'Things', color: '#112233' });
  expect(app.tabs).toEqual(['standard-home', 'Thing__c', 'Things_Board', 'standard-Account']);
  expect(icons).toMatchObject({ Thing__c: 'custom:custom13', Account: 'standard:account' });
});

test('pages of the app and of the object', () => {
  const { app, overrides } = readPages(fixture());
  expect(app.overrides).toEqual([{ object: 'Thing__c', page: 'Thing_Page', formFactor: 'Large' }]);
  expect(overrides).toEqual([
    { object: 'Thing__c', page: 'Thing_Small_Page', formFactor: 'Small' },
  ]);
});

test('a tab of a Lightning page has its label and icon', () => {
  const { icons, pageTabs, flexiPages } = readPages(fixture());
  expect(pageTabs).toEqual({ Things_Board: { label: 'Board', page: 'Things_Board' } });
  expect(icons['Things_Board']).toBe('custom:custom1');
  expect(flexiPages['Things_Board']?.regions['main']).toMatchObject([{ name: 'c:tiny' }]);
});

const TAB = 'tabs/Things_Board.tab-meta.xml';

test.each([
  [TAB, 'flexiPage>', 'lwcComponent>', 'Things_Board.tab-meta.xml: the host has tabs of objects'],
  [TAB, '>Things_Board<', '>Nope<', 'there is no Lightning page Nope'],
  [TAB, '>Things_Board<', '>Thing_Page<', 'Thing_Page is a RecordPage, not an AppPage'],
  ['applications/Things.app-meta.xml', '>Things_Board<', '>Nope<', 'has a tab Nope that is not'],
])('%s: %s in place of %s is refused', (path, right, wrong, reason) => {
  const root = mkdtempSync(join(tmpdir(), 'pages-'));
  onTestFinished(() => {
    rmSync(root, { recursive: true });
  });
  cpSync(fixtureRoot, root, { recursive: true });
  const file = join(root, 'force-app/main/default', path);
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(right, wrong));
  expect(() => readPages(readProject(root))).toThrow(reason);
});

test('what an object shows', () => {
  const thing = readPages(fixture()).objects['Thing__c'];
  expect(thing?.compactFields).toEqual(['Name', 'Color__c']);
  expect(thing?.layout).toEqual({
    sections: [
      {
        heading: 'Looks',
        columns: [
          [
            { field: 'Name', isEditable: true, isRequired: true },
            { field: 'Color__c', isEditable: false, isRequired: false },
          ],
        ],
      },
    ],
    relatedLists: [{ object: 'Part__c', lookup: 'Thing__c', fields: ['Name', 'Color__c'] }],
  });
  expect(thing?.listViews).toEqual([
    {
      name: 'Red',
      label: 'Red Things',
      columns: ['Name', 'Color__c', 'LastModifiedDate'],
      filters: [{ field: 'Color__c', operation: 'equals', value: 'red,crimson' }],
      note: 'The host does not apply its filter logic (1 OR 2) and its scope (Mine) of this list view.',
    },
  ]);
  expect(thing?.actions).toEqual([
    {
      name: 'Thing__c.Paint',
      label: 'Paint',
      type: 'Update',
      component: '',
      columns: [[{ field: 'Color__c', isEditable: true, isRequired: false }]],
    },
  ]);
});

test('what was viewed recently has the columns of the search layout of the tab, else the name', () => {
  const { objects } = readPages(fixture());
  expect(objects['Thing__c']?.recentColumns).toEqual(['Name', 'Color__c', 'LastModifiedDate']);
  expect(objects['Account']?.recentColumns).toEqual(objects['Account']?.listViews[0]?.columns);
});

test('what a rep has viewed tells orders of one number apart, and says their currency', () => {
  const { objects } = readPages(ownProject());
  for (const object of ['Woo_Order__c', 'Woo_Order_Item__c', 'Woo_Refund__c'])
    expect(objects[object]?.recentColumns).toContain('Currency_Code__c');
  expect(objects['Woo_Order__c']?.recentColumns).toContain('Store__c');
});

const AMOUNTS = /^(Total|Amount|Price|Refunded_Total)__c$/;

test('no list of amounts of orders, lines and refunds is without their currency', () => {
  const { objects } = readPages(ownProject());
  const lists = Object.entries(objects).flatMap(
    ([object, { listViews, layout, recentColumns }]) => [
      ...[{ name: 'recent', columns: recentColumns }, ...listViews].map(({ name, columns }) => ({
        object,
        name,
        columns,
      })),
      ...layout.relatedLists.map((list) => ({
        object: list.object,
        name: `of ${object}`,
        columns: list.fields,
      })),
    ],
  );
  const amounts = lists.filter(
    ({ object, columns }) =>
      /^Woo_(Order|Order_Item|Refund)__c$/.test(object) && columns.some((one) => AMOUNTS.test(one)),
  );
  expect(amounts.length).toBeGreaterThan(8);
  const bare = amounts.filter(({ columns }) => !columns.includes('Currency_Code__c'));
  expect(bare.map(({ object, name }) => `${object} ${name}`)).toEqual([]);
});

test('properties keep the types that components declare', () => {
  expect(readPages(fixture()).propertyTypes['tiny']).toEqual({ rows: 'Integer' });
});

test('objects are asked for once each, without custom metadata', () => {
  expect(objectsShown(readPages(fixture()))).toEqual(['Thing__c', 'Account']);
  const ours = objectsShown(readPages(ownProject()));
  expect(ours.filter((name) => name.endsWith('__mdt'))).toEqual([]);
  // It has no tab in the app; links lead to the page of its records.
  expect(ours).toContain('Account');
});

const allOf = (components: readonly PageComponent[]): PageComponent[] =>
  components.flatMap((one) => [one, ...Object.values(one.facets).flatMap(allOf)]);

test('every page of this project that is named exists, with components that exist', () => {
  const project = ownProject();
  const { app, overrides, flexiPages } = readPages(project);
  const named = [...app.overrides, ...overrides].map(({ page }) => page);
  expect(named.filter((name) => !(name in flexiPages))).toEqual([]);
  const known = new Set(componentBundles(project).map(({ name }) => `c:${name}`));
  const used = Object.values(flexiPages).flatMap(({ regions }) =>
    allOf(Object.values(regions).flat()).map(({ name }) => name),
  );
  expect(used.filter((name) => name.startsWith('c:') && !known.has(name))).toEqual([]);
});
