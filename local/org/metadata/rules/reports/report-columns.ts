import type { CustomObject } from '@salesforce/types/metadata';
import { field } from '../../../schema/fields.ts';
import type { FieldDefinition, ObjectDefinition } from '../../../model/schema.ts';
import type { Plan } from '../../plan/plan.ts';
import { splitName } from '../../plan/plan.ts';

/** The fields that reports of a type have, by the name that reports give them. */
export type ReportColumns = (name: string) => FieldDefinition | undefined;

const text = (name: string): FieldDefinition => field(name, 'string');
const date = (name: string): FieldDefinition => field(name, 'date');

/** Fields of every record, by codes that begin with `CUST_`, of a detail with `CHILD_`. */
const recordFields = (prefix: string): readonly FieldDefinition[] => [
  ...['NAME', 'ID', 'CREATED_NAME', 'CREATED_ALIAS'].map((one) => text(prefix + one)),
  ...['LAST_UPDATE_BY', 'LAST_UPDATE_BY_ALIAS'].map((one) => text(prefix + one)),
  ...['CREATED_DATE', 'LAST_UPDATE', 'LAST_ACTIVITY'].map((one) => date(prefix + one)),
];

const ownerFields = ['NAME', 'ALIAS', 'ROLE', 'ID'].map((one) => text(`CUST_OWNER_${one}`));

/** `Woo_Order__c.Total__c`: the field of an object, which the report's type must be about. */
function fieldIn(objects: readonly ObjectDefinition[], column: string) {
  const { object, name } = splitName(column);
  return objects
    .find((one) => one.name === object)
    ?.fields.find((one) => one.custom && one.name === name);
}

function columnsOf(objects: readonly ObjectDefinition[]): ReportColumns {
  const [first] = objects;
  const hasOwner = first?.fields.some((one) => one.name === 'OwnerId') ?? false;
  const coded = new Map(
    [
      ...recordFields('CUST_'),
      ...(hasOwner ? ownerFields : []),
      ...(objects.length > 1 ? recordFields('CHILD_') : []),
    ].map((one) => [one.name, one] as const),
  );
  return (name) => coded.get(name) ?? fieldIn(objects, name);
}

/** Whether reports are allowed on a custom object: its settings say so, and the default is no. */
const isReportable = (plan: Plan, object: ObjectDefinition): boolean =>
  object.kind === 'custom' &&
  (plan.bodyOf('CustomObject', object.name) as CustomObject | undefined)?.enableReports === true;

/**
 * The columns of a report type that Salesforce makes for custom objects: `CustomEntity$Order__c`,
 * and for a master with its details `CustomEntityCustomEntity$Order__c$Item__c`.
 * @returns undefined when there is no such type
 */
export function reportColumns(plan: Plan, reportType: string): ReportColumns | undefined {
  const [kind, ...names] = reportType.split('$');
  if (kind !== 'CustomEntity'.repeat(names.length) || names.length > 2) return undefined;
  const objects = names.flatMap((name) => {
    const object = plan.object(name);
    return object?.name === name && isReportable(plan, object) ? [object] : [];
  });
  const [master, detail] = objects;
  if (!master || objects.length < names.length) return undefined;
  const isPair = detail?.fields.some(
    (one) => one.masterDetail && one.referenceTo.includes(master.name),
  );
  return detail && !isPair ? undefined : columnsOf(objects);
}
