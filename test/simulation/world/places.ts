import type { StoreOptions } from '../../../local/store/options.ts';

/** Addresses of the simulated network; none of them is opened on the machine. */
export const PORTS = { org: 41_001, main: 41_002, service: 41_003, outlet: 41_004 } as const;

export const at = (port: number): string => `http://127.0.0.1:${port}`;

/** Where a store of the simulation is. */
export type StoreKey = 'main' | 'outlet';

/** Made up for the simulation alone. */
export const CLIENT = { clientId: 'simulation', clientSecret: 'c'.repeat(64) } as const;

/** Made up as well. */
export const STORE_KEY = {
  consumerKey: `ck_${'a'.repeat(40)}`,
  consumerSecret: `cs_${'b'.repeat(40)}`,
} as const;

/** Of both stores, the same in every run, so that it is the same run. */
export const STORE_CREDENTIALS = {
  keys: [{ ...STORE_KEY, permissions: 'read_write', role: 'administrator' }],
  applicationPasswords: [{ user: 'admin', password: 'abcd efgh ijkl mnop qrst uvwx' }],
} satisfies StoreOptions['credentials'];

/** What the service is told in its environment, whichever stores there are. */
export const SERVICE_ENV = {
  PORT: String(PORTS.service),
  PUBLIC_URL: at(PORTS.service),
  SIDECAR_SECRET: 'ab'.repeat(32),
  DATA_DIR: '/simulation',
  SF_LOGIN_URL: at(PORTS.org),
  SF_CLIENT_ID: CLIENT.clientId,
  SF_CLIENT_SECRET: CLIENT.clientSecret,
} as const;
