/** An answer before it is written: the body is JSON, or nothing. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/** Thrown by handlers to end a request with an answer. */
export class ReplyError extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(`answer ${reply.status}`);
    this.reply = reply;
  }
}

/** Thrown where somebody may not, or where there is no such record: the answer then names no verbs. */
export class Denied extends ReplyError {}

export function ok(body: unknown, headers: Record<string, string> = {}): Reply {
  return { status: 200, headers, body };
}

/** A record that was made, with the address that WooCommerce names for it. */
export function created(body: unknown, location: string): Reply {
  return { status: 201, headers: { location }, body };
}

export function isReply(value: object): value is Reply {
  return 'status' in value && 'headers' in value && 'body' in value;
}

/** A WordPress error body. */
export function wpError(status: number, code: string, message: string, data: object = {}): Reply {
  return { status, headers: {}, body: { code, message, data: { status, ...data } } };
}

export function noRoute(): Reply {
  return wpError(404, 'rest_no_route', 'No route was found matching the URL and request method.');
}

/** The one answer that no real store gives: this store does not do what was asked. */
export function notEmulated(what: string): Reply {
  return wpError(501, 'local_store_not_emulated', `The local store does not emulate ${what}.`);
}

export function invalidParams(
  problems: readonly { name: string; code: string; message: string; data: unknown }[],
): Reply {
  const names = problems.map(({ name }) => name).join(', ');
  return wpError(400, 'rest_invalid_param', `Invalid parameter(s): ${names}`, {
    params: Object.fromEntries(problems.map(({ name, message }) => [name, message])),
    details: Object.fromEntries(
      problems.map(({ name, code, message, data }) => [name, { code, message, data }]),
    ),
  });
}

/**
 * The body's text as the shop writes it: `/` and everything beyond ASCII escaped, and the host of the
 * recordings replaced. `origins` are the addresses (scheme and host) for https and for http links.
 */
export function wireText(body: unknown, origins: { secure: string; plain: string }): string {
  return JSON.stringify(body)
    .replaceAll('https://127.0.0.1:8088', origins.secure)
    .replaceAll('http://127.0.0.1:8088', origins.plain)
    .replace(/[/\u0080-\uffff]/g, escapeLetter);
}

function escapeLetter(letter: string): string {
  return letter === '/' ? '\\/' : `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
