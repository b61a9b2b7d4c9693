import { generateKeyPairSync } from 'node:crypto';
import { Secret } from '../../../src/lib/secret.ts';
import type { SignIn } from '../../../src/salesforce/rest/sign-in.ts';
import { json, serve } from '../../support/scripted-server.ts';
import type { Answer, Received, ScriptedServer } from '../../support/scripted-server.ts';

export const tokenPath = '/services/oauth2/token';

/** Answers sign-ins with a new token each time and hands everything else to the test. */
export async function orgThat(
  answer: Answer,
  signIns: Answer = () => undefined,
): Promise<ScriptedServer & { readonly signIn: Extract<SignIn, { kind: 'client_credentials' }> }> {
  let tokens = 0;
  const server: ScriptedServer = await serve((request, response) => {
    if (request.path !== tokenPath) {
      answer(request, response);
      return;
    }
    signIns(request, response);
    if (response.headersSent || response.destroyed) return;
    tokens += 1;
    json(response, 200, {
      access_token: `00Dtoken${tokens}`,
      instance_url: server.url,
      id: `${server.url}/id/00D/005`,
      token_type: 'Bearer',
    });
  });
  return {
    ...server,
    signIn: {
      kind: 'client_credentials',
      loginUrl: server.url,
      clientId: 'client-id',
      clientSecret: new Secret('client-s3cret'),
    },
  };
}

export const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

export function tokenOf(request: Received | undefined): string | undefined {
  return request?.headers.authorization?.replace('Bearer ', '');
}

export function expired(response: Parameters<Answer>[1]): void {
  json(response, 401, [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
}
