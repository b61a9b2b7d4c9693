import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openState } from '../../src/state/state.ts';
import { claimForOrg } from '../../src/state/state-owner.ts';
import { startService } from '../../src/app/service.ts';
import { copyPrepared } from '../state/support/engines.ts';
import {
  type Answer,
  freePort,
  html,
  json,
  type ScriptedServer,
  serve,
} from '../support/scripted-server.ts';

let directory: string;
let org: ScriptedServer;

/** How the org answers. */
let answer: Answer = (_request, response) => {
  html(response, 503);
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'woo-service-'));
  await copyPrepared(join(directory, 'state'));
  org = await serve((request, response) => {
    answer(request, response);
  });
});

afterAll(async () => {
  await org.close();
  await rm(directory, { recursive: true, force: true });
});

it('asks the org nothing, and closes its state, when it is told to stop while that opens', async () => {
  const stop = new AbortController();
  const env = {
    SF_LOGIN_URL: org.url,
    SF_CLIENT_ID: 'client-id',
    SF_CLIENT_SECRET: 's3cret',
    DATA_DIR: join(directory, 'state'),
    PORT: `${await freePort()}`,
  };
  const log = pino({ level: 'silent' });
  const started = startService(env, log, stop.signal);
  stop.abort();
  await expect(started).rejects.toBe(stop.signal.reason);
  expect(org.received).toEqual([]);
  // The state is free again.
  await expect(startService(env, log, AbortSignal.abort())).rejects.toThrow('aborted');
});

const PAGE: Answer = (_request, response) => {
  html(response, 200);
};
const REFUSED: Answer = (_request, response) => {
  json(response, 400, { error: 'invalid_client', error_description: 'invalid client' });
};

/** Starts until the org was given up, or something was said of it. */
async function started(): Promise<{ readonly said: readonly string[]; readonly ended: unknown }> {
  const stop = new AbortController();
  const said: string[] = [];
  const env = {
    SF_LOGIN_URL: org.url,
    SF_CLIENT_ID: 'client-id',
    SF_CLIENT_SECRET: 's3cret',
    DATA_DIR: join(directory, 'state'),
    PORT: `${await freePort()}`,
  };
  const log = pino(
    { level: 'warn' },
    {
      write: (line: string) => {
        said.push(String((JSON.parse(line) as { code?: unknown }).code));
        if (said.includes('SF_UNEXPECTED_ANSWER') || said.includes('SF_SIGN_IN_REFUSED'))
          stop.abort();
      },
    },
  );
  const ended = await startService(env, log, stop.signal).catch((error: unknown) => error);
  return { said, ended: ended === stop.signal.reason ? 'told to stop' : ended };
}

it('waits for an org in whose place a page answers', async () => {
  answer = PAGE;
  expect(await started()).toMatchObject({ ended: 'told to stop', said: ['SF_UNEXPECTED_ANSWER'] });
});

it('ends with the cure where its first sign-in is refused, and waits where it has worked before', async () => {
  answer = REFUSED;
  expect(await started()).toMatchObject({ ended: { code: 'SF_SIGN_IN_REFUSED' }, said: [] });
  const state = await openState({ kind: 'directory', path: join(directory, 'state') });
  await claimForOrg(state, '00D000000000001AAA');
  await state.close();
  expect(await started()).toMatchObject({ ended: 'told to stop', said: ['SF_SIGN_IN_REFUSED'] });
});
