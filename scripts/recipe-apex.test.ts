import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deployFiles, failuresOf } from '../local/org/metadata/test/packages.ts';
import { packageOf, projectSource } from '../local/org/metadata/test/project.ts';
import { createOrg, type Org } from '../local/org/org.ts';
import { root } from './lib/sf.ts';

const page = readFileSync(join(root, 'docs/recipes.md'), 'utf8');

/** The files that the page shows, as it shows them, by their paths in a package. */
const files = Object.fromEntries(
  [...page.matchAll(/^`((?:classes|flows)\/\S+)`:\n\n```\w+\n([^]*?)^```$/gm)].map(
    ([, path = '', text = '']) => [path.replace(/\.flow-meta\.xml$/, '.flow'), text],
  ),
);

/** What the page gives to `sf apex run`. */
const [, anonymous = ''] = /sf apex run <<'CODE'\n([^]*?)^CODE$/m.exec(page) ?? [];

let org: Org;
let url: string;

beforeAll(async () => {
  org = createOrg({ features: { translations: true } });
  expect(failuresOf(deployFiles(org.data, packageOf(projectSource())))).toEqual([]);
  assign(org.data, 'Woo_Admin');
  url = await org.listen(0);
});
afterAll(() => org.close());

/** Assigns a permission set that was deployed to the administrator. */
function assign(data: Org['data'], name: string): void {
  const user = data.db.get('SELECT Id FROM User WHERE Username = ?', org.adminUsername);
  const set = data.db.get('SELECT Id FROM PermissionSet WHERE Name = ?', name);
  const pair = { AssigneeId: String(user?.['Id']), PermissionSetId: String(set?.['Id']) };
  data.putSystemRow('PermissionSetAssignment', pair, {});
}

async function rest(method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${url}/services/data/v66.0${path}`, {
    method,
    headers: { authorization: `Bearer ${org.adminToken}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

const create = async (type: string, values: object): Promise<string> =>
  ((await rest('POST', `/sobjects/${type}`, values)) as { id: string }).id;

const titleOf = async (id: string): Promise<unknown> =>
  ((await rest('GET', `/sobjects/Contact/${id}?fields=Title`)) as { Title: unknown }).Title;

it('the class, its test and the flow of the page are deployed as they stand there', () => {
  expect(Object.keys(files)).toEqual([
    'classes/CustomerTier.cls',
    'classes/CustomerTier.cls-meta.xml',
    'classes/CustomerTierTest.cls',
    'classes/CustomerTierTest.cls-meta.xml',
    'flows/Customer_Tier.flow',
  ]);
  expect(failuresOf(deployFiles(org.data, files))).toEqual([]);
});

it('its test passes and covers all of it', async () => {
  const result = (await rest('POST', '/tooling/runTestsSynchronous', {
    tests: [{ className: 'CustomerTierTest' }],
  })) as {
    failures: unknown;
    codeCoverage: readonly { name: string; numLocationsNotCovered: number }[];
  };
  expect(result.failures).toEqual([]);
  expect(result.codeCoverage.find(({ name }) => name === 'CustomerTier')).toMatchObject({
    numLocationsNotCovered: 0,
  });
});

it('the flow writes the tier of a contact as orders arrive, of each contact its own', async () => {
  const [often, once] = [
    await create('Contact', { LastName: 'Often' }),
    await create('Contact', { LastName: 'Once' }),
  ];
  const order = (Contact__c: string, Name: string, Status__c = 'completed') =>
    create('Woo_Order__c', { Name, Contact__c, Status__c });
  await order(once, '#1');
  for (const name of ['#2', '#3']) await order(often, name);
  expect([await titleOf(often), await titleOf(once)]).toEqual(['new', 'new']);
  await order(often, '#4', 'cancelled');
  expect(await titleOf(often)).toBe('new');
  await order(often, '#5');
  expect([await titleOf(often), await titleOf(once)]).toEqual(['silver', 'new']);
});

it('the anonymous Apex of the page writes the tiers of all who have ordered', async () => {
  const [contact] = (
    (await rest(
      'GET',
      `/query?q=${encodeURIComponent("SELECT Id FROM Contact WHERE Title = 'silver'")}`,
    )) as {
      records: readonly { Id: string }[];
    }
  ).records;
  const id = contact?.Id ?? '';
  await rest('PATCH', `/sobjects/Contact/${id}`, { Title: 'gone' });
  const query = new URLSearchParams({ anonymousBody: anonymous }).toString();
  expect(await rest('GET', `/tooling/executeAnonymous/?${query}`)).toMatchObject({
    compileProblem: null,
    exceptionMessage: null,
    success: true,
  });
  expect(await titleOf(id)).toBe('silver');
});
