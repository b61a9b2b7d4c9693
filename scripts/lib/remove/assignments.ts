import { z } from 'zod';

import { refusalIn, type AdminSession } from '../install/admin-session.ts';
import { quoted, rowsOf } from '../install/query.ts';
import type { Named } from './project-components.ts';

type Asked = Pick<AdminSession, 'request'>;

/** That somebody has one of our permission sets. */
export interface Assignment {
  readonly id: string;
  readonly permissionSet: string;
  readonly username: string;
}

const row = z.object({
  Id: z.string(),
  PermissionSet: z.object({ Name: z.string() }),
  Assignee: z.object({ Username: z.string() }),
});
const results = z.array(
  z.object({ success: z.boolean(), errors: z.array(z.object({ message: z.string() })) }),
);

/** Most records that one call deletes. */
const PER_CALL = 200;

/** Who has permission sets that leave; those that come by a group go with the group alone. */
export async function assignmentsOf(
  session: Asked,
  components: readonly Named[],
): Promise<readonly Assignment[]> {
  const names = components.filter(({ type }) => type === 'PermissionSet');
  if (names.length === 0) return [];
  const list = names.map(({ fullName }) => quoted(fullName)).join(', ');
  const soql = `SELECT Id, PermissionSet.Name, Assignee.Username FROM PermissionSetAssignment WHERE PermissionSet.Name IN (${list}) ORDER BY PermissionSet.Name, Assignee.Username LIMIT ${PER_CALL}`;
  const rows = await rowsOf(session, soql, row);
  return rows.map(({ Id: id, PermissionSet, Assignee }) => ({
    id,
    permissionSet: PermissionSet.Name,
    username: Assignee.Username,
  }));
}

/** Takes our permission sets from everybody. @throws Error with what the org refuses */
export async function unassign(session: Asked, components: readonly Named[]): Promise<void> {
  for (;;) {
    const some = await assignmentsOf(session, components);
    if (some.length === 0) return;
    const ids = some.map(({ id }) => id).join(',');
    const path = `/services/data/v66.0/composite/sobjects?ids=${ids}&allOrNone=false`;
    const answer = await session.request('DELETE', path);
    const done = results.safeParse(answer.body).data;
    if (answer.status !== 200 || done === undefined)
      throw new Error(`The org does not take permission sets away: ${refusalIn(answer)}`);
    const refused = some.flatMap((one, index) => {
      const result = done[index];
      if (result?.success === true) return [];
      const why = result?.errors.map(({ message }) => message).join(' ') ?? 'no reason';
      return [`${one.permissionSet} of ${one.username}: ${why}`];
    });
    if (refused.length > 0)
      throw new Error(
        `These permission sets could not be taken away: ${refused.join('; ')}. Take them away in Setup › Users, then run this again.`,
      );
  }
}
