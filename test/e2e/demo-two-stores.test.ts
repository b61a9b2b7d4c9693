import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

import { endCommands, startCommand } from '../../local/test/command.ts';
import { SfCli } from '../../scripts/lib/sf.ts';

const script = join(import.meta.dirname, '..', '..', 'scripts', 'demo.ts');
const ports = ['--org-port', '--store-port', '--lightning-port', '--rep-port', '--port'].flatMap(
  (option) => [option, '0'],
);
const second = ['--second-store', '--second-store-port', '0'];
const small = ['--orders', '20', ...ports];

afterEach(endCommands);

describe('npm run demo', () => {
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
    const deploy = [
      'project',
      'deploy',
      'start',
      '-o',
      'local',
      '-d',
      'force-app',
      '-d',
      'config/org/main/outbound',
    ];
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
});

/** The variables that a file sets for a shell. */
function exported(file: string): Partial<Record<string, string>> {
  const lines = readFileSync(file, 'utf8').matchAll(/^export (\w+)='(.*)'$/gm);
  return Object.fromEntries([...lines].map(([, name, value]) => [name, value])) as Partial<
    Record<string, string>
  >;
}
