import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { createOrg } from '../../local/org/org.ts';
import { AdminSession } from '../lib/install/admin-session.ts';
import { SfCli, type Ran, type RunOptions } from '../lib/sf.ts';
import { deployAnswers } from './deploy.ts';
import type { Plan } from './plan.ts';

const org = createOrg();
let session: AdminSession;

beforeAll(async () => {
  session = new AdminSession(await org.listen(0), org.adminUsername, org.adminToken);
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
});

afterAll(async () => {
  vi.restoreAllMocks();
  await org.close();
});

/** Notes what the CLI would deploy. */
class Recorder extends SfCli {
  readonly deploys: { readonly args: string; readonly env: RunOptions['env'] }[] = [];

  override must(args: readonly string[], { env }: RunOptions = {}): Promise<Ran> {
    this.deploys.push({ args: args.join(' '), env });
    return Promise.resolve({ code: 0, stdout: '', stderr: '' });
  }
}

/** What goes into an org without any store. */
async function deployed(packaged: boolean) {
  const sf = new Recorder('/nowhere');
  const plan = {
    found: {
      session,
      org: { store: null },
      user: { username: org.integrationUsername },
      shop: { url: 'https://shop.example.com' },
    },
    mappings: { orders: 'completed', customers: 'accounts', since: null },
    publicUrl: null,
    packaged,
  } as unknown as Plan;
  await deployAnswers(sf, plan, {}, false);
  return sf.deploys;
}

it('deploys the project, with the address of the shop', async () => {
  const [only, ...others] = await deployed(false);
  expect(others).toEqual([]);
  expect(only?.args).toBe('project deploy start --concise -d force-app -d config/org');
  expect(only?.env).toMatchObject({ WOO_STORE_URL: 'https://shop.example.com' });
});

it('deploys what comes after a package, and nothing that is in it', async () => {
  const [only, ...others] = await deployed(true);
  expect(others).toEqual([]);
  expect(only?.args).toBe('project deploy start --concise -d config/org');
  expect(only?.env).toMatchObject({ WOO_STORE_URL: 'https://shop.example.com' });
});
