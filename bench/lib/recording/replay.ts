import { openSync, readFileSync, readSync } from 'node:fs';

import { given } from '../programs/given.ts';
import type { Replay, Side } from './recording.ts';
import { signIn } from '../programs/sign-in.ts';
import { signedUrl } from '../programs/signed-url.ts';

const orgUrl = given('SF_LOGIN_URL');
const storeUrl = given('BENCH_STORE_URL');
const consumerKey = given('WOO_MAIN_KEY');
const consumerSecret = given('WOO_MAIN_SECRET');
const payloads = openSync(given('BENCH_PAYLOADS'), 'r');
const steps = JSON.parse(readFileSync(given('BENCH_STEPS'), 'utf8')) as readonly Replay[];

/** The body as it was recorded. */
export function payloadOf({ at, size }: Replay): Buffer<ArrayBuffer> {
  const body = Buffer.allocUnsafe(size);
  readSync(payloads, body, 0, size, at);
  return body;
}

/** Sends a step again, signed anew. @param body null for none */
type Send = (step: Replay, body: Buffer<ArrayBuffer> | null) => Promise<Response>;

/**
 * Sends the recorded steps again. The order of the recording is the sidecar's own concurrency: one page of the store
 * is fetched ahead, and one call to the org is under way.
 * @param handle sends a step and takes its answer
 */
export async function replay(handle: (step: Replay, send: Send) => Promise<void>): Promise<void> {
  const authorization = await signIn();
  const send: Send = ({ side, method, path }, body) => {
    const isStore = side === 'store';
    const url = isStore
      ? signedUrl(method, storeUrl + path, consumerKey, consumerSecret)
      : orgUrl + path;
    const headers = {
      ...(isStore ? {} : { authorization }),
      ...(body === null ? {} : { 'content-type': 'application/json' }),
    };
    return fetch(url, { method, headers, ...(body === null ? {} : { body }) });
  };
  const underWay: Record<Side, Promise<void>> = {
    store: Promise.resolve(),
    org: Promise.resolve(),
  };
  for (const step of steps) {
    await underWay[step.side];
    underWay[step.side] = handle(step, send);
  }
  await Promise.all([underWay.store, underWay.org]);
}
