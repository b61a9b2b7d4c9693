import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { root } from '../lib/sf.ts';
import { ASSUMPTIONS, SUBJECTS } from './catalogue/all.ts';
import { isProbed, isSettled } from './model/assumption.ts';
import { provePage } from './report/prove-page.ts';
import { unprovenPage } from './report/unproven-page.ts';
import { callsOf } from './run/run-probes.ts';

const ids = (some: typeof ASSUMPTIONS) => some.map(({ id }) => id);

describe('the catalogue of assumptions', () => {
  it('names each by an id of its own', () => {
    expect(ids(ASSUMPTIONS).filter((id, at, all) => all.indexOf(id) !== at)).toEqual([]);
    expect(ids(ASSUMPTIONS).filter((id) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id))).toEqual([]);
  });

  it('names places that are there', () => {
    const places = ASSUMPTIONS.flatMap(({ id, places: named }) => named.map((one) => [id, one]));
    expect(places.filter(([, place = '']) => !existsSync(join(root, place)))).toEqual([]);
    expect(ASSUMPTIONS.filter(({ places: named }) => named.length === 0)).toEqual([]);
  });

  it('says of each how it is settled', () => {
    const texts = ASSUMPTIONS.map((one) => {
      if (isSettled(one)) return [one.id, one.source];
      return [one.id, isProbed(one) ? one.deviation.says : one.person];
    });
    expect(texts.filter(([, text = '']) => text.length < 10)).toEqual([]);
  });

  it('is what docs/unproven.md says (npm run docs writes it)', () => {
    const page = readFileSync(join(root, 'docs/unproven.md'), 'utf8');
    expect(page).toBe(unprovenPage(SUBJECTS));
  });

  it('is counted as docs/prove.md shows it (npm run docs writes it)', () => {
    const page = readFileSync(join(root, 'docs/prove.md'), 'utf8');
    expect(page).toBe(provePage(page, ASSUMPTIONS));
  });

  it('takes no more calls of the API than a run may', () => {
    expect(callsOf(ASSUMPTIONS)).toBeLessThanOrEqual(400);
  });

  it('writes statements as sentences without their full stop', () => {
    const wrong = ASSUMPTIONS.filter(({ statement }) => !/^[A-Z`_0-9'].*[^.\s]$/s.test(statement));
    expect(ids(wrong)).toEqual([]);
  });
});
