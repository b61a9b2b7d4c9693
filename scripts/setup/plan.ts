import { randomBytes } from 'node:crypto';

import type { MappingAnswers } from './answers/questions.ts';
import type { Found } from './look/everything.ts';
import type { ServiceFolder } from './service/folder.ts';

/** What was found, and what was answered. */
export interface Plan {
  readonly found: Found;
  readonly folder: ServiceFolder;
  /** Null where the org keeps its configuration. */
  readonly mappings: MappingAnswers | null;
  /** Null where the shop cannot reach the service. */
  readonly publicUrl: string | null;
  /** The metadata is in the org by a package: what comes after it is deployed. */
  readonly packaged: boolean;
  /** A file for Docker instead of one for systemd. */
  readonly compose: boolean;
}

/** The variables of the service that nothing in the org decides; null for one that it is not to have. */
export type Settings = Readonly<Record<string, string | null>>;

/** As an earlier set-up, or the environment, has them. */
export function settingsOf({ folder, publicUrl, compose }: Plan): Settings {
  const earlier = folder.env();
  const kept = (name: string): string | undefined => process.env[name] || earlier[name];
  const databaseUrl = kept('DATABASE_URL') ?? null;
  const secret = kept('SIDECAR_SECRET') ?? randomBytes(32).toString('hex');
  const password = earlier['POSTGRES_PASSWORD'] ?? randomBytes(24).toString('hex');
  return {
    PUBLIC_URL: publicUrl,
    DATABASE_URL: databaseUrl,
    SF_JWT_AUDIENCE: kept('SF_JWT_AUDIENCE') ?? null,
    SIDECAR_SECRET: publicUrl === null ? (earlier['SIDECAR_SECRET'] ?? null) : secret,
    DATA_DIR: databaseUrl === null ? (kept('DATA_DIR') ?? folder.stateFolder) : null,
    ...(compose ? { POSTGRES_PASSWORD: password } : {}),
  };
}
