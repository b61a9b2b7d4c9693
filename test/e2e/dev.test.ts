import { existsSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

import { endCommands, startCommand } from '../../local/test/command.ts';
import type { OrgFacts } from '../../scripts/lib/dev/org-facts.ts';

const root = join(import.meta.dirname, '..', '..');
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
const WAIT = { timeout: 600_000, interval: 200 };

/** As an editor that saves it unchanged. */
function save(file: string): void {
  const now = new Date();
  utimesSync(join(root, file), now, now);
}

/** What the org says of the key of the shop, to its admin of now. */
async function stateOfKey(folder: string): Promise<unknown> {
  const facts = JSON.parse(readFileSync(join(folder, 'org.json'), 'utf8')) as OrgFacts;
  const place = 'externalCredential=Woo_Store&principalName=Woo_Keys&principalType=NamedPrincipal';
  const answer = await fetch(
    `${facts.url}/services/data/v66.0/named-credentials/credential?${place}`,
    { headers: { authorization: `Bearer ${facts.adminToken}` } },
  );
  return ((await answer.json()) as { authenticationStatus?: unknown }).authenticationStatus;
}

afterEach(endCommands);

describe('npm run dev', () => {
  it('runs all four, starts again what changes, and leaves nothing behind', async () => {
    const { child, ended, output } = startCommand(join(root, 'scripts/dev.ts'), [
      '--orders',
      '5',
      ...ports,
    ]);
    const times = (text: RegExp) => output().match(text)?.length ?? 0;
    await expect.poll(output, WAIT).toContain('Ctrl-C stops them.');
    const address = (name: string) =>
      new RegExp(`^ {2}${name} +(http://[^/\\s,]+)`, 'm').exec(output())?.[1] ?? '';
    const service = address('service');
    const pages = address('Lightning pages');
    const folder = /^ {2}all their files +(\S+)/m.exec(output())?.[1] ?? '';
    expect(existsSync(folder)).toBe(true);
    const home = async () => (await fetch(`${pages}/lightning/page/home`)).status;
    const userAt = async (url: string) => (await fetch(`${url}/host/settings.js`)).text();

    save('scripts/lib/dev/org-process.ts');
    // The sessions of the org have ended, and the pages have one of its new ones.
    await expect.poll(() => times(/^org +\| Salesforce org: /gm), WAIT).toBe(2);
    await expect.poll(() => times(/^pages +\| Lightning pages: /gm), WAIT).toBe(2);
    expect(await home()).toBe(200);
    expect(await userAt(pages)).toContain('"userName":"Ada Admin"');
    expect(await userAt(address('as a sales rep'))).toContain('"userName":"Rita Rep"');
    // Its memory is gone, which alone had the key of the shop.
    expect(await stateOfKey(folder)).toBe('Configured');
    save('local/store/main.ts');
    await expect.poll(() => times(/^store +\| WooCommerce store with /gm), WAIT).toBe(2);
    expect((await fetch(`${service}/healthz`)).status).toBe(200);

    child.kill('SIGINT');
    expect(await ended).toBe(0);
    for (const name of ['Lightning pages', 'Salesforce org', 'WooCommerce store', 'service']) {
      await expect(fetch(address(name)), name).rejects.toThrow('fetch failed');
    }
    expect(existsSync(folder)).toBe(false);
  }, 1_200_000);
});
