/**
 * What no load can do without, beside what the bound does: the same libraries are loaded, every answer is parsed,
 * every record is made into text and hashed, and its link is kept. What goes into the records is known beforehand:
 * nothing is planned, matched, mapped or checked, and nothing can fail.
 */
import { hash } from 'node:crypto';
import { openSync, readFileSync, readSync } from 'node:fs';

import '@woocommerce/woocommerce-rest-api';
import 'jsforce/lib/connection.js';

import { Secret } from '../sidecar/src/secret.ts';
import type { SavedLink } from '../sidecar/src/state/links.ts';
import { openState } from '../sidecar/src/state/state.ts';
import { given } from './lib/given.ts';
import type { Replay } from './lib/recording.ts';
import { signIn, textOf } from './lib/sign-in.ts';
import { signedUrl } from './lib/signed-url.ts';

interface Subrequest {
  readonly body?: { readonly records?: readonly SentRecord[] };
}

interface SentRecord {
  readonly attributes: { readonly type: string };
  readonly Woo_Key__c?: string;
}

interface Answer {
  readonly compositeResponse: readonly { readonly body: unknown }[];
}

const orgUrl = given('SF_LOGIN_URL');
const storeUrl = given('BENCH_STORE_URL');
const consumerKey = given('WOO_MAIN_KEY');
const consumerSecret = given('WOO_MAIN_SECRET');
const payloads = openSync(given('BENCH_PAYLOADS'), 'r');
const steps = JSON.parse(readFileSync(given('BENCH_STEPS'), 'utf8')) as readonly Replay[];
const state = await openState({ kind: 'postgres', url: new Secret(given('DATABASE_URL')) });
const authorization = await signIn();

async function toStore({ method, path, at, size }: Replay): Promise<void> {
  const url = signedUrl(method, storeUrl + path, consumerKey, consumerSecret);
  const headers = { 'content-type': 'application/json' };
  const init = size === 0 ? { method } : { method, headers, body: payload(at, size) };
  JSON.parse(await textOf(await fetch(url, init)));
}

async function toOrg({ method, path, at, size }: Replay): Promise<void> {
  const headers = { authorization, 'content-type': 'application/json' };
  if (size === 0) {
    JSON.parse(await textOf(await fetch(orgUrl + path, { method, headers })));
    return;
  }
  const { body, links } = made(payload(at, size));
  const answer = JSON.parse(
    await textOf(await fetch(orgUrl + path, { method, headers, body })),
  ) as Answer;
  const ids = answer.compositeResponse.flatMap(({ body }) =>
    Array.isArray(body) ? (body as readonly { readonly id: string }[]).map(({ id }) => id) : [],
  );
  if (ids.length !== links.length) throw new Error(`${ids.length} ids of ${links.length} records`);
  await underWay.save;
  underWay.save = keep(links.map((link, at) => ({ ...link, recordId: ids[at] ?? '' })));
}

function payload(at: number, size: number): Buffer<ArrayBuffer> {
  const body = Buffer.allocUnsafe(size);
  readSync(payloads, body, 0, size, at);
  return body;
}

/** The body, put together of its records' texts, and what is to be remembered of them. */
function made(body: Buffer): { body: Buffer<ArrayBuffer>; links: Omit<SavedLink, 'recordId'>[] } {
  const { compositeRequest, ...rest } = JSON.parse(body.toString()) as {
    readonly compositeRequest: readonly Subrequest[];
  };
  const links: Omit<SavedLink, 'recordId'>[] = [];
  const parts = compositeRequest.map(({ body: sent, ...part }) => {
    if (sent === undefined) return JSON.stringify(part);
    const { records = [], ...options } = sent;
    const texts = records.map((record) => {
      const text = JSON.stringify(record);
      links.push(linkOf(record, hash('sha256', text, 'base64url').slice(0, 22)));
      return text;
    });
    const inner = `${JSON.stringify(options).slice(0, -1)},"records":[${texts.join(',')}]}`;
    return `${JSON.stringify(part).slice(0, -1)},"body":${inner}}`;
  });
  const whole = `${JSON.stringify(rest).slice(0, -1)},"compositeRequest":[${parts.join(',')}]}`;
  return { body: Buffer.from(whole), links };
}

function linkOf({ attributes, Woo_Key__c: key }: SentRecord, text: string) {
  const link = { object: attributes.type, key: key ?? '', hash: text, parentKey: null };
  return { ...link, byId: false, readAt: new Date(0) };
}

async function keep(links: readonly SavedLink[]): Promise<void> {
  await state.didWrite(
    links.filter(({ key }) => key !== ''),
    [],
  );
}

const underWay = { store: Promise.resolve(), org: Promise.resolve(), save: Promise.resolve() };
for (const step of steps) {
  await underWay[step.side];
  underWay[step.side] = step.side === 'store' ? toStore(step) : toOrg(step);
}
await Promise.all([underWay.store, underWay.org]);
await underWay.save;
await state.close();
