import { z } from 'zod';
import { unexpected } from './transport.ts';

/** The list of the REST API's resources names who asked: `…/id/<organization>/<user>`. */
const resources = z.object({ identity: z.string() });

/**
 * The id of the user who asked for the list of resources, which takes no other right than that to the API.
 * @throws CodedError `SF_UNEXPECTED_ANSWER`
 */
export function userIdIn(answer: unknown): string {
  const identity = resources.safeParse(answer).data?.identity ?? '';
  const id = /\/id\/\w+\/(005\w{12}(?:\w{3})?)$/.exec(identity)?.[1];
  if (id === undefined) throw unexpected('Salesforce', 'a list of resources that names no user');
  return id;
}

/** The id of the org in the address that a sign-in names its user by; null where it is another one. */
export function organizationIdIn(identity: string): string | null {
  return /\/id\/(00D[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?)\//.exec(identity)?.[1] ?? null;
}

/** The same from an access token, which begins with it; null where it does not. */
export function organizationIdOf(accessToken: string): string | null {
  return /^(00D[A-Za-z0-9]{12})!/.exec(accessToken)?.[1] ?? null;
}
