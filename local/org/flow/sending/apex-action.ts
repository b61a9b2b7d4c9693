import type { FlowActionCall } from '@salesforce/types/metadata';
import { isOf } from '../../formula/check.ts';
import { FormulaProblem, type FormulaScope, type Value } from '../../formula/formula.ts';
import type { Surroundings } from '../elements.ts';
import type { Step } from '../flow.ts';
import { attempt, pathsOf } from '../parts/fault-paths.ts';
import { isList, listOf } from '../parts/lists.ts';
import { together } from '../parts/together.ts';
import type { Place } from '../problems.ts';
import { asText } from '../resources.ts';
import { isTextList, keptAs, sideNamed, typeOfSide, type Invocable } from './invocables.ts';

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
  if (isOf(given, [typeOfSide(side)])) return [side.name, given.run];
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
    if (!isOf(target, [typeOfSide(side)])) {
      throw new FormulaProblem(`${assignToReference} can't hold ${name}, a ${side.type}`);
    }
  }
  return [side.name, assignToReference];
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
    attempt(interview, paths, function* () {
      const { scope } = interview;
      const given = new Map(inputs.map(([name, run]) => [name, run(scope)] as const));
      const results = yield* together('invoke', (all) => interview.invoke(actionName, all), given);
      interview.setVariable(element, true);
      for (const [name, value] of results) interview.setVariable(keptAs(element, name), value);
      for (const one of outputs)
        if (one) interview.setVariable(one[1], results.get(one[0]) ?? null);
    });
}
