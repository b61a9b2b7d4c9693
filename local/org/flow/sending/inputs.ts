import type { FlowActionCall } from '@salesforce/types/metadata';
import { isOf } from '../../formula/check.ts';
import { FormulaProblem, type FormulaScope, type Value } from '../../formula/formula.ts';
import type { Surroundings } from '../elements.ts';
import { FlowFault } from '../fault.ts';
import { isList, listOf } from '../parts/lists.ts';
import type { Place } from '../problems.ts';
import { asText } from '../resources.ts';
import type { ActionInputs, StandardAction } from './action.ts';

/** Inputs of the actions that the local org runs; those with a `+` take a collection. */
const KNOWN: Readonly<Record<StandardAction, readonly string[]>> = {
  customNotificationAction: [
    'customNotifTypeId',
    'recipientIds+',
    'senderId',
    'title',
    'body',
    'targetId',
    'targetPageRef',
  ],
  emailSimple: [
    'emailAddresses',
    'emailAddressesArray+',
    'emailSubject',
    'emailBody',
    'senderType',
    'senderAddress',
  ],
};

/** Without these the action is nothing; of e-mails the guide says of none that it must be there. */
const REQUIRED: Readonly<Record<StandardAction, readonly string[]>> = {
  customNotificationAction: ['customNotifTypeId', 'recipientIds', 'title', 'body'],
  emailSimple: [],
};

export const isStandardAction = (type: string): type is StandardAction =>
  Object.hasOwn(KNOWN, type);

type Given = FlowActionCall['inputParameters'][number];

function compileInput(
  action: StandardAction,
  { name, value }: Given,
  { flow, resources }: Surroundings,
): (scope: FormulaScope) => Value | readonly string[] {
  const names = KNOWN[action];
  const takesList = names.includes(`${name}+`);
  if (!takesList && !names.includes(name)) {
    throw new FormulaProblem(`The local org knows no input ${name} of ${action}.`);
  }
  const list = value?.elementReference;
  if (isList(list, flow) !== takesList) {
    throw new FormulaProblem(`The input ${name} takes ${takesList ? 'a collection' : 'one value'}`);
  }
  if (takesList) return (scope) => listOf(scope, list ?? '');
  const one = asText(resources.value(value));
  if (!isOf(one, ['Text'])) throw new FormulaProblem(`The input ${name} takes text`);
  return one.run;
}

/** Reads the inputs of a call of an action; what is wrong with them goes to the problems. */
export function compileInputs(
  action: StandardAction,
  { inputParameters }: FlowActionCall,
  at: Place,
  around: Surroundings,
): (scope: FormulaScope) => ActionInputs {
  for (const name of REQUIRED[action]) {
    if (inputParameters.some((given) => given.name === name)) continue;
    around.problems.add(`Missing required input parameter: ${name}`, ...at);
  }
  const inputs = inputParameters.flatMap((given, index) => {
    const place: Place = [...at, ['inputParameters', index]];
    const run = around.problems.catch(place, () => compileInput(action, given, around));
    return run ? [[given.name, run] as const] : [];
  });
  return (scope) => new Map(inputs.map(([name, run]) => [name, run(scope)]));
}

/** What an action is given under that name; null where it is nothing. */
export function textOfInput(inputs: ActionInputs, name: string): string {
  const value = inputs.get(name);
  return typeof value === 'string' ? value : '';
}

export function listOfInput(inputs: ActionInputs, name: string): readonly string[] {
  const value = inputs.get(name);
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

/** Salesforce's words around what stopped an action. */
export const actionFault = (action: string, reason: string): FlowFault =>
  new FlowFault(`This error occurred when the flow tried to ${action}: ${reason}`);
