import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

import { startListening, stopListening } from '../../local/shared/listener.ts';
import { endCommands, startCommand } from '../../local/test/command.ts';
import { run, SfCli } from '../../scripts/lib/sf.ts';

const script = join(import.meta.dirname, '..', '..', 'scripts', 'demo.ts');
const ports = [
  '--org-port',
  '0',
  '--store-port',
  '0',
  '--lightning-port',
  '0',
  '--port',
  '0',
].concat('--rep-port', '0');
const second = ['--second-store', '--second-store-port', '0'];
const small = ['--orders', '20', ...ports];

afterEach(endCommands);

describe('npm run demo', () => {
  it('-- --exit deploys, syncs, keeps in step, and ends with 0 because both sides agree', async () => {
    const { code, stdout, stderr } = await run('npm', [
      ...['run', '--silent', 'demo', '--', '--exit', '--orders', '60', ...ports],
    ]);
    expect(stdout + stderr).toContain('Both sides agree, to the cent.');
    expect(stdout).toMatch(/Orders → Woo_Order__c.*agrees/);
    expect(stdout).toMatch(/USD.*agrees/);
    expect(stdout).toMatch(/Stock of all products and variations.*agrees/);
    expect(stdout).toContain('Bean bags in stock in Salesforce: 16');
    expect(stdout).toMatch(/4 are bought in the store: 12 in Salesforce after \d+ ms/);
    expect(stdout).toMatch(/It is completed in the store: in Salesforce after \d+ ms/);
    expect(stdout).toMatch(/three images in Salesforce, while one is bought: in the store after/);
    expect(stdout).toMatch(/featured {2}\S+front\S+\s+gallery {3}\S+side\S+\s+gallery {3}\S+room/);
    expect(stdout).toContain('11 are left in stock there');
    expect(stdout).toMatch(
      /one stock for its [2-9] variations\. 2 of one are bought: \d+ on each in Salesforce after/,
    );
    expect(stdout).toMatch(/address alone[^]*Grace Hopper of Arlington in Salesforce after \d+ ms/);
    expect(stdout).toMatch(/After all of that:[^]*USD.*agrees[^]*Stock of all.*agrees/);
    expect(code).toBe(0);
  });

  it('-- --second-store compares two stores, stays up for a second terminal, and Ctrl-C leaves nothing behind', async () => {
    const { child, ended, output } = startCommand(script, [...second, ...small]);
    await expect.poll(output).toContain('Ctrl-C stops them.');
    expect(output()).toContain('Both sides agree, to the cent.');
    expect(output()).toMatch(
      /Store outlet:[^]*Outlet Orders → Woo_Order__c.*agrees[^]*USD.*agrees/,
    );
    expect(output()).toMatch(/Stock of its own products and variations\W+24\W+24\W+agrees/);
    expect(output()).toMatch(
      /The outlet halves it to [\d.]+: in Salesforce after \d+ ms, and main's price stays [\d.]+/,
    );
    expect(output()).toMatch(/the name in main and the price in the outlet after \d+ ms/);
    const orgUrl = /Salesforce org: (\S+)/.exec(output())?.[1] ?? '';
    const file = /^ {2}\. (\S+)$/m.exec(output())?.[1] ?? '';
    const { HOME: home = '', PUBLIC_URL, ...variables } = exported(file);
    const { WOO_SYNC_ENDPOINT = '', WOO_SYNC_USERNAME = '' } = variables;
    const terminal = new SfCli(home, { WOO_SYNC_ENDPOINT, WOO_SYNC_USERNAME });
    const query = ['data', 'query', '-o', 'local', '-q', 'SELECT Name FROM Woo_Order__c LIMIT 5'];
    expect((await terminal.must(query)).stdout).toContain('records retrieved: 5.');
    const deploy = ['project', 'deploy', 'start', '-o', 'local', '-d', 'force-app'];
    expect((await terminal.must(deploy)).stdout).toContain('Status: Succeeded');
    expect((await fetch(`${PUBLIC_URL}/readyz`)).status).toBe(200);
    const rep = /as a sales rep[^:]*: (\S+)\/lightning/.exec(output())?.[1] ?? '';
    const page = await (await fetch(`${rep}/host/settings.js`)).text();
    expect(page).toContain('"userName":"Rita Rep","customPermissions":[]');
    const { SECOND_STORE_KEY: key, SECOND_STORE_SECRET: secret, WOO_OUTLET_URL } = variables;
    const authorization = `Basic ${btoa(`${key ?? ''}:${secret ?? ''}`)}`;
    const headers = { authorization, 'x-forwarded-proto': 'https' };
    const orders = await fetch(`${WOO_OUTLET_URL ?? ''}/wp-json/wc/v3/orders`, { headers });
    expect(orders.status).toBe(200);
    process.kill(Number(/^ {2}kill -9 (\d+)$/m.exec(output())?.[1]), 'SIGKILL');
    await expect.poll(output).toContain('The service has ended (SIGKILL).');
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(existsSync(home)).toBe(false);
    for (const gone of [`${orgUrl}/services/data`, `${PUBLIC_URL}/readyz`]) {
      await expect(fetch(gone)).rejects.toThrow('fetch failed');
    }
  });

  it('clears up when it is stopped half-way, and says so', async () => {
    const { child, ended, output } = startCommand(script, small);
    await expect.poll(output).toContain('Deploying force-app');
    child.kill('SIGTERM');
    expect(await ended).toBe(130);
    expect(output()).toContain('Stopped before all was shown.');
  });

  it('refuses a port that is taken before it begins, by the name of its option', async () => {
    const server = createServer();
    const port = new URL(await startListening(server, 0, '127.0.0.1')).port;
    const { ended, output } = startCommand(script, [...small, '--lightning-port', port]);
    expect(await ended).toBe(1);
    await stopListening(server);
    expect(output()).toContain(`--lightning-port: Port ${port} on 127.0.0.1 is taken`);
    expect(output()).not.toContain('Salesforce org:');
  });

  it('refuses an option that makes no sense, by name', async () => {
    const { code, stderr } = await run('npm', [
      ...['run', '--silent', 'demo', '--', '--orders', 'many'],
    ]);
    expect(stderr).toContain('--orders is "many"');
    expect(code).toBe(1);
  });
});

/** The variables that a file sets for a shell. */
function exported(file: string): Partial<Record<string, string>> {
  const lines = readFileSync(file, 'utf8').matchAll(/^export (\w+)='(.*)'$/gm);
  return Object.fromEntries([...lines].map(([, name, value]) => [name, value])) as Partial<
    Record<string, string>
  >;
}
