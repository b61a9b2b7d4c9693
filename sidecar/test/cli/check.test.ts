import { expect, it } from 'vitest';

import { refusedState } from '../../src/cli/check.ts';
import { lookAtState } from '../../src/cli/look-at-state.ts';
import { CodedError } from '../../src/errors/coded-error.ts';
import { Secret } from '../../src/lib/secret.ts';
import { freePort } from '../support/scripted-server.ts';

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
