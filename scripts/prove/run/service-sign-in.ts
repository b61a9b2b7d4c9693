import { z } from 'zod';

import { CannotTell } from '../model/verdict.ts';

const answered = z.object({ access_token: z.string(), id: z.string() });

/** Signs in as the service does. @throws CannotTell where the environment has no sign-in, or it is refused */
export async function signInAsService(
  instanceUrl: string,
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<{ readonly id: string; readonly token: string }> {
  const { SF_CLIENT_ID = '', SF_CLIENT_SECRET = '' } = env;
  if (SF_CLIENT_ID === '' || SF_CLIENT_SECRET === '')
    throw new CannotTell('SF_CLIENT_ID and SF_CLIENT_SECRET of the integration user are not set.');
  const response = await fetch(`${instanceUrl}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      ...{ grant_type: 'client_credentials' },
      ...{ client_id: SF_CLIENT_ID, client_secret: SF_CLIENT_SECRET },
    }),
    signal,
  });
  const answer = answered.safeParse(await response.json()).data;
  if (!answer) throw new CannotTell(`The sign-in was answered with ${response.status}.`);
  return { id: answer.id, token: answer.access_token };
}
