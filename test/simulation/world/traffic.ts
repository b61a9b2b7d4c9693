import { currentTime } from '../preload/clock.ts';
import type { Answer, Request } from '../preload/network.ts';
import { isCallout, isForGateway, isWrite, placeOf } from './mishaps.ts';

/** When the service last read a record of a shop, and when it wrote to it afterwards. */
interface Touch {
  readonly record: string;
  readonly readAt: number;
  readonly wroteAt: number;
}

/** What the service asks of org and shops, as the network sees it. */
export class Traffic {
  readonly touches: Touch[] = [];
  /** Records of shops that the service has made, as `order main:7`. */
  readonly created = new Set<string>();
  readonly #readAt = new Map<string, number>();
  /** Objects of the org that were written since it was asked, with how often. */
  #written = new Map<string, number>();
  /** Requests that look at records of a shop by their ids. */
  #looks: string[] = [];

  answered(request: Request, answer: Answer): void {
    if (request.process === null && !isCallout(request)) return;
    if (placeOf(request) === 'org') this.#ofOrg(request);
    else this.#ofShop(request, answer);
  }

  /** What was written and looked at since it was asked last. */
  take(): { readonly written: ReadonlyMap<string, number>; readonly looks: readonly string[] } {
    const taken = { written: this.#written, looks: this.#looks };
    this.#written = new Map();
    this.#looks = [];
    return taken;
  }

  /** Whether a record was written by what had been read of it before a time, and not since. */
  wroteUnseen(record: string, at: number): boolean {
    return this.touches.some(
      (one) => one.record === record && one.readAt <= at && at <= one.wroteAt,
    );
  }

  #ofOrg(request: Request): void {
    if (isForGateway(request) || !isWrite(request)) return;
    const text = request.body.toString('utf8');
    const objects = new Set([...text.matchAll(/"type":\s*"(\w+)"/g)].map(([, name]) => name ?? ''));
    for (const name of objects) this.#written.set(name, (this.#written.get(name) ?? 0) + 1);
  }

  #ofShop(request: Request, answer: Answer): void {
    const [, list = ''] = /\/wc\/v3\/(\w+)/.exec(request.url.pathname) ?? [];
    const resource = { products: 'product', orders: 'order' }[list];
    if (request.url.searchParams.has('include')) this.#looks.push(lookOf(request));
    if (resource === undefined) return;
    const place = placeOf(request);
    const name = (id: unknown): string => `${resource} ${place}:${String(id)}`;
    if (!isWrite(request)) {
      for (const id of idsIn(answer.body)) this.#readAt.set(name(id), currentTime());
      return;
    }
    for (const id of idsMade(answer.body)) this.created.add(name(id));
    const [, single] = /\/(?:products|orders)\/(\d+)$/.exec(request.url.pathname) ?? [];
    const ids = single === undefined ? idsIn(request.body) : [Number(single)];
    for (const id of ids) {
      const record = name(id);
      const readAt = this.#readAt.get(record) ?? 0;
      this.touches.push({ record, readAt, wroteAt: currentTime() });
    }
  }
}

/** As a request asks for records by their ids. */
function lookOf({ url }: Request): string {
  return `${list(url)} ${url.searchParams.get('include') ?? ''}`;
}

const list = ({ pathname }: URL): string => pathname.slice(pathname.lastIndexOf('/') + 1);

/** Ids of the records in a list or a batch, or of a single record. */
function idsIn(body: Buffer): readonly number[] {
  const parsed = jsonOf(body);
  if (Array.isArray(parsed)) return idsOf(parsed);
  return idsOf((parsed as { readonly update?: unknown[] } | null)?.update ?? [parsed]);
}

/** Ids of the records that a batch has made. */
function idsMade(answer: Buffer): readonly number[] {
  return idsOf((jsonOf(answer) as { readonly create?: unknown[] } | null)?.create ?? []);
}

function idsOf(records: readonly unknown[]): readonly number[] {
  return records.flatMap((one) => {
    const id = (one as { readonly id?: unknown } | null)?.id;
    return typeof id === 'number' ? [id] : [];
  });
}

/** Null where it is none. */
function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
