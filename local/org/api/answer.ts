import type { ServerResponse } from 'node:http';
import type { ApiError } from '../model/errors.ts';

/** What a handler answers; a body that is neither text nor bytes goes out as JSON. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The connection breaks in place of this answer. */
  readonly cut?: boolean;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });

/** The shape of all refused calls. */
export function refusal(
  status: number,
  errorCode: string,
  message: string,
  fields?: readonly string[],
): Answer {
  return { status, body: [{ message, errorCode, ...(fields ? { fields } : {}) }] };
}

export const refusalOf = (error: ApiError): Answer =>
  refusal(error.status, error.errorCode, error.message, error.fields);

/** For a token that is unknown or has ended. */
export const sessionOver = (): Answer =>
  refusal(401, 'INVALID_SESSION_ID', 'Session expired or invalid');

/** For what a real org has and this one has not: said aloud, so that nothing passes by luck. */
export const notEmulated = (method: string, path: string): Answer =>
  refusal(
    501,
    'NOT_EMULATED',
    `The local org does not emulate ${method} ${path}. docs/local-org.md lists what it does emulate.`,
  );

export function send(response: ServerResponse, answer: Answer): void {
  if (answer.cut === true) {
    response.destroy();
    return;
  }
  const { body } = answer;
  const isText = typeof body === 'string';
  const sent =
    body === undefined ? '' : isText || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  response.writeHead(answer.status, {
    ...(body === undefined
      ? {}
      : { 'content-type': isText ? 'text/xml; charset=UTF-8' : 'application/json;charset=UTF-8' }),
    ...answer.headers,
    'content-length': Buffer.byteLength(sent),
  });
  response.end(sent);
}
