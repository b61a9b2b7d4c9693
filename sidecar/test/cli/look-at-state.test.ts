import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { lookAtState, ofOrg } from '../../src/cli/look-at-state.ts';
import type { DurableState } from '../../src/state/state.ts';
import { openState } from '../../src/state/state.ts';
import { claimForOrg } from '../../src/state/state-owner.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'woo-salesforce-look-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a command that only looks at the state', () => {
  it('makes none where there is none', async () => {
    const path = join(folder, 'none');
    expect(await lookAtState({ kind: 'directory', path })).toBeNull();
    expect(existsSync(path)).toBe(false);
  });

  it('is told why, where the service has it', async () => {
    const location = { kind: 'directory', path: join(folder, 'held') } as const;
    const held = await openState(location);
    try {
      expect(await lookAtState(location)).toMatchObject({ code: 'STATE_LOCKED' });
    } finally {
      await held.close();
    }
  });

  it("is told where it is another org's, and has it closed then", async () => {
    const location = { kind: 'directory', path: join(folder, 'other') } as const;
    const made = await openState(location);
    await claimForOrg(made, '00DSB0000000001');
    await made.close();
    const own = await ofOrg(await lookAtState(location), '00DSB0000000001AAA');
    await (own as DurableState).close();
    expect(await ofOrg(await lookAtState(location), '00DPR0000000001AAA')).toMatchObject({
      code: 'STATE_OTHER_ORG',
    });
    const again = await ofOrg(await lookAtState(location), null);
    await (again as DurableState).close();
  });
});
