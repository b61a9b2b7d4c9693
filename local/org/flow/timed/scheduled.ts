import type { PendingPath, ScheduledPaths } from '../../data/scheduled-paths.ts';
import type { WholeOrg } from '../../model/org-view.ts';
import type { Subject } from '../../data/formulas.ts';
import { flowNamed, runPath, type NamedFlow } from '../record-flows.ts';
import { batched, runBatch } from './batch.ts';
import { runDaily } from './daily.ts';

/**
 * Paths of the same flow, name and user that waited, with their records as they are now. A record or a flow that is
 * gone, or a flow that is switched off, has no path any more.
 * @returns of each what stopped it
 */
function runDue(org: WholeOrg, due: readonly PendingPath[]): readonly (string | undefined)[] {
  const subjects = new Map<PendingPath, Subject>();
  let found: { readonly flow: NamedFlow; readonly first: string | undefined } | undefined;
  for (const one of due) {
    const object = org.objectOfId(one.record);
    const row = object && org.row(object, one.record);
    const flow = object && flowNamed(org, object.name, one.flow);
    const path = flow?.paths.find(({ name }) => name === one.path);
    if (!flow || !row || !path) continue;
    found = { flow, first: path.first };
    subjects.set(one, { org, object, row, old: row, isNew: false, userId: one.userId });
  }
  const stopped = found ? runPath(found.flow, found.first, [...subjects.values()]) : [];
  const ran = [...subjects.keys()];
  return due.map((one) => stopped[ran.indexOf(one)]?.message);
}

/** The paths whose time has come: up to 200 of the same path and user are one transaction. */
const runPaths = (org: WholeOrg & { readonly scheduled: ScheduledPaths }): readonly string[] =>
  batched(
    org.scheduled.take(org.time().getTime()),
    ({ flow, path, userId }) => `${flow} ${path} ${userId}`,
  ).flatMap((batch) => runBatch(org, batch, (due) => runDue(org, due)));

/**
 * Runs the scheduled paths and schedule-triggered flows whose time has come, by the org's clock.
 * @returns what stopped them, in sentences: an org sends these to its admin
 */
export const runScheduled = (
  org: WholeOrg & { readonly scheduled: ScheduledPaths },
): readonly string[] => [...runPaths(org), ...runDaily(org)];
