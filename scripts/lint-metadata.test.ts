import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { unprecedented } from './lib/checks/precedents.ts';
import { REASONS, reasonProblems } from './lib/checks/unprecedented.ts';
import { root } from './lib/sf.ts';
import { ASSUMPTIONS } from './prove/catalogue/all.ts';

const tab = 'force-app/main/default/tabs/Woo_Match__c.tab-meta.xml';
const rows = new Set(ASSUMPTIONS.map(({ id }) => id));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const features = (text: string): readonly string[] => [
  ...unprecedented([{ path: tab, text }]).keys(),
];

describe('metadata without a precedent', () => {
  it('of this project has a reason and a row each', () => {
    const files = globSync('{force-app,config}/**/*-meta.xml', { cwd: root })
      .filter((path) => !path.includes('/deployed-'))
      .map((path) => ({ path, text: read(path) }));
    expect(files.length).toBeGreaterThan(500);
    expect(reasonProblems(unprecedented(files), rows)).toEqual([]);
  });

  it('is found: an element and a value that nobody has, and a kind of file', () => {
    const good = read(tab);
    expect(features(good)).toEqual([]);
    expect(features(good.replace('<motif>', '<tooltip>x</tooltip><motif>'))).toEqual([
      'CustomTab/tooltip',
    ]);
    const layout = read(
      'force-app/main/default/layouts/Woo_Match__c-Woo Match Layout.layout-meta.xml',
    );
    expect(features(layout)).toEqual([]);
    expect(features(layout.replace('<behavior>Edit<', '<behavior>Hidden<'))).toEqual([
      'Layout/layoutSections/layoutColumns/layoutItems/behavior = Hidden',
    ]);
    expect(features('<Prompt><x/></Prompt>')).toEqual(['Prompt']);
  });

  it('fails without a reason, with one that is no longer needed, and without its row', () => {
    const [first, ...others] = REASONS;
    const found = new Map(REASONS.map(({ feature }) => [feature, [tab]]));
    expect(reasonProblems(found, rows)).toEqual([]);
    expect(reasonProblems(found, rows, others)).toEqual([
      expect.stringContaining(`${first?.feature ?? ''} has no precedent (${tab})`),
    ]);
    expect(reasonProblems(new Map(), rows, first ? [first] : [])).toEqual([
      expect.stringContaining('nothing of the project has it any more'),
    ]);
    expect(reasonProblems(found, new Set())).toHaveLength(REASONS.length);
  });
});
