import type { PendingPath, ScheduledPaths } from '../../data/scheduled-paths.ts';
import type { WholeOrg } from '../../model/org-view.ts';
import { flowNamed, runPath } from '../record-flows.ts';
import { batched, runBatch } from './batch.ts';
import { runDaily } from './daily.ts';

/**
 * One path that waited, with its record as it is now. A record or a flow that is gone, or a flow that is switched off,
 * has no path any more.
 * @returns what stopped it
 */
function runOne(org: WholeOrg, { flow, path, record, userId }: PendingPath): readonly string[] {
  const object = org.objectOfId(record);
  const compiled = object && flowNamed(org, object.name, flow);
  const row = object && org.row(object, record);
  const timed = compiled?.paths.find(({ name }) => name === path);
  if (!compiled || !row || !timed) return [];
  const subject = { org, object, row, old: row, isNew: false, userId };
  const stopped = org.db.transaction(
    () => runPath(compiled, timed.first, subject),
    (result) => result === undefined,
  );
  return stopped === undefined ? [] : [stopped.message];
}

/** The paths whose time has come: up to 200 of the same path and user are one transaction. */
const runPaths = (org: WholeOrg & { readonly scheduled: ScheduledPaths }): readonly string[] =>
  batched(
    org.scheduled.take(org.time().getTime()),
    ({ flow, path, userId }) => `${flow} ${path} ${userId}`,
  ).flatMap((batch) => runBatch(org, batch, (one) => runOne(org, one)));

/**
 * Runs the scheduled paths and schedule-triggered flows whose time has come, by the org's clock.
 * @returns what stopped them, in sentences: an org sends these to its admin
 */
export const runScheduled = (
  org: WholeOrg & { readonly scheduled: ScheduledPaths },
): readonly string[] => [...runPaths(org), ...runDaily(org)];
