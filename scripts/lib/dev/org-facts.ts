import { readFileSync } from 'node:fs';

import { z } from 'zod';

/** What the org of `npm run dev` tells the other processes: anew whenever it starts, as its sessions end with it. */
const orgFacts = z.object({
  url: z.string(),
  adminToken: z.string(),
  integrationUsername: z.string(),
  repToken: z.string(),
  repUsername: z.string(),
});

export type OrgFacts = z.infer<typeof orgFacts>;

/** Names of the variables that the processes are given. */
export const DEV_VARIABLES = {
  /** Where the org writes its facts. */
  facts: 'DEV_ORG_FACTS',
  /** The SQLite file that keeps the org. */
  file: 'DEV_ORG_FILE',
  clientId: 'DEV_CLIENT_ID',
  clientSecret: 'DEV_CLIENT_SECRET',
  /** The key of the shop. */
  consumerKey: 'DEV_CONSUMER_KEY',
  consumerSecret: 'DEV_CONSUMER_SECRET',
  port: 'DEV_PORT',
  repPort: 'DEV_REP_PORT',
} as const;

/** @throws Error where the process was not started by `npm run dev` */
export function given(name: keyof typeof DEV_VARIABLES): string {
  const value = process.env[DEV_VARIABLES[name]];
  if (value === undefined) throw new Error(`${DEV_VARIABLES[name]} is not set: use npm run dev.`);
  return value;
}

/** @throws Error where the org has not written it yet */
export function readOrgFacts(path: string): OrgFacts {
  return orgFacts.parse(JSON.parse(readFileSync(path, 'utf8')));
}
