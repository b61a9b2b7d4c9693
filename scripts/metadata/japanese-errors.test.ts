import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { GROUPS } from '../../sidecar/src/errors/catalogue.ts';
import { root } from '../lib/sf.ts';

/** What only a terminal shows, or a command in its result, where the sentence is all there is. */
const NOT_ON_PAGES = new Set([
  'Starting and commands',
  'Listening',
  'State',
  'Check',
  'Telling people',
  'Commands in Salesforce',
]);
const shown = GROUPS.filter(({ title }) => !NOT_ON_PAGES.has(title));
const codes = Object.fromEntries(shown.flatMap((group) => Object.entries(group.codes)));

type Words = Readonly<Record<string, readonly string[]>>;

const FILES = ['Connections', 'Mappings', 'Records', 'Salesforce'];
const bundle = join(root, 'force-app', 'main', 'default', 'lwc', 'wooIssueWords');
const parts = await Promise.all(
  FILES.map(async (name) => {
    const module = (await import(join(bundle, `japanese${name}.js`))) as Record<string, Words>;
    return module[name.toUpperCase()] ?? {};
  }),
);
const japanese = Object.assign({}, ...parts) as Words;

/** What is typed as it stands: names of ours, values of picklists, paths, variables, commands. */
const VERBATIM =
  /\bWoo_\w+|\bdocs\/[\w-]+\.md|\bto_(?:salesforce|woo)\b|\bmeta_data\.\w+|\bPUBLIC_URL\b|\bSIDECAR_SECRET\b|\bSTORE_MOVED\b|\bRECORD_IS_ANOTHER\b|\bnpm run [\w-]+|\bis_(?:not_)?empty\b|\bon_create\b|\bwoo-salesforce check\b|\b\d[\d,]*\b/g;

/** Permission sets that are deployed beside the package, which names nothing outside of it. */
const NOT_IN_PACKAGE = /^Woo_(?:Store_Keys|Recipe_\w+)$/;

it('knows the groups that it leaves out', () => {
  expect(GROUPS.filter(({ title }) => NOT_ON_PAGES.has(title))).toHaveLength(NOT_ON_PAGES.size);
});

it('has Japanese for each code that a page shows, and for no other', () => {
  expect(Object.keys(japanese).sort()).toEqual(Object.keys(codes).sort());
  const all = parts.flatMap((part) => Object.keys(part));
  expect(all).toHaveLength(new Set(all).size);
});

describe.each(Object.entries(codes))('%s', (code, { meaning, cure }) => {
  it('says in Japanese what it means and what to do, with what is typed as it stands', () => {
    const words = japanese[code] ?? [];
    expect(words).toHaveLength(2);
    for (const [at, english] of [meaning, cure].entries()) {
      const text = words[at] ?? '';
      expect(text).toMatch(/[\u3040-\u30FF\u4E00-\u9FFF].*[。)]$/);
      expect(text.length).toBeLessThanOrEqual(300);
      const verbatim = (english.match(VERBATIM) ?? []).filter(
        (one) => !NOT_IN_PACKAGE.test(one) && !text.includes(one),
      );
      expect(verbatim).toEqual([]);
    }
  });
});
