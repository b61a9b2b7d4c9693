/**
 * Sends webhooks as a shop does, signed: as fast as they are taken over so many connections, or so many a second.
 * Prints how many were taken a second, and how long the slowest but one of a hundred took.
 */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import { given } from './given.ts';

/** What `bench/lib/programs/deliveries.ts` reads. */
export interface Delivered {
  readonly perSecond: number;
  /** Milliseconds from the moment at which it was due until its answer was there. */
  readonly p99: number;
}

const url = given('BENCH_URL');
const secret = given('BENCH_SECRET');
const count = Number(given('BENCH_COUNT'));
const perSecond = Number(given('BENCH_PER_SECOND'));
const connections = Number(given('BENCH_CONNECTIONS'));
const agent = new Agent({ keepAlive: true, maxSockets: connections });

const bodies = JSON.parse(readFileSync(given('BENCH_BODIES'), 'utf8')) as readonly string[];
const webhooks = bodies.map((text) => {
  const body = Buffer.from(text);
  return { body, signature: createHmac('sha256', secret).update(body).digest('base64') };
});

/** @throws Error for any answer but 200 */
function send(at: number): Promise<void> {
  const webhook = webhooks[at % webhooks.length];
  if (!webhook) throw new Error('There is no body to send.');
  const headers = {
    'content-type': 'application/json',
    'content-length': webhook.body.length,
    'x-wc-webhook-topic': 'order.updated',
    'x-wc-webhook-signature': webhook.signature,
  };
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`A webhook was answered with ${response.statusCode}.`));
      });
    })
      .once('error', reject)
      .end(webhook.body);
  });
}

const times: number[] = [];

async function timed(at: number, due: number): Promise<void> {
  await send(at);
  times.push(performance.now() - due);
}

/** Each connection sends its next webhook when the last one is answered. */
async function asFastAsTaken(): Promise<void> {
  let next = 0;
  const connection = async (): Promise<void> => {
    while (next < count) await timed(next++, performance.now());
  };
  await Promise.all(Array.from({ length: connections }, connection));
}

/** Whether the ones before are answered or not. */
async function atPace(begun: number): Promise<void> {
  const sent: Promise<void>[] = [];
  for (let at = 0; at < count; at++) {
    const due = begun + (at * 1000) / perSecond;
    await delay(Math.max(0, due - performance.now()));
    sent.push(timed(at, due));
  }
  await Promise.all(sent);
}

const begun = performance.now();
await (perSecond === 0 ? asFastAsTaken() : atPace(begun));
const seconds = (performance.now() - begun) / 1000;
times.sort((a, b) => a - b);
const delivered: Delivered = {
  perSecond: count / seconds,
  p99: times[Math.ceil(times.length * 0.99) - 1] ?? 0,
};
console.log(JSON.stringify(delivered));
agent.destroy();
