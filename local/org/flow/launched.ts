import type { Flow, FlowVariable } from '@salesforce/types/metadata';
import { scopeOf } from '../data/formulas.ts';
import { FormulaProblem, type Value } from '../formula/formula.ts';
import type { Component } from '../model/deploy-target.ts';
import type { WholeOrg } from '../model/org-view.ts';
import type { ObjectDefinition } from '../model/schema.ts';
import { checkResources, startValues, stepsOf } from './compile.ts';
import { targetOf, type Surroundings } from './elements.ts';
import { FlowFault } from './fault.ts';
import { elementLimitOf, runSteps, type Steps } from './flow.ts';
import type { Work } from './parts/together.ts';
import { Problems, type FlowProblem } from './problems.ts';
import { invocablesOf } from './sending/invocables.ts';
import type { FlowRecords } from './system-records.ts';
import type { FlowSchema, FlowSetting } from './references.ts';
import { Resources } from './resources.ts';

/** Types of variables that come in and go out, as the API names them. */
const sideTypes: Readonly<Record<string, string>> = {
  Boolean: 'BOOLEAN',
  Number: 'NUMBER',
  String: 'STRING',
};

/** A variable of a flow as its caller sees it. */
export interface Side {
  readonly name: string;
  /** `STRING`, `NUMBER` or `BOOLEAN` */
  readonly type: string;
  readonly description: string;
}

/** A flow that a call, a button or another program starts by its name. */
export interface LaunchedFlow extends Steps {
  readonly inputs: readonly Side[];
  readonly outputs: readonly Side[];
}

/** Whether nothing but its name starts the flow: no save, no schedule, no event. */
export const isLaunched = ({ processType, start }: Flow): boolean =>
  processType === 'AutoLaunchedFlow' &&
  start?.object === undefined &&
  start?.triggerType === undefined &&
  start?.recordTriggerType === undefined;

/** Whether the clock starts the flow, once a day: without a record, or for each record of its object. */
export const isScheduled = ({ start }: Flow): boolean => start?.triggerType === 'Scheduled';

/** There is no record that the flow is about; any field of it is one that does not exist. */
const noRecord: ObjectDefinition = {
  name: '',
  label: '',
  labelPlural: '',
  keyPrefix: '',
  kind: 'system',
  sharingModel: '',
  nameField: '',
  fields: [],
};

function sidesOf(flow: Flow, isSide: (one: FlowVariable) => boolean): readonly Side[] {
  return flow.variables.filter(isSide).map(({ name = '', dataType, description = '' }) => ({
    name,
    description,
    type: sideTypes[dataType] ?? '',
  }));
}

function checkSides({ flow, problems }: Surroundings): void {
  for (const [index, { name = '', dataType, isInput, isOutput }] of flow.variables.entries()) {
    if ((isInput !== true && isOutput !== true) || dataType in sideTypes) continue;
    problems.add(
      `The local org takes and gives texts, numbers and checkboxes only; ${name} is a ${dataType}.`,
      ['variables', index],
    );
  }
}

/**
 * Reads a flow that is started by its name, checks it against the org and makes it ready to run.
 * @returns the flow, and everything that is wrong with it: it may run only when nothing is
 */
export function compileLaunched(
  flow: Flow,
  schema: FlowSchema,
): { readonly compiled: LaunchedFlow; readonly problems: readonly FlowProblem[] } {
  const setting: FlowSetting = {
    object: noRecord,
    schema,
    context: 'flow',
    blanksAreZero: false,
    starts: 'CreateAndUpdate',
  };
  const around: Surroundings = {
    flow,
    timing: 'launched',
    problems: new Problems(),
    resources: new Resources(flow, setting),
    messageNamed: (name) => schema.outboundMessage(name),
  };
  checkResources(around);
  checkSides(around);
  const compiled: LaunchedFlow = {
    label: flow.label,
    elementLimit: elementLimitOf(flow.apiVersion),
    first: targetOf(flow.start?.connector, [['start', 0]], around),
    steps: stepsOf(around),
    variables: startValues(around),
    inputs: sidesOf(flow, (one) => one.isInput === true),
    outputs: sidesOf(flow, (one) => one.isOutput === true),
  };
  return { compiled, problems: around.problems.found };
}

/**
 * An interview of a flow for whoever calls.
 * @returns the values of its output variables
 */
export function* runLaunched(
  flow: LaunchedFlow,
  inputs: ReadonlyMap<string, Value>,
  org: WholeOrg,
  user: FlowRecords & { readonly userId: string },
): Work<Readonly<Record<string, Value>>> {
  const variables = new Map<string, Value>();
  const freshScope = () =>
    scopeOf({ org, object: noRecord, row: {}, userId: user.userId, variables });
  let scope = freshScope();
  const unasked = () => {
    throw new FlowFault(`The flow ${flow.label} has no record of its own.`);
  };
  yield* runSteps(
    flow,
    {
      find: user.find,
      create: user.create,
      update: user.update,
      perform: user.perform,
      setField: unasked,
      send: unasked,
      call: (name, given) => callFlow(name, given, org, user),
      invoke: (name, requests) => invocablesOf(org).invoke(name, requests, user.userId),
      collections: new Map(),
      positions: new Map(),
      get scope() {
        return scope;
      },
      setVariable: (name, value) => {
        variables.set(name, value);
        scope = freshScope();
      },
    },
    inputs,
  );
  return Object.fromEntries(flow.outputs.map(({ name }) => [name, variables.get(name) ?? null]));
}

const isFlow = (one: Component): one is Component & { readonly body: Flow } => one.type === 'Flow';

const flowBody = (org: WholeOrg, name: string): Flow | undefined =>
  org
    .components()
    .filter(isFlow)
    .find((one) => one.fullName === name)?.body;

/** What flows that were deployed may refer to: a deploy has looked whether it is there. */
export const deployedSchema = (org: WholeOrg): FlowSchema => ({
  object: (name) => org.object(name),
  hasCustomPermission: () => true,
  outboundMessage: (name) => name,
  launchedFlow: (name) => flowBody(org, name),
  invocable: (name) => invocablesOf(org).find(name),
});

/**
 * An interview of a flow that another one, or code, runs by its name.
 * @throws FlowFault where it is switched off
 */
export function callFlow(
  name: string,
  inputs: ReadonlyMap<string, Value>,
  org: WholeOrg,
  user: FlowRecords & { readonly userId: string },
): Work<Readonly<Record<string, Value>>> {
  const flow = flowBody(org, name);
  if (flow?.status !== 'Active') throw new FlowFault(`The flow ${name} is not active.`);
  return runLaunched(compileLaunched(flow, deployedSchema(org)).compiled, inputs, org, user);
}

/** @throws FormulaProblem where the value is none of the type that the flow takes */
export function inputValue({ name, type }: Side, value: unknown): Value {
  if (value === null) return null;
  if (typeof value === 'string' && type === 'STRING') return value === '' ? null : value;
  if (typeof value === 'number' && type === 'NUMBER') return value;
  if (typeof value === 'boolean' && type === 'BOOLEAN') return value;
  throw new FormulaProblem(
    `Invalid value for the input ${name}: it takes ${type}, not ${JSON.stringify(value)}`,
  );
}
