import { z } from 'zod';

import { jsonOf } from '../lib/install/admin-session.ts';
import type { SfCli } from '../lib/sf.ts';

export const DEFINITION = 'config/project-scratch-def.json';
/** Minutes that Salesforce may take to make an org. */
const WAIT_MINUTES = '20';

export interface Wanted {
  readonly alias: string;
  readonly days: number;
  /** User name or alias of the Dev Hub; the CLI's own when left out. */
  readonly devHub?: string | undefined;
}

type Cli = Pick<SfCli, 'run'>;

const failure = z.object({ name: z.string().optional(), message: z.string() });
const configured = z.object({ result: z.array(z.object({ value: z.string().optional() })) });
const display = z.object({
  result: z.object({ expirationDate: z.string().optional(), status: z.string().optional() }),
});

/**
 * The scratch org of that alias, made anew where there is none, or where it has expired.
 * @returns what to say of it
 * @throws Error with a sentence that says what to do
 */
export async function provideScratchOrg(sf: Cli, wanted: Wanted): Promise<string> {
  const { alias } = wanted;
  const known = await sf.run(['org', 'display', '--target-org', alias, '--json']);
  const there = display.safeParse(jsonOf(known.stdout)).data?.result;
  if (known.code === 0 && there !== undefined && there.status !== 'Deleted') {
    if (there.expirationDate === undefined) {
      throw new Error(
        `${alias} is an org that the Salesforce CLI knows, and no scratch org. Nothing was done: choose another --alias, or set that org up with npm run setup-org.`,
      );
    }
    return `The scratch org ${alias} is there, until ${there.expirationDate}.`;
  }
  const hub = wanted.devHub ?? (await defaultHub(sf));
  const made = await sf.run([
    'org',
    'create',
    'scratch',
    '--definition-file',
    DEFINITION,
    '--alias',
    alias,
    '--target-dev-hub',
    hub,
    '--duration-days',
    String(wanted.days),
    '--wait',
    WAIT_MINUTES,
    '--json',
  ]);
  if (made.code === 0) return `The scratch org ${alias} was made, for ${wanted.days} days.`;
  const { name = '', message } = failure.safeParse(jsonOf(made.stdout)).data ?? {
    message: made.stderr.trim(),
  };
  throw new Error(`The scratch org could not be made: ${message}${cureOf(name, message, hub)}`);
}

async function defaultHub(sf: Cli): Promise<string> {
  const { stdout } = await sf.run(['config', 'get', 'target-dev-hub', '--json']);
  const hub = configured.safeParse(jsonOf(stdout)).data?.result[0]?.value ?? '';
  if (hub !== '') return hub;
  throw new Error(
    'The Salesforce CLI knows no Dev Hub, which makes scratch orgs. Turn it on in an org of yours (Setup › Dev Hub; a free Developer Edition will do), and sign in to it: npx sf org login web --set-default-dev-hub. Or name one with --dev-hub. With --local all of this runs on your machine, with no account.',
  );
}

/** What helps against the usual refusals. */
const CURES: readonly (readonly [refusal: RegExp, cure: string])[] = [
  [
    /NamedOrgNotFound|NoAuthInfo|AuthInfoNotFound/i,
    'Sign in to it: npx sf org login web --alias HUB.',
  ],
  [/NotADevHub|not.*(?:a )?dev ?hub/i, 'Turn Dev Hub on there, in Setup › Dev Hub.'],
  [/LIMIT_EXCEEDED|limit/i, 'Delete one that you no longer need: npx sf org delete scratch.'],
  [/expired|invalid_grant|refresh token/i, 'Sign in to the Dev Hub again: npx sf org login web.'],
];

function cureOf(name: string, message: string, hub: string): string {
  const [, cure] = CURES.find(([refusal]) => refusal.test(`${name} ${message}`)) ?? [];
  return cure === undefined ? ` (Dev Hub: ${hub})` : ` (Dev Hub: ${hub}) ${cure}`;
}
