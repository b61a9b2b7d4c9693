import type { IncomingMessage, ServerResponse } from 'node:http';
import { controlReply } from '../control/control.ts';
import type { Control } from '../control/action.ts';
import { answerInstead, statusAnswer } from '../faults/pages.ts';
import type { RawAnswer } from '../faults/pages.ts';
import { hidingAcf, PHP_NOTICE } from '../core/hosting.ts';
import type { Dispatcher } from './dispatch.ts';
import { apiLink } from '../rest/response/link-header.ts';
import { sendFile } from './send-file.ts';
import { parseQuery } from '../rest/request/php-query.ts';
import { notEmulated, wpError } from '../rest/response/reply.ts';
import type { Reply } from '../rest/response/reply.ts';
import { spoiled, wireAnswer, write } from './write.ts';

/** What answering needs. */
export interface ServeParts extends Control {
  tlsProxy: boolean;
  maxUploadBytes: number;
  /** of the address, below which the shop lies; empty for none */
  folder: string;
  dispatcher: Dispatcher;
}

export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  siteUrl: string;
}

const MAX_BODY = 10_000_000;
const MEDIA = '/wp-json/wp/v2/media';
const ORDERS = /^\/wp-json\/wc\/v3\/orders(\/\d+)?$/;

/**
 * Reads a request to its end and answers it: the shop below `/wp-json`, its images below `/wp-content/uploads`,
 * the back door below `/local`.
 */
export function serverFor(parts: ServeParts): (exchange: Exchange) => void {
  return (exchange) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const [asked] = splitOnce(exchange.request.url ?? '/', '?');
    const path = belowFolder(parts, asked) ?? asked;
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
    write(exchange.response, statusAnswer(413, undefined), parts);
  } else {
    send(parts, exchange, notEmulated('bodies of more than 10 MB'));
  }
}

/** A mistake of this store, not of the caller: said as such, and the connection is not left hanging. */
function fail(parts: ServeParts, exchange: Exchange, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  send(parts, exchange, wpError(500, 'local_store_failed', message));
}

function send(parts: ServeParts, { response, siteUrl }: Exchange, reply: Reply): void {
  write(response, wireAnswer(reply, siteUrl, {}), parts);
}

async function answer(parts: ServeParts, exchange: Exchange, body: Buffer): Promise<void> {
  const { request, siteUrl } = exchange;
  const [asked, raw] = splitOnce(request.url ?? '/', '?');
  const method = request.method ?? 'GET';
  if (asked.startsWith('/local/')) {
    const query = new URLSearchParams(raw);
    const text = body.toString('utf8');
    const wanted = { method, path: asked.slice('/local'.length), query, body: text };
    send(parts, exchange, await controlReply(parts, wanted));
    return;
  }
  const path = belowFolder(parts, asked);
  if (path === undefined) {
    write(exchange.response, statusAnswer(404, undefined), parts);
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
    write(exchange.response, answered, parts);
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
  const { reply, headers } =
    hostingReply(parts, target) ?? (await shopReply(parts, exchange, target));
  parts.requests.add(method, path, reply.status);
  const made = wireAnswer(reply, origin, headers);
  const answered = parts.hosting.php_notices ? { ...made, text: PHP_NOTICE + made.text } : made;
  return fault === undefined ? answered : spoiled(answered, fault);
}

/**
 * What WordPress answers in place of its API: with plain permalinks there is none at `/wp-json`, and WooCommerce
 * takes no keys below `?rest_route=`, whatever the permalinks are.
 */
function hostingReply(
  { hosting }: ServeParts,
  { path, raw, origin }: Target,
): { reply: Reply; headers: Record<string, string> } | undefined {
  if (/^\/(index\.php)?$/.test(path) && /^\/wc\//.test(text(parseQuery(raw).get('rest_route')))) {
    const message = 'Sorry, you cannot list resources.';
    return { reply: wpError(401, 'woocommerce_rest_cannot_view', message), headers: {} };
  }
  if (!hosting.plain_permalinks || !/^\/wp-json(\/|$)/.test(path)) {
    return undefined;
  }
  const to = `${origin}${path.replace(/\/*$/, '/')}${raw === '' ? '' : `?${raw}`}`;
  return { reply: { status: 301, headers: { location: to }, body: '' }, headers: {} };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Where in the shop a path of the server leads; undefined for outside of it. */
function belowFolder({ folder }: ServeParts, path: string): string | undefined {
  if (folder === '') {
    return path;
  }
  return path === folder || path.startsWith(`${folder}/`) ? path.slice(folder.length) : undefined;
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
  { dispatcher, hosting, edits }: ServeParts,
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
  if (hosting.reads_save_orders && method === 'GET' && ORDERS.test(path) && reply.status === 200) {
    for (const { id } of [reply.body].flat() as { id: number }[]) edits.updateOrder(id, {});
  }
  const known = identity.role !== undefined;
  return {
    reply: hosting.acf_hidden ? { ...reply, body: hidingAcf(reply.body) } : reply,
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
