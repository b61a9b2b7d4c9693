import { z } from 'zod';
import { jsonOf } from '../lib/install/admin-session.ts';
import type { SfCli } from '../lib/sf.ts';

const config = z.object({ result: z.array(z.object({ value: z.string().optional() })) });
const refused = z.object({ name: z.string(), message: z.string() });

const HOW =
  'Sign in to one with npx sf org login web --set-default-dev-hub, or name it with --target-dev-hub. A production org or a Developer Edition org becomes one in Setup › Dev Hub: enable Dev Hub, and Unlocked Packages.';

/** The Dev Hub that was named, else the one that the CLI has as its own. @throws Error where there is neither */
export async function devHub(sf: SfCli, given: string | undefined): Promise<string> {
  if (given !== undefined) return given;
  const { stdout } = await sf.run(['config', 'get', 'target-dev-hub', '--json']);
  const name = config.safeParse(jsonOf(stdout)).data?.result[0]?.value;
  if (name !== undefined && name !== '') return name;
  throw new Error(`A package is built in a Dev Hub, and the Salesforce CLI knows none. ${HOW}`);
}

/** Asks as the CLI itself does. @throws Error where the org is none, or nobody is signed in to it */
export async function mustBeDevHub(sf: SfCli, hub: string): Promise<void> {
  const query = ['--query', 'SELECT Id FROM ScratchOrgInfo LIMIT 1', '--target-org', hub];
  const { code, stdout, stderr } = await sf.run(['data', 'query', ...query, '--json']);
  if (code === 0) return;
  const refusal = refused.safeParse(jsonOf(stdout)).data;
  if (refusal?.name === 'NamedOrgNotFoundError') {
    throw new Error(`The Salesforce CLI is signed in to no org ${hub}. ${HOW}`);
  }
  const [said = ''] = (refusal?.message ?? stderr).trim().split('\n').slice(-1);
  throw new Error(`${hub} is no Dev Hub that you may use (${said}). ${HOW}`);
}
