import { type Answer, refusal } from '../api/answer.ts';
import { bodyOf, type Call, isRecord } from '../api/call.ts';
import type { RequestKind } from '../api/request-log.ts';
import type { Route, Router } from '../api/route.ts';
import { ApiError } from '../model/errors.ts';
import { collated } from './composite-order.ts';
import { type Answers, MissingReference, resolveReferences } from './composite-references.ts';

const maxSubrequests = 25;
const maxCollectionsAndQueries = 5;

interface Subrequest {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

interface SubAnswer {
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly httpStatusCode: number;
  readonly referenceId: string;
}

function invalid(message: string): ApiError {
  return new ApiError(400, 'INVALID_INPUT', message);
}

function headersOf(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([name, text]) => [name.toLowerCase(), String(text)]),
  );
}

function readSubrequest(value: unknown, at: number): Subrequest {
  const { method, url, referenceId, body, httpHeaders } = isRecord(value) ? value : {};
  if (typeof method !== 'string' || typeof url !== 'string' || typeof referenceId !== 'string') {
    throw invalid(`Subrequest ${at} needs a method, a url and a referenceId.`);
  }
  if (!/^[A-Za-z0-9_]+$/.test(referenceId)) {
    throw invalid(
      `Provided referenceId (${referenceId}) may hold letters, digits and underscores only.`,
    );
  }
  return { method: method.toUpperCase(), url, referenceId, body, headers: headersOf(httpHeaders) };
}

function kindOf(one: Subrequest, router: Router): RequestKind | undefined {
  const path = /^\/services\/data\/v\d+\.0(\/[^?]*)?/.exec(one.url)?.[1] ?? '/';
  return router.routeOf(one.method, path)?.route.kind;
}

/** @throws ApiError for a call that is refused as a whole */
function readAll(call: Call, router: Router): readonly Subrequest[] {
  const { compositeRequest } = bodyOf(call);
  if (!Array.isArray(compositeRequest) || compositeRequest.length === 0) {
    throw invalid('The body has no "compositeRequest" list.');
  }
  if (compositeRequest.length > maxSubrequests) {
    throw new ApiError(
      400,
      'LIMIT_EXCEEDED',
      `The request can't contain more than ${maxSubrequests} operations.`,
    );
  }
  const all = (compositeRequest as unknown[]).map(readSubrequest);
  const names = new Set(all.map((one) => one.referenceId));
  if (names.size < all.length)
    throw invalid('Each referenceId may occur once in a composite request.');
  const heavy = all.filter((one) => ['query', 'collections'].includes(kindOf(one, router) ?? ''));
  if (heavy.length > maxCollectionsAndQueries) {
    throw new ApiError(
      400,
      'LIMIT_EXCEEDED',
      `Up to ${maxCollectionsAndQueries} subrequests can be queries or sObject collections, and this call has ${heavy.length}.`,
    );
  }
  return all;
}

/** The call that a subrequest makes; only Authorization, Accept and Content-Type are inherited. */
function subcall(call: Call, one: Subrequest, answers: Answers): Call {
  const url = new URL(resolveReferences(one.url, answers), call.base);
  const [, version = '', path = '/'] =
    /^\/services\/data\/(v\d+\.0)(\/.*)?$/.exec(url.pathname) ?? [];
  if (version === '' || path.startsWith('/composite/graph') || path === '/composite') {
    throw new ApiError(400, 'INVALID_INPUT', `A subrequest cannot go to ${url.pathname}.`);
  }
  return {
    ...call,
    method: one.method,
    version,
    path,
    query: url.searchParams,
    headers: one.headers,
    body: resolveReferences(one.body, answers),
  };
}

function run(call: Call, one: Subrequest, answers: Answers, router: Router): Answer {
  try {
    const sub = subcall(call, one, answers);
    const match = router.routeOf(sub.method, sub.path);
    if (match?.route.kind === 'blob')
      throw invalid('A subrequest cannot read the bytes of a file.');
    if (match) call.services.log.countSubrequest(match.route.kind, match.route.writes);
    return router.dispatch(sub);
  } catch (error) {
    if (error instanceof MissingReference) return refusal(400, 'PROCESSING_HALTED', error.message);
    if (error instanceof ApiError) return refusal(error.status, error.errorCode, error.message);
    throw error;
  }
}

const failed = (answer: SubAnswer): boolean => answer.httpStatusCode >= 400;

/** What the others say when one of them undid them all. */
function halted(answers: readonly SubAnswer[]): readonly SubAnswer[] {
  return answers.map((answer) =>
    failed(answer)
      ? answer
      : {
          ...answer,
          httpHeaders: {},
          httpStatusCode: 400,
          body: [
            {
              errorCode: 'PROCESSING_HALTED',
              message:
                'The transaction was rolled back since another operation in the same transaction failed.',
            },
          ],
        },
  );
}

const firstCollating = 49;

/** Collating is on unless the call or an old version says otherwise. */
function inOrder(call: Call, all: readonly Subrequest[]): readonly Subrequest[] {
  const asked = bodyOf(call)['collateSubrequests'];
  const collates =
    typeof asked === 'boolean' ? asked : Number(call.version.slice(1)) >= firstCollating;
  return collates ? collated(all) : all;
}

/** @returns the answers in the order of the call, whatever the order of the work was */
function runAll(call: Call, all: readonly Subrequest[], router: Router): readonly SubAnswer[] {
  const bodies = new Map<string, unknown>();
  const answers = new Map<string, SubAnswer>();
  for (const one of inOrder(call, all)) {
    const { status, body, headers } = run(call, one, bodies, router);
    if (status < 400) bodies.set(one.referenceId, body ?? null);
    answers.set(one.referenceId, {
      body: body ?? null,
      httpHeaders: headers ?? {},
      httpStatusCode: status,
      referenceId: one.referenceId,
    });
  }
  return all.flatMap(({ referenceId }) => answers.get(referenceId) ?? []);
}

/**
 * `POST /composite`: subrequests one after the other, each able to use the answers before it. They run in the
 * order of the call only when `collateSubrequests` is false.
 */
export function compositeRoute(router: Router): Route {
  return {
    method: 'POST',
    pattern: '/composite',
    kind: 'composite',
    writes: false,
    handle(call): Answer {
      const all = readAll(call, router);
      if (bodyOf(call)['allOrNone'] !== true) {
        return { status: 200, body: { compositeResponse: runAll(call, all, router) } };
      }
      const good = (answers: readonly SubAnswer[]): boolean => !answers.some(failed);
      const answers = call.services.data.db.transaction(() => runAll(call, all, router), good);
      return {
        status: 200,
        body: { compositeResponse: good(answers) ? answers : halted(answers) },
      };
    },
  };
}
