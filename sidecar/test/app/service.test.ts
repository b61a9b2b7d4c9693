import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startService } from '../../src/app/service.ts';
import { copyPrepared } from '../state/support/engines.ts';
import { freePort, html, type ScriptedServer, serve } from '../support/scripted-server.ts';

let directory: string;
let org: ScriptedServer;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'woo-service-'));
  await copyPrepared(join(directory, 'state'));
  org = await serve((_request, response) => {
    html(response, 503);
  });
});

afterAll(async () => {
  await org.close();
  await rm(directory, { recursive: true, force: true });
});

it('asks the org nothing, and closes its state, when it is told to stop while that opens', async () => {
  const stop = new AbortController();
  const env = {
    ...{ SF_LOGIN_URL: org.url, SF_CLIENT_ID: 'client-id', SF_CLIENT_SECRET: 's3cret' },
    ...{ DATA_DIR: join(directory, 'state'), PORT: `${await freePort()}` },
  };
  const log = pino({ level: 'silent' });
  const started = startService(env, log, stop.signal);
  stop.abort();
  await expect(started).rejects.toBe(stop.signal.reason);
  expect(org.received).toEqual([]);
  // The state is free again.
  await expect(startService(env, log, AbortSignal.abort())).rejects.toThrow('aborted');
});
