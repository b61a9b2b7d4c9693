import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GROUPS } from '../sidecar/src/errors/catalogue.ts';

const home = join(import.meta.dirname, '..');
const page = readFileSync(join(home, 'docs/errors.md'), 'utf8');
const headings = page.match(/^#{2,3} .*$/gm) ?? [];

describe('docs/errors.md', () => {
  it('is up to date (npm run docs writes it)', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/docs.ts', '--check'], {
      cwd: home,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
  });

  it('has a heading of its own for each code', () => {
    const codes = GROUPS.flatMap(({ codes }) => Object.keys(codes));
    const named = headings.map((heading) => heading.replace(/^#+ /, '').replace(/…$/, ''));
    expect(codes.filter((code) => named.filter((one) => one === code).length !== 1)).toEqual([]);
  });

  it('leads to each of its groups', () => {
    const anchors = headings.map((heading) =>
      heading
        .replace(/^#+ /, '')
        .toLowerCase()
        .replaceAll(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
    const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
    expect(links).toHaveLength(GROUPS.length);
    expect(links.filter((link) => link === undefined || !anchors.includes(link))).toEqual([]);
  });
});
