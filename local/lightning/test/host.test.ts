import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHost, type Host } from '../host.ts';
import { fixtureRoot, ownProject } from './fixture.ts';

/** In the project's own folder for such things: components find LWC from there as the real ones do. */
const local = join(ownProject().root, '.local');
const cacheFolder = join(local, 'lightning-cache');
let root: string;
let host: Host;
let url: string;
const said: string[] = [];
const script = () => join(root, 'force-app', 'main', 'default', 'lwc', 'tiny', 'tiny.js');
const source = () => readFileSync(script(), 'utf8');
const mainOf = (html: string) => /src="(\/bundle\/\w+\/main\.js)"/.exec(html)?.[1] ?? '';
const page = async () => {
  const response = await fetch(`${url}/host/component/tiny`);
  return { status: response.status, html: await response.text() };
};

beforeAll(async () => {
  mkdirSync(local, { recursive: true });
  root = mkdtempSync(join(local, 'lightning-test-'));
  cpSync(fixtureRoot, root, { recursive: true });
  host = createHost({
    org: 'http://127.0.0.1:1',
    token: 'token',
    root,
    cacheFolder,
    report: (line) => said.push(line),
  });
  url = await host.listen(0);
});

afterAll(async () => {
  await host.close();
  rmSync(root, { recursive: true });
});

test('components are built with the base components, and it is said', async () => {
  const { html } = await page();
  const text = await (await fetch(url + mainOf(html))).text();
  expect(text).toContain('lightning-card');
  expect(text).toContain('registerTemplate');
  expect(text).toContain('lightningHost.labels["Greeting"]');
  expect(text).not.toContain('import.meta.env.SSR');
  expect(said[0]).toBe('Building the Lightning components …');
  expect(said[1]).toMatch(/^Built \d+ modules in [\d.]+ s\.$/);
});

test('the styles of SLDS follow the direction of the page', async () => {
  const name = 'salesforce-lightning-design-system.min.css';
  const response = await fetch(`${url}/assets/styles/${name}`);
  expect(response.headers.get('content-type')).toContain('text/css');
  const styles = await response.text();
  expect(styles).toContain('margin-inline-start:');
  expect(styles).not.toMatch(/[;{]margin-left:/);
});

test('what has not changed is not built again, also by another host', async () => {
  const lines: string[] = [];
  const options = { org: 'http://127.0.0.1:1', token: 'token', root, cacheFolder };
  const other = createHost({ ...options, report: (line) => lines.push(line) });
  await other.listen(0);
  await other.close();
  expect(lines).toEqual([]);
});

test('a change is built with the next page; a mistake is shown with its file, until it is corrected', async () => {
  const before = mainOf((await page()).html);
  const good = source();
  writeFileSync(script(), good.replace('c.Greeting', 'c.Greetings'));
  const broken = await page();
  expect(broken.status).toBe(500);
  expect(broken.html).toContain('tiny.js imports @salesforce/label/c.Greetings');
  expect(broken.html).toContain('There is no custom label Greetings in the project.');
  writeFileSync(script(), good.replace('shout(greeting)', 'greeting'));
  const after = await page();
  expect(after.status).toBe(200);
  expect(mainOf(after.html)).not.toBe(before);
  expect((await fetch(url + before)).status).toBe(200);
  writeFileSync(script(), good.replace("'c/tinyWords'", "'lightning/nothingLikeIt'"));
  expect((await page()).html).toContain('imports lightning/nothingLikeIt, which is no module');
  writeFileSync(script(), `import { getNope } from 'lightning/uiRecordApi';\n${good}\ngetNope();`);
  expect((await page()).html).toMatch(/getNope&#34; is not exported by [^ ]*uiRecordApi/);
  writeFileSync(script(), good);
});

test.each([
  [{ org: 'nowhere' }, 'The org\'s address is "nowhere": give one such as http://127.0.0.1:8090.'],
  [{ language: 'de' }, 'There is no translation into "de": choose one of en_US, ja.'],
  [
    { root: '/nowhere' },
    '/nowhere/sfdx-project.json is missing: give the folder of an SFDX project.',
  ],
])('%o is refused with a sentence', (wrong, sentence) => {
  const options = { org: 'http://127.0.0.1:1', token: 'token', root, ...wrong };
  expect(() => createHost(options)).toThrow(sentence);
});

test('a component that is not there is told, with those that are', async () => {
  const options = { org: 'http://127.0.0.1:1', token: 'token', root, components: ['tinny'] };
  await expect(createHost(options).listen(0)).rejects.toThrow(
    'There is no component tinny with a template; the project has: tiny.',
  );
});

test('one that is closed while it builds never listens', async () => {
  const other = createHost({ org: 'http://127.0.0.1:1', token: 'token', root, cacheFolder });
  const listening = other.listen(0);
  await other.close();
  await expect(listening).rejects.toThrow('closed before its components were built');
});
