import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runErase } from '../../src/cli/erase.ts';
import { runProgram } from '../../src/cli/program.ts';
import { openState } from '../../src/state/state.ts';

const ADA = 'main:guest:ada@example.com';
const OTHERS = ['main:guest:bob@example.com', 'outlet:guest:ada@example.com', 'main:7'];

let folder: string;
let env: NodeJS.ProcessEnv;
let path: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'woo-salesforce-erase-'));
  path = join(folder, 'state');
  env = {
    SF_LOGIN_URL: 'https://org.example.com',
    SF_CLIENT_ID: 'id',
    SF_CLIENT_SECRET: 'secret',
    DATA_DIR: path,
  };
  const state = await openState({ kind: 'directory', path });
  for (const [at, key] of [ADA, ...OTHERS].entries()) {
    for (const object of ['Account', 'Contact'])
      await state.database.query(
        `insert into woosync.link (object, key, record_id) values ($1, $2, $3)`,
        [object, key, `${object}${at}`],
      );
    const order = {
      key: `main:10${at}`,
      customer: key,
      status: 'completed',
      counts: true,
      currency: 'USD',
      total: '9.90',
      refunded: '0',
      refunds: [],
      placedAt: null,
    };
    await state.totals.note([order], [], 1);
  }
  await state.close();
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function said(
  email: string,
  flags: Parameters<typeof runErase>[2] = {},
  store = 'main',
): Promise<string> {
  const out = new PassThrough();
  await runErase(env, { store, email }, flags, out);
  return String(out.read());
}

async function keys(): Promise<readonly unknown[]> {
  const state = await openState({ kind: 'directory', path });
  try {
    const rows = await state.database.query(
      'select key from woosync.link union select customer from woosync.customer_order order by key',
    );
    return rows.map(({ key }) => key);
  } finally {
    await state.close();
  }
}

describe('erase', () => {
  it('takes the key of a guest out of the state, and names the records in Salesforce', async () => {
    const text = await said(' Ada@Example.com');
    expect(text).toContain(
      `Erased from the state: the key ${ADA} (rows: link 2, customer_order 1).`,
    );
    expect(text).toContain('  Account Account0\n  Contact Contact0\n');
    expect(await keys()).toEqual(OTHERS.toSorted());
    expect(await said('ada@example.com')).toContain(`The state keeps nothing of ${ADA}.\n`);
  });

  it('leaves everything with --dry-run', async () => {
    expect(JSON.parse(await said('ada@example.com', { dryRun: true, json: true }))).toEqual({
      key: ADA,
      records: [
        { object: 'Account', recordId: 'Account0' },
        { object: 'Contact', recordId: 'Contact0' },
      ],
      tables: { link: 2, customer_order: 1 },
      otherStores: ['outlet'],
      erased: false,
    });
    expect(await keys()).toEqual([ADA, ...OTHERS].toSorted());
  });

  it('names the stores that have the address where the one that was typed has not', async () => {
    expect(await said('ada@example.com', {}, 'mian')).toContain(
      'It has the address of other stores too: main, outlet.\n',
    );
  });

  it('says why, where the service has the state', async () => {
    const held = await openState({ kind: 'directory', path });
    try {
      await expect(said('ada@example.com')).rejects.toMatchObject({
        code: 'STATE_LOCKED',
        cure: expect.stringContaining('Stop the service, give this command again') as unknown,
      });
    } finally {
      await held.close();
    }
  });

  it('takes nothing that is no address', async () => {
    const [out, err] = [new PassThrough(), new PassThrough()];
    expect(await runProgram(['erase', 'main', 'ada'], env, out, err)).toBe(2);
    expect(String(err.read())).toContain('is no e-mail address');
  });
});
