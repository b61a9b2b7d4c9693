import type { PermissionSet } from '@salesforce/types/metadata';
import type { OrgData } from '../data/org-data.ts';
import type { Component } from '../model/deploy-target.ts';
import { grantsOf, mergeGrants, type Grants } from './grants.ts';
import { profileRights } from './profiles.ts';
import { Rights } from './rights.ts';
import { readSharingDefaults, type SharingDefaults } from './sharing/sharing-defaults.ts';
import { SharedAccess } from './shared-access.ts';
import { UserAccess } from './user-access.ts';
import { UserView } from './user-view.ts';

interface Kept {
  /** What the view was worked out from. */
  readonly basis: string;
  readonly view: UserView;
}

const isPermissionSet = (one: Component): one is Component & { readonly body: PermissionSet } =>
  one.type === 'PermissionSet';

/**
 * Gives each user the org as its rights leave it. Views are kept until the user's permission sets or
 * language, or what is deployed change, so that a call costs two small queries and no record costs anything.
 */
export class AccessControl {
  private readonly org: OrgData;
  private readonly defaults: ReadonlyMap<string, string>;
  private readonly views = new Map<string, Kept>();

  /** @throws Error for sharing defaults that the org cannot have */
  constructor(org: OrgData, sharing: SharingDefaults = {}) {
    this.org = org;
    this.defaults = readSharingDefaults(sharing, (name) => org.object(name));
  }

  /** The org as the user sees it now. */
  viewOf(userId: string): UserView {
    const { profile, language } = this.settingsOf(userId);
    const sets = this.permissionSetsOf(userId);
    const basis = JSON.stringify([this.org.revision, profile, language, sets]);
    const kept = this.views.get(userId);
    if (kept?.basis === basis) return kept.view;
    const rights = new Rights(profileRights(profile), mergeGrants(this.grantsOf(sets)));
    const access = new UserAccess(this.org, { userId, language }, rights, this.defaults);
    const shared = new UserView(this.org, new SharedAccess(access), this.org.schema());
    const view = new UserView(this.org, access, access.schema, shared);
    this.views.set(userId, { basis, view });
    return view;
  }

  private settingsOf(userId: string): { readonly profile: string; readonly language: string } {
    const row = this.org.db.get(
      `SELECT p.Name AS profile, u.LanguageLocaleKey AS language
         FROM User u JOIN Profile p ON p.Id = u.ProfileId WHERE u.Id = ?`,
      userId,
    );
    return { profile: String(row?.['profile'] ?? ''), language: String(row?.['language'] ?? '') };
  }

  private permissionSetsOf(userId: string): readonly string[] {
    return this.org.db
      .all(
        `SELECT s.Name AS name FROM PermissionSetAssignment a
           JOIN PermissionSet s ON s.Id = a.PermissionSetId
          WHERE a.AssigneeId = ? AND a.IsDeleted = 0
            AND (a.ExpirationDate IS NULL OR a.ExpirationDate > ?)
          ORDER BY s.Name`,
        userId,
        this.org.now(),
      )
      .map((row) => String(row['name']));
  }

  private grantsOf(names: readonly string[]): readonly Grants[] {
    const wanted = new Set(names);
    return this.org
      .components()
      .filter(isPermissionSet)
      .filter(({ fullName }) => wanted.has(fullName))
      .map(({ body }) => grantsOf(body));
  }
}
