import { CodedError } from '../../errors/coded-error.ts';
import type { WooStore } from '../../ports/store.ts';
import { type Finding, warning } from './finding.ts';

/**
 * What is to be said of the user as whom WordPress's content is read. A password that is wrong is said of each mapping
 * that needs it.
 * @param place key of the store
 */
export async function checkContentUser(
  place: string,
  store: Pick<WooStore, 'contentUser'>,
): Promise<Finding[]> {
  try {
    const user = await store.contentUser();
    if (user === 'administrator') return [warning({ place, ...ADMINISTRATOR })];
    return user === 'visitor' ? [warning({ place, ...NOT_TAKEN })] : [];
  } catch (refused) {
    if (refused instanceof CodedError && refused.code === 'CONTENT_REFUSED') return [];
    throw refused;
  }
}

const ADMINISTRATOR = {
  code: 'CONTENT_ADMINISTRATOR',
  message:
    'The application password for WordPress content is of an administrator: whoever has it may do anything with the site.',
  cure: 'Make a WordPress user with no more rights than the mappings need (docs/content.md lists them; Subscriber is enough for what is published), put an application password of that user in its place, and revoke this one.',
};

const NOT_TAKEN = {
  code: 'CONTENT_VISITOR',
  message:
    'WordPress does not look at the application password, and shows content as to every visitor.',
  cure: 'Give the address of the store with https, and let the web server pass on the header Authorization and the proxy send X-Forwarded-Proto: https; see too that no plugin switches application passwords off.',
};
