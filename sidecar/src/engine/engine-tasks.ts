import type { Availability } from './availability.ts';
import type { EngineParts } from './engine-parts.ts';
import type { ScheduledTask } from './scheduled-task.ts';

const SETUP_SECONDS = 300;
const ISSUES_SECONDS = 30;
const STATUS_SECONDS = 60;
/** Outbound messages come at once; the sweep finds what they have lost. */
const SALESFORCE_SECONDS = 900;

/** Other processes are told of API calls this often. */
const CALLS_SECONDS = 10;

type Run = ScheduledTask['run'];

export function configurationTask({ org }: Availability, run: Run): ScheduledTask {
  return {
    purpose: 'configuration',
    store: '',
    seconds: SETUP_SECONDS,
    everywhere: true,
    needs: [org],
    run,
  };
}

/** Says in Salesforce which issues there are. */
export function issuesTask({ state, org }: Availability, run: Run): ScheduledTask {
  return {
    purpose: 'issues',
    store: '',
    seconds: ISSUES_SECONDS,
    keepsPace: true,
    needs: [state, org],
    run,
  };
}

/** Counts API calls together with other processes. */
export function callsTask({ state }: Availability, run: Run): ScheduledTask {
  return {
    purpose: 'API calls',
    store: '',
    seconds: CALLS_SECONDS,
    everywhere: true,
    needs: [state],
    run,
  };
}

/** Tries again what issues are about and is due. */
export function dueIssuesTask({ state }: Availability, run: Run): ScheduledTask {
  return {
    purpose: 'issues due',
    store: '',
    seconds: ISSUES_SECONDS,
    needs: [state],
    run,
  };
}

export function orgSweepTask(
  { state, org, budget }: Availability,
  { publicUrl, sweepSeconds }: Pick<EngineParts, 'publicUrl' | 'sweepSeconds'>,
  run: Run,
): ScheduledTask {
  return {
    purpose: 'sweep of Salesforce',
    store: '',
    atEachStart: true,
    seconds: publicUrl === null ? sweepSeconds : SALESFORCE_SECONDS,
    needs: [state, org, budget],
    run,
  };
}

/** Says in Salesforce how the stores are doing. */
export function statusTask({ state, org }: Availability, run: Run): ScheduledTask {
  return {
    purpose: 'status',
    store: '',
    seconds: STATUS_SECONDS,
    needs: [state, org],
    run,
  };
}
