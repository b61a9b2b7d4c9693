import { rmSync } from 'node:fs';

import pg from 'pg';
import { inject } from 'vitest';

import { startPostgres } from '../../sidecar/test/support/postgres.ts';
import type { JourneyWorld } from './journey-world.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Names of places; vitest.config.ts says which a project runs. */
    readonly statePlaces: readonly (keyof typeof PLACES)[];
  }
}

/** Where a service keeps its state. */
export interface StatePlace {
  /** What the service is given for it. */
  readonly env: Readonly<Record<string, string>>;
  /** Forgets all of it, while no service runs. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

/** The directory that the world's services have by themselves. */
function directoryPlace({ env }: Pick<JourneyWorld, 'env'>): Promise<StatePlace> {
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
async function postgresPlace(): Promise<StatePlace> {
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

const PLACES = { 'a directory': directoryPlace, PostgreSQL: postgresPlace } as const;

/** A place by its name; `isFirst`: what does not depend on the place is tried there too. */
interface NamedPlace {
  readonly name: string;
  readonly open: (world: Pick<JourneyWorld, 'env'>) => Promise<StatePlace>;
  readonly isFirst: boolean;
}

function named(name: keyof typeof PLACES): NamedPlace {
  return { name, open: PLACES[name], isFirst: name === 'a directory' };
}

/** The places on which this run tries what it tries. */
export const statePlaces: readonly NamedPlace[] = inject('statePlaces').map(named);

/** All places, for what is tried in no other run. */
export const everyStatePlace: readonly NamedPlace[] = [named('a directory'), named('PostgreSQL')];
