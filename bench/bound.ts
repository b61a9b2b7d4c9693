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

async function page({ path }: Replay): Promise<void> {
  await textOf(await fetch(signedUrl(storeUrl + path, consumerKey, consumerSecret)));
}

async function call({ method, path, at, size }: Replay): Promise<void> {
  const body = Buffer.allocUnsafe(size);
  readSync(payloads, body, 0, size, at);
  const headers = { authorization, 'content-type': 'application/json' };
  await textOf(await fetch(orgUrl + path, { method, headers, ...(size === 0 ? {} : { body }) }));
}

const underWay = { store: Promise.resolve(), org: Promise.resolve() };
for (const step of steps) {
  await underWay[step.side];
  underWay[step.side] = step.side === 'store' ? page(step) : call(step);
}
await Promise.all([underWay.store, underWay.org]);
