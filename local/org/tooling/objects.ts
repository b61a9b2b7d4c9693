import {
  checkbox,
  dateTime,
  decimal,
  field,
  integer,
  picklist,
  reference,
  text,
  textArea,
  values,
} from '../schema/fields.ts';
import { system } from '../schema/standard/audit.ts';
import { entityDefinition, entityParticle, fieldDefinition } from '../schema/standard/setup.ts';
import type { FieldDefinition, ObjectDefinition } from '../model/schema.ts';

const object = (
  name: string,
  keyPrefix: string,
  ...fields: readonly FieldDefinition[]
): ObjectDefinition => ({
  ...system,
  name,
  label: name,
  labelPlural: name,
  keyPrefix,
  fields,
  nameField: fields.some((one) => one.name === 'Name') ? 'Name' : 'Id',
});

/** JSON; an answer of the API has it as an object. */
export const COVERAGE = 'Coverage';

const covered = [
  reference('ApexClassOrTriggerId', ['ApexClass']),
  integer('NumLinesCovered', 9),
  integer('NumLinesUncovered', 9),
  field(COVERAGE, 'textarea', { length: 131_072, filterable: false }),
];

const queueStatus = 'Holding|Queued|Preparing|Processing|Aborted|Completed|Failed';

/** Objects of the Tooling API that are answered here. */
const objects: readonly ObjectDefinition[] = [
  object(
    ...(['ApexClass', '01p'] as const),
    text('Name', 255),
    text('NamespacePrefix', 15),
    decimal('ApiVersion', 18, 1),
    picklist('Status', 40, values('Inactive|Active|Deleted')),
    checkbox('IsValid'),
    integer('LengthWithoutComments', 9),
    field('Body', 'textarea', { length: 1_000_000, filterable: false }),
  ),
  object(
    ...(['ApexTestRunResult', '05m'] as const),
    text('AsyncApexJobId', 18, { caseSensitive: true }),
    text('UserId', 18),
    text('JobName', 240),
    checkbox('IsAllTests'),
    text('Source', 80),
    dateTime('StartTime'),
    dateTime('EndTime'),
    integer('TestTime', 9),
    integer('TestSetupTime', 9),
    picklist('Status', 40, values('Queued|Processing|Aborted|Completed|Failed')),
    integer('ClassesEnqueued', 9),
    integer('ClassesCompleted', 9),
    integer('MethodsEnqueued', 9),
    integer('MethodsCompleted', 9),
    integer('MethodsFailed', 9),
  ),
  object(
    ...(['ApexTestQueueItem', '709'] as const),
    reference('ApexClassId', ['ApexClass']),
    picklist('Status', 40, values(queueStatus)),
    text('ExtendedStatus', 1000),
    text('ParentJobId', 18, { caseSensitive: true }),
    reference('TestRunResultId', ['ApexTestRunResult']),
  ),
  object(
    ...(['ApexTestResult', '07M'] as const),
    dateTime('TestTimestamp'),
    reference('ApexClassId', ['ApexClass']),
    picklist('Outcome', 40, values('Pass|Fail|CompileFail|Skip')),
    text('MethodName', 255),
    textArea('Message', 4000),
    textArea('StackTrace', 4000),
    text('AsyncApexJobId', 18, { caseSensitive: true }),
    reference('QueueItemId', ['ApexTestQueueItem']),
    reference('ApexTestRunResultId', ['ApexTestRunResult']),
    text('ApexLogId', 18),
    integer('RunTime', 9),
    checkbox('IsTestSetup'),
  ),
  object(
    ...(['ApexCodeCoverage', '714'] as const),
    reference('ApexTestClassId', ['ApexClass']),
    text('TestMethodName', 255),
    ...covered,
  ),
  object('ApexCodeCoverageAggregate', '715', ...covered),
  object('ApexOrgWideCoverage', '716', integer('PercentCovered', 9)),
  object('FlowDefinition', '300', text('DeveloperName', 80)),
  object(
    ...(['Flow', '301'] as const),
    reference('DefinitionId', ['FlowDefinition']),
    integer('VersionNumber', 9),
  ),
];

export const isToolingObject = (name: string): boolean =>
  objects.some((one) => one.name.toLowerCase() === name.toLowerCase());

/** With what describes them. */
export const toolingObjects: readonly ObjectDefinition[] = [
  entityDefinition,
  entityParticle,
  fieldDefinition,
  ...objects,
];
