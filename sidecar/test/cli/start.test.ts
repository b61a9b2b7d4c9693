import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freePort, serve } from '../support/scripted-server.ts';
import type { ScriptedServer } from '../support/scripted-server.ts';

let folder: string;
let org: ScriptedServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'woo-start-'));
  // Takes requests and never answers.
  org = await serve(() => undefined);
});
afterEach(async () => {
  await org.close();
  await rm(folder, { recursive: true, force: true });
});

it('fault 45: SIGTERM ends a start that waits for the org; until it answers, the service is not ready', async () => {
  const port = await freePort();
  const bin = join(import.meta.dirname, '../../bin/woo-salesforce.js');
  const service = spawn(process.execPath, [bin, 'start'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      SF_LOGIN_URL: org.url,
      SF_CLIENT_ID: 'id',
      SF_CLIENT_SECRET: 'secret',
      DATA_DIR: join(folder, 'state'),
      PORT: String(port),
    },
  });
  let log = '';
  service.stdout.setEncoding('utf8').on('data', (text: string) => (log += text));
  const ended = once(service, 'exit');
  // It listens before it asks the org.
  await expect.poll(() => org.received.length).toBe(1);
  const ready = (await (await fetch(`http://127.0.0.1:${port}/readyz`)).json()) as object;
  expect(ready).toMatchObject({
    status: 'degraded',
    org: { ok: false, reason: 'Salesforce has not answered yet since the start.' },
  });
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  expect(metrics).toContain('woo_salesforce_out{side="Salesforce"} 1');
  service.kill('SIGINT');
  // As whoever started it does too, when a Ctrl-C reaches all processes of a terminal.
  service.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  expect(log.match(/"msg":"stopping"/g)).toHaveLength(1);
  expect(log).toContain('"msg":"stopped"');
});
