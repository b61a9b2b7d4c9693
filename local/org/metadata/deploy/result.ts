import { isDeepStrictEqual } from 'node:util';
import type { Deleted } from '../delete/delete.ts';
import type { Plan } from '../plan/plan.ts';
import type { Deployer } from '../plan/target.ts';
import type { RowIds } from '../plan/write.ts';
import type { Failure } from '../read/components.ts';
import type { Deletion } from '../read/deletions.ts';
import type { Draft } from '../read/kinds.ts';

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

/** What happened to one component, as the Metadata API tells it. */
export interface DeployMessage {
  readonly changed: boolean;
  readonly columnNumber?: number;
  readonly componentType: string;
  readonly created: boolean;
  readonly createdDate: string;
  readonly deleted: boolean;
  readonly fileName: string;
  readonly fullName: string;
  readonly id?: string;
  readonly lineNumber?: number;
  readonly problem?: string;
  readonly problemType?: 'Error' | 'Warning';
  readonly success: boolean;
}

/** The state of a deploy, as the Metadata API tells it. */
export interface DeployResult {
  readonly checkOnly: boolean;
  readonly completedDate: string;
  readonly createdBy: string;
  readonly createdByName: string;
  readonly createdDate: string;
  readonly details: {
    readonly componentFailures: readonly DeployMessage[];
    readonly componentSuccesses: readonly DeployMessage[];
    readonly runTestResult: {
      readonly numFailures: number;
      readonly numTestsRun: number;
      readonly totalTime: number;
    };
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
  readonly status: 'Succeeded' | 'SucceededPartial' | 'Failed';
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

/** Of Lightning web components the sentence itself tells the place, where the CLI looks for it. */
const problemOf = ({ type, line, column, message }: Failure): string =>
  type === 'LightningComponentBundle' ? `[Line: ${line}, Col: ${column}] ${message}` : message;

function failureMessage(failure: Failure, at: string): DeployMessage {
  return {
    changed: false,
    columnNumber: failure.column,
    componentType: failure.type,
    created: false,
    createdDate: at,
    deleted: false,
    fileName: failure.fileName,
    fullName: failure.fullName,
    lineNumber: failure.line,
    problem: problemOf(failure),
    problemType: 'Error',
    success: false,
  };
}

/** Bodies are compared as the org keeps them. */
const asKept = (body: unknown): unknown => JSON.parse(JSON.stringify(body));

function successMessage(draft: Draft, plan: Plan, ids: RowIds, at: string): DeployMessage {
  const before = plan.previous(draft);
  const isStandard =
    draft.type === 'CustomObject' && plan.before.schema.has(draft.fullName.toLowerCase());
  const isKnown = before !== undefined || isStandard;
  const id = ids.get(`${draft.type}:${draft.fullName}`);
  return {
    changed: !isKnown || !isDeepStrictEqual(asKept(before?.body ?? null), asKept(draft.body)),
    componentType: draft.type,
    created: !isKnown,
    createdDate: at,
    deleted: false,
    fileName: draft.fileName,
    fullName: draft.fullName,
    ...(id === undefined ? {} : { id }),
    success: true,
  };
}

function manifestMessage(fileName: string, at: string): DeployMessage {
  return {
    changed: true,
    componentType: '',
    created: false,
    createdDate: at,
    deleted: false,
    fileName,
    fullName: 'package.xml',
    success: true,
  };
}

function resultOf(
  frame: Frame,
  failures: readonly DeployMessage[],
  successes: readonly DeployMessage[],
  refused?: { readonly message: string; readonly code: string },
): DeployResult {
  const { id, by, options, started, ended } = frame;
  const components = successes.filter((one) => one.componentType !== '').length;
  const isClean = failures.length === 0 && refused === undefined;
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
      runTestResult: { numFailures: 0, numTestsRun: 0, totalTime: 0 },
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
    numberTestErrors: 0,
    numberTestsCompleted: 0,
    numberTestsTotal: 0,
    rollbackOnError: options.rollbackOnError,
    runTestsEnabled: ['RunSpecifiedTests', 'RunLocalTests', 'RunAllTestsInOrg'].includes(
      options.testLevel,
    ),
    startDate: started,
    status: isClean ? 'Succeeded' : isPartial ? 'SucceededPartial' : 'Failed',
    success: isClean,
  };
}

/** A deploy that could not begin: a broken zip, an option that is not emulated. */
export const refusedResult = (
  frame: Frame,
  message: string,
  code = 'UNKNOWN_EXCEPTION',
): DeployResult => resultOf(frame, [], [], { message, code });

/** A deploy whose package.xml is wrong: nothing else was looked at. */
export const manifestFailure = (frame: Frame, failures: readonly Failure[]): DeployResult =>
  resultOf(
    frame,
    failures.map((one) => failureMessage(one, frame.ended)),
    [],
  );

function deletionMessage({ type, fullName, fileName }: Deletion, at: string): DeployMessage {
  return {
    changed: true,
    componentType: type,
    created: false,
    createdDate: at,
    deleted: true,
    fileName,
    fullName,
    success: true,
  };
}

const unknownMessage = (deletion: Deletion, at: string): DeployMessage => ({
  ...deletionMessage(deletion, at),
  changed: false,
  deleted: false,
  problem: `No ${deletion.type} named: ${deletion.fullName} found`,
  problemType: 'Warning',
});

/** What a deploy did, or what it would have done. */
export interface Outcome {
  readonly plan: Plan;
  readonly failures: readonly Failure[];
  readonly ids: RowIds;
  readonly deleted: readonly Deleted[];
}

/** A deploy that ran: what can be and what cannot be deployed. */
export function deployResult(
  frame: Frame,
  { plan, failures, ids, deleted }: Outcome,
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
  );
}
