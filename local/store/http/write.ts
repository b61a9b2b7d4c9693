import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { CallFault } from '../faults/faults.ts';
import { headersOf } from '../core/hosting.ts';
import type { Hosting } from '../core/hosting.ts';
import type { ShopClock } from '../core/clock.ts';
import type { RawAnswer } from '../faults/pages.ts';
import { RECORDED_ORIGIN } from '../core/recordings.ts';
import { wireText } from '../rest/response/reply.ts';
import type { Reply } from '../rest/response/reply.ts';

/** An answer as it goes out. `origin` is what its links begin with. */
export function wireAnswer(
  reply: Reply,
  origin: string,
  headers: Record<string, string>,
): RawAnswer {
  const plain = origin.replace(/^https:/, 'http:');
  const { location, link } = reply.headers;
  return {
    status: reply.status,
    headers: {
      'content-type': 'application/json; charset=UTF-8',
      ...headers,
      ...reply.headers,
      ...(location === undefined ? {} : { location: location.replace(RECORDED_ORIGIN, origin) }),
      ...(link === undefined ? {} : { link: link.replace(RECORDED_ORIGIN, origin) }),
    },
    text: wireText(reply.body, { secure: origin, plain }),
  };
}

/** By the shop's clock, with the names of headers as it is hosted. */
export function write(
  response: ServerResponse,
  answer: RawAnswer,
  { clock, hosting }: { readonly clock: ShopClock; readonly hosting: Hosting },
): void {
  const { status, headers, text } = answer;
  response.writeHead(
    status,
    headersOf(hosting, {
      date: new Date(clock.now() * 1000).toUTCString(),
      ...headers,
      'content-length': Buffer.byteLength(text),
    }),
  );
  response.end(text);
}

/** What becomes of the answer of a request that was carried out. */
export async function spoiled(answer: RawAnswer, fault: CallFault): Promise<RawAnswer | 'cut'> {
  if (fault.kind === 'slow_answer') {
    await wait(fault.milliseconds, undefined, { ref: false });
  }
  if (fault.kind === 'broken') {
    return { ...answer, text: answer.text.slice(0, answer.text.length / 2) };
  }
  return fault.kind === 'cut_answer' ? 'cut' : answer;
}
