import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

import { endCommands, startCommand } from '../../local/test/command.ts';
import { run, SfCli } from '../../scripts/lib/sf.ts';

const script = join(import.meta.dirname, '..', '..', 'scripts', 'demo.ts');
const small = ['--orders', '20', '--org-port', '0', '--store-port', '0'];

afterEach(endCommands);

describe('npm run demo', () => {
  it('-- --exit deploys, syncs, and ends with 0 because both sides agree', async () => {
    const { code, stdout, stderr } = await run('npm', [
      ...['run', '--silent', 'demo', '--', '--exit', '--orders', '60'],
      ...['--org-port', '0', '--store-port', '0'],
    ]);
    expect(stdout + stderr).toContain('Both sides agree, to the cent.');
    expect(stdout).toMatch(/Orders → Woo_Order__c.*agrees/);
    expect(stdout).toMatch(/USD.*agrees/);
    expect(code).toBe(0);
  });

  it('-- --second-store compares two stores of one org', async () => {
    const { code, stdout, stderr } = await run('npm', [
      ...['run', '--silent', 'demo', '--', '--exit', '--second-store', ...small],
    ]);
    expect(stdout + stderr).toContain('Both sides agree, to the cent.');
    expect(stdout).toMatch(/Store outlet:[^]*Outlet Orders → Woo_Order__c.*agrees[^]*USD.*agrees/);
    expect(code).toBe(0);
  });

  it('stays up for a second terminal, and Ctrl-C leaves nothing behind', async () => {
    const { child, ended, output } = startCommand(script, small);
    await expect.poll(output, { timeout: 90_000 }).toContain('Ctrl-C stops them.');
    const home = /export HOME=(\S+)/.exec(output())?.[1] ?? '';
    const orgUrl = /Salesforce org: (\S+)/.exec(output())?.[1] ?? '';
    const terminal = new SfCli(home, {
      WOO_STORE_URL: /WOO_STORE_URL=(\S+)/.exec(output())?.[1] ?? '',
    });
    const query = ['data', 'query', '-o', 'local', '-q', 'SELECT Name FROM Woo_Order__c LIMIT 5'];
    expect((await terminal.must(query)).stdout).toContain('records retrieved: 5.');
    const deploy = ['project', 'deploy', 'start', '-o', 'local', '-d', 'force-app'];
    expect((await terminal.must(deploy)).stdout).toContain('Status: Succeeded');
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(existsSync(home)).toBe(false);
    await expect(fetch(`${orgUrl}/services/data`)).rejects.toThrow('fetch failed');
  });

  it('clears up when it is stopped half-way, and says that nothing was compared', async () => {
    const { child, ended, output } = startCommand(script, small);
    await expect.poll(output, { timeout: 60_000 }).toContain('Deploying force-app');
    child.kill('SIGTERM');
    expect(await ended).toBe(130);
    expect(output()).toContain('Stopped before both sides were compared.');
  });

  it('refuses an option that makes no sense, by name', async () => {
    const { code, stderr } = await run('npm', [
      ...['run', '--silent', 'demo', '--', '--orders', 'many'],
    ]);
    expect(stderr).toContain('--orders is "many"');
    expect(code).toBe(1);
  });
});
