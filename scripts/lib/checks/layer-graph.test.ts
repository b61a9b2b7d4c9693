import { expect, test } from 'vitest';

import { mermaid, withDiagrams, type Import } from './layer-graph.ts';

const folder = /^(?:(?<box>house)\/(?<inner>[^/]+)|(?<top>yard))\//;
const draw = (...imports: readonly (readonly [from: string, to: string])[]) =>
  mermaid(
    imports.map(([from, to]) => ({ from, to })),
    { title: '', folder },
  );

test('folders are drawn once, in their box, with an arrow to what they import', () => {
  expect(
    draw(
      ['house/attic/a.ts', 'house/cellar/b.ts'],
      ['house/attic/a.ts', 'house/attic/c.ts'],
      ['house/attic/c.ts', 'house/cellar/d.ts'],
      ['yard/e.ts', 'house/attic/a.ts'],
    ),
  ).toBe(`flowchart TD
  n_yard["yard"]
  subgraph n_house_["house"]
    n_house_attic["attic"]
    n_house_cellar["cellar"]
  end
  n_house_attic --> n_house_cellar
  n_yard --> n_house_attic`);
});

test('an arrow that others imply is left out', () => {
  const drawn = draw(
    ['house/attic/a.ts', 'house/floor/a.ts'],
    ['house/floor/a.ts', 'house/cellar/a.ts'],
    ['house/attic/a.ts', 'house/cellar/a.ts'],
  );
  expect(drawn.match(/\w+ --> \w+/g)).toEqual([
    'n_house_attic --> n_house_floor',
    'n_house_floor --> n_house_cellar',
  ]);
});

test('tests, packages and files beside the folders are not drawn', () => {
  expect(
    draw(
      ['house/attic/a.test.ts', 'house/cellar/b.ts'],
      ['house/test/a.ts', 'house/cellar/b.ts'],
      ['house/cellar/b.ts', 'node_modules/zod/index.js'],
      ['house/door.ts', 'house/cellar/b.ts'],
    ),
  ).toBe('flowchart TD\n  subgraph n_house_["house"]\n    n_house_cellar["cellar"]\n  end');
});

test('a page is the same until an import changes, and keeps what is around its diagrams', () => {
  const imports: readonly Import[] = [{ from: 'scripts/a.ts', to: 'local/org/b.ts' }];
  const empty =
    'Before.\n\n<!-- graph: made by `npm run graph` -->\n<!-- graph: end -->\n\nAfter.\n';
  const page = withDiagrams(empty, imports);
  expect(page).toMatch(/^Before\.\n[^]*n_scripts --> n_local_org\n[^]*\nAfter\.\n$/);
  expect(withDiagrams(page, imports)).toBe(page);
  expect(withDiagrams(page, [{ from: 'bench/a.ts', to: 'local/org/b.ts' }])).not.toBe(page);
  expect(() => withDiagrams('No place.', imports)).toThrow('The page has no lines');
});
