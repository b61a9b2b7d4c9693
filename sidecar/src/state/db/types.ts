import type { Secret } from '../../lib/secret.ts';

export type StateLocation =
  | { readonly kind: 'directory'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: Secret };

export type SqlValue = string | number | null | readonly (string | null)[];

export interface Queries {
  /** A text without values may hold several statements; the rows are those of all of them. */
  query(
    sql: string,
    values?: readonly SqlValue[],
  ): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

/** PostgreSQL, as a server or inside this process. */
export interface Database extends Queries {
  readonly kind: StateLocation['kind'];
  /** For statements that somebody outside waits for: they pass others that wait, where there is one connection. */
  readonly urgent: Queries;
  /** Commits what `work` did when it ends well, and nothing of it when it throws. */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
