import type { IncomingMessage, ServerResponse } from 'node:http';
import { controlReply } from '../control.ts';
import type { Control } from '../control/action.ts';
import { answerInstead, statusAnswer } from '../faults/pages.ts';
import type { RawAnswer } from '../faults/pages.ts';
import type { Dispatcher } from './dispatch.ts';
import { apiLink } from './link-header.ts';
import { sendFile } from './send-file.ts';
import { parseQuery } from './php-query.ts';
import { notEmulated, wpError } from './reply.ts';
import type { Reply } from './reply.ts';
import { spoiled, wireAnswer, write } from './write.ts';

/** What answering needs. */
export interface ServeParts extends Control {
  tlsProxy: boolean;
  maxUploadBytes: number;
  dispatcher: Dispatcher;
}

export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  siteUrl: string;
}

const MAX_BODY = 10_000_000;
const MEDIA = '/wp-json/wp/v2/media';

/**
 * Reads a request to its end and answers it: the shop below `/wp-json`, its pictures below `/wp-content/uploads`,
 * the back door below `/local`.
 */
export function serverFor(parts: ServeParts): (exchange: Exchange) => void {
  return (exchange) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const path = splitOnce(exchange.request.url ?? '/', '?')[0];
    const most = path === MEDIA ? parts.maxUploadBytes : MAX_BODY;
    exchange.request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= most) {
        chunks.push(chunk);
      }
    });
    exchange.request.on('end', () => {
      if (size > most) {
        refuseSize(parts, exchange, path);
      } else {
        answer(parts, exchange, Buffer.concat(chunks)).catch((error: unknown) => {
          fail(parts, exchange, error);
        });
      }
    });
  };
}

/** Uploads that are too large are refused by the web server in front of WordPress. */
function refuseSize(parts: ServeParts, exchange: Exchange, path: string): void {
  if (path === MEDIA) {
    parts.requests.add(exchange.request.method ?? 'GET', path, 413);
    write(exchange.response, statusAnswer(413, undefined), parts.clock.now());
  } else {
    send(parts, exchange, notEmulated('bodies of more than 10 MB'));
  }
}

/** A mistake of this store, not of the caller: said as such, and the connection is not left hanging. */
function fail(parts: ServeParts, exchange: Exchange, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  send(parts, exchange, wpError(500, 'local_store_failed', message));
}

function send({ clock }: ServeParts, { response, siteUrl }: Exchange, reply: Reply): void {
  write(response, wireAnswer(reply, siteUrl, {}), clock.now());
}

async function answer(parts: ServeParts, exchange: Exchange, body: Buffer): Promise<void> {
  const { request, siteUrl } = exchange;
  const [path, raw] = splitOnce(request.url ?? '/', '?');
  const method = request.method ?? 'GET';
  if (path.startsWith('/local/')) {
    const query = new URLSearchParams(raw);
    const text = body.toString('utf8');
    const asked = { method, path: path.slice('/local'.length), query, body: text };
    send(parts, exchange, await controlReply(parts, asked));
    return;
  }
  if (await sendFile(parts, exchange.response, method, path)) {
    return;
  }
  const secure = parts.tlsProxy && request.headers['x-forwarded-proto'] === 'https';
  const origin = siteUrl.replace(/^https?:/, secure ? 'https:' : 'http:');
  const answered = await shopAnswer(parts, exchange, { method, path, raw, secure, origin, body });
  if (answered === 'cut') {
    exchange.response.destroy();
  } else {
    write(exchange.response, answered, parts.clock.now());
  }
}

/** What the request gets, or the fault that it meets; counted either way. */
async function shopAnswer(
  parts: ServeParts,
  exchange: Exchange,
  target: Target,
): Promise<RawAnswer | 'cut'> {
  const { method, path, origin } = target;
  const fault = parts.faults.takeCall(method, path);
  const instead = fault && answerInstead(fault);
  if (instead !== undefined) {
    parts.requests.add(method, path, instead === 'cut' ? instead : instead.status);
    return instead;
  }
  const { reply, headers } = await shopReply(parts, exchange, target);
  parts.requests.add(method, path, reply.status);
  const answered = wireAnswer(reply, origin, headers);
  return fault === undefined ? answered : spoiled(answered, fault);
}

interface Target {
  method: string;
  path: string;
  raw: string;
  secure: boolean;
  origin: string;
  body: Buffer;
}

async function shopReply(
  { dispatcher }: ServeParts,
  { request }: Exchange,
  { method, path, raw, secure, origin, body }: Target,
): Promise<{ reply: Reply; headers: Record<string, string> }> {
  if (!/^\/wp-json(\/|$)/.test(path)) {
    return { reply: notEmulated(`pages of the shop such as ${path}`), headers: {} };
  }
  const { reply, identity, allow } = await dispatcher.answer({
    method,
    path,
    url: origin + path,
    query: parseQuery(raw),
    secure,
    authorization: request.headers.authorization,
    upload: { bytes: body, headers: request.headers },
  });
  const known = identity.role !== undefined;
  return {
    reply,
    headers: {
      link: apiLink(origin),
      'x-robots-tag': 'noindex',
      ...(allow === undefined ? {} : { allow }),
      ...(known
        ? { 'cache-control': 'no-cache, must-revalidate, max-age=0, no-store, private' }
        : {}),
    },
  };
}

function splitOnce(text: string, at: string): [string, string] {
  const position = text.indexOf(at);
  return position === -1 ? [text, ''] : [text.slice(0, position), text.slice(position + 1)];
}
