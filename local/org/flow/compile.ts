import type { Flow, FlowStart } from '@salesforce/types/metadata';
import { compileFormula, expectResult, type Typed } from '../formula/formula.ts';
import type { ObjectDefinition } from '../model/schema.ts';
import type { Test } from './conditions.ts';
import { compileConditions, compileElements, targetOf, type Surroundings } from './elements.ts';
import { elementLimitOf, type CompiledFlow, type Starts, type Step } from './flow.ts';
import { checkLists, isList } from './parts/lists.ts';
import { subflowElements } from './parts/subflows.ts';
import { timedPaths } from './timed/paths.ts';
import { recordElements } from './records.ts';
import { actionElements } from './sending/action-elements.ts';
import { Problems, type FlowProblem, type Place } from './problems.ts';
import { globalReference, type FlowSchema, type FlowSetting } from './references.ts';
import { Resources, typeOfData } from './resources.ts';

/** All elements of a flow by their names, ready to run. */
export const stepsOf = (around: Surroundings): ReadonlyMap<string, Step> =>
  new Map([
    ...compileElements(around),
    ...actionElements(around),
    ...recordElements(around),
    ...subflowElements(around),
  ]);

const invalidFormula = 'The formula expression is invalid: ';

/** The condition under which the flow starts, as a formula: it knows the record and globals only. */
function entryFormula(source: string, setting: FlowSetting): Test {
  const context = setting.starts === 'Update' ? 'flowUpdate' : 'flowEntry';
  const entry = { ...setting, context } as const;
  const formula = compileFormula(source, {
    ...entry,
    reference: (name) => globalReference(name, entry),
  });
  expectResult(formula, 'Boolean');
  return (scope) => formula.run(scope) === true;
}

function entryOf(start: FlowStart, around: Surroundings): Test {
  const { filterFormula, filterLogic = 'and', filters } = start;
  const { problems, resources } = around;
  if (filterFormula !== undefined) {
    const at: Place = [
      ['start', 0],
      ['filterFormula', 0],
    ];
    const test = problems.catch(
      at,
      () => entryFormula(filterFormula, resources.setting),
      invalidFormula,
    );
    return test ?? (() => false);
  }
  if (filters.length === 0) return () => true;
  const conditions = filters.map(({ field = '', operator, value }) => ({
    leftValueReference: `$Record.${field}`,
    ...(operator === undefined ? {} : { operator }),
    ...(value === undefined ? {} : { rightValue: value }),
  }));
  const places = {
    conditions: filters.map((_, index): Place => [
      ['start', 0],
      ['filters', index],
    ]),
    logic: [
      ['start', 0],
      ['filterLogic', 0],
    ] as Place,
  };
  return compileConditions(conditions, filterLogic, places, around);
}

/** Start values of the variables; one without a value is null. */
export function startValues({
  flow,
  problems,
  resources,
}: Surroundings): ReadonlyMap<string, Typed> {
  const nothing: Typed = { type: 'Null', typeName: 'Null', run: () => null };
  return new Map(
    flow.variables.map(({ name = '', dataType, value }, index) => {
      const start = problems.catch([['variables', index]], () =>
        value === undefined ? nothing : resources.value(value, typeOfData(dataType)),
      );
      return [name, start ?? nothing] as const;
    }),
  );
}

/** Resources that nothing uses must be right too. */
export function checkResources({ flow, problems, resources }: Surroundings): void {
  problems.catch([], () => {
    checkLists(flow);
  });
  for (const kind of ['constants', 'formulas', 'textTemplates', 'variables'] as const) {
    for (const [index, { name = '' }] of flow[kind].entries()) {
      if (isList(name, flow)) continue;
      const prefix = kind === 'formulas' ? invalidFormula : '';
      problems.catch([[kind, index]], () => resources.reference(name), prefix);
    }
  }
}

/** Flows without a number run behind those up to 1,000 and before all others. */
const unnumbered = 1000.5;

/**
 * Reads a flow that is about a record, checks it against the org and makes it ready to run.
 * @param object whose saves start it, or whose records the clock starts it for
 * @returns the flow, and everything that is wrong with it: it may run only when nothing is
 */
export function compileFlow(
  flow: Flow,
  start: FlowStart,
  object: ObjectDefinition,
  schema: FlowSchema,
): { readonly compiled: CompiledFlow; readonly problems: readonly FlowProblem[] } {
  const starts = (start.recordTriggerType ?? 'Create') as Starts;
  const timing = start.triggerType === 'RecordBeforeSave' ? 'before' : 'after';
  const setting: FlowSetting = { object, schema, context: 'flow', blanksAreZero: false, starts };
  const around: Surroundings = {
    flow,
    timing,
    resources: new Resources(flow, setting),
    problems: new Problems(),
    messageNamed: (name) => schema.outboundMessage(name),
  };
  checkResources(around);
  const compiled = {
    label: flow.label,
    elementLimit: elementLimitOf(flow.apiVersion),
    object: object.name,
    timing,
    starts,
    order: flow.triggerOrder ?? unnumbered,
    entry: entryOf(start, around),
    first: targetOf(start.connector, [['start', 0]], around),
    steps: stepsOf(around),
    variables: startValues(around),
    onlyWhenMet: start.doesRequireRecordChangedToMeetCriteria === true,
    paths: timedPaths(start, around),
  } as const;
  return { compiled, problems: around.problems.found };
}
