import { freeze } from 'platform/freeze';

/** Where the host passes calls on to the org. */
const root = '/services/data/v66.0';

/** How long Lightning Data Service gives an answer to whoever asks the same. */
const KEPT_MS = 30_000;

/** Requests for reading that are on their way, by what they ask; who asks the same waits for the same answer. */
const underway = new Map();

/** Answers by what was asked: `{ answer, at }`. */
const kept = new Map();

const statusTexts = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  412: 'Precondition Failed',
};

/** REST errors are a list of `{ errorCode, message }`; UI API's are an object. Components get the object. */
function errorOf(response, answer) {
  const body = Array.isArray(answer) ? answer[0] : answer;
  return freeze({
    status: response.status,
    statusText: response.statusText || (statusTexts[response.status] ?? 'Server Error'),
    ok: false,
    body: body ?? { message: `The org answered ${response.status} and nothing else.` },
    headers: {},
    errorType: 'fetchResponse',
  });
}

const unreachable = (error) =>
  freeze({
    status: 503,
    statusText: 'Service Unavailable',
    ok: false,
    body: {
      errorCode: 'HOST_UNREACHABLE',
      message: `The page's server does not answer: ${error.message}`,
    },
    headers: {},
    errorType: 'fetchResponse',
  });

async function answerOf(response) {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return { message: `The org answered ${response.status} with something other than JSON.` };
  }
}

/**
 * Calls the host.
 * @param path on the host
 * @returns the answer, frozen
 * @throws an object as Lightning Data Service gives it: `{ status, statusText, body: { message, errorCode } }`
 */
export async function sendToHost(method, path, body, headers = {}) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? headers : { ...headers, 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (error) {
    throw unreachable(error);
  }
  const answer = await answerOf(response);
  if (!response.ok) throw errorOf(response, answer);
  return freeze(answer);
}

/**
 * Calls the org.
 * @param path below `/services/data/v66.0`
 */
export const send = (method, path, body, headers) =>
  sendToHost(method, `${root}${path}`, body, headers);

const keyOf = (method, path, body) => `${method} ${path} ${JSON.stringify(body)}`;

/** GraphQL answers 200 with errors in it, which are no answer to give again. */
const isWhole = (answer) => !(answer?.errors?.length > 0);

/** Sends, and keeps the answer unless something was asked or written since that makes it old. */
function ask(key, method, path, body) {
  const answer = send(method, path, body).then(
    (value) => {
      if (underway.get(key) !== answer) return value;
      underway.delete(key);
      if (isWhole(value)) kept.set(key, { answer: value, at: Date.now() });
      return value;
    },
    (error) => {
      if (underway.get(key) === answer) underway.delete(key);
      throw error;
    },
  );
  underway.set(key, answer);
  return answer;
}

/** Like `send`, but the same request within half a minute is sent once: as in an org, what is read may be that old. */
export async function read(method, path, body) {
  const key = keyOf(method, path, body);
  const known = kept.get(key);
  if (known && Date.now() - known.at < KEPT_MS) return known.answer;
  kept.delete(key);
  return underway.get(key) ?? ask(key, method, path, body);
}

/** Like `read`, but past what is kept, which is then this answer. */
export function readAnew(method, path, body) {
  const key = keyOf(method, path, body);
  kept.delete(key);
  return ask(key, method, path, body);
}

/**
 * Changes the answers that are kept.
 * @param {(key: string, answer: unknown) => unknown} change gives the answer as it is now, nothing where it is to be asked for again
 */
export function changeKept(change) {
  for (const [key, { answer, at }] of kept) {
    const changed = change(key, answer);
    if (changed === undefined) kept.delete(key);
    else kept.set(key, { answer: freeze(changed), at });
  }
}

/** Like `send`; whoever reads afterwards is not given an answer that is still on its way. What is kept stays: of what a write makes or changes, lists hear by a refresh alone. */
export async function write(method, path, body, headers) {
  try {
    return await send(method, path, body, headers);
  } finally {
    underway.clear();
  }
}
