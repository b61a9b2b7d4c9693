import type { Flow, FlowScheduledPath, FlowStart } from '@salesforce/types/metadata';
import { FormulaProblem } from '../../formula/formula.ts';
import type { FieldDefinition } from '../../model/schema.ts';
import { targetOf, type Surroundings } from '../elements.ts';
import type { TimedPath } from '../flow.ts';
import type { Place } from '../problems.ts';
import { refusePrior } from './prior.ts';

const MINUTE = 60_000;
const units: Readonly<Record<string, number>> = {
  Minutes: MINUTE,
  Hours: 60 * MINUTE,
  Days: 1440 * MINUTE,
};

/** What the platform has, and the local org does not run or nobody has. */
function refuseOthers(one: FlowScheduledPath, { timing }: Surroundings): void {
  if (timing !== 'after') {
    throw new FormulaProblem('Only a flow that runs after the save can have scheduled paths');
  }
  if (one.timeSource !== 'RecordField') {
    throw new FormulaProblem(
      'The local org runs scheduled paths with timeSource RecordField only.',
    );
  }
  if ([one.name, one.label].some((text = '') => text === '')) {
    throw new FormulaProblem('Required field is missing: name and label of a scheduled path');
  }
}

/** What the platform offers a path for: each new record, or one that comes to meet the conditions. */
function refuseEverySave({ start }: Flow): void {
  const { doesRequireRecordChangedToMeetCriteria: isChange, recordTriggerType } = start ?? {};
  if (recordTriggerType === 'Create' || isChange === true) return;
  throw new FormulaProblem(
    'A scheduled path of a flow that changed records start runs only when a record is updated to meet the condition requirements: doesRequireRecordChangedToMeetCriteria true',
  );
}

function unitOf({ offsetUnit }: FlowScheduledPath): number {
  const unit = units[offsetUnit ?? ''];
  if (unit !== undefined) return unit;
  throw new FormulaProblem(
    `offsetUnit is ${offsetUnit ?? ''}; a scheduled path takes Minutes, Hours or Days`,
  );
}

function dateOf({ recordField = '' }: FlowScheduledPath, around: Surroundings): FieldDefinition {
  const { object } = around.resources.setting;
  const wanted = recordField.toLowerCase();
  const field = object.fields.find(({ name }) => name.toLowerCase() === wanted);
  if (field?.type === 'datetime' || field?.type === 'date') return field;
  throw new FormulaProblem(`recordField ${recordField} is no date of ${object.name}`);
}

/** The path that runs as soon as the save is committed, in a transaction of its own. */
function afterCommit(one: FlowScheduledPath, at: Place, around: Surroundings): TimedPath {
  if (around.timing !== 'after') {
    throw new FormulaProblem('Only a flow that runs after the save can have scheduled paths');
  }
  const unfit = (
    ['label', 'offsetNumber', 'offsetUnit', 'recordField', 'timeSource'] as const
  ).find((part) => one[part] !== undefined);
  if (unfit !== undefined) {
    throw new FormulaProblem(
      `${unfit} cannot be set for ScheduledPath of PathType AsyncAfterCommit`,
    );
  }
  return {
    // A flow has one such path at most, and orgs give it no name.
    name: one.name ?? 'AsyncAfterCommit',
    field: undefined,
    offset: 0,
    first: targetOf(one.connector, at, around),
  };
}

function timed(one: FlowScheduledPath, at: Place, around: Surroundings): TimedPath {
  if (one.pathType === 'AsyncAfterCommit') return afterCommit(one, at, around);
  refuseOthers(one, around);
  refuseEverySave(around.flow);
  refusePrior(one.connector, around);
  const { name = '', offsetNumber = 0 } = one;
  return {
    name,
    field: dateOf(one, around),
    offset: offsetNumber * unitOf(one),
    first: targetOf(one.connector, at, around),
  };
}

/** The scheduled paths of a flow; what the platform does not have is refused. */
export function timedPaths(
  { scheduledPaths }: FlowStart,
  around: Surroundings,
): readonly TimedPath[] {
  return scheduledPaths.flatMap((one, index) => {
    const at: Place = [
      ['start', 0],
      ['scheduledPaths', index],
    ];
    return around.problems.catch(at, () => timed(one, at, around)) ?? [];
  });
}
