import { exception } from '../run/exception.ts';
import { SYNCHRONOUS, Usage } from '../run/limits.ts';
import { current } from '../run/transaction.ts';
import { platformClass, type Members, type PlatformClass } from '../types/platform.ts';
import { equalValues } from '../values/collections.ts';
import type { ApexDatetime } from '../values/dates.ts';
import { textOf } from '../values/text.ts';
import type { TypeValue, Value } from '../values/value.ts';
import { isInstance, typeNameOf } from './conversions.ts';
import { runQueued } from './async.ts';

const said = (message: Value | undefined): string =>
  message === undefined || message === null ? '' : `: ${textOf(message)}`;

const failure = (message: Value | undefined, what: string) =>
  exception('AssertException', `Assertion Failed${said(message)}${what === '' ? '' : `: ${what}`}`);

const areEqual = (expected: Value, actual: Value, message?: Value): void => {
  if (!equalValues(expected, actual)) {
    throw failure(message, `Expected: ${textOf(expected)}, Actual: ${textOf(actual)}`);
  }
};

const areNotEqual = (one: Value, two: Value, message?: Value): void => {
  if (equalValues(one, two)) throw failure(message, `Same value: ${textOf(one)}`);
};

const isTrue = (value: boolean | null, message?: Value): void => {
  if (value !== true) throw failure(message, `Expected: true, Actual: ${textOf(value)}`);
};

const isFalse = (value: boolean | null, message?: Value): void => {
  if (value !== false) throw failure(message, `Expected: false, Actual: ${textOf(value)}`);
};

const isNull = (value: Value, message?: Value): void => {
  if (value !== null) throw failure(message, `Expected: null, Actual: ${textOf(value)}`);
};

const isNotNull = (value: Value, message?: Value): void => {
  if (value === null) throw failure(message, 'Expected: not null, Actual: null');
};

const isInstanceOfType = (value: Value, type: TypeValue, message?: Value): void => {
  if (!isInstance(value, type.name)) {
    throw failure(message, `Expected type: ${type.name}, Actual type: ${typeNameOf(value)}`);
  }
};

const isNotInstanceOfType = (value: Value, type: TypeValue, message?: Value): void => {
  if (isInstance(value, type.name)) throw failure(message, `Not expected type: ${type.name}`);
};

const fail = (message?: Value): never => {
  throw failure(message, '');
};

/** A new set of limits for what is tested. */
function startTest(): void {
  const transaction = current();
  if (transaction.usageBefore) throw exception('FinalException', 'Testing already started');
  transaction.usageBefore = transaction.usage;
  transaction.usage = new Usage(SYNCHRONOUS);
  transaction.hasUncommittedWork = false;
}

/** What was queued since runs now. */
function stopTest(): void {
  const transaction = current();
  if (!transaction.usageBefore) throw exception('FinalException', 'Testing not started');
  runQueued(transaction);
  transaction.usage = transaction.usageBefore;
  transaction.usageBefore = undefined;
}

const withMessage = (signature: string, run: (...args: never[]) => unknown): Members => ({
  [`static void ${signature})`]: run,
  [`static void ${signature}, String?)`]: run,
});

export const testingClasses: readonly PlatformClass[] = [
  platformClass('Assert', {
    ...withMessage('areEqual(Object, Object', areEqual),
    ...withMessage('areNotEqual(Object, Object', areNotEqual),
    ...withMessage('isTrue(Boolean?', isTrue),
    ...withMessage('isFalse(Boolean?', isFalse),
    ...withMessage('isNull(Object', isNull),
    ...withMessage('isNotNull(Object', isNotNull),
    ...withMessage('isInstanceOfType(Object, Type', isInstanceOfType),
    ...withMessage('isNotInstanceOfType(Object, Type', isNotInstanceOfType),
    'static void fail()': fail,
    'static void fail(String?)': fail,
  }),
  platformClass('System', {
    'static void assertEquals(Object, Object)': areEqual,
    'static void assertEquals(Object, Object, Object)': areEqual,
    'static void assertNotEquals(Object, Object)': areNotEqual,
    'static void assertNotEquals(Object, Object, Object)': areNotEqual,
  }),
  platformClass('Test', {
    'static Boolean isRunningTest()': () => current().isTest,
    'static void startTest()': startTest,
    'static void stopTest()': stopTest,
    'static void setMock(Type, Object)': (_type: TypeValue, mock: Value) => {
      current().mock = mock;
    },
    'static void setCreatedDate(Id, Datetime)': (id: string, at: ApexDatetime) => {
      current().host.setCreatedDate(id, at.ms);
    },
    'static Id getStandardPricebookId()': () => {
      const [book] = current().host.query(
        'SELECT Id FROM Pricebook2 WHERE IsStandard = true',
        'system',
      );
      return book?.get('Id') ?? null;
    },
  }),
];
