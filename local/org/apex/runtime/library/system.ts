import { exception } from '../run/exception.ts';
import type { LimitValues } from '../run/limits.ts';
import { current } from '../run/transaction.ts';
import {
  platformClass,
  platformEnum,
  type Members,
  type PlatformClass,
} from '../types/platform.ts';
import { ApexDate, ApexDatetime } from '../values/dates.ts';
import { textOf } from '../values/text.ts';
import { TypeValue, type EnumValue, type Value } from '../values/value.ts';

const debug = (level: string, value: Value): void => {
  const { host, frames } = current();
  host.debug({ text: textOf(value), level, line: frames.line });
};

const limits: Readonly<Record<string, keyof LimitValues>> = {
  Queries: 'queries',
  QueryRows: 'queryRows',
  DmlStatements: 'statements',
  DmlRows: 'statementRows',
  Callouts: 'callouts',
  HeapSize: 'heap',
  CpuTime: 'cpu',
  FutureCalls: 'futureCalls',
  QueueableJobs: 'queueables',
};

const used = (limit: keyof LimitValues) => (): number => {
  const { usage, heap } = current();
  if (limit === 'heap') return heap.size;
  return limit === 'cpu' ? usage.cpuMs : usage.used[limit];
};

const limitMembers: Members = Object.fromEntries(
  Object.entries(limits).flatMap(([name, limit]) => [
    [`static Integer get${name}()`, used(limit)],
    [`static Integer getLimit${name}()`, () => current().usage.most[limit]],
  ]),
);

const typeNamed = (name: string): Value => {
  const { program, host } = current();
  const found =
    program.classes.find(({ outline }) => outline.name.toLowerCase() === name.toLowerCase())
      ?.outline.name ?? host.object(name, 'system')?.name;
  return found === undefined ? null : new TypeValue(found);
};

/** An object of the class, by its constructor without parameters. */
function newInstance({ name }: TypeValue): Value {
  const { program } = current();
  const found = program.classes.find(({ outline }) => outline.name === name);
  const make = found?.create();
  const construct = make?.['c_$'];
  if (!make || !construct) throw exception('TypeException', `Type cannot be constructed: ${name}`);
  construct.call(make);
  return make;
}

const failed = (message: Value): never => {
  throw exception(
    'AssertException',
    message === null ? 'Assertion Failed' : `Assertion Failed: ${textOf(message)}`,
  );
};

const asserts: Members = {
  'static void assert(Boolean?)': (is: boolean | null) => {
    if (is !== true) failed(null);
  },
  'static void assert(Boolean?, Object)': (is: boolean | null, message: Value) => {
    if (is !== true) failed(message);
  },
};

export const systemClasses: readonly PlatformClass[] = [
  platformClass('System', {
    ...asserts,
    'static void debug(Object)': (value: Value) => {
      debug('DEBUG', value);
    },
    'static void debug(LoggingLevel, Object)': (level: EnumValue, value: Value) => {
      debug(level.name, value);
    },
    'static Datetime now()': () => new ApexDatetime(current().now()),
    'static Date today()': () => new ApexDate(Math.floor(current().now() / 86_400_000)),
    'static Long currentTimeMillis()': () => BigInt(current().now()),
    'static Boolean isBatch()': () => false,
    'static Boolean isFuture()': () => current().queuedAs === 'future',
    'static Boolean isQueueable()': () => current().queuedAs === 'queueable',
    'static Boolean isScheduled()': () => current().queuedAs === 'schedulable',
  }),
  platformClass('Limits', limitMembers),
  platformClass('UserInfo', {
    'static Id getUserId()': () => current().host.user.id,
    'static String getUserName()': () => current().host.user.userName,
    'static String getName()': () => current().host.user.name,
    'static Id getOrganizationId()': () => current().host.organizationId,
    'static String getLocale()': () => 'en_US',
    'static String getLanguage()': () => 'en_US',
    'static Boolean isMultiCurrencyOrganization()': () => false,
  }),
  platformClass('FeatureManagement', {
    'static Boolean checkPermission(String)': (name: string) =>
      current().host.hasCustomPermission(name),
  }),
  platformClass('Type', {
    'static Type forName(String)': typeNamed,
    'String getName()': (type: TypeValue) => type.name,
    'Object newInstance()': newInstance,
    'String toString()': (type: TypeValue) => type.name,
    'Boolean equals(Object)': (type: TypeValue, other: Value) =>
      other instanceof TypeValue && other.name === type.name,
  }),
  platformClass('Enum', {
    'String name()': (value: EnumValue) => value.name,
    'Integer ordinal()': (value: EnumValue) => value.ordinal,
    'String toString()': (value: EnumValue) => value.name,
    'Boolean equals(Object)': (value: EnumValue, other: Value) => value === other,
    'Integer hashCode()': (value: EnumValue) => value.ordinal,
  }),
  platformEnum(
    'LoggingLevel',
    'NONE',
    'INTERNAL',
    'FINEST',
    'FINER',
    'FINE',
    'DEBUG',
    'INFO',
    'WARN',
    'ERROR',
  ),
];
