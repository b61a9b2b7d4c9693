import { afterEach, describe, expect, it, vi } from 'vitest';

import { loadFirst } from './first-load.ts';
import { isServed, lightningOf, newestOrder } from './in-org.ts';
import type { Outcome } from './sidecar.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** Runs with commands that end so, and a yes or no. @returns what was run */
async function ran(outcomes: Readonly<Record<string, Outcome>>, isWanted: boolean) {
  vi.spyOn(console, 'log').mockReturnValue();
  const commands: string[] = [];
  const sidecar = (...args: readonly string[]) => {
    commands.push(args.join(' '));
    return Promise.resolve(outcomes[args.join(' ')] ?? 'all well');
  };
  const loaded = await loadFirst(sidecar, () => Promise.resolve(isWanted)).catch((error: unknown) =>
    error instanceof Error ? error.message : error,
  );
  return { loaded, commands };
}

const ALL = ['check', 'backfill --dry-run', 'backfill'];

describe('the first load', () => {
  it('comes after the check, the dry run and a yes', async () => {
    expect(await ran({}, true)).toEqual({ loaded: true, commands: ALL });
  });

  it('is not begun after a no', async () => {
    expect(await ran({}, false)).toEqual({ loaded: false, commands: ALL.slice(0, 2) });
  });

  it('is not begun where the check finds errors', async () => {
    const { loaded, commands } = await ran({ check: 'some wrong' }, true);
    expect(commands).toEqual(['check']);
    expect(loaded).toContain('run npm run setup again');
  });

  it('goes on with records that are not taken', async () => {
    const some = { 'backfill --dry-run': 'some wrong', backfill: 'some wrong' } as const;
    expect(await ran(some, true)).toEqual({ loaded: true, commands: ALL });
    expect(console.log).toHaveBeenCalledWith(expect.stringContaining('Woo Sync Issue'));
  });

  it.each(['backfill --dry-run', 'backfill'])('stops where it cannot run: %s', async (command) => {
    const { loaded } = await ran({ [command]: 'could not run' }, true);
    expect(loaded).toContain('run npm run setup again');
  });
});

const orgWith = (...records: readonly object[]) => ({
  instanceUrl: 'https://acme--test.sandbox.my.salesforce.com',
  request: () =>
    Promise.resolve({
      status: 200,
      headers: new Headers(),
      body: { totalSize: records.length, records },
    }),
});

describe('a service that runs', () => {
  const NOW = new Date('2026-03-01T12:00:00Z');

  it.each([
    ['2026-03-01T11:46:00.000+0000', true],
    ['2026-03-01T11:44:00.000+0000', false],
    [null, false],
  ])('was seen at %s', async (seen, served) => {
    expect(await isServed(orgWith({ Store__c: 'main', Last_Seen__c: seen }), NOW)).toBe(served);
  });

  it('was never there', async () => {
    expect(await isServed(orgWith(), NOW)).toBe(false);
  });
});

describe('the newest order', () => {
  it('is shown by the pages of the org', async () => {
    expect(await newestOrder(orgWith({ Id: 'a00000000000001AAA' }))).toBe(
      'https://acme--test.sandbox.lightning.force.com/lightning/r/Woo_Order__c/a00000000000001AAA/view',
    );
    expect(lightningOf('http://127.0.0.1:8090')).toBe('http://127.0.0.1:8090');
  });

  it('may not be there', async () => {
    expect(await newestOrder(orgWith())).toBeNull();
  });
});
