import type { Flow } from '@salesforce/types/metadata';
import type { Caller } from '../model/caller.ts';
import { converterOf, isRefused } from '../data/convert.ts';
import type { Row } from '../lib/database.ts';
import { saveError, type SaveError } from '../model/errors.ts';
import { scopeOf, subjectOf, type Subject } from '../data/formulas.ts';
import type { WholeOrg } from '../model/org-view.ts';
import type { Change } from '../model/object-rule.ts';
import type { Component } from '../model/deploy-target.ts';
import { FormulaFault, type Value } from '../formula/formula.ts';
import type { FieldDefinition } from '../model/schema.ts';
import { compileFlow } from './compile.ts';
import { callFlow, deployedSchema, isLaunched, isScheduled } from './launched.ts';
import { apiValue } from './record-references.ts';
import { FlowFault, runSteps, startsWith, type CompiledFlow, type Interview } from './flow.ts';
import { inside, LimitFault } from './parts/limits.ts';
import { invokeOne } from './sending/invocables.ts';
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

/** Runs one flow, or a path of it, for one record; what it may not do at its time a deploy has refused. */
function run(
  flow: NamedFlow,
  subject: Subject,
  effects: Partial<Pick<Interview, 'setField' | 'send'>>,
): SaveError | undefined {
  const variables = new Map<string, Value>();
  const freshScope = () => scopeOf({ ...subject, variables });
  let scope = freshScope();
  const { org, userId = '' } = subject;
  const records = { ...systemRecords(org, userId), userId };
  try {
    const interview: Interview = {
      inside: (element, work) => inside(org.db, element, work),
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
      ...{ collections: new Map(), positions: new Map() },
      ...records,
      call: (name, inputs) => callFlow(name, inputs, org, records),
      invoke: (name, inputs) => invokeOne(org, name, inputs, userId),
    };
    inside(org.db, flow.fullName, () => {
      runSteps(flow, interview);
    });
    return undefined;
  } catch (error) {
    if (error instanceof LimitFault) error.flow = flow.label;
    if (error instanceof FlowFault || error instanceof FormulaFault) {
      return flowRefusal(flow.label, error.message);
    }
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
    const failed = run(flow, subject, { setField }) ?? refused;
    if (failed) return failed;
  }
  return undefined;
}

/**
 * Runs the flows that follow a save; says why it must be taken back.
 * @param old the row before the save
 * @param sends whether the saving user has *Send Outbound Messages*; else nothing is queued, and nobody is told
 */
export function afterSave(
  flows: readonly NamedFlow[],
  change: Change,
  id: string,
  { old, sends }: { readonly old: Row; readonly sends: boolean },
  { userId }: Caller,
): SaveError | undefined {
  const { org, object } = change;
  const isNew = change.id === undefined;
  const started = flows.filter((one) => startsWith(one, isNew));
  const row = started.length > 0 ? org.row(object, id) : undefined;
  if (!row) return undefined;
  const subject: Subject = { org, object, row, old: isNew ? row : old, isNew, userId };
  const send = (message: string): void => {
    if (!sends) return;
    if (org.outbound.refusal !== undefined) throw new FlowFault(org.outbound.refusal);
    org.outbound.queue(message, id);
  };
  for (const flow of started) {
    const isStarted = isEntered(flow, subject);
    schedule(flow, subject, id, isStarted);
    const failed = isStarted ? run(flow, subject, { send }) : undefined;
    if (failed) return failed;
  }
  return undefined;
}

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

/** Runs a path of a flow, from its first element on; says what stopped it. */
export const runPath = (
  flow: NamedFlow,
  first: string | undefined,
  subject: Subject,
): SaveError | undefined => run({ ...flow, first }, subject, {});
