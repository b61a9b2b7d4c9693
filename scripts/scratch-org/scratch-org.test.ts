import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { root, type Ran } from '../lib/sf.ts';
import { DEFINITION, provideScratchOrg } from './scratch-org.ts';

const ended = (code: number, answer: object): Ran => ({
  code,
  stdout: JSON.stringify(answer),
  stderr: '',
});
const NO_ORG = ended(1, { name: 'NamedOrgNotFoundError', message: 'No org.' });
const WANTED = { alias: 'scratch', days: 7 };

/** A CLI that answers commands by their first three words, and keeps what it was asked. */
function cli(answers: Readonly<Record<string, Ran>>) {
  const asked: string[] = [];
  const run = (args: readonly string[]): Promise<Ran> => {
    asked.push(args.join(' '));
    const answer = answers[args.slice(0, 3).join(' ')] ?? answers[args.slice(0, 2).join(' ')];
    if (answer === undefined) throw new Error(`nobody answers ${args.join(' ')}`);
    return Promise.resolve(answer);
  };
  return { run, asked };
}

const hub = ended(0, { result: [{ name: 'target-dev-hub', value: 'hub@example.com' }] });
const noHub = ended(0, { result: [{ name: 'target-dev-hub' }] });

describe('a scratch org', () => {
  it('is made by the Dev Hub from the definition', async () => {
    const sf = cli({
      'org display': NO_ORG,
      'config get': hub,
      'org create scratch': ended(0, {}),
    });
    expect(await provideScratchOrg(sf, WANTED)).toBe(
      'The scratch org scratch was made, for 7 days.',
    );
    expect(sf.asked.at(-1)).toBe(
      'org create scratch --definition-file config/project-scratch-def.json --alias scratch --target-dev-hub hub@example.com --duration-days 7 --wait 20 --json',
    );
  });

  it('is used again as long as it lasts', async () => {
    const there = ended(0, { result: { expirationDate: '2027-01-05', status: 'Active' } });
    const sf = cli({ 'org display': there });
    expect(await provideScratchOrg(sf, WANTED)).toMatch(/is there, until 2027-01-05/);
    expect(sf.asked).toHaveLength(1);
  });

  it('is made anew when it has expired', async () => {
    const gone = ended(0, { result: { expirationDate: '2026-01-05', status: 'Deleted' } });
    const sf = cli({ 'org display': gone, 'org create scratch': ended(0, {}) });
    expect(await provideScratchOrg(sf, { ...WANTED, devHub: 'mine' })).toMatch(/was made/);
    expect(sf.asked.at(-1)).toContain('--target-dev-hub mine');
  });

  it('is never an org of another kind', async () => {
    const sf = cli({ 'org display': ended(0, { result: { status: 'Connected' } }) });
    await expect(provideScratchOrg(sf, WANTED)).rejects.toThrow(/no scratch org. Nothing was done/);
  });

  it('needs a Dev Hub, and says how to come by one', async () => {
    const sf = cli({ 'org display': NO_ORG, 'config get': noHub });
    await expect(provideScratchOrg(sf, WANTED)).rejects.toThrow(
      /no Dev Hub.*Setup › Dev Hub.*--set-default-dev-hub.*--dev-hub.*--local/,
    );
  });

  it.each([
    ['NamedOrgNotFoundError', 'No authorization information found for hub.', /org login web/],
    ['NotADevHubError', 'The provided org is not a Dev Hub.', /Turn Dev Hub on there/],
    ['LIMIT_EXCEEDED', 'The signup request failed.', /sf org delete scratch/],
    ['RefreshTokenAuthError', 'expired access/refresh token', /Sign in to the Dev Hub again/],
    ['SomethingElse', 'A new sentence.', /A new sentence. \(Dev Hub: hub@example.com\)$/],
  ])('says what to do about %s', async (name, message, sentence) => {
    const refused = ended(1, { name, message });
    const sf = cli({ 'org display': NO_ORG, 'config get': hub, 'org create scratch': refused });
    await expect(provideScratchOrg(sf, WANTED)).rejects.toThrow(sentence);
  });
});

describe('the definition', () => {
  const require = createRequire(import.meta.url);
  const schema = require('@salesforce/schemas/project-scratch-def.schema.json') as {
    readonly properties: object;
  };
  const judge = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  const definition = JSON.parse(readFileSync(join(root, DEFINITION), 'utf8')) as object;

  it('is what Salesforce’s own schema takes, with no name that it does not know', () => {
    expect(judge.safeParse(definition).error).toBeUndefined();
    expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(Object.keys(definition)));
  });

  it.each([{ edition: 'Devoloper' }, { features: 'Orders' }, { hasSampleData: 'no' }])(
    'would not be with the mistake %j',
    (mistake) => {
      expect(judge.safeParse({ ...definition, ...mistake }).success).toBe(false);
    },
  );
});
