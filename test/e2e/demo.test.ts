import { describe, expect, it } from 'vitest';

import { run } from '../../scripts/lib/sf.ts';

describe('npm run demo -- --exit', () => {
  it('deploys, syncs, and ends with 0 because both sides agree', async () => {
    const { code, stdout, stderr } = await run('npm', [
      ...['run', '--silent', 'demo', '--', '--exit', '--orders', '60'],
      ...['--org-port', '0', '--store-port', '0'],
    ]);
    expect(stdout + stderr).toContain('Both sides agree, to the cent.');
    expect(stdout).toMatch(/Orders → Woo_Order__c.*agrees/);
    expect(stdout).toMatch(/USD.*agrees/);
    expect(code).toBe(0);
  });

  it('refuses an option that makes no sense, by name', async () => {
    const { code, stderr } = await run('npm', [
      ...['run', '--silent', 'demo', '--', '--orders', 'many'],
    ]);
    expect(stderr).toContain('--orders is "many"');
    expect(code).toBe(1);
  });
});
