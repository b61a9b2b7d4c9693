import { beforeEach, expect, it } from 'vitest';
import {
  adoptHome,
  sourceProblem,
  WebhookSources,
} from '../../../src/engine/store/webhook-sources.ts';
import { UNLIMITED } from '../../../src/engine/budget/allowance.ts';
import { spendCall } from '../../../src/lib/call-purpose.ts';
import type { StoreSetup } from '../../../src/ports/setup.ts';
import { IdStore, MemoryState } from '../../support/memory-state.ts';

const STAGING = 'https://staging.shop.example/';

let now: Date;
let state: MemoryState;
let asked: number;
let spent: number;
let news: number;
let home: () => Promise<string>;
let setup: StoreSetup;
let sources: WebhookSources;
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

beforeEach(() => {
  now = new Date('2026-11-28T10:00:00Z');
  state = new MemoryState();
  [asked, news, spent] = [0, 0, 0];
  home = () => Promise.resolve('https://shop.example');
  const store = new IdStore({});
  store.home = () => {
    asked += 1;
    spendCall();
    return home();
  };
  setup = { store, label: 'Shop', mappings: [], held: [], version: '1' } as never;
  sources = open();
});

function open(): WebhookSources {
  const spend = () => void (spent += 1);
  return new WebhookSources(setup, {
    state,
    log: quiet,
    budgets: { allowance: () => ({ ...UNLIMITED, spend }) } as never,
    clock: { now: () => now, sleep: () => Promise.resolve() },
    onIssues: () => {
      news += 1;
    },
  });
}

/** What becomes of one event, and of those behind it. */
async function twice(source: string): Promise<readonly boolean[]> {
  const first = sources.isOther(source);
  await sources.idle();
  return [first, sources.isOther(source)];
}
const problem = () => sourceProblem(state, setup, now);

it('the shop itself is never asked, whatever scheme, www. and language its address has', async () => {
  for (const source of ['https://shop.example/', 'http://www.shop.example/de/'])
    expect(await twice(source)).toEqual([false, false]);
  expect([asked, await problem()]).toEqual([0, null]);
});

it('a staging copy is believed until the shop has said that its own address is another one, and is named once', async () => {
  expect(await twice(STAGING)).toEqual([false, true]);
  for (let more = 0; more < 20; more++) expect(sources.isOther(STAGING)).toBe(true);
  await sources.idle();
  expect([asked, news]).toEqual([1, 1]);
  const said = await problem();
  expect(said?.code).toBe('STORE_SOURCE_OTHER');
  expect(said?.message).toContain(`${STAGING} sends webhooks with the secret of the store Shop`);
  now = new Date('2026-11-29T10:00:01Z');
  expect(await problem()).toBeNull();
});

it('a shop that does not answer leaves its events hints, and is asked again after a while', async () => {
  home = () => Promise.reject(new Error('out'));
  expect(await twice(STAGING)).toEqual([false, false]);
  expect([asked, await problem()]).toEqual([1, null]);
  home = () => Promise.resolve('https://shop.example');
  now = new Date('2026-11-28T10:10:00Z');
  expect(await twice(STAGING)).toEqual([false, true]);
});

it('a shop that has moved is named with the command adopt as the cure, and its events are taken', async () => {
  home = () => Promise.resolve('https://new.example');
  expect(await twice('https://new.example/')).toEqual([false, false]);
  const said = await problem();
  expect(said?.code).toBe('STORE_SHOP_MOVED');
  expect(said?.cure).toMatch(/URL of its named credential.*command Adopt with Store = main/);
  expect(await adoptHome(state, setup)).toBe('https://new.example');
  expect(await problem()).toBeNull();
  sources = open();
  expect(await twice('https://new.example/')).toEqual([false, false]);
  expect([asked, await problem()]).toEqual([2, null]);
});

it('has nothing to adopt where the shop calls itself as its Woo Store does', async () => {
  home = () => Promise.resolve('https://www.shop.example/');
  expect(await adoptHome(state, setup)).toBeNull();
});

it('asks the shop once for all that comes meanwhile, which is a call of the day', async () => {
  const answer = Promise.withResolvers<string>();
  home = () => answer.promise;
  for (let events = 0; events < 5; events++) expect(sources.isOther(STAGING)).toBe(false);
  answer.resolve('https://shop.example');
  await sources.idle();
  expect([asked, spent, sources.isOther(STAGING)]).toEqual([1, 1, true]);
});

it('forgets addresses where there are too many of them', async () => {
  for (let copy = 0; copy <= 50; copy++) await twice(`https://copy-${copy}.example/`);
  expect([asked, sources.isOther('https://copy-0.example/')]).toEqual([51, false]);
  await sources.idle();
  expect([asked, sources.isOther('https://copy-0.example/')]).toEqual([52, true]);
});

it('says nothing any more of an address that the Woo Store has by now', async () => {
  home = () => Promise.resolve('https://new.example');
  await twice('https://new.example/');
  const store = { key: 'main', url: 'https://new.example' };
  expect(await sourceProblem(state, { label: 'Shop', store }, now)).toBeNull();
});
