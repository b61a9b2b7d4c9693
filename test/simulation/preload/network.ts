import { AsyncResource } from 'node:async_hooks';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import https from 'node:https';
import { PassThrough, Writable } from 'node:stream';

import inject from 'light-my-request';

import { nextOf } from './chance.ts';
import { currentTime, pause } from './clock.ts';
import { isAlive, processId } from './processes.ts';

export interface Request {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The simulated process that sends it; null for the world outside of the service. */
  readonly process: number | null;
}

export interface Answer {
  readonly status: number;
  readonly headers: http.OutgoingHttpHeaders;
  /** Names and values in turn, as they were sent. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

/** What becomes of a request. `crash` ends the process that sent it. */
export type Mishap =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'lost' | 'cut' | 'twice' | 'crash_before' | 'crash_after' }
  | { readonly kind: 'slow'; readonly milliseconds: number };

export interface Watch {
  /** Before a request is under way. */
  mishap(request: Request): Mishap | null;
  /** When a server has answered, before the answer is on its way back. */
  answered(request: Request, answer: Answer): void;
  crash(): void;
}

const nobody: Watch = { mishap: () => null, answered: () => undefined, crash: () => undefined };
/** In milliseconds, one way, at the most. */
const LATENCY = 40;

type Serve = (request: Request) => Promise<Answer>;

interface Listener {
  readonly server: http.Server;
  readonly serve: Serve;
  /** The simulated process that listens. */
  readonly owner: number | null;
}

/** By port; several processes listen on one as behind a balancer of load. */
const listeners = new Map<number, readonly Listener[]>();
let watch = nobody;
let hash = 0;

/** Begins a run. */
export function resetNetwork(watcher: Watch = nobody): void {
  listeners.clear();
  watch = watcher;
  hash = 0;
}

/** Of all requests, their answers and when they came. */
export const networkHash = (): number => hash;

/** A process listens there no longer: it has ended. */
export function closePort(port: number, owner: number | null): void {
  const others = listeners.get(port)?.filter((one) => one.owner !== owner) ?? [];
  listeners.set(port, others);
}

function listenerAt(port: number): Listener | undefined {
  const all = listeners.get(port) ?? [];
  return all.length > 1 ? all[Math.floor(nextOf(`balancer ${port}`) * all.length)] : all[0];
}

function mix(text: string): void {
  for (let at = 0; at < text.length; at += 1)
    hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
}

function refused(code: string): Error {
  return Object.assign(new Error(`connect ${code}`), { code, syscall: 'connect' });
}

const never = (): Promise<never> => new Promise(() => undefined);

async function exchange(request: Request): Promise<Answer> {
  if (!isAlive(request.process)) return never();
  const mishap = watch.mishap(request);
  const { kind } = mishap ?? { kind: null };
  await travel(request);
  if (mishap?.kind === 'slow') await pause(mishap.milliseconds);
  await mayFail(request, kind, 'crash_before', 'lost');
  if (mishap?.kind === 'answered') return mishap.answer;
  const answer = await served(request, kind === 'twice' ? 2 : 1);
  if (kind === 'crash_after') watch.crash();
  await travel(request);
  await mayFail(request, kind, null, 'cut');
  return answer;
}

/** Crashes or loses the connection where that is what happens here; the rest of a dead process never goes on. */
async function mayFail(
  { process: owner }: Request,
  kind: Mishap['kind'] | null,
  crash: Mishap['kind'] | null,
  loss: Mishap['kind'],
): Promise<void> {
  if (crash !== null && kind === crash) watch.crash();
  if (!isAlive(owner)) await never();
  if (kind === loss) throw refused('ECONNRESET');
}

function wayOf({ method, url }: Request): string {
  return `${method} ${url.port}${url.pathname}`;
}

function travel(request: Request): Promise<void> {
  return pause(1 + nextOf(wayOf(request)) * LATENCY);
}

async function served(request: Request, times: number): Promise<Answer> {
  const server = listenerAt(Number(request.url.port));
  if (server === undefined) throw refused('ECONNREFUSED');
  const answer = await server.serve(request);
  for (let more = 1; more < times; more += 1) await server.serve(request);
  mix(`${currentTime()} ${wayOf(request)}${request.url.search} ${answer.status}`);
  mix(request.body.toString('latin1'));
  mix(answer.body.toString('latin1'));
  watch.answered(request, answer);
  return answer;
}

function injected(server: http.Server, request: Request): Promise<Answer> {
  const { method, url, headers, body } = request;
  const dispatch = (incoming: unknown, outgoing: unknown): void => {
    server.emit('request', incoming, outgoing);
  };
  return inject(dispatch, {
    method: method as 'GET',
    url: url.pathname + url.search,
    remoteAddress: '127.0.0.1',
    headers: { host: url.host, ...headers },
    ...(body.length > 0 && { payload: body }),
  }).then(({ statusCode, headers: answered, rawPayload, raw }) => ({
    status: statusCode,
    headers: answered,
    rawHeaders: rawHeadersOf(answered, rawNames(raw.res)),
    body: rawPayload,
  }));
}

/** Names of headers as the server has written them, which Node's types lack for answers. */
function rawNames(answer: object): readonly string[] {
  return (answer as { getRawHeaderNames: () => string[] }).getRawHeaderNames();
}

/** @param names as the server has written them */
function rawHeadersOf(
  headers: http.OutgoingHttpHeaders,
  names: readonly string[],
): readonly string[] {
  return names.flatMap((name) =>
    [headers[name.toLowerCase()] ?? []].flat().flatMap((value) => [name, String(value)]),
  );
}

/** Bytes never reach a socket: a server is known by its port, and answers in the process that opened it. */
function listen(this: http.Server, ...given: readonly unknown[]): http.Server {
  const [place] = given;
  const options =
    typeof place === 'object' ? (place as { readonly port?: number }) : { port: place };
  const port = Number(options.port);
  const owner = processId();
  const serve = AsyncResource.bind((request: Request) => injected(this, request));
  const listener: Listener = {
    server: this,
    owner,
    serve: (request) => (isAlive(owner) ? serve(request) : Promise.reject(refused('ECONNREFUSED'))),
  };
  listeners.set(port, [
    ...(listeners.get(port) ?? []).filter((one) => one.owner !== owner),
    listener,
  ]);
  const address: AddressInfo = { port, address: '127.0.0.1', family: 'IPv4' };
  const isListening = () => listeners.get(port)?.includes(listener) === true;
  Object.defineProperties(this, {
    address: { configurable: true, value: () => address },
    listening: { configurable: true, get: isListening },
    close: {
      configurable: true,
      value: (done?: () => void) => {
        if (isListening()) closePort(port, owner);
        process.nextTick(() => {
          done?.();
          this.emit('close');
        });
        return this;
      },
    },
  });
  const callback = given.findLast((one) => typeof one === 'function');
  process.nextTick(() => {
    callback?.call(this);
    this.emit('listening');
  });
  return this;
}

const HOP = new Set(['connection', 'transfer-encoding', 'accept-encoding', 'keep-alive']);

function plainHeaders(headers: Iterable<readonly [string, unknown]>): Record<string, string> {
  const kept = [...headers].filter(
    ([name, value]) => !HOP.has(name.toLowerCase()) && value !== null,
  );
  return Object.fromEntries(kept.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

async function fetched(input: string | URL, init: RequestInit = {}): Promise<Response> {
  const url = new URL(input);
  const whole = new globalThis.Request(url, {
    method: init.method ?? 'GET',
    headers: init.headers ?? {},
    ...(init.body !== undefined && init.body !== null && { body: init.body, duplex: 'half' }),
  });
  const signal = init.signal ?? null;
  const request: Request = {
    method: whole.method,
    url,
    headers: plainHeaders(whole.headers),
    body: Buffer.from(await whole.arrayBuffer()),
    process: processId(),
  };
  const stopped = new Promise<never>((_resolve, reject) => {
    const stop = (): void => {
      reject(signal?.reason as Error);
    };
    if (signal?.aborted === true) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
  stopped.catch(() => undefined);
  try {
    return responseOf(await Promise.race([exchange(request), stopped]), url);
  } catch (error) {
    if (error instanceof Error && 'syscall' in error)
      throw new TypeError('fetch failed', { cause: error });
    throw error;
  }
}

const BODYLESS = new Set([204, 304]);

function responseOf({ status, headers, body }: Answer, url: URL): Response {
  const all = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, String(one)]),
  );
  const content = BODYLESS.has(status) ? null : new Uint8Array(body);
  const response = new Response(content, { status, headers: all });
  Object.defineProperty(response, 'url', { value: url.href });
  return response;
}

interface RequestOptions extends http.RequestOptions {
  readonly signal?: AbortSignal;
}

/** What `http.request` hands out. */
class OutgoingRequest extends Writable {
  readonly #url: URL;
  readonly #options: RequestOptions;
  #headers: Record<string, unknown>;
  readonly #chunks: Buffer[] = [];
  #isAnswered = false;
  readonly reusedSocket = false;

  constructor(url: URL, options: RequestOptions, answered?: (response: unknown) => void) {
    super({ autoDestroy: false, emitClose: false });
    this.#url = url;
    this.#options = options;
    this.#headers = { ...(options.headers as Record<string, unknown> | undefined) };
    if (typeof options.auth === 'string') {
      const basic = Buffer.from(options.auth).toString('base64');
      this.#headers['authorization'] ??= `Basic ${basic}`;
    }
    if (answered) this.once('response', answered);
    const { signal } = options;
    const stop = (): void => {
      if (this.#isAnswered) return;
      const said = new Error('The operation was aborted', { cause: signal?.reason });
      this.destroy(Object.assign(said, { code: 'ABORT_ERR', name: 'AbortError' }));
    };
    if (signal?.aborted === true) process.nextTick(stop);
    else signal?.addEventListener('abort', stop, { once: true });
  }

  setTimeout(): this {
    return this;
  }

  setNoDelay(): void {
    // There is no socket.
  }

  setSocketKeepAlive(): void {
    // There is no socket.
  }

  flushHeaders(): void {
    // They go with the rest.
  }

  setHeader(name: string, value: unknown): void {
    this.#headers[name] = value;
  }

  getHeader(name: string): unknown {
    return this.#headers[name];
  }

  removeHeader(name: string): void {
    this.#headers = Object.fromEntries(
      Object.entries(this.#headers).filter(([one]) => one !== name),
    );
  }

  abort(): void {
    this.destroy();
  }

  override _write(chunk: Buffer | string, _encoding: string, done: () => void): void {
    this.#chunks.push(Buffer.from(chunk));
    done();
  }

  override _final(done: () => void): void {
    done();
    void exchange({
      method: this.#options.method ?? 'GET',
      url: this.#url,
      headers: plainHeaders(Object.entries(this.#headers)),
      body: Buffer.concat(this.#chunks),
      process: processId(),
    }).then(
      (answer) => {
        this.#answer(answer);
      },
      (error: unknown) => {
        this.#isAnswered = true;
        if (!this.destroyed) this.emit('error', error);
      },
    );
  }

  #answer({ status, headers, rawHeaders, body }: Answer): void {
    this.#isAnswered = true;
    if (this.destroyed) return;
    const response = Object.assign(new PassThrough(), {
      statusCode: status,
      statusMessage: '',
      headers,
      rawHeaders,
      req: this,
      complete: true,
      setTimeout: () => undefined,
    });
    this.emit('response', response);
    response.end(body);
  }
}

function request(...given: readonly unknown[]): OutgoingRequest {
  let url: URL | undefined;
  let options: RequestOptions = {};
  let answered: ((response: unknown) => void) | undefined;
  for (const one of given) {
    if (typeof one === 'function') answered = one as (response: unknown) => void;
    else if (typeof one === 'string' || one instanceof URL) url = new URL(one);
    else if (typeof one === 'object' && one !== null) options = one;
  }
  const { protocol = 'http:', hostname, host, port, path = '/' } = options;
  url ??= new URL(
    `${protocol ?? 'http:'}//${hostname ?? host ?? 'localhost'}:${port ?? 80}${path ?? '/'}`,
  );
  return new OutgoingRequest(url, options, answered);
}

function get(...given: readonly unknown[]): OutgoingRequest {
  const asked = request(...given);
  asked.end();
  return asked;
}

/** Puts this network under everything that is imported later. */
export function installNetwork(): void {
  Object.assign(globalThis, { fetch: fetched });
  Object.assign(http, { request, get });
  Object.assign(https, { request, get });
  const nothing = (): void => undefined;
  Object.assign(http.Server.prototype, {
    listen,
    closeAllConnections: nothing,
    closeIdleConnections: nothing,
  });
}
