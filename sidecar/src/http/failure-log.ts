import { CodedError } from '../errors/coded-error.ts';
import { maskEmails } from '../lib/redact.ts';

/** A failure as fields of a log line. The key of a guest is an address, and a database quotes what it refuses. */
export function describeFailure(error: unknown): Readonly<Record<string, string>> {
  if (error instanceof CodedError)
    return { code: error.code, reason: maskEmails(error.message), cure: error.cure };
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { reason: maskEmails(reason) };
}
