import type { DeployTarget } from '../../model/deploy-target.ts';
import type { OrgFeatures } from '../../model/features.ts';
import { type Before, beforeOf } from './plan.ts';

/** The org as deploys meet it: a few rules ask for rows, such as whether a user is there. */
export interface MetadataTarget extends DeployTarget {
  readonly features: Pick<OrgFeatures, 'translations'>;
  readonly db: { get(sql: string, ...values: readonly string[]): unknown };
}

/** Whether the org has a user of that name, in any case. */
const hasUser = (target: MetadataTarget, username: string): boolean =>
  target.db.get('SELECT Id FROM User WHERE Username = ?', username) !== undefined;

/** The org as rules see it before a change. */
export const orgOf = (target: MetadataTarget): Before =>
  beforeOf(
    target.schema(),
    target.components(),
    (name) => hasUser(target, name),
    target.features.translations,
  );

/** Who deploys. */
export interface Deployer {
  readonly id: string;
  readonly name: string;
}
