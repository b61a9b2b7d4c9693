import type { Flow } from '@salesforce/types/metadata';
import type { ScheduledPaths } from '../../data/scheduled-paths.ts';
import type { Subject } from '../../data/formulas.ts';
import { quoted } from '../../lib/database.ts';
import type { Component } from '../../model/deploy-target.ts';
import type { WholeOrg } from '../../model/org-view.ts';
import type { ObjectDefinition } from '../../model/schema.ts';
import { compileFlow } from '../compile.ts';
import { compileLaunched, deployedSchema, isScheduled, runLaunched } from '../launched.ts';
import { LimitFault } from '../parts/limits.ts';
import { isStop, runTogether } from '../parts/together.ts';
import { isEntered, runPath } from '../record-flows.ts';
import { systemRecords } from '../system-records.ts';
import { batched, runBatch } from './batch.ts';

const DAY = 86_400_000;

type DailyFlow = Component & { readonly body: Flow };

/** The org's time is GMT; the platform takes the time zone of the org. */
function firstTime({ body }: DailyFlow): number {
  const { startDate, startTime } = body.start?.schedule ?? {};
  const day = new Date(String(startDate)).toISOString().slice(0, 10);
  const time = String(startTime).replace(/Z$/, '');
  return Date.parse(`${day}T${time}Z`);
}

/** The next time of the day after that moment. */
function nextTime(flow: DailyFlow, after: number): number {
  const first = firstTime(flow);
  return after < first ? first : first + (Math.floor((after - first) / DAY) + 1) * DAY;
}

/** The Default Workflow User, as whom the clock starts flows: the administrator. */
function workflowUser(org: WholeOrg): string {
  const user = org.db.get(
    `SELECT u.Id FROM User u JOIN Profile p ON p.Id = u.ProfileId
      WHERE p.Name = 'System Administrator' AND u.IsActive = 1 ORDER BY u.Id`,
  );
  return String(user?.['Id'] ?? '');
}

/**
 * A flow without records.
 * @returns what stopped it
 */
function runWithout(org: WholeOrg, { fullName, body }: DailyFlow): string | undefined {
  const userId = workflowUser(org);
  const { compiled } = compileLaunched(body, deployedSchema(org));
  const user = { ...systemRecords(org, userId), userId };
  try {
    const [result] = runTogether([runLaunched(compiled, new Map(), org, user)]);
    return isStop(result) ? `The flow ${fullName} failed: ${result.message}` : undefined;
  } catch (error) {
    if (error instanceof LimitFault) error.flow = compiled.label;
    throw error;
  }
}

/** A flow that runs for each record of its object that fulfils its conditions. */
function runForEach(
  org: WholeOrg,
  { fullName, body }: DailyFlow,
  object: ObjectDefinition,
): readonly string[] {
  if (!body.start) return [];
  const { compiled } = compileFlow(body, body.start, object, deployedSchema(org));
  const flow = { ...compiled, fullName };
  const userId = workflowUser(org);
  const ids = org.db
    .all(`SELECT Id FROM ${quoted(object.name)} ORDER BY Id`)
    .map((one) => String(one['Id']));
  const runAll = (open: readonly string[]): readonly (string | undefined)[] => {
    const subjects = new Map<string, Subject>();
    for (const id of open) {
      const row = org.row(object, id);
      const subject = row && { org, object, row, isNew: false, userId };
      if (subject && isEntered(flow, subject)) subjects.set(id, subject);
    }
    const stopped = runPath(flow, flow.first, [...subjects.values()]);
    const ran = [...subjects.keys()];
    return open.map((id) => {
      const refusal = stopped[ran.indexOf(id)];
      return refusal && `The flow ${fullName} failed: ${refusal.message}`;
    });
  };
  return batched(ids, () => fullName).flatMap((batch) => runBatch(org, batch, runAll));
}

function runOnce(org: WholeOrg, flow: DailyFlow): readonly string[] {
  const object = org.object(flow.body.start?.object ?? '');
  return object
    ? runForEach(org, flow, object)
    : runBatch(org, [flow], () => [runWithout(org, flow)]);
}

/**
 * Runs the schedule-triggered flows whose time of the day has come, by the org's clock; days that the org was not
 * there for are not made up for.
 * @returns what stopped flows, in sentences: an org sends these to its admin
 */
export function runDaily(
  org: WholeOrg & { readonly scheduled: ScheduledPaths },
): readonly string[] {
  const now = org.time().getTime();
  return org
    .components()
    .filter((one): one is DailyFlow => one.type === 'Flow' && isScheduled(one.body as Flow))
    .filter(({ body }) => body.status === 'Active')
    .flatMap((flow) => {
      const due = org.scheduled.nextDaily(flow.fullName, nextTime(flow, now));
      if (due > now) return [];
      org.scheduled.setDaily(flow.fullName, nextTime(flow, now));
      return runOnce(org, flow);
    });
}
