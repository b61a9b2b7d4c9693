import type { Flow } from '@salesforce/types/metadata';
import type { Caller } from '../model/caller.ts';
import { converterOf, isRefused } from '../data/convert.ts';
import type { Row } from '../lib/database.ts';
import { saveError, type SaveError } from '../model/errors.ts';
import { scopeOf, subjectOf, type Subject } from '../data/formulas.ts';
import type { WholeOrg } from '../model/org-view.ts';
import type { Change } from '../model/object-rule.ts';
import type { Component } from '../model/deploy-target.ts';
import type { Value } from '../formula/formula.ts';
import type { FieldDefinition } from '../model/schema.ts';
import { compileFlow } from './compile.ts';
import { callFlow, deployedSchema, isLaunched, isScheduled } from './launched.ts';
import { apiValue } from './record-references.ts';
import { FlowFault } from './fault.ts';
import { runSteps, startsWith, type CompiledFlow, type Interview } from './flow.ts';
import { LimitFault } from './parts/limits.ts';
import { isStop, runTogether, type Work } from './parts/together.ts';
import { invocablesOf } from './sending/invocables.ts';
import { systemRecords } from './system-records.ts';

/** The active flows of an object, in the order in which they run. */
export interface ObjectFlows {
  readonly before: readonly NamedFlow[];
  readonly after: readonly NamedFlow[];
}

/** A flow under its full name. */
export type NamedFlow = CompiledFlow & { readonly fullName: string };

interface Kept {
  readonly revision: number;
  /** By API name of the object. */
  readonly flows: ReadonlyMap<string, ObjectFlows>;
}

const none: ObjectFlows = { before: [], after: [] };
const keptBy = new WeakMap<WholeOrg, Kept>();

const isFlow = (one: Component): one is Component & { readonly body: Flow } => one.type === 'Flow';

function compiled(org: WholeOrg, { fullName, body }: Component & { readonly body: Flow }) {
  const object = org.object(body.start?.object ?? '');
  if (!body.start || !object) throw new Error(`The flow ${fullName} has lost its object`);
  const { compiled: flow, problems } = compileFlow(body, body.start, object, deployedSchema(org));
  const [problem] = problems;
  if (problem) throw new Error(`The flow ${fullName} cannot run any more: ${problem.message}`);
  return { ...flow, fullName };
}

function activeFlows(org: WholeOrg): Kept['flows'] {
  const flows = org
    .components()
    .filter(isFlow)
    .filter(({ body }) => body.status === 'Active' && !isLaunched(body) && !isScheduled(body))
    .sort((one, other) => (one.fullName < other.fullName ? -1 : 1))
    .map((one) => compiled(org, one))
    .sort((one, other) => one.order - other.order);
  return new Map(
    flows.map(({ object }) => {
      const own = flows.filter((one) => one.object === object);
      const before = own.filter(({ timing }) => timing === 'before');
      return [object, { before, after: own.filter(({ timing }) => timing === 'after') }] as const;
    }),
  );
}

/** Compiled anew when the metadata has changed. */
export function flowsOf(org: WholeOrg, object: string): ObjectFlows {
  let kept = keptBy.get(org);
  if (kept?.revision !== org.revision) {
    kept = { revision: org.revision, flows: activeFlows(org) };
    keptBy.set(org, kept);
  }
  return kept.flows.get(object) ?? none;
}

/** The active flow of that name that saves of the object start. */
export const flowNamed = (org: WholeOrg, object: string, name: string): NamedFlow | undefined =>
  flowsOf(org, object).after.find(({ fullName }) => fullName === name);

/** Salesforce's words around whatever stopped a flow. */
export const flowRefusal = (label: string, reason: string): SaveError =>
  saveError(
    'CANNOT_EXECUTE_FLOW_TRIGGER',
    `We can't save this record because the “${label}” process failed. ` +
      `Give your Salesforce admin these details. ${reason}`,
  );

/** Whether the record, as the scope has it, starts the flow. */
export function isEntered(flow: CompiledFlow, subject: Subject): boolean {
  if (!flow.entry(scopeOf(subject))) return false;
  const { isNew, old } = subject;
  return (
    !flow.onlyWhenMet ||
    isNew === true ||
    old === undefined ||
    !flow.entry(scopeOf({ ...subject, row: old }))
  );
}

/** What a flow does at its time only. */
type Effects = Partial<Pick<Interview, 'setField' | 'send'>>;

/** A record for which a flow runs. */
interface Started {
  readonly subject: Subject;
  readonly effects: Effects;
}

/** An interview of a flow; what it may not do at its time a deploy has refused. */
function interviewOf(flow: NamedFlow, { subject, effects }: Started): Work<void> {
  const variables = new Map<string, Value>();
  const freshScope = () => scopeOf({ ...subject, variables });
  let scope = freshScope();
  const { org, userId = '' } = subject;
  const records = { ...systemRecords(org, userId), userId };
  return runSteps(flow, {
    ...records,
    get scope() {
      return scope;
    },
    setVariable: (name, value) => {
      variables.set(name, value);
      scope = freshScope();
    },
    setField: (field, value) => {
      effects.setField?.(field, value);
      scope = freshScope();
    },
    send: (message) => {
      effects.send?.(message);
    },
    collections: new Map(),
    positions: new Map(),
    call: (name, inputs) => callFlow(name, inputs, org, records),
    invoke: (name, requests) => invocablesOf(org).invoke(name, requests, userId),
  });
}

/** Runs one flow, or a path of it, for records together; says of each what stopped it. */
function run(flow: NamedFlow, started: readonly Started[]): readonly (SaveError | undefined)[] {
  try {
    return runTogether(started.map((one) => interviewOf(flow, one))).map((stop) =>
      isStop(stop) ? flowRefusal(flow.label, stop.message) : undefined,
    );
  } catch (error) {
    if (error instanceof LimitFault) error.flow = flow.label;
    throw error;
  }
}

/** Runs the flows that change the record before it is saved; says why it cannot be saved. */
export function beforeSave(
  flows: readonly NamedFlow[],
  change: Change,
  caller: Caller,
): SaveError | undefined {
  const subject = subjectOf(change, caller);
  let refused: SaveError | undefined;
  const setField = (field: FieldDefinition, value: Value): void => {
    const column = converterOf(field)(apiValue(field, value));
    if (isRefused(column)) {
      refused ??= column;
      return;
    }
    subject.row[field.name] = column;
    change.values.set(field.name, column);
  };
  for (const flow of flows.filter((one) => startsWith(one, change.id === undefined))) {
    if (!isEntered(flow, subject)) continue;
    const failed = run(flow, [{ subject, effects: { setField } }])[0] ?? refused;
    if (failed) return failed;
  }
  return undefined;
}

/** A record that was saved. */
export interface Saved {
  readonly change: Change;
  readonly id: string;
  /** The row before the save. */
  readonly old: Row;
}

/**
 * Runs the flows that follow a save of records of an object, each for all of them together; says of each record why it
 * must be taken back.
 * @param sends whether the saving user has *Send Outbound Messages*; else nothing is queued, and nobody is told
 */
export function afterSave(
  flows: readonly NamedFlow[],
  saved: readonly Saved[],
  sends: boolean,
  { userId }: Caller,
): readonly (SaveError | undefined)[] {
  const refused = new Map<Saved, SaveError>();
  const subjects = new Map<Saved, Subject>();
  for (const one of saved) {
    const { org, object, id: known } = one.change;
    const row = org.row(object, one.id);
    if (!row) continue;
    const isNew = known === undefined;
    subjects.set(one, { org, object, row, old: isNew ? row : one.old, isNew, userId });
  }
  for (const flow of flows) {
    const started = [...subjects].filter(([one, subject]) => {
      if (refused.has(one) || !startsWith(flow, subject.isNew === true)) return false;
      const isStarted = isEntered(flow, subject);
      schedule(flow, subject, one.id, isStarted);
      return isStarted;
    });
    const stopped = run(
      flow,
      started.map(([one, subject]) => ({ subject, effects: sends ? { send: sendOf(one) } : {} })),
    );
    for (const [at, [one]] of started.entries()) {
      const refusal = stopped[at];
      if (refusal) refused.set(one, refusal);
    }
  }
  return saved.map((one) => refused.get(one));
}

const sendOf =
  ({ change: { org }, id }: Saved): Interview['send'] =>
  (message) => {
    if (org.outbound.refusal !== undefined) throw new FlowFault(org.outbound.refusal);
    org.outbound.queue(message, id);
  };

/** Queues the scheduled paths of a flow that the save starts; else moves those that wait for the record. */
function schedule(flow: NamedFlow, subject: Subject, record: string, isStarted: boolean): void {
  const { org, row, userId = '' } = subject;
  for (const { name: path, field, offset } of flow.paths) {
    if (!field) {
      const now = { flow: flow.fullName, path, record, userId };
      if (isStarted) org.scheduled.queueNow(now, org.time().getTime());
      continue;
    }
    const time = Date.parse(String(row[field.name]));
    if (Number.isNaN(time)) continue;
    const one = { flow: flow.fullName, path, record, userId };
    if (isStarted) org.scheduled.queue(one, time + offset);
    else org.scheduled.move(one, time + offset);
  }
}

/** Runs a path of a flow for records together, from its first element on; says of each what stopped it. */
export const runPath = (
  flow: NamedFlow,
  first: string | undefined,
  subjects: readonly Subject[],
): readonly (SaveError | undefined)[] =>
  run(
    { ...flow, first },
    subjects.map((subject) => ({ subject, effects: {} })),
  );
