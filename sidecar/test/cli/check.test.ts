import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

import { refusedState, runCheck } from '../../src/cli/check.ts';
import { lookAtState } from '../../src/cli/look-at-state.ts';
import { CodedError } from '../../src/errors/coded-error.ts';
import { Secret } from '../../src/lib/secret.ts';
import { freePort, serve } from '../support/scripted-server.ts';

it('finds a database where nothing listens, without the password of its address', async () => {
  const url = new Secret(`postgres://nobody:pa55word@127.0.0.1:${await freePort()}/x`);
  const findings = refusedState(await lookAtState({ kind: 'postgres', url }));
  expect(findings).toMatchObject([
    { severity: 'error', code: 'STATE_UNREACHABLE', place: 'the state' },
  ]);
  expect(JSON.stringify(findings)).not.toContain('pa55word');
});

it('finds nothing where there is no state yet, or where the service has it', () => {
  expect(refusedState(null)).toEqual([]);
  expect(refusedState(new CodedError('STATE_LOCKED', 'In use.', 'Stop it.'))).toEqual([]);
});

it('signs in once where the sign-in is refused, which counts towards the lockout of the user', async () => {
  const server = await serve((_, response) => {
    response.writeHead(400, { 'content-type': 'application/json' });
    response.end('{"error":"invalid_grant","error_description":"authentication failure"}');
  });
  const folder = mkdtempSync(join(tmpdir(), 'woo-check-'));
  const env = {
    SF_LOGIN_URL: server.url,
    SF_CLIENT_ID: 'id',
    SF_CLIENT_SECRET: 'wrong',
    DATA_DIR: join(folder, 'state'),
  };
  try {
    await expect(runCheck(env, {}, process.stdout)).rejects.toThrow('authentication failure');
    expect(server.received.map(({ path }) => path)).toEqual(['/services/oauth2/token']);
  } finally {
    await server.close();
    rmSync(folder, { recursive: true });
  }
});
