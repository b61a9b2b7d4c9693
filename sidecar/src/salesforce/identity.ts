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
