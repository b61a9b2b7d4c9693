import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { variables } from '../../src/config/variables.ts';
import { CodedError } from '../../src/errors/coded-error.ts';
import {
  classOf,
  explanationOf,
  GROUPS,
  sideOf,
  type ErrorCode,
} from '../../src/errors/catalogue.ts';
import { classify } from '../../src/salesforce/error-classes.ts';

const src = join(import.meta.dirname, '../../src');
/** All sources but the catalogue itself, without their comments. */
const sources = globSync('**/*.ts', { cwd: src })
  .filter((path) => !path.startsWith('errors/'))
  .map((path) => textOf(join(src, path)));
/** Deploys have codes of their own. */
const scripts = join(import.meta.dirname, '../../../scripts/lib');
const scriptSources = globSync('**/*.ts', { cwd: scripts })
  .filter((path) => !path.endsWith('.test.ts'))
  .map((path) => textOf(join(scripts, path)));

function textOf(path: string): string {
  return readFileSync(path, 'utf8').replaceAll(/\/\*.*?\*\/|^\s*\/\/.*?$/gms, '');
}

const codes = GROUPS.flatMap(({ codes }) => Object.keys(codes));
const explanations = GROUPS.flatMap(({ codes }) => Object.entries(codes));
const isFamily = (code: string) => code.endsWith('_');

/** Texts that look like a code and are none. */
const variableNames = new Set(Object.keys(variables.shape));
const NOT_OURS = [
  // What the Apex class says, or the platform of it, which gateway-fault.ts turns into codes of ours.
  /^(?:GATEWAY_|APEX_ERROR$)/,
  // Of Node, axios and jsforce.
  /^ERR_/,
  /^ERROR_HTTP_/,
];
const isOther = (text: string) =>
  variableNames.has(text) || NOT_OURS.some((pattern) => pattern.test(text));

/** Every `'SOME_CODE'` of a source, and the beginning of every `` `SOME_${…}` ``. */
function codesIn(source: string): string[] {
  const literals = [...source.matchAll(/'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+_?)'/g)];
  const templates = [...source.matchAll(/`([A-Z]+_)\$\{/g)];
  return [...literals, ...templates].flatMap(([, code]) => code ?? []);
}

describe('the catalogue', () => {
  it('knows every code that occurs in the sources', () => {
    const used = new Set(sources.flatMap(codesIn).filter((code) => !isOther(code)));
    const unknown = [...used].filter(
      (code) =>
        !codes.some((known) => known === code || (isFamily(code) && known.startsWith(code))),
    );
    expect(used.size).toBeGreaterThan(100);
    expect(unknown).toEqual([]);
  });

  it('holds no code that occurs nowhere', () => {
    const all = [...sources, ...scriptSources];
    const words = new Set(all.flatMap((source) => source.match(/\b[A-Z][A-Z0-9_]+\b/g) ?? []));
    const begun = sources.flatMap((source) =>
      [...source.matchAll(/`([A-Z]+_)\$\{/g)].flatMap(([, code]) => code ?? []),
    );
    const unused = codes.filter(
      (code) => !words.has(code) && !begun.some((beginning) => code.startsWith(beginning)),
    );
    expect(unused).toEqual([]);
  });

  it('explains each code once', () => {
    expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([]);
  });

  it.each(explanations)('%s is explained in plain sentences', (_, { meaning, cure }) => {
    for (const text of [meaning, cure]) {
      expect(text).toMatch(/^\p{Lu}.{8,}\.$/su);
      // Markdown would swallow them.
      expect(text).not.toMatch(/[<>*|`]/);
      expect(text.length).toBeLessThan(300);
    }
    expect(meaning).not.toBe(cure);
  });

  it('agrees with what the Salesforce client makes of each code', () => {
    const expected = { reference: 'retry', retry: 'retry', permanent: 'permanent' } as const;
    const ofSalesforce = GROUPS.filter(({ about }) => about.startsWith('Codes of Salesforce'))
      .flatMap(({ codes }) => Object.keys(codes))
      .filter((code) => code !== 'HTTP_');
    expect(ofSalesforce.length).toBeGreaterThan(40);
    for (const code of ofSalesforce) {
      const kind = classify(isFamily(code) ? `${code}X` : code, '');
      expect([code, classOf(code)]).toEqual([
        code,
        kind === 'setup' || kind === 'limit' ? kind : expected[kind],
      ]);
    }
  });
});

describe('explanationOf', () => {
  it('finds a code by the beginning that it shares with its like', () => {
    expect(explanationOf('CONCURRENT_REQUEST_LIMIT_EXCEEDED')?.class).toBe('limit');
    expect(explanationOf('PORTAL_NO_ACCESS')?.class).toBe('setup');
    expect(explanationOf('HTTP_503')?.class).toBe('retry');
  });

  it('knows nothing of others, whatever they are called', () => {
    for (const code of ['woocommerce_rest_cannot_edit', '', 'constructor', '__proto__'])
      expect(explanationOf(code)).toBeNull();
    expect(classOf('woocommerce_rest_cannot_edit')).toBe('retry');
  });
});

const error = (code: ErrorCode) => new CodedError(code, 'What happened.', 'What to do.');

describe('sideOf', () => {
  it.each([
    ['SF_UNREACHABLE', 'org'],
    ['SF_LIMIT_EXCEEDED', 'org'],
    ['SF_SIGN_IN_REFUSED', 'org'],
    ['WOO_UNAVAILABLE', 'store'],
    ['WOO_GATEWAY_MISSING', 'store'],
    ['STATE_UNREACHABLE', 'state'],
    ['WOO_ANSWER_TOO_LARGE', null],
    ['WOO_BODY_TOO_LARGE', null],
    ['WOO_GATEWAY_FAILED', null],
    ['CONFIG_INVALID', null],
    ['MATCH_AMBIGUOUS', null],
    ['STORE_UNKNOWN', null],
  ] as const)('%s: %s', (code, side) => {
    expect(sideOf(error(code))).toBe(side);
  });
});

it('cures never tell an admin to edit Woo_Integration, which an upgrade replaces', () => {
  const found = globSync('**/*.ts', { cwd: src }).filter((path) =>
    /in the permission set Woo_Integration/.test(textOf(join(src, path))),
  );
  expect(found).toEqual([]);
});
