import { current, type TriggerContext } from '../run/transaction.ts';
import { platformClass, platformEnum, type PlatformClass } from '../types/platform.ts';
import { ApexList, ApexMap } from '../values/collections.ts';
import { enumValue } from '../values/enums.ts';
import type { SObjectValue } from '../values/sobject.ts';
import type { Value } from '../values/value.ts';

const OPERATIONS = [
  'BEFORE_INSERT',
  'BEFORE_UPDATE',
  'BEFORE_DELETE',
  'AFTER_INSERT',
  'AFTER_UPDATE',
  'AFTER_DELETE',
  'AFTER_UNDELETE',
];

const is = (part: string) => (): boolean => current().trigger?.operation.includes(part) ?? false;

type Side = Exclude<keyof TriggerContext, 'operation'>;

const typeOf = (records: readonly SObjectValue[]): string => records[0]?.type ?? 'SObject';

function listOf(side: Side): Value {
  const records = current().trigger?.[side];
  return records ? new ApexList(typeOf(records), [...records]) : null;
}

/** Records that have no id yet are in no map. */
function mapOf(side: Side): Value {
  const records = current().trigger?.[side];
  if (!records || records.some((one) => one.get('Id') === null)) return null;
  return new ApexMap(
    ...(['Id', typeOf(records)] as const),
    records.map((one) => [one.get('Id'), one] as const),
  );
}

export const triggerClasses: readonly PlatformClass[] = [
  platformClass('Trigger', {
    'static Boolean isExecuting': () => current().trigger !== undefined,
    'static Boolean isBefore': is('BEFORE_'),
    'static Boolean isAfter': is('AFTER_'),
    'static Boolean isInsert': is('_INSERT'),
    'static Boolean isUpdate': is('_UPDATE'),
    'static Boolean isDelete': is('_DELETE'),
    'static Boolean isUndelete': is('_UNDELETE'),
    'static List<SObject> new': () => listOf('news'),
    'static List<SObject> old': () => listOf('olds'),
    'static Map<Id,SObject> newMap': () => mapOf('news'),
    'static Map<Id,SObject> oldMap': () => mapOf('olds'),
    'static Integer size': () => {
      const { trigger } = current();
      return (trigger?.news ?? trigger?.olds)?.length ?? null;
    },
    'static TriggerOperation operationType': () => {
      const { trigger } = current();
      return trigger ? enumValue('TriggerOperation', OPERATIONS, trigger.operation) : null;
    },
  }),
  platformEnum('TriggerOperation', ...OPERATIONS),
];
