import { describe, expect, it } from 'vitest';

import { ASSUMPTIONS } from '../catalogue/all.ts';
import type { ComponentFailure } from './validation.ts';
import { outcomesOf } from './verdicts.ts';

const failure = (
  type: string,
  problem: string,
  part = 'force-app',
  fullName = 'Thing',
): ComponentFailure => ({ type, fullName, problem, place: { part, file: `${part}/${fullName}` } });
const parts = ['force-app', 'config/japanese'].map((part) => ({ part, untried: null }));

/** `id kind` of each line, and its detail where it has one. */
function told(
  failures: readonly ComponentFailure[],
  tests: readonly string[] | null = null,
): readonly string[] {
  return outcomesOf(parts, failures, tests, ASSUMPTIONS).map(({ assumption, kind, detail }) =>
    [assumption.id, kind, ...(detail === '' ? [] : [detail])].join(' · '),
  );
}

describe('what a validation says', () => {
  it('of an org that takes everything', () => {
    expect(told([])).toEqual(['force-app · holds', 'config/japanese · holds']);
    expect(told([], [])).toContain('apex-tests-pass · holds');
  });

  it.each([
    ['PermissionSet', 'Permission Read All X depends on …', 'rights-of-permission-sets'],
    ['Layout', 'Cannot find related list:X', 'layouts-of-custom-metadata'],
    ['CustomField', 'Unknown function X. Check spelling.', 'formulas'],
    ['ListView', 'Could not resolve list view column: X', 'list-view-columns'],
    ['SharingRules', 'Invalid', 'sharing-rule-by-owner'],
    ['Dashboard', 'no', 'dashboard-deploys'],
    ['Report', 'no', 'report-columns'],
  ])('is the row that a refused %s answers', (type, problem, id) => {
    expect(told([failure(type, problem)])).toEqual([
      'force-app · differs · 1 components are refused',
      'config/japanese · holds',
      `${id} · differs · ${type} Thing: ${problem}`,
    ]);
  });

  it('is a new row for what no row knows, with its file', () => {
    const [outcome] = outcomesOf([], [failure('NamedCredential', 'no')], null, ASSUMPTIONS);
    expect(outcome).toMatchObject({
      kind: 'differs',
      detail: 'NamedCredential Thing: no',
      assumption: { id: 'new: NamedCredential Thing', places: ['force-app/Thing'] },
    });
  });

  it('counts a failure once that several validations tell, and two of one row together', () => {
    const twice = failure('PermissionSet', 'no');
    const other = failure('PermissionSet', 'no', 'force-app', 'Other');
    expect(told([twice, twice, other])).toEqual([
      'force-app · differs · 2 components are refused',
      'config/japanese · holds',
      'rights-of-permission-sets · differs · PermissionSet Thing: no; PermissionSet Other: no',
    ]);
  });

  it('is nothing of a feature that is off, unless something else is refused beside', () => {
    const off = failure(
      'Translations',
      'Not available for deploy for this organization (2:1)',
      'config/japanese',
      'ja',
    );
    expect(told([off]).slice(1)).toEqual([
      'config/japanese · cannot tell · Not available for deploy for this organization: a feature is off',
      'translations · cannot tell · Not available for deploy for this organization: a feature is off',
    ]);
    const bad = failure('Translations', 'no', 'config/japanese', 'ja');
    expect(told([off, bad])[1]).toBe('config/japanese · differs · 2 components are refused');
  });

  it('is of the tests what they found', () => {
    expect(told([], ['A.b: System.AssertException'])).toContain(
      'apex-tests-pass · differs · A.b: System.AssertException',
    );
  });
});
