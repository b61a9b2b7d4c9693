import type { FlowActionCall } from '@salesforce/types/metadata';
import { compileKind, type Surroundings } from '../elements.ts';
import type { Step } from '../flow.ts';
import { attempt, pathsOf } from '../parts/fault-paths.ts';
import type { Place } from '../problems.ts';
import type { StandardAction } from './action.ts';
import { compileInputs, isStandardAction } from './inputs.ts';
import { apexAction } from './apex-action.ts';

type Problem = readonly [element: string, message: string] | undefined;

/** Why an action cannot be called as the file says; undefined where it can. */
function callProblem(
  { flowTransactionModel, storeOutputAutomatically, actionType }: FlowActionCall,
  { timing }: Surroundings,
): Problem {
  if (timing === 'before') {
    return ['actionType', 'A flow that runs before the save cannot call an action'];
  }
  if (storeOutputAutomatically === true && actionType !== 'apex') {
    return [
      'storeOutputAutomatically',
      'The local org runs flows with storeOutputAutomatically false only.',
    ];
  }
  if (flowTransactionModel === undefined) {
    return ['', 'Required field is missing: flowTransactionModel'];
  }
  return flowTransactionModel === 'CurrentTransaction'
    ? undefined
    : ['flowTransactionModel', 'The local org runs actions in CurrentTransaction only.'];
}

/** Why a call sends no outbound message; undefined when it sends one that is there. */
function messageProblem(call: FlowActionCall, around: Surroundings): Problem {
  const { actionName = '' } = call;
  const { flow, timing, messageNamed } = around;
  if (timing === 'launched') {
    return ['actionType', 'The local org sends messages of flows that a save starts only.'];
  }
  const wrong = callProblem(call, around);
  if (wrong) return wrong;
  const message = messageNamed(actionName);
  if (message === undefined) {
    return [
      'actionName',
      `In field: actionName - no WorkflowOutboundMessage named ${actionName} found`,
    ];
  }
  const object = flow.start?.object ?? '';
  return message.toLowerCase().startsWith(`${object.toLowerCase()}.`)
    ? undefined
    : ['actionName', `The outbound message ${message} is not one of ${object}`];
}

function add(problem: Problem, at: Place, { problems }: Surroundings): void {
  if (!problem) return;
  const [element, message] = problem;
  problems.add(message, ...at, ...(element === '' ? [] : [[element, 0] as Place[number]]));
}

function outboundMessage(call: FlowActionCall, at: Place, around: Surroundings): Step {
  add(messageProblem(call, around), at, around);
  const message = around.messageNamed(call.actionName ?? '') ?? '';
  const paths = pathsOf(call, at, around);
  return (interview) =>
    attempt(interview, paths, () => {
      interview.send(message);
    });
}

function standard(
  action: StandardAction,
  call: FlowActionCall,
  at: Place,
  around: Surroundings,
): Step {
  const { actionName = '' } = call;
  const misnamed: Problem =
    actionName === action ? undefined : ['actionName', `There is no action ${actionName}`];
  add(callProblem(call, around) ?? misnamed, at, around);
  const inputs = compileInputs(action, call, at, around);
  const paths = pathsOf(call, at, around);
  return (interview) =>
    attempt(interview, paths, () => {
      interview.perform(action, inputs(interview.scope));
    });
}

function compileAction(call: FlowActionCall, at: Place, around: Surroundings): Step {
  const { actionType = '' } = call;
  if (isStandardAction(actionType)) return standard(actionType, call, at, around);
  if (actionType === 'outboundMessage') return outboundMessage(call, at, around);
  if (actionType === 'apex') return apexAction(call, at, around, callProblem(call, around));
  const message = `The local org does not run actions of the type ${actionType}.`;
  add(['actionType', message], at, around);
  return () => undefined;
}

/** All calls of actions of a flow. */
export const actionElements = (around: Surroundings): readonly (readonly [string, Step])[] =>
  compileKind('actionCalls', around.flow.actionCalls, compileAction, around);
