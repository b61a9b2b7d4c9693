import { ApexException, type DmlFailure } from '../run/exception.ts';
import { platformClass, type PlatformClass } from '../types/platform.ts';
import { ApexList } from '../values/collections.ts';
import { enumValue } from '../values/enums.ts';
import type { Value } from '../values/value.ts';
import { STATUS_CODES } from './status-codes.ts';

/** Exceptions of the platform that code can name, all under Exception. */
const EXCEPTIONS: readonly string[] = [
  'AssertException',
  'AsyncException',
  'AuraHandledException',
  'CalloutException',
  'DmlException',
  'FinalException',
  'FlowException',
  'HandledException',
  'IllegalArgumentException',
  'InvalidParameterValueException',
  'JSONException',
  'LimitException',
  'ListException',
  'MathException',
  'NoAccessException',
  'NullPointerException',
  'QueryException',
  'RequiredFeatureMissingException',
  'SObjectException',
  'SecurityException',
  'SerializationException',
  'StringException',
  'TypeException',
  'UnexpectedException',
  'XmlException',
];

/** Which of them code may make: the others only the platform throws. */
const made = (name: string) => () => new ApexException(`System.${name}`);

const setReason = (one: ApexException, reason: Value): ApexException => {
  one.reason = reason;
  return one;
};

const messaged = (name: string) => (text: string | null) =>
  new ApexException(`System.${name}`, text);

const failureAt = ({ failures }: ApexException, at: number): DmlFailure | undefined => failures[at];

const dml = {
  'Integer getNumDml()': ({ failures }: ApexException) => failures.length,
  'String getDmlMessage(Integer)': (one: ApexException, at: number) =>
    failureAt(one, at)?.message ?? null,
  'StatusCode getDmlType(Integer)': (one: ApexException, at: number) =>
    enumValue('StatusCode', STATUS_CODES, failureAt(one, at)?.statusCode ?? 'UNKNOWN_EXCEPTION'),
  'String getDmlStatusCode(Integer)': (one: ApexException, at: number) =>
    failureAt(one, at)?.statusCode ?? null,
  'Id getDmlId(Integer)': (one: ApexException, at: number) => failureAt(one, at)?.id ?? null,
  'Integer getDmlIndex(Integer)': (one: ApexException, at: number) =>
    failureAt(one, at)?.index ?? null,
  'List<String> getDmlFieldNames(Integer)': (one: ApexException, at: number) =>
    new ApexList('String', [...(failureAt(one, at)?.fields ?? [])]),
};

export const exceptionClasses: readonly PlatformClass[] = [
  platformClass('Exception', {
    'String getMessage()': (one: ApexException) => one.message,
    'void setMessage(String?)': (one: ApexException, text: string | null) => {
      one.text = text;
    },
    'String getTypeName()': (one: ApexException) => one.typeName,
    'String getStackTraceString()': (one: ApexException) => one.trace,
    'Integer getLineNumber()': (one: ApexException) => one.line,
    'Exception getCause()': (one: ApexException) => one.reason,
    'Exception initCause(Exception)': setReason,
  }),
  ...EXCEPTIONS.map((name) =>
    platformClass(
      name,
      {
        'new()': made(name),
        'new(String?)': messaged(name),
        'new(Exception?)': (reason: Value) =>
          setReason(new ApexException(`System.${name}`), reason),
        'new(String?, Exception?)': (text: string | null, reason: Value) =>
          setReason(new ApexException(`System.${name}`, text), reason),
        ...(name === 'DmlException' ? dml : {}),
      },
      { base: 'Exception' },
    ),
  ),
];
