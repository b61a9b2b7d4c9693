/**
 * The least that a load can take: the requests of a recorded run of the sidecar, sent again with the bodies as
 * they were and the answers read and thrown away. The order of the recording is the sidecar's own concurrency:
 * one page of the store is fetched ahead, and one call to the org is under way.
 */
import { openSync, readFileSync, readSync } from 'node:fs';

import { given } from './lib/given.ts';
import type { Replay } from './lib/recording.ts';
import { signIn, textOf } from './lib/sign-in.ts';
import { signedUrl } from './lib/signed-url.ts';

const orgUrl = given('SF_LOGIN_URL');
const storeUrl = given('BENCH_STORE_URL');
const consumerKey = given('WOO_MAIN_KEY');
const consumerSecret = given('WOO_MAIN_SECRET');
const payloads = openSync(given('BENCH_PAYLOADS'), 'r');
const steps = JSON.parse(readFileSync(given('BENCH_STEPS'), 'utf8')) as readonly Replay[];
const authorization = await signIn();

async function toStore(step: Replay): Promise<void> {
  const url = signedUrl(step.method, storeUrl + step.path, consumerKey, consumerSecret);
  await textOf(await fetch(url, sent(step, {})));
}

async function toOrg(step: Replay): Promise<void> {
  await textOf(await fetch(orgUrl + step.path, sent(step, { authorization })));
}

function sent({ method, at, size }: Replay, headers: Record<string, string>): RequestInit {
  if (size === 0) return { method, headers };
  const body = Buffer.allocUnsafe(size);
  readSync(payloads, body, 0, size, at);
  return { method, headers: { ...headers, 'content-type': 'application/json' }, body };
}

const underWay = { store: Promise.resolve(), org: Promise.resolve() };
for (const step of steps) {
  await underWay[step.side];
  underWay[step.side] = step.side === 'store' ? toStore(step) : toOrg(step);
}
await Promise.all([underWay.store, underWay.org]);
