/**
 * A request and its answer, between a probe and the org, or between anybody and the shop. Of a delivery of the shop,
 * what the shop sends stands where answers are.
 */
export interface Exchange {
  readonly side: 'org' | 'shop' | 'delivery';
  readonly method: string;
  /** With its query, decoded. */
  readonly path: string;
  readonly askedHeaders: Readonly<Record<string, string>>;
  /** Parsed JSON of the request; null where it has none. */
  readonly asked: unknown;
  status: number;
  /** By names in lower case. */
  readonly headers: Record<string, string>;
  /** Parsed JSON; the text where it is none. */
  body: unknown;
}

/** Another org or shop for which a statement is false: how its answers differ from what the probe takes for true. */
export interface Deviation {
  /** What such an org or shop does instead. */
  readonly says: string;
  /** Changes the answer in place. Answers that do not concern the statement stay as they are. */
  readonly change: (exchange: Exchange) => void;
}

export type Json = Record<string, unknown>;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Looks at all objects in a JSON value, the outer ones first. */
export function eachObject(value: unknown, look: (one: Json) => void): void {
  if (Array.isArray(value)) for (const one of value as unknown[]) eachObject(one, look);
  else if (isJson(value)) {
    look(value);
    for (const one of Object.values(value)) eachObject(one, look);
  }
}

/** Errors of an answer with a code, whether of items (`statusCode`) or of the whole call (`errorCode`). */
export function eachError(exchange: Exchange, code: string, look: (error: Json) => void): void {
  eachObject(exchange.body, (one) => {
    if (one['statusCode'] === code || one['errorCode'] === code) look(one);
  });
}

/** Gives errors of the org another code. */
export const recode =
  (code: string, other: string, only: (exchange: Exchange, error: Json) => boolean = () => true) =>
  (exchange: Exchange): void => {
    if (exchange.side !== 'org') return;
    eachError(exchange, code, (error) => {
      if (!only(exchange, error)) return;
      const name = 'statusCode' in error ? 'statusCode' : 'errorCode';
      error[name] = other;
    });
  };

/** Lets rows succeed that were refused with a code. */
export const accept =
  (code: string, only: (exchange: Exchange) => boolean = () => true) =>
  (exchange: Exchange): void => {
    if (exchange.side !== 'org' || !only(exchange)) return;
    eachObject(exchange.body, (one) => {
      const errors = Array.isArray(one['errors']) ? (one['errors'] as Json[]) : [];
      if (!errors.some((error) => error['statusCode'] === code)) return;
      Object.assign(one, { success: true, errors: [], id: 'a00000000000000AAA' });
    });
  };

/** What is encoded in addresses. */
export const decoded = (path: string): string =>
  path
    .replaceAll('+', ' ')
    .replaceAll(/%[0-7][0-9A-F]/gi, (code) => String.fromCharCode(parseInt(code.slice(1), 16)));

/** Whether the request holds a text, in its path or in its body, in which composite calls have paths. */
export function asks({ path, asked }: Exchange, text: string): boolean {
  if (path.includes(text)) return true;
  const body = asked === null ? '' : JSON.stringify(asked);
  return body.includes(text) || decoded(body).includes(text);
}

/** Refuses the whole call of the org, where it is answered otherwise. */
export function refuse(exchange: Exchange, status: number, errorCode: string): void {
  exchange.status = status;
  exchange.body = [{ errorCode, message: 'refused' }];
}
