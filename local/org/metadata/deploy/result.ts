import type { Deleted } from '../delete/delete.ts';
import type { Plan } from '../plan/plan.ts';
import type { Deployer } from '../plan/target.ts';
import type { RowIds } from '../plan/write.ts';
import { areTestsSound, type RunTestsResult } from './test-result.ts';
import type { Failure } from '../read/components.ts';
import {
  deletionMessage,
  type DeployMessage,
  failureMessage,
  manifestMessage,
  successMessage,
  unknownMessage,
} from './messages.ts';

export interface DeployOptions {
  readonly allowMissingFiles: boolean;
  readonly checkOnly: boolean;
  readonly ignoreWarnings: boolean;
  readonly purgeOnDelete: boolean;
  readonly rollbackOnError: boolean;
  readonly runTests: readonly string[];
  readonly singlePackage: boolean;
  readonly testLevel: string;
}

/** The state of a deploy, as the Metadata API tells it. */
export interface DeployResult {
  /** Of a deploy that was canceled: who has done it. */
  readonly canceledBy?: string;
  readonly canceledByName?: string;
  readonly checkOnly: boolean;
  /** Left out until then. */
  readonly completedDate?: string;
  readonly createdBy: string;
  readonly createdByName: string;
  readonly createdDate: string;
  readonly details: {
    readonly componentFailures: readonly DeployMessage[];
    readonly componentSuccesses: readonly DeployMessage[];
    readonly runTestResult: Pick<RunTestsResult, 'numFailures' | 'numTestsRun' | 'totalTime'> &
      Partial<RunTestsResult>;
  };
  readonly done: boolean;
  readonly errorMessage?: string;
  readonly errorStatusCode?: string;
  readonly id: string;
  readonly ignoreWarnings: boolean;
  readonly lastModifiedDate: string;
  readonly numberComponentErrors: number;
  readonly numberComponentsDeployed: number;
  readonly numberComponentsTotal: number;
  readonly numberTestErrors: number;
  readonly numberTestsCompleted: number;
  readonly numberTestsTotal: number;
  readonly rollbackOnError: boolean;
  readonly runTestsEnabled: boolean;
  readonly startDate: string;
  readonly status: 'Canceled' | 'Pending' | 'Succeeded' | 'SucceededPartial' | 'Failed';
  readonly success: boolean;
}

/** What is the same in all answers about one deploy. */
export interface Frame {
  readonly id: string;
  readonly by: Deployer;
  readonly options: DeployOptions;
  /** ISO 8601 */
  readonly started: string;
  readonly ended: string;
}

/** What makes a deploy fail besides its components. */
interface Besides {
  readonly refused?: { readonly message: string; readonly code: string };
  readonly tests?: RunTestsResult | undefined;
}

const noTests = { numFailures: 0, numTestsRun: 0, totalTime: 0 };

function resultOf(
  frame: Frame,
  failures: readonly DeployMessage[],
  successes: readonly DeployMessage[],
  { refused, tests }: Besides = {},
): DeployResult {
  const { id, by, options, started, ended } = frame;
  const runTestResult: DeployResult['details']['runTestResult'] = tests ?? noTests;
  const { numFailures, numTestsRun } = runTestResult;
  const components = successes.filter((one) => one.componentType !== '').length;
  const isClean = failures.length === 0 && refused === undefined && areTestsSound(tests);
  const isPartial = failures.length > 0 && components > 0 && !options.rollbackOnError;
  return {
    checkOnly: options.checkOnly,
    completedDate: ended,
    createdBy: by.id,
    createdByName: by.name,
    createdDate: started,
    details: {
      componentFailures: failures,
      componentSuccesses: successes,
      runTestResult,
    },
    done: true,
    ...(refused === undefined
      ? {}
      : { errorMessage: refused.message, errorStatusCode: refused.code }),
    id,
    ignoreWarnings: options.ignoreWarnings,
    lastModifiedDate: ended,
    numberComponentErrors: failures.length,
    numberComponentsDeployed: components,
    numberComponentsTotal: components + failures.length,
    numberTestErrors: numFailures,
    numberTestsCompleted: numTestsRun - numFailures,
    numberTestsTotal: numTestsRun,
    rollbackOnError: options.rollbackOnError,
    runTestsEnabled: ['RunSpecifiedTests', 'RunLocalTests', 'RunAllTestsInOrg'].includes(
      options.testLevel,
    ),
    startDate: started,
    status: isClean ? 'Succeeded' : isPartial ? 'SucceededPartial' : 'Failed',
    success: isClean,
  };
}

/** A deploy that waits for its turn. */
export function pendingResult(frame: Frame): DeployResult {
  const { completedDate: _none, ...result } = resultOf(frame, [], []);
  return { ...result, done: false, status: 'Pending', success: false };
}

/** A deploy that was taken back while it waited. @param at ISO 8601 */
export const canceledResult = (pending: DeployResult, by: Deployer, at: string): DeployResult => ({
  ...pending,
  canceledBy: by.id,
  canceledByName: by.name,
  completedDate: at,
  done: true,
  lastModifiedDate: at,
  status: 'Canceled',
});

/** A deploy that could not begin: a broken zip, an option that is not emulated. */
export const refusedResult = (
  frame: Frame,
  message: string,
  code = 'UNKNOWN_EXCEPTION',
): DeployResult => resultOf(frame, [], [], { refused: { message, code } });

/** A deploy whose package.xml is wrong: nothing else was looked at. */
export const manifestFailure = (frame: Frame, failures: readonly Failure[]): DeployResult =>
  resultOf(
    frame,
    failures.map((one) => failureMessage(one, frame.ended)),
    [],
  );

/** What a deploy did, or what it would have done. */
export interface Outcome {
  readonly plan: Plan;
  readonly failures: readonly Failure[];
  readonly ids: RowIds;
  readonly deleted: readonly Deleted[];
  readonly tests?: RunTestsResult;
}

/** A deploy that ran: what can be and what cannot be deployed. */
export function deployResult(
  frame: Frame,
  { plan, failures, ids, deleted, tests }: Outcome,
  manifestFile: string,
): DeployResult {
  const at = frame.ended;
  return resultOf(
    frame,
    failures.map((one) => failureMessage(one, at)),
    [
      manifestMessage(manifestFile, at),
      ...plan.drafts.map((draft) => successMessage(draft, plan, ids, at)),
      ...deleted.flatMap(({ done }) => done.map((one) => deletionMessage(one, at))),
      ...deleted.flatMap(({ unknown }) => unknown.map((one) => unknownMessage(one, at))),
    ],
    { tests },
  );
}
