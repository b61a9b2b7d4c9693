import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

import { startListening, stopListening } from '../../local/shared/listener.ts';
import { endCommands, startCommand } from '../../local/test/command.ts';
import { run } from '../../scripts/lib/sf.ts';

const script = join(import.meta.dirname, '..', '..', 'scripts', 'demo.ts');
const ports = ['--org-port', '--store-port', '--lightning-port', '--rep-port', '--port'].flatMap(
  (option) => [option, '0'],
);
const small = ['--orders', '20', ...ports];

afterEach(endCommands);

describe('npm run demo', () => {
  it('-- --exit deploys, syncs, keeps in step, and ends with 0 because both sides agree', async () => {
    const { code, stdout, stderr } = await run('npm', [
      'run',
      '--silent',
      'demo',
      '--',
      '--exit',
      '--orders',
      '60',
      ...ports,
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
      'run',
      '--silent',
      'demo',
      '--',
      '--orders',
      'many',
    ]);
    expect(stderr).toContain('--orders is "many"');
    expect(code).toBe(1);
  });
});
