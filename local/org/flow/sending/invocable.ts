import type { FlowActionCall } from '@salesforce/types/metadata';
import { isOf } from '../../formula/check.ts';
import {
  FormulaProblem,
  type FormulaScope,
  type FormulaType,
  type Value,
} from '../../formula/formula.ts';
import { typed } from '../../formula/types.ts';
import type { WholeOrg } from '../../model/org-view.ts';
import type { Surroundings } from '../elements.ts';
import type { Step } from '../flow.ts';
import { attempt, pathsOf } from '../parts/fault-paths.ts';
import { isList, listOf } from '../parts/lists.ts';
import type { Place } from '../problems.ts';
import { asText } from '../resources.ts';

/** A value that an Apex method takes or gives, as a flow sees it. */
export interface InvocableSide {
  readonly name: string;
  /** `Decimal`, `List<String>` */
  readonly type: string;
  readonly isRequired: boolean;
}

/** An Apex method that flows may call. */
export interface Invocable {
  readonly label: string;
  readonly inputs: readonly InvocableSide[];
  readonly outputs: readonly InvocableSide[];
}

/** What a call hands in, or gets back; a collection of texts is JSON. */
export type InvocableValues = ReadonlyMap<string, Value>;

/** The Apex of an org, as its flows reach it. */
export interface Invocables {
  find(className: string): Invocable | undefined;
  /**
   * Calls the method with one request for each of these.
   * @throws FlowFault for what the code does not catch
   */
  invoke(
    className: string,
    requests: readonly InvocableValues[],
    userId: string,
  ): readonly InvocableValues[];
}

const servedBy = new WeakMap<WholeOrg, Invocables>();

/** Lets flows of an org call its Apex. */
export function serveInvocables(org: WholeOrg, invocables: Invocables): void {
  servedBy.set(org, invocables);
}

/** @throws Error where the org runs no Apex */
export function invocablesOf(org: WholeOrg): Invocables {
  const found = servedBy.get(org);
  if (!found) throw new Error('the flows of this org reach no Apex');
  return found;
}

/** One interview calls with one request. */
export const invokeOne = (
  org: WholeOrg,
  className: string,
  inputs: InvocableValues,
  userId: string,
): InvocableValues =>
  invocablesOf(org).invoke(className, [inputs], userId)[0] ?? new Map<string, Value>();

const TYPES: Readonly<Record<string, FormulaType>> = {
  ...{ String: 'Text', Id: 'Text', Boolean: 'Boolean', Date: 'Date', Datetime: 'Date/Time' },
  ...{ Integer: 'Number', Long: 'Number', Double: 'Number', Decimal: 'Number' },
};

const isTextList = (type: string): boolean => type === 'List<String>' || type === 'List<Id>';

function typeOf({ name, type }: InvocableSide): FormulaType {
  const found = TYPES[type];
  if (found) return found;
  throw new FormulaProblem(
    `The local org hands texts, numbers, checkboxes, dates and collections of text to Apex only: ${name} is a ${type}.`,
  );
}

function sideNamed(sides: readonly InvocableSide[], name: string, what: string): InvocableSide {
  const found = sides.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (found) return found;
  throw new FormulaProblem(`The Apex action has no ${what} ${name}`);
}

type Given = FlowActionCall['inputParameters'][number];

function input(
  { name, value }: Given,
  { inputs }: Invocable,
  { flow, resources }: Surroundings,
): readonly [string, (scope: FormulaScope) => Value] {
  const side = sideNamed(inputs, name, 'input parameter');
  const list = value?.elementReference ?? '';
  if (isTextList(side.type)) {
    if (!isList(list, flow)) throw new FormulaProblem(`The input ${name} takes a collection`);
    return [side.name, (scope) => JSON.stringify(listOf(scope, list))];
  }
  if (isList(list, flow)) throw new FormulaProblem(`The input ${name} takes one value`);
  const given = asText(resources.value(value));
  if (isOf(given, [typeOf(side)])) return [side.name, given.run];
  throw new FormulaProblem(`A ${given.typeName} can't be given to ${name}, a ${side.type}`);
}

type Taken = FlowActionCall['outputParameters'][number];

function output(
  { name, assignToReference }: Taken,
  { outputs }: Invocable,
  { resources }: Surroundings,
): readonly [string, string] {
  const side = sideNamed(outputs, name, 'output parameter');
  if (!resources.isVariable(assignToReference)) {
    throw new FormulaProblem(`${assignToReference} is no variable`);
  }
  if (isTextList(side.type) !== resources.isList(assignToReference)) {
    throw new FormulaProblem(`${assignToReference} can't hold ${name}, a ${side.type}`);
  }
  if (!isTextList(side.type)) {
    const target = asText(resources.reference(assignToReference));
    if (!isOf(target, [typeOf(side)])) {
      throw new FormulaProblem(`${assignToReference} can't hold ${name}, a ${side.type}`);
    }
  }
  return [side.name, assignToReference];
}

/** Where a flow keeps what an action gave, which stores its output by itself. */
const keptAs = (element: string, side: string): string => `${element}.${side}`;

/** A reference to what an Apex action has given: `Ask.total`; undefined where no such action stores it by itself. */
export function storedOutput(
  name: string,
  calls: readonly FlowActionCall[],
  find: (className: string) => Invocable | undefined,
) {
  const [element = '', side = 'output', ...more] = name.split('.');
  const call = calls.find((one) => one.name === element && one.actionType === 'apex');
  if (call?.storeOutputAutomatically !== true || more.length > 0) return undefined;
  const found = find(call.actionName ?? '')?.outputs;
  const output = sideNamed(found ?? [], side, 'output parameter');
  return typed(typeOf(output), (scope) => scope.variable(keptAs(element, output.name)));
}

type Problem = readonly [element: string, message: string] | undefined;

/** A call of an Apex method of the org. */
export function apexAction(
  call: FlowActionCall,
  at: Place,
  around: Surroundings,
  problem: Problem,
): Step {
  const { actionName = '', name: element = '' } = call;
  const { problems, resources } = around;
  const paths = pathsOf(call, at, around);
  const found = resources.setting.schema.invocable(actionName);
  const wrong: Problem =
    problem ??
    (found
      ? undefined
      : ['actionName', `There is no Apex class ${actionName} with an InvocableMethod`]);
  if (wrong) problems.add(wrong[1], ...at, ...(wrong[0] === '' ? [] : ([[wrong[0], 0]] as Place)));
  if (!found) return () => undefined;
  const inputs = call.inputParameters.flatMap((given, index) => {
    const one = problems.catch([...at, ['inputParameters', index]], () =>
      input(given, found, around),
    );
    return one ? [one] : [];
  });
  for (const { name, isRequired } of found.inputs) {
    if (!isRequired || call.inputParameters.some((one) => one.name === name)) continue;
    problems.add(`Missing required input parameter: ${name}`, ...at);
  }
  const outputs = call.outputParameters.map((taken, index) =>
    problems.catch([...at, ['outputParameters', index]], () => output(taken, found, around)),
  );
  return (interview) =>
    attempt(interview, paths, () => {
      const { scope } = interview;
      const given = new Map(inputs.map(([name, run]) => [name, run(scope)] as const));
      const results = interview.invoke(actionName, given);
      interview.setVariable(element, true);
      for (const [name, value] of results) interview.setVariable(keptAs(element, name), value);
      for (const one of outputs)
        if (one) interview.setVariable(one[1], results.get(one[0]) ?? null);
    });
}
