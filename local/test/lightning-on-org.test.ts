import { createServer, request as httpRequest, type Server } from 'node:http';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startListening, stopListening } from '../shared/listener.ts';
import { createOrg, type Org } from '../org/org.ts';
import { deployTestObjects } from '../org/test/objects.ts';
import { assign, putPermissionSet } from '../org/test/permission-sets.ts';
import { send } from '../lightning/server/answer.ts';
import { OrgClient } from '../lightning/server/org-client.ts';
import { RequestCounts } from '../lightning/server/request-counts.ts';
import { Routes } from '../lightning/server/routes.ts';
import { fixture } from '../lightning/test/fixture.ts';

let org: Org;
let orgUrl: string;
let accountId: string;
let server: Server;
let url: string;
let cacheFolder: string;
const counts = new RequestCounts();
const reported: string[] = [];

/** The host without its build: pages name a bundle that is there already. */
async function serve(orgAddress: string, token: string): Promise<[Server, string]> {
  const routes = new Routes({
    project: fixture(),
    org: new OrgClient(orgAddress, token),
    build: () => Promise.resolve({ hash: 'abc123', folder: join(cacheFolder, 'bundle-abc123') }),
    cacheFolder,
    counts,
    report: (line) => reported.push(line),
    defaults: { language: 'en_US', timeZone: 'UTC', currency: 'USD' },
  });
  const made = createServer((request, response) => {
    void routes
      .answer(request)
      .catch((error: unknown) => routes.failure(error))
      .then((answer) => {
        send(response, answer);
      });
  });
  return [made, await startListening(made, 0, '127.0.0.1')];
}

beforeAll(async () => {
  org = createOrg();
  deployTestObjects(org.data);
  orgUrl = await org.listen(0);
  cacheFolder = mkdtempSync(join(tmpdir(), 'lightning-'));
  mkdirSync(join(cacheFolder, 'bundle-abc123'));
  writeFileSync(join(cacheFolder, 'bundle-abc123', 'main.js'), 'built');
  [server, url] = await serve(orgUrl, org.adminToken);
  const created = await fetch(`${orgUrl}/services/data/v66.0/sobjects/Account`, {
    method: 'POST',
    headers: { authorization: `Bearer ${org.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ Name: 'Acme' }),
  });
  accountId = ((await created.json()) as { id: string }).id;
});

afterAll(async () => {
  await stopListening(server);
  await org.close();
  rmSync(cacheFolder, { recursive: true });
});

beforeEach(() => {
  counts.reset();
  reported.length = 0;
});

const api = '/services/data/v66.0';

/** A request as `fetch` would not send it: with a host or an origin of its own. */
const rawGet = (path: string, headers: Record<string, string>, method = 'GET') =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    const asked = httpRequest(`${url}${path}`, { headers, method }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body });
      });
    });
    asked.on('error', reject);
    asked.end();
  });

test('a page names its scripts and has the policy of an org', async () => {
  const response = await fetch(`${url}/lightning/page/home?language=ja`);
  const html = await response.text();
  expect(response.status).toBe(200);
  expect(html).toContain('<html lang="ja">');
  expect(html).toContain('src="/host/settings.js?language=ja"');
  expect(html).toContain('src="/bundle/abc123/main.js"');
  expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
  const policy = response.headers.get('content-security-policy')?.split('; ');
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("img-src 'self' data: blob:");
  expect(policy?.some((one) => one.startsWith('script-src'))).toBe(false);
});

test('a language in an address cannot become markup', async () => {
  const html = await (await fetch(`${url}/lightning/page/home?language="><script>x`)).text();
  expect(html).not.toContain('<script>x');
});

test('the settings tell who is signed in, in the language of the page', async () => {
  const runner = putPermissionSet(org.data, 'Runner', { customPermissions: ['May_Run'] });
  const admin = org.data.db.all('SELECT Id FROM User WHERE Username = ?', org.adminUsername);
  assign(org.data, runner, String(admin[0]?.['Id']));
  const script = await (await fetch(`${url}/host/settings.js?language=ja`)).text();
  expect(script).toContain('"lang":"ja"');
  expect(script).toContain('"locale":"ja-JP"');
  expect(script).toContain('"Greeting":"こんにちは"');
  expect(script).toContain('"userName":"Ada Admin"');
  expect(script).toMatch(/"userId":"005\w{15}"/);
  expect(script).toContain('"customPermissions":["May_Run"]');
});

test('no answer to the browser holds the token', async () => {
  const paths = ['/lightning/page/home', '/host/settings.js', '/host/pages', '/local/requests'];
  for (const path of paths) {
    expect(await (await fetch(`${url}${path}`)).text()).not.toContain(org.adminToken);
  }
});

test('a record is asked of the org with the token, and counted', async () => {
  const path = `${api}/ui-api/records/${accountId}?fields=Account.Name`;
  const answer = (await (await fetch(url + path)).json()) as { fields: object };
  expect(answer.fields).toMatchObject({ Name: { value: 'Acme' } });
  const query = { query: '{ uiapi { query { Account { totalCount } } } }' };
  const response = await fetch(`${url}${api}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(query),
  });
  expect(await response.json()).toMatchObject({ data: { uiapi: { query: {} } } });
  expect(await (await fetch(`${url}/local/requests`)).json()).toEqual({
    requests: 2,
    byKind: { record: 1, graphql: 1 },
  });
  await fetch(`${url}/local/requests/reset`, { method: 'POST' });
  expect(counts.totals().requests).toBe(0);
});

test('a refusal of the org comes through as it is', async () => {
  const response = await fetch(
    `${url}${api}/ui-api/records/001Lo00000000zzIAA?fields=Account.Name`,
  );
  expect(response.status).toBe(404);
  expect(JSON.stringify(await response.json())).toContain('NOT_FOUND');
});

test('a write says since when it thinks the record is the same', async () => {
  const response = await fetch(`${url}${api}/ui-api/records/${accountId}`, {
    method: 'PATCH',
    headers: {
      'content-type': 'application/json',
      'if-unmodified-since': 'Wed, 01 Jan 2020 00:00:00 GMT',
    },
    body: JSON.stringify({ fields: { Name: 'Other' } }),
  });
  expect(await response.text()).toContain('CollisionDetectedException');
});

test.each([
  ['GET', `${api}/query?q=SELECT+Id+FROM+User`],
  ['GET', `${api}/sobjects/Account/describe`],
  ['POST', `${api}/sobjects/Account`],
  ['POST', `${api}/composite`],
  ['GET', `${api}/ui-api/../query?q=SELECT+Id+FROM+User`],
  ['GET', `${api}/graphql`],
  ['POST', '/services/oauth2/token'],
  ['GET', '/services/apexrest/woo/main/reads'],
  ['POST', '/local/sessions/end'],
  ['POST', '/sfc/servlet.shepherd/version/download/068'],
])('%s %s is not passed on', async (method, path) => {
  const { status, body } = await rawGet(path, {}, method);
  expect(status).toBe(404);
  expect(body).toContain('NOT_EMULATED');
});

test.each(['rebound.example', 'rebound.example:8095', '127.0.0.1.rebound.example', '10.0.0.1'])(
  'the name %s is not this machine',
  async (host) => {
    expect((await rawGet('/lightning/page/home', { host })).status).toBe(421);
  },
);

test.each(['localhost:1', '127.0.0.1', '[::1]:80'])('the name %s is this machine', async (host) => {
  expect((await rawGet('/local/requests', { host })).status).toBe(200);
});

test('scripts of other sites are refused', async () => {
  const path = `${api}/ui-api/records/${accountId}?fields=Account.Name`;
  expect((await rawGet(path, { origin: 'https://evil.example' })).status).toBe(403);
  expect((await rawGet(path, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await rawGet(path, { origin: url })).status).toBe(200);
});

test('a file is stored with its record, and comes back without the right to run', async () => {
  const form = new FormData();
  const record = { Title: 'a', PathOnClient: 'a.svg', FirstPublishLocationId: accountId };
  const json = new Blob([JSON.stringify(record)], { type: 'application/json' });
  form.append('entity_content', json);
  form.append('VersionData', new Blob(['<svg/>'], { type: 'image/svg+xml' }), 'a.svg');
  const stored = await fetch(`${url}/host/upload`, { method: 'POST', body: form });
  expect(stored.status).toBe(201);
  const ids = (await stored.json()) as { contentVersionId: string; documentId: string };
  expect(ids).toEqual({
    contentVersionId: expect.stringMatching(/^068/) as string,
    documentId: expect.stringMatching(/^069/) as string,
  });
  const file = await fetch(`${url}/sfc/servlet.shepherd/version/download/${ids.contentVersionId}`);
  expect(await file.text()).toBe('<svg/>');
  expect(file.headers.get('content-security-policy')).toContain('sandbox');
  expect(counts.totals().byKind).toEqual({ upload: 1, file: 1 });
});

test('a file that the org refuses is told', async () => {
  const stored = await fetch(`${url}/host/upload`, { method: 'POST', body: new FormData() });
  expect(stored.status).toBe(400);
});

test('the style sheet and the scripts are served, other files are not', async () => {
  const css = await fetch(`${url}/assets/styles/salesforce-lightning-design-system.min.css`);
  expect(css.headers.get('content-type')).toBe('text/css; charset=utf-8');
  await css.body?.cancel();
  expect(await (await fetch(`${url}/bundle/abc123/main.js`)).text()).toBe('built');
  for (const path of [
    '/assets/../package.json',
    '/assets/%2e%2e%2fpackage.json',
    '/bundle/ff/main.js',
  ]) {
    expect((await rawGet(path, {})).status).toBe(404);
  }
});

test('pages come with what the org tells of their objects', async () => {
  const pages = (await (await fetch(`${url}/host/pages`)).json()) as {
    app: { label: string };
    objectInfos: Record<string, { labelPlural: string }>;
  };
  expect(pages.app.label).toBe('Things');
  expect(pages.objectInfos['Account']?.labelPlural).toBe('Accounts');
  expect(pages.objectInfos).not.toHaveProperty('Thing__c');
});

test('an org that is away: the page comes, its calls say so', async () => {
  const gone = createServer();
  const goneUrl = await startListening(gone, 0, '127.0.0.1');
  await stopListening(gone);
  const [away, awayUrl] = await serve(goneUrl, 'token');
  const answer = await fetch(`${awayUrl}${api}/ui-api/records/${accountId}?fields=Account.Name`);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual([
    {
      errorCode: 'ORG_UNREACHABLE',
      message: expect.stringContaining(`${goneUrl} does not answer`) as string,
    },
  ]);
  expect((await fetch(`${awayUrl}/lightning/page/home`)).status).toBe(200);
  expect((await fetch(`${awayUrl}/host/settings.js`)).status).toBe(200);
  const pages = (await (await fetch(`${awayUrl}/host/pages`)).json()) as { objectInfos: object };
  expect(pages.objectInfos).toEqual({});
  expect(reported.join()).toContain('does not answer');
  await stopListening(away);
});
