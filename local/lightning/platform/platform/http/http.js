import { freeze } from 'platform/freeze';

/** Where the host passes calls on to the org. */
const root = '/services/data/v66.0';

/** Requests for reading that are on their way, by what they ask; who asks the same waits for the same answer. */
const underway = new Map();

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

/** Like `send`, but the same request at the same time is sent once. */
export function read(method, path, body) {
  const key = `${method} ${path} ${JSON.stringify(body)}`;
  if (!underway.has(key)) {
    const answer = send(method, path, body).finally(() => {
      if (underway.get(key) === answer) underway.delete(key);
    });
    underway.set(key, answer);
  }
  return underway.get(key);
}

/** Like `send`; whoever reads afterwards is not given an answer that was asked for before. */
export async function write(method, path, body, headers) {
  try {
    return await send(method, path, body, headers);
  } finally {
    underway.clear();
  }
}
