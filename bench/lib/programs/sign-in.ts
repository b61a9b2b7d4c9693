import { given } from './given.ts';

/** @throws Error for any status but success */
export async function textOf(response: Response): Promise<string> {
  const text = await response.text();
  if (!response.ok) throw new Error(`HTTP ${response.status} of ${response.url}: ${text}`);
  return text;
}

/** Signs in as the sidecar does. @returns the authorization header */
export async function signIn(): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: given('SF_CLIENT_ID'),
    client_secret: given('SF_CLIENT_SECRET'),
  });
  const url = `${given('SF_LOGIN_URL')}/services/oauth2/token`;
  const text = await textOf(await fetch(url, { method: 'POST', body }));
  return `Bearer ${(JSON.parse(text) as { access_token: string }).access_token}`;
}
