import type { EqualFailures, Grouping, Issue, IssueSeen } from '../../ports/issues.ts';
import { fitting, STANDING_PREFIX } from './issue-key.ts';

const PREFIX = 'group:';

/** From twenty on, equal failures are one mistake of the mapping and not twenty of records. */
export const GROUPING: Grouping = {
  least: 20,
  prefix: PREFIX,
  standing: STANDING_PREFIX,
  waiting: 'PARENT_MISSING',
  describe: groupIssue,
};

/** Whether an issue stands for equal failures of many records. */
export function isGroup({ key }: Pick<Issue, 'key'>): boolean {
  return key.startsWith(PREFIX);
}

/** Whether an issue is of a part that is looked at with the issue of its record, and needs nothing of its own. */
export function isOfPart(issue: Issue): boolean {
  const { absorbedBy, resource, wholeKey } = issue;
  if (absorbedBy === null) return false;
  // A variation and its product are of one resource: it may be one of many that fail alike, or wait for one of those.
  if (absorbedBy.startsWith(`${PREFIX}${resource}:`))
    return wholeKey !== undefined && absorbedBy !== groupKey(issue);
  return true;
}

function groupKey(of: Pick<Issue, 'store' | 'resource' | 'object' | 'code' | 'field'>): string {
  const { store, resource, object, code, field } = of;
  return fitting(`${PREFIX}${resource}:${object}:${store}#${code}.${field ?? ''}`);
}

/** The issue of a mapping whose records fail in the same way. */
function groupIssue(failures: EqualFailures): IssueSeen {
  const { kind, store, resource, object, code, field, count, recordKeys } = failures;
  const place = field === null ? object : `${object}.${field}`;
  return {
    key: groupKey(failures),
    kind,
    store,
    resource,
    object,
    code,
    field,
    recordKey: `${store}:*`,
    recordId: null,
    reason: [
      `${count} records (${resource}) of the store ${store} fail in the same way at ${place}: ${code}.`,
      `Among them: ${recordKeys.join(', ')}.`,
      `One of them says: ${failures.reason}`,
    ].join('\n'),
    cure: `${advice(failures)} ${failures.cure}`,
    wooValue: null,
    salesforceValue: null,
    change: null,
    retry: 'never',
  };
}

function advice({ code, resource, object }: EqualFailures): string {
  if (code === 'PARENT_MISSING')
    return 'Records that these belong to are not in Salesforce: look at the issues of those first.';
  return `So many equal failures are most likely one mistake of the mapping of ${resource} to ${object}, or one rule of the org. Cure it, and set the resolution of this issue to Retry: all its records are tried again.`;
}
