import type { WholeOrg } from '../../model/org-view.ts';

/**
 * Assigns the permission set that the user's profile owns, in place of that of an earlier profile. Who asks for users
 * by a permission finds them by it, whether it comes from the profile or not.
 */
export function assignProfileSet(org: WholeOrg, userId: string): void {
  const set = org.db.get(
    'SELECT s.Id FROM PermissionSet s JOIN User u ON u.ProfileId = s.ProfileId WHERE u.Id = ?',
    userId,
  )?.['Id'];
  const object = org.object('PermissionSetAssignment');
  if (set === undefined || !object) return;
  const held = org.db.get(
    `SELECT a.Id, a.PermissionSetId FROM PermissionSetAssignment a
       JOIN PermissionSet s ON s.Id = a.PermissionSetId
      WHERE a.AssigneeId = ? AND s.IsOwnedByProfile = 1`,
    userId,
  );
  if (held?.['PermissionSetId'] === set) return;
  const now = org.now();
  if (held) {
    const changed = new Map([
      ['PermissionSetId', set],
      ['SystemModstamp', now],
    ]);
    org.update(object, String(held['Id']), changed);
    return;
  }
  const values = {
    Id: org.nextId(object),
    AssigneeId: userId,
    PermissionSetId: set,
    IsActive: 1,
    IsDeleted: 0,
    SystemModstamp: now,
  };
  org.insert(object, new Map(Object.entries(values)));
}
