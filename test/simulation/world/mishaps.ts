import type { Answer, Mishap, Request, Watch } from '../preload/network.ts';
import { isAlive, processId } from '../preload/processes.ts';
import type { Deed, RequestFault } from '../plan.ts';
import { PORTS, type StoreKey } from './places.ts';
import type { StateWatch } from './state-place.ts';

type Crash = Extract<Deed, { readonly kind: 'crash' }>;
type Fault = RequestFault & Pick<Extract<Deed, { readonly kind: 'fault' }>, 'meetsWrites'>;
type From = 'org' | StoreKey;

interface Left<T> {
  readonly what: T;
  times: number;
}

const SIGN_IN = '/services/oauth2/token';

/** What the gateway of the org is asked for by the service. */
const GATEWAY = '/services/apexrest/';
/** Several reads of a shop in a call of the gateway. */
const GATEWAY_READS = /\/reads$/;

/** A call of several requests, which is as often made of queries alone. */
const COMPOSITE = /\/composite$/;

/** Whether a request of the service changes something on the other side. */
export function isWrite({ method, url, body }: Pick<Request, 'method' | 'url' | 'body'>): boolean {
  if (method === 'GET' || url.pathname === SIGN_IN) return false;
  if (url.pathname.startsWith(GATEWAY)) return !GATEWAY_READS.test(url.pathname);
  if (!COMPOSITE.test(url.pathname)) return true;
  const { compositeRequest } = JSON.parse(body.toString('utf8')) as {
    readonly compositeRequest: readonly { readonly method: string }[];
  };
  return compositeRequest.some((one) => one.method !== 'GET');
}

/** Whether the gateway of the org asks a shop for the service. */
export function isCallout({ headers }: Pick<Request, 'headers'>): boolean {
  return headers['user-agent']?.startsWith('SFDC-Callout') === true;
}

/** Whether the service asks the gateway of the org for something of a shop. */
export function isForGateway({ url }: Pick<Request, 'url'>): boolean {
  return url.pathname.startsWith(GATEWAY);
}

/** What is still to happen to requests and to the state; each request meets one at most. */
export class Mishaps implements Watch, StateWatch {
  readonly #requests = new Map<From, Left<Fault>[]>();
  readonly #messages = new Map<From, Left<'lost' | 'twice'>[]>();
  readonly #onCrash: (downMs: number) => void;
  readonly #seen: (request: Request, answer: Answer) => void;
  /** With the process whose write was answered, whose next call it is to meet. */
  #crash: (Crash & { left: number; wroteBy: number | null }) | null = null;
  #due: Crash | null = null;
  /** Of requests and messages that met something. */
  met = 0;

  constructor(onCrash: (downMs: number) => void, seen: (request: Request, answer: Answer) => void) {
    this.#onCrash = onCrash;
    this.#seen = seen;
  }

  addFault(to: From, times: number, what: Fault): void {
    this.#requests.set(to, [...(this.#requests.get(to) ?? []), { what, times }]);
  }

  addMessages(from: From, times: number, what: 'lost' | 'twice'): void {
    this.#messages.set(from, [...(this.#messages.get(from) ?? []), { what, times }]);
  }

  arm(crash: Crash): void {
    this.#crash = { ...crash, left: crash.nth, wroteBy: null };
  }

  clear(): void {
    this.#requests.clear();
    this.#messages.clear();
    this.#crash = null;
  }

  mishap(request: Request): Mishap | null {
    if (request.process === null && !isCallout(request)) return this.#ofMessage(request);
    if (!isAlive(request.process)) return null;
    const crash = request.process === null ? null : this.#crashAt(request);
    if (crash) return crash;
    const faults = this.#requests.get(placeOf(request));
    const left = take(faults?.filter(({ what }) => !what.meetsWrites || isWrite(request)));
    if (left === null) return null;
    this.met += 1;
    return mishapOf(left, placeOf(request));
  }

  answered(request: Request, answer: Answer): void {
    this.#seen(request, answer);
    if (request.process !== null && isWrite(request) && this.#crash?.when === 'after_write')
      this.#crash.wroteBy = request.process;
  }

  crash(): void {
    const downMs = this.#due?.downMs ?? 0;
    this.#due = null;
    this.met += 1;
    this.#onCrash(downMs);
  }

  called(_name: string, when: 'before' | 'after'): boolean {
    const crash = this.#crash;
    if (crash?.where !== 'state' || crash.when === 'before_write') return true;
    const isDue =
      crash.when === 'after_write'
        ? crash.wroteBy !== null && crash.wroteBy === processId()
        : crash.when === when && (crash.left -= 1) === 0;
    if (!isDue) return true;
    this.#take();
    this.crash();
    return false;
  }

  #crashAt(request: Request): Mishap | null {
    const crash = this.#crash;
    // That a write comes next is seen by its request alone.
    if (crash === null || (crash.where !== 'request' && crash.when !== 'before_write')) return null;
    const meetsWrite = crash.when === 'before_write' || crash.when === 'after_write';
    const isDue = meetsWrite ? isWrite(request) : (crash.left -= 1) === 0;
    if (!isDue) return null;
    this.#take();
    return { kind: crash.when.startsWith('before') ? 'crash_before' : 'crash_after' };
  }

  #take(): void {
    this.#due = this.#crash;
    this.#crash = null;
  }

  #ofMessage(request: Request): Mishap | null {
    if (Number(request.url.port) !== PORTS.service) return null;
    const left = take(this.#messages.get(senderOf(request)));
    if (left === null) return null;
    this.met += 1;
    return { kind: left };
  }
}

function take<T>(list: Left<T>[] | undefined): T | null {
  const left = list?.find(({ times }) => times > 0);
  if (!left) return null;
  left.times -= 1;
  return left.what;
}

export function placeOf({ url }: Request): From {
  const port = Number(url.port);
  return port === PORTS.org ? 'org' : port === PORTS.outlet ? 'outlet' : 'main';
}

function senderOf({ url }: Request): From {
  if (!url.pathname.startsWith('/woo/webhooks/')) return 'org';
  return url.pathname.endsWith('/outlet') ? 'outlet' : 'main';
}

function mishapOf(fault: RequestFault, place: From): Mishap {
  if (fault.what === 'lost' || fault.what === 'cut') return { kind: fault.what };
  if (fault.what === 'slow') return { kind: 'slow', milliseconds: fault.milliseconds };
  if (fault.what === 'html')
    return answered(200, 'text/html', '<html><body>Be right back</body></html>');
  const said = 'It is too much just now.';
  const body =
    place === 'org'
      ? [{ errorCode: 'SERVER_UNAVAILABLE', message: said }]
      : { code: 'internal_error', message: said, data: { status: fault.status } };
  return answered(fault.status, 'application/json', JSON.stringify(body));
}

function answered(status: number, type: string, text: string): Mishap {
  return {
    kind: 'answered',
    answer: {
      status,
      headers: { 'content-type': type },
      rawHeaders: ['Content-Type', type],
      body: Buffer.from(text),
    },
  };
}
