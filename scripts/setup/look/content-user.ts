import { networkFault } from '../../../sidecar/src/lib/network-fault.ts';
import {
  contentNote,
  type ContentPassword,
  contentProblem,
  givenContentPassword,
  ME_PATH,
} from '../../lib/install/content-password.ts';
import { basic, callShop } from '../../lib/shop/direct-call.ts';
import type { Looked } from './looked.ts';

/** Null where none is given. */
export type FoundContent = ContentPassword | null;

/**
 * Takes the application password for WordPress content from the environment, and tries it. It goes to no shop that
 * was not meant.
 * @param url of the shop; null where that is not known
 */
export async function lookForContent(
  url: string | null,
): Promise<Looked & { readonly found: FoundContent }> {
  try {
    const found = givenContentPassword();
    if (found === null || url === null) return { missing: [], notes: [], found };
    const me = await callShop(url, {
      method: 'GET',
      path: `/wp-json/${ME_PATH}`,
      headers: { authorization: basic(found.user, found.password) },
    });
    const { host } = new URL(url);
    const problem = contentProblem(host, me);
    if (problem !== null) return { missing: [problem], notes: [], found };
    return { missing: [], notes: [contentNote(host, me)].filter((note) => note !== null), found };
  } catch (error) {
    const reason = error instanceof Error && /^WOO_/.test(error.message) ? error.message : null;
    const fault = `WordPress cannot be asked with the application password: ${networkFault(error).reason}.`;
    return { missing: [reason ?? fault], notes: [], found: null };
  }
}
