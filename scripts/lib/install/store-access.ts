import { z } from 'zod';
import { refusalIn, type AdminSession } from './admin-session.ts';
import { quoted, rowsOf } from './query.ts';
import { principalAnswer } from './store-keys.ts';

/** The permission set that grants the principal with the keys of the first store, and nothing else. */
export const STORE_KEYS = 'Woo_Store_Keys';
export const STORE_KEYS_FILE =
  'config/org/main/default/permissionsets/Woo_Store_Keys.permissionset-meta.xml';

/** Earlier versions granted the principal by these. */
const EARLIER = ['Woo_Admin', 'Woo_Integration'];

const assignment = z.object({
  Assignee: z.object({ Username: z.string() }),
  PermissionSet: z.object({ Name: z.string() }),
});

/**
 * Who uses the keys of the store by permission sets of an earlier version. A deploy brings those without the grant,
 * so that these users need a permission set of its own first.
 * @returns user names; none where somebody has that permission set already, or the org has no credential yet
 * @throws Error where the org does not say who has which
 */
export async function usersOfKeys(session: AdminSession): Promise<readonly string[]> {
  const names = [STORE_KEYS, ...EARLIER].map(quoted).join(', ');
  const soql = `SELECT Assignee.Username, PermissionSet.Name FROM PermissionSetAssignment WHERE PermissionSet.Name IN (${names}) AND Assignee.IsActive = true ORDER BY Assignee.Username`;
  const found = await rowsOf(session, soql, assignment);
  if (found.length === 0) return [];
  if (found.some(({ PermissionSet }) => PermissionSet.Name === STORE_KEYS)) return [];
  const principal = await principalAnswer(session, 'Woo_Store');
  if (principal.status === 404) return [];
  if (principal.status !== 200) {
    throw new Error(`The org does not say who may use its keys: ${refusalIn(principal)}`);
  }
  return [...new Set(found.map(({ Assignee }) => Assignee.Username))];
}

/** What is to be read before anything is written, where there are such users. */
export function keysNote(users: readonly string[]): readonly string[] {
  if (users.length === 0) return [];
  return [
    `The keys of the shop are granted by a permission set of its own now, ${STORE_KEYS}. Who has ${EARLIER.join(' or ')} gets it before those are replaced: ${users.join(', ')}. Add it yourself to permission set groups with one of them.`,
  ];
}
