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
      fields: z.array(z.string()).nullish(),
    }),
  )
  .min(1);

export interface CallError {
  readonly code: string;
  readonly message: string;
}

/** The errors of a subrequest that failed as a whole; none when it did not. */
export function errorsIn({
  status,
  body,
}: Subanswer): readonly (CallError & { readonly fields: readonly string[] })[] {
  if (status < 400 && status !== 300) return [];
  const said = errorsSchema.safeParse(body).data ?? [
    { errorCode: `HTTP_${status}`, message: `Salesforce answered HTTP ${status} and no reason.` },
  ];
  return said.map((one) => ({
    code: one.errorCode,
    message: one.message ?? '',
    fields: one.fields ?? [],
  }));
}

/** The first of them; null when it did not fail. */
export function wholeError(answer: Subanswer): CallError | null {
  return errorsIn(answer)[0] ?? null;
}
