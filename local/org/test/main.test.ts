import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { endCommands, startCommand } from '../../test/command.ts';
import { createOrg } from '../org.ts';
import { file, manifestOf, zipOf } from '../metadata/test/packages.ts';
import { deployTestObjects } from './objects.ts';

const script = join(import.meta.dirname, '..', 'main.ts');
const start = (...args: string[]) => startCommand(script, args);

afterEach(endCommands);

/** Of a port that is free now, another program may be the first to make use. */
async function startOnFreePort(): Promise<ReturnType<typeof start> & { port: string }> {
  for (;;) {
    const free = createOrg();
    const { port } = new URL(await free.listen(0));
    await free.close();
    const started = start('--port', port);
    await expect.poll(started.output).toMatch(/\/local\/requests|is taken/);
    if (!started.output().includes('is taken')) return { ...started, port };
  }
}

describe('npm run org', () => {
  it('says how to sign in, answers, and stops when asked to', async () => {
    const { child, ended, output } = start('--port', '0');
    await expect.poll(output).toContain('/local/requests');
    expect(output()).toMatch(/SF_ACCESS_TOKEN='00D\w+![\w-]+'/);
    expect(output()).toMatch(/SF_CLIENT_SECRET=\w+/);
    const url = /Local org: (\S+)/.exec(output())?.[1] ?? '';
    expect((await fetch(`${url}/services/data`)).status).toBe(200);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  });

  it('turns on what Setup would', async () => {
    const { child, ended, output } = start(
      '--port',
      '0',
      '--person-accounts',
      '--state-country-picklists',
      '--no-duplicate-rules',
    );
    await expect.poll(output).toContain('/local/requests');
    const url = /Local org: (\S+)/.exec(output())?.[1] ?? '';
    const token = /SF_ACCESS_TOKEN='([^']+)'/.exec(output())?.[1] ?? '';
    const answer = await fetch(`${url}/services/data/v66.0/sobjects/Account/describe`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { fields } = (await answer.json()) as { fields: { name: string }[] };
    expect(fields.map((one) => one.name)).toEqual(
      expect.arrayContaining(['IsPersonAccount', 'BillingCountryCode', 'PersonMailingStateCode']),
    );
    expect(await (await fetch(`${url}/local/duplicate-rules`)).json()).toEqual([]);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  });

  it.each([
    [['--port', '0'], 'Failed'],
    [['--port', '0', '--translations'], 'Succeeded'],
  ])('takes translations or refuses them: %j', async (args, status) => {
    const { child, ended, output } = start(...args);
    await expect.poll(output).toContain('/local/requests');
    const url = /Local org: (\S+)/.exec(output())?.[1] ?? '';
    const token = /SF_ACCESS_TOKEN='([^']+)'/.exec(output())?.[1] ?? '';
    const files = { 'translations/ja.translation': file('Translations', '') };
    const zip = zipOf({ ...files, 'package.xml': manifestOf(files) });
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(zip)], { type: 'application/zip' }), 'a.zip');
    const options = JSON.stringify({ deployOptions: { singlePackage: true } });
    form.append('entity_content', new Blob([options], { type: 'application/json' }));
    const path = `${url}/services/data/v66.0/metadata/deployRequest`;
    const headers = { authorization: `Bearer ${token}` };
    const started = await fetch(path, { method: 'POST', headers, body: form });
    const { id } = (await started.json()) as { id: string };
    const state = await fetch(`${path}/${id}`, { headers });
    expect(await state.json()).toMatchObject({ deployResult: { status } });
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  });

  it('names its users by a port that is not the usual one, so that sf tells two orgs apart', async () => {
    const { child, ended, output, port } = await startOnFreePort();
    expect(output()).toContain(`as admin@local-org-${port}.example`);
    expect(output()).toContain(`WOO_SYNC_USERNAME=woo-sync@local-org-${port}.example`);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  });

  it('refuses a port that is taken', async () => {
    const org = createOrg();
    const port = new URL(await org.listen(0)).port;
    const { ended, output } = start('--port', port);
    expect(await ended).toBe(1);
    expect(output()).toContain(`Port ${port} on 127.0.0.1 is taken by another program.`);
    await org.close();
  });

  it.each([
    [['--port', 'abc'], '--port is "abc": give a whole number from 0 to 65535.'],
    [['--jwt-certificate', script], 'give the file of a certificate or public key in PEM form'],
    [['--jwt-certificate', 'missing.crt'], 'missing.crt cannot be used'],
    [['--file', script], `The org cannot be kept in ${script}`],
    [['--host', '203.0.113.5'], '203.0.113.5 is no address of this machine'],
    [['--sharing', 'Account=Public'], '--sharing is "Account=Public"'],
    [['--sharing', 'Nothing=Private'], 'Sharing of Nothing cannot be set'],
    [['--prot', '1'], '--help lists the options.'],
  ])('refuses %j', async (args, message) => {
    const { ended, output } = start(...args);
    expect(await ended).toBe(1);
    expect(output()).toContain(message);
  });
});

describe('an org in a file', () => {
  it('is the same after it was closed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'local-org-'));
    const file = join(folder, 'org.sqlite');
    const create = (data: ReturnType<typeof createOrg>['data'], name: string): void => {
      const object = data.object('Woo_Order__c');
      if (!object) throw new Error('Woo_Order__c is gone');
      data.insert(
        object,
        new Map([
          ['Id', data.nextId(object)],
          ['Name', name],
        ]),
      );
    };
    const first = createOrg({ file });
    deployTestObjects(first.data);
    first.data.putComponents([{ type: 'CustomObject', fullName: 'Woo_Order__c', body: {} }]);
    create(first.data, 'one');
    await first.close();
    const second = createOrg({ file });
    create(second.data, 'two');
    expect(second.data.db.all('SELECT Id, Name FROM Woo_Order__c')).toMatchObject([
      { Id: 'a00Lo0000000001IAA', Name: 'one' },
      { Id: 'a00Lo0000000002IAA', Name: 'two' },
    ]);
    expect(second.data.components()).toContainEqual(
      expect.objectContaining({ fullName: 'Woo_Order__c' }),
    );
    await second.close();
    await rm(folder, { recursive: true });
  });
});
