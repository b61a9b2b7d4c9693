import type { WooRecord } from '../../mapping/model/record.ts';
import type { ContentUser } from '../../ports/store.ts';
import { errorCode } from '../response.ts';
import type { HttpAnswer, StoreRead } from '../types.ts';
import { type ContentAsked, readContentObject } from './content-answer.ts';

/** What asks WordPress who asks. Its rights are shown to the user itself, whatever they are. */
export const CONTENT_USER: StoreRead = {
  path: 'content/wp/v2/users/me',
  query: { context: 'edit', _fields: 'roles,capabilities' },
};

/** @throws as `readContentObject`, where the password is wrong */
export function readContentUser(asked: ContentAsked, answer: HttpAnswer): ContentUser {
  if (answer.status === 401 && errorCode(answer) === 'rest_not_logged_in') return 'visitor';
  return isAdministrator(readContentObject(asked, answer)) ? 'administrator' : 'user';
}

/** Whether a user, as WordPress shows it to itself, may do anything with the site, whatever its role is called. */
export function isAdministrator({ roles, capabilities }: WooRecord): boolean {
  const rights = Object(capabilities) as { readonly manage_options?: unknown };
  const isNamed = Array.isArray(roles) && roles.includes('administrator');
  return isNamed || rights.manage_options === true;
}
