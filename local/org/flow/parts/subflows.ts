import type { Flow, FlowSubflow } from '@salesforce/types/metadata';
import { FormulaProblem, type Typed } from '../../formula/formula.ts';
import { isOf } from '../../formula/check.ts';
import { compileKind, targetOf, type Surroundings } from '../elements.ts';
import type { Step } from '../flow.ts';
import type { Place } from '../problems.ts';
import { asText, typeOfData } from '../resources.ts';

type Variable = Flow['variables'][number];

/** @throws FormulaProblem where the flow has no variable of that name that goes that way */
function sideOf(called: Flow, name: string, way: 'isInput' | 'isOutput'): Variable {
  const found = called.variables.find((one) => one.name === name && one[way] === true);
  if (found) return found;
  throw new FormulaProblem(`The flow ${called.label} has no variable ${name} with ${way} true`);
}

function input(
  { name, value }: FlowSubflow['inputAssignments'][number],
  called: Flow,
  { resources }: Surroundings,
): readonly [string, Typed] {
  const { dataType } = sideOf(called, name, 'isInput');
  const given = asText(resources.value(value));
  if (isOf(given, [typeOfData(dataType)])) return [name, given];
  throw new FormulaProblem(`A ${given.typeName} can't be assigned to ${name}`);
}

function output(
  { name, assignToReference = '' }: FlowSubflow['outputAssignments'][number],
  called: Flow,
  { resources }: Surroundings,
): readonly [string, string] {
  sideOf(called, name, 'isOutput');
  if (resources.isVariable(assignToReference)) return [name, assignToReference];
  throw new FormulaProblem(`${assignToReference} is no variable`);
}

/** A flow that is run inside this one, with values in and out. */
function subflow(element: FlowSubflow, at: Place, around: Surroundings): Step {
  const { flowName = '', inputAssignments, outputAssignments } = element;
  const { problems, resources } = around;
  const called = resources.setting.schema.launchedFlow(flowName);
  if (!called) {
    problems.add(`The flow ${flowName} cannot be found`, ...at, ['flowName', 0]);
    return () => undefined;
  }
  const inputs = inputAssignments.flatMap((one, index) => {
    const place: Place = [...at, ['inputAssignments', index]];
    const found = problems.catch(place, () => input(one, called, around));
    return found ? [found] : [];
  });
  const outputs = outputAssignments.map((one, index) => {
    const place: Place = [...at, ['outputAssignments', index]];
    return problems.catch(place, () => output(one, called, around));
  });
  const next = targetOf(element.connector, at, around);
  return function* (interview) {
    const given = inputs.map(([name, value]) => [name, value.run(interview.scope)] as const);
    const results = yield* interview.call(flowName, new Map(given));
    for (const one of outputs) if (one) interview.setVariable(one[1], results[one[0]] ?? null);
    return next;
  };
}

/** All flows that a flow runs inside itself. */
export const subflowElements = (around: Surroundings): readonly (readonly [string, Step])[] =>
  compileKind('subflows', around.flow.subflows, subflow, around);
