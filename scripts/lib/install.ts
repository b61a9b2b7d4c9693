import type { RunOptions, SfCli } from './sf.ts';

/** How the sidecar reaches a store. */
export type Route = 'named_credential' | 'direct';

export interface Metadata {
  /** `force-app` alone, as an upgrade is; else the admin's own records too. */
  readonly upgrade: boolean;
  /** Address of the shop; not needed for an upgrade. */
  readonly storeUrl: string | undefined;
  readonly route: Route;
  readonly dryRun?: boolean;
}

/** Deploys this project into the CLI's target org. @throws Error with what the CLI printed */
export async function deployMetadata(
  sf: SfCli,
  { upgrade, storeUrl, route, dryRun }: Metadata,
  options: RunOptions = {},
): Promise<void> {
  const env = {
    ...(storeUrl === undefined ? {} : { WOO_STORE_URL: xmlText(storeUrl) }),
    ...(route === 'direct' ? { WOO_STORE_ROUTE: route } : {}),
  };
  await sf.must(
    [
      // Without -d the CLI wants an org with source tracking, which a production org is not.
      ...['project', 'deploy', 'start', '--concise', '-d', 'force-app'],
      ...(upgrade ? [] : ['-d', 'config/org']),
      ...(dryRun === true ? ['--dry-run'] : []),
    ],
    { ...options, env },
  );
}

/** Assigns the permission sets of the admin who installs, and of the user of the sync. */
export async function assignRights(
  sf: SfCli,
  syncUsername: string,
  options: RunOptions = {},
): Promise<void> {
  await sf.must(['org', 'assign', 'permset', '--name', 'Woo_Admin'], options);
  await sf.must(
    [
      ...['org', 'assign', 'permset', '--name', 'Woo_Integration', '--name', 'Woo_Bypass'],
      ...['--on-behalf-of', syncUsername],
    ],
    options,
  );
}

/** Assigns the permission set that lets its holders use the keys of one more store: to the admin, who tries it, and to the user of the sync. */
export async function assignGrant(
  sf: SfCli,
  permissionSet: string,
  syncUsername: string,
  options: RunOptions = {},
): Promise<void> {
  const assign = ['org', 'assign', 'permset', '--name', permissionSet];
  await sf.must(assign, options);
  await sf.must([...assign, '--on-behalf-of', syncUsername], options);
}

/**
 * The address of a shop as it is kept: without a slash at the end.
 * @throws Error that says what is wrong with it
 */
export function shopAddress(text: string): string {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  const isLocal = url !== null && /^(?:localhost|127\.|\[::1\])/.test(url.hostname);
  if (url?.protocol !== 'https:' && !(isLocal && url.protocol === 'http:')) {
    throw new Error(
      `"${text}" is no address of a shop that Salesforce can call: it begins with https://.`,
    );
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new Error(
      'The address of the shop holds a user, a password, a query or a hash: leave them out.',
    );
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** A text as XML holds it: replacements of the CLI go into its files as they are. */
export function xmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
