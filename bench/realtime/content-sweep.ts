import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';

import { AdminSession } from '../../scripts/lib/install/admin-session.ts';
import { setContentPassword } from '../../scripts/lib/install/content-password.ts';
import { sidecarEnv, signIn } from '../../scripts/lib/install/deploy.ts';
import type { Setting } from '../lib/bench.ts';
import { newDatabase } from '../lib/programs/database.ts';
import type { Pair } from '../lib/programs/pair.ts';
import { publicUrl } from '../lib/programs/service.ts';
import { countAtMost, type Result } from '../lib/results/results.ts';
import type { Swept } from './posts.ts';

const POSTS = 10_000;
const FEW_POSTS = 500;
/** Posts that are made at the same time. */
const AT_ONCE = 20;
/** Edits lie apart, as in a shop: a sweep looks once more at what was edited shortly before the latest one. */
const APART_MS = 10 * 60_000;
const FIRST = Date.parse('2026-01-01T00:00:00Z');

/**
 * What ten edits of many posts take through the org, once all posts are in it: by the recipe `content` alone, for
 * orders and products are swept by a call of their own.
 */
export async function measureContentSweep(
  setting: Setting,
  pair: Pair,
): Promise<readonly Result[]> {
  const { org, store, servicePort } = pair;
  const { processes, postgresUrl, isShort } = setting;
  const posts = isShort ? FEW_POSTS : POSTS;
  await mapPosts(setting, pair);
  await makePosts(pair, posts);
  const { stdout } = await processes.measure(['bench/realtime/posts.ts'], {
    ...sidecarEnv(org, null, org.url, ''),
    DATABASE_URL: await newDatabase(postgresUrl, 'content_sweep'),
    PUBLIC_URL: publicUrl(servicePort),
    SIDECAR_SECRET: 'a secret of the benchmark, long enough',
    BENCH_SHOP: store.listensAt,
  });
  const { requests, calls } = JSON.parse(stdout) as Swept;
  const what = `10 of ${posts.toLocaleString('en-US')} posts edited, swept`;
  return [
    countAtMost(`${what}: requests for posts`, 2, requests),
    countAtMost(`${what}: API calls through the org`, 3, calls),
  ];
}

/** Deploys the recipe and puts the application password into the org, as an admin would. */
async function mapPosts({ folder, stopped }: Setting, { org, store }: Pair): Promise<void> {
  const sf = await signIn(org, org.url, mkdtempSync(join(folder, 'content-')));
  const options = { stopped };
  await sf.must(['project', 'deploy', 'start', '-d', 'config/recipes/content'], options);
  const names = ['Woo_Recipe_Content', 'Woo_Store_Content'].flatMap((name) => ['--name', name]);
  await sf.must(
    ['org', 'assign', 'permset', ...names, '--on-behalf-of', org.integrationUsername],
    options,
  );
  const session = await AdminSession.open(sf);
  const { applicationUser: user, applicationPassword: password } = store;
  await setContentPassword(session, 'Woo_Store_Content', { user, password });
}

async function makePosts({ store }: Pair, posts: number): Promise<void> {
  let next = 0;
  const some = async (): Promise<void> => {
    while (next < posts) {
      next += 1;
      const title = `Post ${next}`;
      const day = new Date(FIRST + next * APART_MS).toISOString().slice(0, 19);
      const { id } = (await store.control('POST', 'content', { type: 'post', title })) as {
        id: number;
      };
      await store.control('PATCH', `content/${id}?modified=${day}`, {});
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, some));
}
