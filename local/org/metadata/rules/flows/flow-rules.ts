import type { Flow } from '@salesforce/types/metadata';
import { compileFlow } from '../../../flow/compile.ts';
import { compileLaunched, isLaunched, isScheduled } from '../../../flow/launched.ts';
import type { FlowProblem, Place } from '../../../flow/problems.ts';
import { NEWEST_VERSION } from '../../../model/api-version.ts';
import type { Plan } from '../../plan/plan.ts';
import type { DraftOf } from '../../read/kinds.ts';
import { childrenOf, type XmlElement } from '../../xml/parse-xml.ts';
import { problemAt, type Problem } from '../../xml/read-typed.ts';
import { unknownElements } from './flow-elements.ts';
import { invocableOf } from '../../../apex/runtime/invocable.ts';
import type { Invocable } from '../../../flow/sending/invocables.ts';
import { compiledIn } from '../apex-compiler.ts';
import { labelProblem, nameProblem } from '../names.ts';
import { refuse, repeated, type Rule } from '../rule.ts';

type FlowDraft = DraftOf<'Flow'>;
type FlowRule = Rule<'Flow'>;

/** The innermost element of a place that is there. */
function elementAt(root: XmlElement, place: Place): XmlElement {
  let at = root;
  for (const [name, index] of place) {
    const next = childrenOf(at, name)[index];
    if (!next) break;
    at = next;
  }
  return at;
}

const problem = (draft: FlowDraft, message: string, ...place: Place): Problem =>
  problemAt(elementAt(draft.element, place), message);

const settingsAreGood: FlowRule = (draft) => {
  const { apiVersion, label, status } = draft.body;
  const isStatus = ['Active', 'Draft', 'Obsolete', undefined].includes(status);
  const wrong = {
    fullName: nameProblem(draft.fullName, 80),
    label: labelProblem('Flow', label, 255),
    status: isStatus ? undefined : `A flow can't be deployed with the status ${status ?? ''}`,
    apiVersion:
      apiVersion !== undefined && (apiVersion > NEWEST_VERSION || !Number.isInteger(apiVersion))
        ? `Invalid version specified: ${apiVersion}; write it as 66.0`
        : undefined,
  };
  return Object.entries(wrong).flatMap(([element, message]) =>
    message === undefined ? [] : refuse(draft, message, element),
  );
};

const onlyKnownElements: FlowRule = (draft) => unknownElements(draft.element);

const timings = ['RecordBeforeSave', 'RecordAfterSave'];
const saves = ['Create', 'Update', 'CreateAndUpdate'];

/** How often the platform starts a flow by the clock. */
const frequencies = ['Once', 'Daily', 'Weekly'];

function scheduleProblems(draft: FlowDraft): Problem[] {
  const { schedule } = draft.body.start ?? {};
  const { frequency = '', startDate, startTime } = schedule ?? {};
  const wrong = !frequencies.includes(frequency)
    ? `A schedule-triggered flow runs ${frequencies.join(', ')}; this one says ${frequency || 'nothing'}`
    : frequency !== 'Daily'
      ? 'The local org runs schedule-triggered flows with the frequency Daily only.'
      : startDate === undefined || startTime === undefined
        ? 'Required field is missing: startDate and startTime of the schedule'
        : undefined;
  return wrong === undefined ? [] : refuse(draft, wrong, 'start');
}

/** Why no save starts such a flow. */
function startProblem(triggerType: string, recordTriggerType: string): string | undefined {
  const isTimed = timings.includes(triggerType);
  if (isTimed && saves.includes(recordTriggerType)) return undefined;
  if (isTimed && recordTriggerType === 'Delete') {
    return `A flow that a delete starts runs before it: triggerType RecordBeforeDelete, not ${triggerType}`;
  }
  const what = `${triggerType} ${recordTriggerType}`.trim();
  return (
    `The local org runs flows that are started by their name or by a save only: triggerType ${timings.join(' or ')}, ` +
    `recordTriggerType ${saves.join(', ')}; this one says ${what || 'nothing'}.`
  );
}

const onlyRecordsLeadToLaterPaths: FlowRule = (draft) =>
  isLaunched(draft.body) && (draft.body.start?.scheduledPaths ?? []).length > 0
    ? refuse(draft, 'Only a flow that a record starts can have scheduled paths', 'start')
    : [];

const isStarted: FlowRule = (draft) => {
  const { processType, start } = draft.body;
  if (processType === undefined) return refuse(draft, 'Required field is missing: processType');
  if (isLaunched(draft.body)) return [];
  if (isScheduled(draft.body)) return scheduleProblems(draft);
  const { triggerType = '', recordTriggerType = '', object } = start ?? {};
  const wrong = startProblem(triggerType, recordTriggerType);
  if (wrong !== undefined) return refuse(draft, wrong, 'start');
  return object === undefined ? refuse(draft, 'Required field is missing: object', 'start') : [];
};

const orderIsGood: FlowRule = (draft) => {
  const { triggerOrder } = draft.body;
  const isGood =
    triggerOrder === undefined ||
    (Number.isInteger(triggerOrder) && triggerOrder >= 1 && triggerOrder <= 2000);
  return isGood ? [] : refuse(draft, 'triggerOrder must be from 1 to 2,000', 'triggerOrder');
};

/** Formulas as entry conditions came with this version. */
const entryFormulaVersion = 55;

const entryIsOneKind: FlowRule = (draft) => {
  const { apiVersion = 0, start } = draft.body;
  if (start?.filterFormula === undefined) return [];
  const place: Place = [
    ['start', 0],
    ['filterFormula', 0],
  ];
  if (start.filters.length > 0) {
    return [problem(draft, 'A start has filters or a filterFormula, not both', ...place)];
  }
  return apiVersion >= entryFormulaVersion
    ? []
    : [
        problem(
          draft,
          'must specify a record filter or a formula: a filterFormula needs apiVersion 55.0 or later',
          ...place,
        ),
      ];
};

const nodeKinds = [
  ...(['actionCalls', 'assignments', 'decisions', 'loops', 'subflows'] as const),
  ...(['recordCreates', 'recordLookups', 'recordUpdates'] as const),
];
const resourceKinds = ['constants', 'formulas', 'textTemplates', 'variables'] as const;

interface NamedElement {
  readonly name: string | undefined;
  readonly place: Place;
}

/** Everything in a flow that has a name: they share one space of names. */
function namedElements({ body }: FlowDraft): readonly NamedElement[] {
  const elements = [...nodeKinds, ...resourceKinds].flatMap((kind) =>
    body[kind].map(({ name }, index): NamedElement => ({ name, place: [[kind, index]] })),
  );
  const outcomes = body.decisions.flatMap(({ rules }, at) =>
    rules.map(({ name }, index): NamedElement => ({
      name,
      place: [
        ['decisions', at],
        ['rules', index],
      ],
    })),
  );
  return [...elements, ...outcomes];
}

const namesAreGood: FlowRule = (draft) =>
  namedElements(draft).flatMap(({ name, place }) => {
    const wrong = name === undefined ? 'Required field is missing: name' : nameProblem(name, 80);
    return wrong === undefined ? [] : [problem(draft, wrong, ...place)];
  });

const namesAreDistinct: FlowRule = (draft) =>
  repeated(namedElements(draft), ({ name = '' }) => name).map(({ value: { name, place } }) =>
    problem(draft, `Duplicate name: ${name ?? ''}`, ...place),
  );

const labelsAreThere: FlowRule = (draft) =>
  nodeKinds.flatMap((kind) =>
    draft.body[kind].flatMap(({ label = '' }, index) =>
      label.trim() === ''
        ? [problem(draft, 'Required field is missing: label', [kind, index])]
        : [],
    ),
  );

function launchedIn(plan: Plan, name: string): Flow | undefined {
  const flow = plan.bodyOf('Flow', name) as Flow | undefined;
  return flow && isLaunched(flow) ? flow : undefined;
}

function invocableIn(plan: Plan, name: string): Invocable | undefined {
  return invocableOf(compiledIn(plan).program.classes, name);
}

function schemaOf(plan: Plan) {
  return {
    object: (name: string) => plan.object(name),
    hasCustomPermission: (name: string) => plan.has('CustomPermission', name),
    outboundMessage: (name: string) => plan.nameOf('WorkflowOutboundMessage', name),
    launchedFlow: (name: string) => launchedIn(plan, name),
    invocable: (name: string) => invocableIn(plan, name),
  };
}

/** References, formulas, connectors and actions; asked only of a flow that is whole otherwise. */
const everythingFits: FlowRule = (draft, plan) => {
  const { start } = draft.body;
  if (!start || shapeRules.some((rule) => rule(draft, plan).length > 0)) return [];
  const said = (problems: readonly FlowProblem[]) =>
    problems.map(({ message, at }) => problem(draft, message, ...at));
  if (isLaunched(draft.body) || (isScheduled(draft.body) && start.object === undefined))
    return said(compileLaunched(draft.body, schemaOf(plan)).problems);
  const object = plan.object(start.object ?? '');
  if (object?.kind !== 'standard' && object?.kind !== 'custom') {
    const message = `Entity of type 'CustomObject' named '${start.object ?? ''}' cannot be found`;
    return [problem(draft, message, ['start', 0], ['object', 0])];
  }
  return said(compileFlow(draft.body, start, object, schemaOf(plan)).problems);
};

const startsSomething: FlowRule = (draft) =>
  draft.body.start?.connector ||
  draft.body.start === undefined ||
  draft.body.start.scheduledPaths.length > 0
    ? []
    : refuse(draft, "The start isn't connected to an element", 'start');

const shapeRules: readonly FlowRule[] = [onlyKnownElements, isStarted, namesAreGood];

/** What a flow must fulfil. */
export const flowRules: readonly FlowRule[] = [
  ...shapeRules,
  settingsAreGood,
  orderIsGood,
  startsSomething,
  entryIsOneKind,
  onlyRecordsLeadToLaterPaths,
  namesAreDistinct,
  labelsAreThere,
  everythingFits,
];
