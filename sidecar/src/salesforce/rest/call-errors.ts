import { CodedError } from '../../errors/coded-error.ts';
import { Transient } from '../../lib/retry.ts';
import { classify } from '../error-classes.ts';
import { READ_ONLY, readOnly } from '../read-only.ts';
import { unexpected } from './transport.ts';

/** Our own errors pass; what jsforce made of an error in JSON becomes one of ours. */
export function explained(host: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('errorCode' in error)) return error;
  const { code, message } = firstError(error);
  if (code === null) return unexpected(host, 'an error without a code');
  return refusalOf(host, code, message);
}

/** An error that Salesforce gave for a whole call. */
export function refusalOf(host: string, code: string, message: string): CodedError | Transient {
  if (code === READ_ONLY) return readOnly();
  switch (classify(code, message)) {
    case 'limit':
      return new CodedError(
        'SF_LIMIT_EXCEEDED',
        `The org at ${host} has used up a limit: ${code} (${message}).`,
        'Wait until the limit resets (Setup › System Overview shows API requests and storage), or raise it.',
      );
    case 'retry':
      return new Transient(refused(host, code, message));
    default:
      return refused(host, code, message);
  }
}

function refused(host: string, code: string, message: string): CodedError {
  return new CodedError(
    'SF_REFUSED',
    `${host} refused a call: ${code} (${message}).`,
    'Check that force-app is deployed in its present version and that the integration user has the permission set Woo_Integration.',
  );
}

/** jsforce keeps one error as the error itself, several as its data. */
function firstError(error: Error & { errorCode: unknown }): {
  code: string | null;
  message: string;
} {
  const data: unknown = 'data' in error ? error.data : null;
  const first: unknown = Array.isArray(data) ? data[0] : null;
  if (typeof first === 'object' && first !== null && 'errorCode' in first)
    return {
      code: codeOf(first.errorCode),
      message: 'message' in first ? plain(first.message) : '',
    };
  return { code: codeOf(error.errorCode), message: plain(error.message) };
}

function codeOf(value: unknown): string | null {
  return typeof value === 'string' && !value.startsWith('ERROR_HTTP_') ? value : null;
}

/** Without the query that Salesforce quotes before "ERROR at Row": it may hold customers' data. */
function plain(message: unknown): string {
  if (typeof message !== 'string') return '';
  const said = message.split(/ERROR at Row:\d+:Column:\d+\s*/).at(-1) ?? '';
  return said.trim().slice(0, 300);
}
