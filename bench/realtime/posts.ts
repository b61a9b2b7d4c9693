/**
 * Ten of many posts are edited in the shop, once all are in the org. Prints what the sidecar asks and calls until the
 * org has the edits, as fast as the engine's clock can jump.
 */
import type { Mapping } from '../../sidecar/src/mapping/model/mapping.ts';
import { MINUTE, openJumping } from './jumping-engine.ts';
import { openReceiver } from './receiver.ts';

/** What `bench/realtime/content-sweep.ts` reads. */
export interface Swept {
  /** Requests for posts, as the store counts them. */
  readonly requests: number;
  /** API calls of the sweeps and of the work on what they found, as the sidecar counts them. */
  readonly calls: number;
}

const EDITED = 10;
/** What goes on all the time, whatever is mapped. */
const ALWAYS = new Set(['configuration', 'status', 'webhooks', 'sweep of Salesforce', 'other']);
/** By then a sweep of every quarter of an hour has been. */
const MOST_MINUTES = 60;

const { config, org, clock, ...jumping } = await openJumping(process.env, isContent);
const receiver = await openReceiver(config.publicAccess);
const shop = process.env['BENCH_SHOP'] ?? '';
const edited = "SELECT Id FROM Woo_Content__c WHERE Name LIKE 'Edited %'";

/** For orders and products a sweep makes a call of its own, which tells nothing of posts. */
function isContent({ resource }: Mapping): boolean {
  return resource === 'content';
}

interface Post {
  readonly id: number;
  readonly type: string;
  readonly status: string;
}

interface Summary {
  readonly byRoute: Readonly<Record<string, number>>;
}

async function control(method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${shop}/local/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
  return response.json();
}

function spent(): number {
  const purposes = [...org.callsFor].filter(([purpose]) => !ALWAYS.has(purpose));
  return purposes.reduce((sum, [, calls]) => sum + calls, 0);
}

async function asked(): Promise<number> {
  const { byRoute } = (await control('GET', 'requests')) as Summary;
  return Object.entries(byRoute)
    .filter(([path]) => path.includes('wp/v2/posts'))
    .reduce((sum, [, requests]) => sum + requests, 0);
}

async function inOrg(): Promise<number> {
  const [rows = []] = await org.queries([edited]);
  return rows.length;
}

const engine = jumping.engineFor(receiver.reach);
await engine.start();
do await clock.pass(MINUTE);
while (!(await jumping.isInStep()));
await clock.pass(20 * MINUTE);

const posts = (await control('GET', 'content')) as readonly Post[];
const chosen = posts
  .filter(({ type, status }) => type === 'post' && status === 'publish')
  .slice(0, EDITED);
const before = { calls: spent(), requests: await asked() };
// The engine's clock is ahead of the shop's by now.
const now = clock.now().toISOString().slice(0, 19);
for (const { id } of chosen)
  await control('PATCH', `content/${id}?modified=${now}`, { title: `Edited ${id}` });
for (let minute = 0; (await inOrg()) < chosen.length; minute += 1) {
  if (minute === MOST_MINUTES) throw new Error(`The org has ${await inOrg()} of ${EDITED} edits.`);
  await clock.pass(MINUTE);
}
const swept: Swept = {
  requests: (await asked()) - before.requests,
  calls: spent() - before.calls,
};
console.log(JSON.stringify(swept));
await engine.stop();
await jumping.close();
receiver.close();
