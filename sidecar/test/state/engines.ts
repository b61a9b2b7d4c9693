import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '../../src/secret.ts';
import type { StateLocation } from '../../src/state/database.ts';
import { startPostgres } from '../support/postgres.ts';

export interface Engine {
  readonly location: StateLocation;
  stop(): Promise<void>;
}

/** The two places where state can live, each started empty. */
export const engines: readonly { readonly name: string; readonly start: () => Promise<Engine> }[] =
  [
    {
      name: 'PGlite in a directory',
      start: async () => {
        const path = await mkdtemp(join(tmpdir(), 'woo-state-'));
        return {
          location: { kind: 'directory', path },
          stop: () => rm(path, { recursive: true, force: true }),
        };
      },
    },
    {
      name: 'PostgreSQL',
      start: async () => {
        const postgres = await startPostgres();
        return {
          location: { kind: 'postgres', url: new Secret(postgres.url) },
          stop: () => postgres.stop(),
        };
      },
    },
  ];
