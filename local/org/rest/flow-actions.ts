import type { Flow } from '@salesforce/types/metadata';
import { type Answer, ok } from '../api/answer.ts';
import { bodyOf, type Call, isRecord } from '../api/call.ts';
import type { Route } from '../api/route.ts';
import {
  compileLaunched,
  deployedSchema,
  inputValue,
  isLaunched,
  runLaunched,
  type LaunchedFlow,
  type Side,
} from '../flow/launched.ts';
import { inTransaction, LimitFault } from '../flow/parts/limits.ts';
import { settled } from '../flow/parts/settled.ts';
import { isStop, runTogether } from '../flow/parts/together.ts';
import { FormulaProblem, type Value } from '../formula/formula.ts';
import type { Component } from '../model/deploy-target.ts';
import { ApiError, resourceNotFound } from '../model/errors.ts';
import { recordsFor } from './flow-records.ts';

const ROOT = '/actions/custom/flow';
/** Interviews that one call starts at most. */
const MOST_INPUTS = 200;

type FlowComponent = Component & { readonly body: Flow };

const isActive = (one: Component): one is FlowComponent =>
  one.type === 'Flow' && (one.body as Flow).status === 'Active' && isLaunched(one.body as Flow);

const mayRun = ({ services }: Call, { fullName, body }: FlowComponent): boolean => {
  const isRestricted = body.isAdditionalPermissionRequiredToRun === true;
  return services.data.access?.mayRunFlow(fullName, isRestricted) ?? true;
};

/** Active flows that are started by their name; which of them are listed for a user nobody says. */
const flowsOf = ({ services }: Call): readonly FlowComponent[] =>
  services.data.whole.components().filter(isActive);

/** @throws ApiError where there is no such flow, or the user may not run it */
function flowAt(call: Call, name = ''): FlowComponent {
  const flow = flowsOf(call).find((one) => one.fullName === name);
  if (!flow) throw resourceNotFound();
  if (mayRun(call, flow)) return flow;
  throw new ApiError(
    403,
    'INSUFFICIENT_ACCESS',
    `You do not have the level of access necessary to run the flow ${name}.`,
  );
}

function compiled(call: Call, { body, fullName }: FlowComponent): LaunchedFlow {
  const { whole } = call.services.data;
  const { compiled: flow, problems } = compileLaunched(body, deployedSchema(whole));
  const [problem] = problems;
  if (problem) throw new Error(`The flow ${fullName} cannot run any more: ${problem.message}`);
  return flow;
}

function list(call: Call): Answer {
  const actions = flowsOf(call)
    .filter((one) => mayRun(call, one))
    .map(({ fullName, body }) => ({
      label: body.label,
      name: fullName,
      type: 'FLOW',
      url: `/services/data/${call.version}${ROOT}/${fullName}`,
    }));
  return ok({ actions });
}

const described = ({ name, type, description }: Side) => ({
  byteLength: 0,
  description,
  label: name,
  maxOccurs: 1,
  name,
  picklistValues: null,
  sobjectType: null,
  type,
});

function describe(call: Call, { name = '' }: Readonly<Record<string, string>>): Answer {
  const component = flowAt(call, name);
  const flow = compiled(call, component);
  const { description = '', label } = component.body;
  const status = { name: 'Flow__InterviewStatus', type: 'STRING', description: '' };
  return ok({
    description,
    label,
    name,
    standard: false,
    targetEntityName: null,
    type: 'FLOW',
    inputs: flow.inputs.map((one) => ({ ...described(one), required: false })),
    outputs: [status, ...flow.outputs].map(described),
  });
}

/** @throws ApiError where the flow has no such input, or the value is none of its type */
function inputsOf(flow: LaunchedFlow, given: Readonly<Record<string, unknown>>) {
  const values = Object.entries(given).map(([name, value]): readonly [string, Value] => {
    const side = flow.inputs.find((one) => one.name === name);
    if (!side) {
      const message = `The following input variable isn't one of the flow: ${name}`;
      throw new ApiError(400, 'INVALID_INPUT', message);
    }
    return [name, inputValue(side, value)];
  });
  return new Map(values);
}

/** @throws ApiError where the body holds no inputs */
function givenInputs(call: Call): readonly Readonly<Record<string, unknown>>[] {
  const { inputs } = bodyOf(call);
  const isList = Array.isArray(inputs) && inputs.length > 0 && inputs.length <= MOST_INPUTS;
  if (isList && (inputs as unknown[]).every(isRecord)) return inputs as Record<string, unknown>[];
  const message = `The request body holds "inputs", a list of 1 to ${MOST_INPUTS} objects.`;
  throw new ApiError(400, 'INVALID_INPUT', message);
}

const rest = { invocationId: null, outcome: null, sortOrder: -1, version: 1 };

function failed(name: string, reason: string) {
  const message = `An unhandled fault has occurred in this flow\n${reason}`;
  const errors = [{ statusCode: 'UNKNOWN_EXCEPTION', message, fields: [] }];
  return { actionName: name, errors, isSuccess: false, outputValues: null, ...rest };
}

type Result = ReturnType<typeof failed> | ReturnType<typeof finished>;

function finished(name: string, values: Readonly<Record<string, Value>>) {
  const outputValues = { ...values, Flow__InterviewStatus: 'Finished' };
  return { actionName: name, errors: null, isSuccess: true, outputValues, ...rest };
}

/**
 * All interviews of a call, in one transaction. What one writes stays only where it comes to its end; where they use
 * more than a transaction may, none has done anything.
 */
function interviews(
  call: Call,
  name: string,
  flow: LaunchedFlow,
  inputs: readonly Map<string, Value>[],
): readonly Result[] {
  const { db, whole } = call.services.data;
  const user = recordsFor(call);
  const attempt = (open: readonly Map<string, Value>[]): readonly Result[] =>
    runTogether(open.map((one) => runLaunched(flow, one, whole, user))).map((result) =>
      isStop(result) ? failed(name, result.message) : finished(name, result),
    );
  try {
    const results = inTransaction(db, () =>
      db.transaction(() => settled(db, inputs, attempt, (one) => !one.isSuccess)),
    );
    return inputs.flatMap((one) => results.get(one) ?? []);
  } catch (error) {
    if (!(error instanceof LimitFault)) throw error;
    return inputs.map(() => failed(name, error.message));
  }
}

function invoke(call: Call, { name = '' }: Readonly<Record<string, string>>): Answer {
  const flow = compiled(call, flowAt(call, name));
  try {
    const inputs = givenInputs(call).map((one) => inputsOf(flow, one));
    const results = interviews(call, name, flow, inputs);
    return { status: results.every((one) => one.isSuccess) ? 200 : 400, body: results };
  } catch (error) {
    if (error instanceof FormulaProblem) throw new ApiError(400, 'INVALID_INPUT', error.message);
    throw error;
  }
}

const route = (method: string, pattern: string, handle: Route['handle']): Route => ({
  method,
  pattern: `${ROOT}${pattern}`,
  kind: 'other',
  handle,
  writes: method === 'POST',
});

export const flowActionRoutes: readonly Route[] = [
  route('GET', '', list),
  route('GET', '/:name', describe),
  route('POST', '/:name', invoke),
];
