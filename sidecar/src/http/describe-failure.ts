import { CodedError } from '../errors.ts';

/** A failure as fields of a log line. */
export function describeFailure(error: unknown): Readonly<Record<string, string>> {
  if (error instanceof CodedError)
    return { code: error.code, reason: error.message, cure: error.cure };
  return { reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
}
