import { rmSync } from 'node:fs';

import pg from 'pg';

import { startPostgres } from '../../sidecar/test/support/postgres.ts';
import type { World } from './support.ts';

/** Where a service keeps its state. */
export interface StatePlace {
  /** What the service is given for it. */
  readonly env: Readonly<Record<string, string>>;
  /** Forgets all of it, while no service runs. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

/** The directory that the world's services have by themselves. */
export function directoryPlace({ env }: Pick<World, 'env'>): Promise<StatePlace> {
  return Promise.resolve({
    env: {},
    forget: () => {
      rmSync(env['DATA_DIR'] ?? '', { recursive: true });
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  });
}

/** A database of a real server. */
export async function postgresPlace(): Promise<StatePlace> {
  const postgres = await startPostgres();
  const forget = async () => {
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    try {
      await client.query('drop schema woosync cascade; drop schema woosync_queue cascade');
    } finally {
      await client.end();
    }
  };
  return { env: { DATABASE_URL: postgres.url }, forget, close: () => postgres.stop() };
}
