import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { Answer } from './answer.ts';
import type { OrgClient } from './org-client.ts';
import { filePolicy } from './security-headers.ts';

const passedOn: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^\/services\/data\/v\d+\.0\/ui-api\/.+/, ['GET', 'POST', 'PATCH', 'PUT', 'DELETE']],
  [/^\/services\/data\/v\d+\.0\/graphql$/, ['POST']],
  [/^\/sfc\/servlet\.shepherd\/.+/, ['GET']],
  // Of the local org: Salesforce has no address for it that is documented.
  [/^\/local\/apex\/\w+\/\w+$/, ['POST']],
];

const askedHeaders = ['accept', 'accept-language', 'content-type', 'if-unmodified-since'] as const;
const answeredHeaders = ['content-type', 'content-disposition', 'cache-control', 'etag', 'warning'];

/** Whether a page may ask the org for it through the host. */
export const isPassedOn = (method: string, path: string): boolean =>
  passedOn.some(([pattern, methods]) => pattern.test(path) && methods.includes(method));

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** Headers that the org needs to see; cookies and the like stay here. */
export function headersFor({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    askedHeaders.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function answerOf(response: Response, isFile: boolean): Answer {
  const headers = Object.fromEntries(
    answeredHeaders.flatMap((name) => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
  return {
    status: response.status,
    headers: isFile ? { ...headers, 'content-security-policy': filePolicy } : headers,
    ...(response.body === null ? {} : { body: Readable.fromWeb(response.body) }),
  };
}

/**
 * Passes a request on to the org and its answer back, errors too.
 * @param path with its query
 * @throws OrgUnreachable
 */
export async function passOn(
  org: OrgClient,
  request: IncomingMessage,
  path: string,
): Promise<Answer> {
  const response = await org.call({
    method: request.method ?? 'GET',
    path,
    headers: headersFor(request),
    ...(hasBody(request) ? { body: request } : {}),
  });
  return answerOf(response, path.startsWith('/sfc/'));
}
