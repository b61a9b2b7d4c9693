import { z } from 'zod';
import type { Connection } from './connection.ts';
import { apiVersion } from './current-session.ts';
import { unexpected } from './transport.ts';

/** Most subrequests of one composite call. */
export const mostSubrequests = 25;

export interface Subrequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Behind `/services/data/v66.0`. */
  readonly path: string;
  /** JSON text. */
  readonly json?: string;
  /** A composite call hands none of its own headers on. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Subanswer {
  readonly status: number;
  readonly body: unknown;
}

const answerSchema = z.object({
  compositeResponse: z.array(z.object({ httpStatusCode: z.number(), body: z.unknown() })),
});

/** One API call for up to 25 requests, executed in order; one that fails does not stop the others. */
export async function composite(
  connection: Connection,
  subrequests: readonly Subrequest[],
): Promise<readonly Subanswer[]> {
  if (subrequests.length > mostSubrequests)
    throw new RangeError(`A composite call takes ${mostSubrequests} requests at most.`);
  const answer = await connection.request({
    method: 'POST',
    path: '/composite',
    json: `{"allOrNone":false,"collateSubrequests":false,"compositeRequest":[${subrequests.map(toJson).join(',')}]}`,
  });
  const parsed = answerSchema.safeParse(answer).data?.compositeResponse;
  if (parsed?.length !== subrequests.length)
    throw unexpected('Salesforce', 'a composite answer that does not match what was asked');
  return parsed.map(({ httpStatusCode, body }) => ({ status: httpStatusCode, body }));
}

/** Put together as text: large bodies are serialised once, where they are made. */
function toJson({ method, path, json, headers }: Subrequest, index: number): string {
  const request = JSON.stringify({
    method,
    url: `/services/data/v${apiVersion}${path}`,
    referenceId: `r${index}`,
    ...(headers === undefined ? {} : { httpHeaders: headers }),
  });
  return json === undefined ? request : `${request.slice(0, -1)},"body":${json}}`;
}

const errorsSchema = z
  .array(
    z.object({
      errorCode: z.string(),
      message: z.string().nullish(),
      fields: z.array(z.string()).optional(),
    }),
  )
  .min(1);

export interface CallError {
  readonly code: string;
  readonly message: string;
}

/** The error of a subrequest that failed as a whole; null when it did not. */
export function wholeError({ status, body }: Subanswer): CallError | null {
  if (status < 400 && status !== 300) return null;
  const first = errorsSchema.safeParse(body).data?.[0];
  return first === undefined
    ? { code: `HTTP_${status}`, message: `Salesforce answered HTTP ${status} and no reason.` }
    : { code: first.errorCode, message: first.message ?? '' };
}
