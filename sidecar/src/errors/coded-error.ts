import type { ErrorCode } from './catalogue.ts';

/**
 * An error that its reader can act on: a code of the catalogue, one sentence that names the thing, and what to
 * do. Neither text may hold a secret or a customer's data.
 */
export class CodedError extends Error {
  readonly code: ErrorCode;
  readonly cure: string;

  constructor(code: ErrorCode, message: string, cure: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CodedError';
    this.code = code;
    this.cure = cure;
  }
}
