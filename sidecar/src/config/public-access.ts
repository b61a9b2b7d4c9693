import { DerivedSecrets } from './derived-secrets.ts';
import type { Variables } from './variables.ts';

/** How shops reach us. */
export interface PublicAccess {
  /** With the path under which a proxy passes requests on, without a slash at the end. */
  readonly url: string;
  readonly secrets: DerivedSecrets;
}

/** Adds a problem where shops are to reach us, and nothing keeps strangers out. */
export function checkSecret(given: Readonly<Record<string, string>>, problems: string[]): void {
  if ('PUBLIC_URL' in given && !('SIDECAR_SECRET' in given))
    problems.push(
      'SIDECAR_SECRET is not set, and PUBLIC_URL needs it: put the output of "openssl rand -hex 32" in it, and keep it.',
    );
}

/** Null where no shop can reach us: then they are asked. */
export function publicAccess(values: Variables): PublicAccess | null {
  const { PUBLIC_URL: url, SIDECAR_SECRET: secret, SIDECAR_SECRET_OLD: old } = values;
  if (url === undefined || secret === undefined) return null;
  return { url, secrets: new DerivedSecrets(secret, old ?? null) };
}
