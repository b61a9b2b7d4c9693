import type { DeployTarget } from '../../model/deploy-target.ts';
import type { DeployFeatures } from '../../model/features.ts';
import { type Before, beforeOf } from './plan.ts';

/** The org as deploys meet it: a few rules ask for rows, such as whether a user is there. */
export interface MetadataTarget extends DeployTarget {
  readonly features: DeployFeatures;
  readonly db: { get(sql: string, ...values: readonly string[]): unknown };
}

/** The org as rules see it before a change. */
export const orgOf = (target: MetadataTarget): Before =>
  beforeOf(target.schema(), target.components(), {
    features: target.features,
    // In any case, as user names are.
    hasUser: (username) =>
      target.db.get('SELECT Id FROM User WHERE Username = ?', username) !== undefined,
    isApiOnly: (username) =>
      target.db.get(
        `SELECT u.Id FROM User u JOIN Profile p ON p.Id = u.ProfileId
          WHERE u.Username = ? AND p.PermissionsApiUserOnly = 1`,
        username,
      ) !== undefined,
    hasProfile: (name) =>
      target.db.get('SELECT Id FROM Profile WHERE Name = ?', name) !== undefined,
  });

/** Who deploys. */
export interface Deployer {
  readonly id: string;
  readonly name: string;
}
