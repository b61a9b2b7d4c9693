import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { outboundEnv } from '../../lib/install/install.ts';
import { root } from '../../lib/sf.ts';
import { editsOfProject } from './project-copy.ts';

const DEFAULTS = { orders: 'completed', customers: 'accounts', since: null } as const;
const env = (endpoint: string | null) => outboundEnv({ endpoint, username: 'sync@example.com' });
const names = (text: string) =>
  (JSON.parse(text) as { replacements: { replaceWithEnv: string }[] }).replacements.map(
    ({ replaceWithEnv }) => replaceWithEnv,
  );

it('a service without a public address replaces nothing by itself, for which the CLI would warn', () => {
  const edits = editsOfProject(DEFAULTS, env(null));
  expect([...edits.keys()]).toEqual(['sfdx-project.json']);
  const idle = ['WOO_SERVICE_URL', 'WOO_SYNC_ENDPOINT'];
  const all = names(readFileSync(join(root, 'sfdx-project.json'), 'utf8'));
  expect(names(edits.get('sfdx-project.json') ?? '')).toEqual(
    all.filter((name) => !idle.includes(name)),
  );
});

it('one with a public address replaces all', () => {
  const endpoint = 'https://sync.example.com/salesforce/outbound/0123456789abcdef';
  expect(editsOfProject(DEFAULTS, env(endpoint)).size).toBe(0);
});

it('an org that keeps its configuration gets the project as it is', () => {
  expect(editsOfProject(null, env(null)).size).toBe(0);
});
