import type {
  Flow,
  FlowAssignment,
  FlowConnector,
  FlowDecision,
  FlowNode,
  FlowRule,
} from '@salesforce/types/metadata';
import type { FormulaScope } from '../formula/formula.ts';
import { compileAssignment } from './assignments.ts';
import { compileCondition, type Comparison, type Test } from './conditions.ts';
import type { Step, Timing } from './flow.ts';
import { compileLogic } from './logic.ts';
import type { Place, Problems } from './problems.ts';
import type { Resources } from './resources.ts';

/** What elements refer to. */
export interface Surroundings {
  readonly flow: Flow;
  readonly timing: Timing;
  readonly resources: Resources;
  readonly problems: Problems;
  /** The outbound message of that name, as it is spelt; undefined when there is none. */
  readonly messageNamed: (name: string) => string | undefined;
}

type Sub = Place[number];

const elementNames = (flow: Flow): readonly (string | undefined)[] => {
  const { actionCalls, assignments, decisions } = flow;
  const { loops, recordCreates, recordLookups, recordUpdates, subflows } = flow;
  const all = [
    actionCalls,
    assignments,
    decisions,
    subflows,
    loops,
    recordCreates,
    recordLookups,
    recordUpdates,
  ];
  return all.flatMap((ones) => ones.map((one) => one.name));
};

/** Where a connector leads; a path without one ends the flow. */
export function targetOf(
  connector: FlowConnector | undefined,
  at: Place,
  { flow, problems }: Surroundings,
  element = 'connector',
): string | undefined {
  const name = connector?.targetReference;
  if (name !== undefined && !elementNames(flow).includes(name)) {
    problems.add(`The targetReference ${name} leads to no element of this flow`, ...at, [
      element,
      0,
    ]);
  }
  return name;
}

/** Conditions joined by their logic. */
export function compileConditions(
  conditions: readonly Comparison[],
  logic: string,
  places: { readonly conditions: readonly Place[]; readonly logic: Place },
  { resources, problems }: Surroundings,
): Test {
  const tests = conditions.map((one, index) =>
    problems.catch(places.conditions[index] ?? [], () => compileCondition(one, resources)),
  );
  const joined = problems.catch(places.logic, () => compileLogic(logic, conditions.length));
  return (scope: FormulaScope) => joined?.((index) => tests[index]?.(scope) ?? false) ?? false;
}

function outcome(rule: FlowRule, at: Place, around: Surroundings) {
  if (rule.conditions.length === 0) around.problems.add('An outcome needs a condition', ...at);
  const places = {
    conditions: rule.conditions.map((_, index): Place => [...at, ['conditions', index]]),
    logic: [...at, ['conditionLogic', 0] as Sub],
  };
  return {
    holds: compileConditions(rule.conditions, rule.conditionLogic, places, around),
    next: targetOf(rule.connector, at, around),
  };
}

function decision(
  { rules, defaultConnector }: FlowDecision,
  at: Place,
  around: Surroundings,
): Step {
  const outcomes = rules.map((rule, index) => outcome(rule, [...at, ['rules', index]], around));
  const otherwise = targetOf(defaultConnector, at, around, 'defaultConnector');
  return ({ scope }) => {
    const taken = outcomes.find(({ holds }) => holds(scope));
    return taken ? taken.next : otherwise;
  };
}

function assignment(element: FlowAssignment, at: Place, around: Surroundings): Step {
  const { problems, resources, timing } = around;
  const items = element.assignmentItems.map((item, index) =>
    problems.catch([...at, ['assignmentItems', index]], () =>
      compileAssignment(item, timing, resources),
    ),
  );
  const next = targetOf(element.connector, at, around);
  return (interview) => {
    for (const put of items) put?.(interview);
    return next;
  };
}

/** Elements of one kind by their names, ready to run. */
export const compileKind = <T extends FlowNode>(
  kind: string,
  ones: readonly T[],
  compile: (one: T, at: Place, around: Surroundings) => Step,
  around: Surroundings,
): readonly (readonly [string, Step])[] =>
  ones.map((one, index) => [one.name ?? '', compile(one, [[kind, index]], around)] as const);

/** Elements of a flow that compute and decide, by their names. */
export function compileElements(around: Surroundings): ReadonlyMap<string, Step> {
  const { assignments, decisions } = around.flow;
  return new Map([
    ...compileKind('assignments', assignments, assignment, around),
    ...compileKind('decisions', decisions, decision, around),
  ]);
}
