import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

interface Step {
  readonly file: string;
  /** What stands in it, by the words of the step. */
  readonly named: readonly string[];
}

/** The steps of each recipe: `1. \`file\`: words with \`names\``. */
function recipesOf(page: string): ReadonlyMap<string, readonly Step[]> {
  const [, recipes = ''] = /^## Recipes\n([^]*?)^## /m.exec(page) ?? [];
  const parts = recipes.split(/^\*\*(.+?)\*\*/m).slice(1);
  return new Map(
    parts.flatMap((title, at) =>
      at % 2 === 0 ? [[title, stepsOf(parts[at + 1] ?? '')] as const] : [],
    ),
  );
}

/** What stands before the list, and after the empty line that ends it, belongs to no step. */
function stepsOf(text: string): readonly Step[] {
  const [list = ''] = text.slice(text.search(/^1\. /m)).split('\n\n');
  return list
    .split(/^\d+\. /m)
    .slice(1)
    .map((step) => {
      const [file = '', ...named] = [...step.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? '');
      return { file, named: named.filter((name) => !name.startsWith('npm run ')) };
    });
}

const recipes = recipesOf(read('CONTRIBUTING.md'));

test('CONTRIBUTING.md says how to add what is added most', () => {
  expect([...recipes.keys()]).toEqual([
    'A transform',
    'An attribute of WooCommerce',
    'A field of the configuration',
    'A resource',
    'An error',
    'A command',
    'How calls are repeated',
    'A request to a shop',
    'An assumption',
    'A rule of the local org',
  ]);
});

describe.each([...recipes])('the recipe of: %s', (_title, steps) => {
  test('has steps', () => {
    expect(steps.length).toBeGreaterThan(2);
  });

  test.each(steps.map(({ file, named }) => [file, named] as const))('%s', (file, named) => {
    expect(existsSync(join(root, file))).toBe(true);
    const text = read(file);
    expect(named.filter((name) => !text.includes(name))).toEqual([]);
  });
});

test('a file or a name that is gone is seen', () => {
  const page =
    '## Recipes\n\n**A thing**\n\n1. `a/b.ts`: in `X` and `Y`, by `npm run docs`.\n2. `c.ts`\n\nSee `d`.\n\n## End\n';
  expect(recipesOf(page).get('A thing')).toEqual([
    { file: 'a/b.ts', named: ['X', 'Y'] },
    { file: 'c.ts', named: [] },
  ]);
});
