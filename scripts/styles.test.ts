import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';

/* What styles of components must leave to the page, which may be dark, forced to other colours, or right-to-left. */

const home = join(import.meta.dirname, '..');
const lines = globSync('force-app/**/lwc/*/*.css', { cwd: home }).flatMap((path) =>
  readFileSync(join(home, path), 'utf8')
    .replaceAll(/\/\*[^]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ' '))
    .split('\n')
    .map((text, at) => ({ place: `${basename(path)}:${at + 1}: ${text.trim()}`, text })),
);
const found = (fits: RegExp): readonly string[] =>
  lines.filter(({ text }) => fits.test(text)).map(({ place }) => place);

describe('styles of components', () => {
  it('have no colour that stays as it is in the dark', () => {
    const hooks =
      /var\(--slds-g-color-(surface|on-surface|border|accent|on-accent|error|success|warning|info|disabled|feedback)[\w-]*, [^)]+\)/g;
    const fixed = lines.filter(({ text }) =>
      /#[0-9a-f]{3,8}\b|\b(rgb|hsl)a?\(|--lwc-|-palette-|-(neutral|brand)-base-/i.test(
        text.replaceAll(hooks, ''),
      ),
    );
    expect(
      fixed.map(({ place }) => place),
      'use a hook for surfaces, text, borders or accents',
    ).toEqual([]);
  });

  it('say nothing by a shadow alone, which is not drawn where colours are forced', () => {
    expect(found(/box-shadow|text-shadow/)).toEqual([]);
  });

  it('have no side that stays where it is when the page runs right to left', () => {
    expect(
      found(
        /(^|[\s;{])(left|right|(margin|padding|border)-(left|right)[\w-]*)\s*:|(text-align|float|clear)\s*:\s*(left|right)/,
      ),
      'use inline-start and inline-end',
    ).toEqual([]);
  });
});
