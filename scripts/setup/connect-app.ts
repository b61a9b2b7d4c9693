import { z } from 'zod';

import { loadConfig } from '../../sidecar/src/config/load-config.ts';
import { externalClientApp, type AppOutcome } from '../lib/connect/external-client-app.ts';
import type { KeyPair } from '../lib/connect/key-pair.ts';
import { trySignIn } from '../lib/connect/sign-in.ts';
import type { AdminSession } from '../lib/install/admin-session.ts';
import { ask } from '../lib/install/ask.ts';
import { quoted, rowsOf } from '../lib/install/query.ts';
import { openInBrowser } from '../lib/machine/browser.ts';
import type { SfCli } from '../lib/sf.ts';
import type { ServiceFolder } from './service/folder.ts';
import { stoppable } from './stoppable.ts';

/** Whom Salesforce writes to about the app and the user. */
export async function emailOf(session: AdminSession): Promise<string> {
  const soql = `SELECT Email FROM User WHERE Username = ${quoted(session.username)}`;
  const [row] = await rowsOf(session, soql, z.object({ Email: z.string() }));
  return row?.Email ?? session.username;
}

export interface App {
  readonly session: AdminSession;
  /** User name of the integration user. */
  readonly username: string;
  readonly folder: ServiceFolder;
  readonly pair: KeyPair;
}

/**
 * Makes the app, as far as it is not there, and signs in as the service will.
 * @returns the variables of the sign-in
 * @throws CodedError where it is refused for ten minutes
 */
export async function connectApp(
  sf: SfCli,
  { session, username, folder, pair }: App,
): Promise<Readonly<Record<string, string | null>>> {
  const { keyFile, certificate } = pair;
  const contactEmail = await emailOf(session);
  const outcome = await stoppable((stopped) =>
    externalClientApp(sf, { contactEmail, certificate, username }, stopped),
  );
  const clientId =
    outcome.kind === 'ready'
      ? outcome.consumerKey
      : await byHand(
          outcome,
          session,
          keyFile.replace(/key$/, 'crt'),
          folder.env()['SF_CLIENT_ID'],
        );
  const signIn = {
    SF_LOGIN_URL: session.instanceUrl,
    SF_CLIENT_ID: clientId,
    SF_USERNAME: username,
    SF_JWT_KEY_FILE: keyFile,
  };
  console.log(`Signing in as ${username}, as the service will …`);
  // Of another way to sign in, beside which the service takes none of these.
  const { salesforce } = loadConfig({ ...folder.env(), ...signIn, SF_CLIENT_SECRET: undefined });
  await stoppable((stopped) => trySignIn(salesforce, { onWait, stopped }));
  return { ...signIn, SF_CLIENT_SECRET: null };
}

const onWait = (reason: string): void => {
  console.log(`  A new app takes some minutes. Trying again: ${reason}`);
};

/** Where the org does not let the app be made by its API. @param earlier the consumer key that was given before */
async function byHand(
  { reason, setupPath }: Extract<AppOutcome, { kind: 'by hand' }>,
  { instanceUrl }: AdminSession,
  certificateFile: string,
  earlier: string | undefined,
): Promise<string> {
  const page = `${instanceUrl}${setupPath}`;
  console.log(`${reason}
Make the app in Setup, with the JWT bearer flow and the certificate ${certificateFile},
as docs/connect.md says: ${page}`);
  if (process.stdin.isTTY) openInBrowser(page);
  return ask({
    variable: 'SF_CLIENT_ID',
    text: 'Consumer key of the app',
    ...(earlier === undefined ? {} : { fallback: earlier }),
  });
}
