import { type ApexContext, ApexException, textOfBlob } from '../apex-rest.ts';
import { listOf } from './body-parts.ts';
import { parseBody } from './body.ts';
import type { GatewayLimits } from './limits.ts';
import { isAllowed } from './paths.ts';
import { encodeQuery, parseQuery } from './query.ts';
import { badBody, refusedPath } from './refusal.ts';
import type { ShopCall } from './shop-call.ts';
import { MAX_SECONDS, sendTo, tooLarge } from './store.ts';

const MAX_READS = 10;
const READ_SECONDS = 60;

/** As WooGatewayReads.parse. */
export function parseReads(body: string): readonly ShopCall[] {
  const reads = listOf((parseBody(body) as { reads?: unknown } | null)?.reads);
  if (reads.length === 0 || reads.length > MAX_READS) {
    throw badBody(`A call takes from one to ${MAX_READS} reads; this one has ${reads.length}.`);
  }
  return reads.map((item) => {
    if (typeof item === 'string') return readOf(item);
    throw badBody('A read is a text: a path of the shop, and its query.');
  });
}

function readOf(text: string): ShopCall {
  const [path = '', ...rest] = text.split('?');
  if (!isAllowed('GET', path)) {
    throw refusedPath('GET of this path is not on the list of the gateway.');
  }
  const params = rest.length === 0 ? new Map<string, string>() : parseQuery(rest.join('?'));
  return { method: 'GET', path, query: encodeQuery(path, params), body: null };
}

/** As WooGatewayReads.run. */
export async function runReads(
  context: ApexContext,
  credential: string,
  reads: readonly ShopCall[],
  limits: GatewayLimits,
): Promise<unknown> {
  const started = context.now();
  const answers = [];
  let bytes = 0;
  for (const read of reads) {
    const seconds = Math.floor((context.now() - started) / 1000);
    if (bytes > limits.reads || seconds > READ_SECONDS) break;
    const left = MAX_SECONDS - seconds;
    const { headers, body } = await sendTo(context, credential, read, left, limits);
    if (body.length > limits.reads) throw tooLarge();
    bytes += body.length;
    answers.push({ headers, body: textOf(body) });
  }
  return { answers, left: reads.length - answers.length };
}

function textOf(body: Buffer): string {
  try {
    return textOfBlob(body);
  } catch (error) {
    if (!(error instanceof ApexException)) throw error;
    // Alone it passes as it is.
    throw tooLarge();
  }
}
