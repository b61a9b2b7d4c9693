import type { Secret } from '../secret.ts';
import { openDirectory } from './directory.ts';
import { openPostgres } from './postgres.ts';

export type StateLocation =
  | { readonly kind: 'directory'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: Secret };

export type SqlValue = string | number | null | readonly (string | null)[];

export interface Queries {
  query(
    sql: string,
    values?: readonly SqlValue[],
  ): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

/** PostgreSQL, as a server or inside this process. */
export interface Database extends Queries {
  /** Commits what `work` did when it ends well, and nothing of it when it throws. */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** @throws CodedError `STATE_UNREACHABLE`, `STATE_LOCKED` or `STATE_UNREADABLE` */
export function openDatabase(location: StateLocation): Promise<Database> {
  return location.kind === 'postgres' ? openPostgres(location.url) : openDirectory(location.path);
}
