import { isDeepStrictEqual } from 'node:util';
import type { Plan } from '../plan/plan.ts';
import type { RowIds } from '../plan/write.ts';
import type { Failure } from '../read/components.ts';
import type { Deletion } from '../read/deletions.ts';
import type { Draft } from '../read/kinds.ts';

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

/** Of Lightning web components the sentence itself tells the place, where the CLI looks for it. */
const problemOf = ({ type, line, column, message }: Failure): string =>
  type === 'LightningComponentBundle' ? `[Line: ${line}, Col: ${column}] ${message}` : message;

export function failureMessage(failure: Failure, at: string): DeployMessage {
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

export function successMessage(draft: Draft, plan: Plan, ids: RowIds, at: string): DeployMessage {
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

export function manifestMessage(fileName: string, at: string): DeployMessage {
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

export function deletionMessage({ type, fullName, fileName }: Deletion, at: string): DeployMessage {
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

export const unknownMessage = (deletion: Deletion, at: string): DeployMessage => ({
  ...deletionMessage(deletion, at),
  changed: false,
  deleted: false,
  problem: `No ${deletion.type} named: ${deletion.fullName} found`,
  problemType: 'Warning',
});
