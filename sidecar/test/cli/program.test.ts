import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';

async function run(args: readonly string[]) {
  const out = new PassThrough();
  const err = new PassThrough();
  const code = await runProgram(args, {}, out, err);
  const text = (stream: PassThrough) => String((stream.read() as Buffer | null) ?? '');
  return { code, out: text(out), err: text(err) };
}

describe('a command that is mistyped', () => {
  it.each([
    ['chek', 'check'],
    ['explan', 'explain'],
    ['strat', 'start'],
  ])('%s: is answered by the one that is meant', async (typed, meant) => {
    const { code, err } = await run([typed]);
    expect(code).toBe(2);
    expect(err).toContain(`unknown command '${typed}'`);
    expect(err).toContain(`Did you mean ${meant}?`);
    expect(err).not.toContain('too many arguments');
  });

  it('like none: the commands are listed', async () => {
    const { code, err } = await run(['frobnicate']);
    expect(code).toBe(2);
    expect(err).toContain("unknown command 'frobnicate'");
    expect(err).toContain('backfill');
  });
});

it('without a command the service starts; without its variables it says where setup has put them', async () => {
  const bin = join(import.meta.dirname, '../../bin/woo-salesforce.js');
  const service = spawn(process.execPath, [bin], { stdio: ['ignore', 'ignore', 'pipe'], env: {} });
  const said = textOf(service.stderr);
  expect(await once(service, 'exit')).toEqual([2, null]);
  expect(await said).toContain('CONFIG_INVALID');
  expect(await said).toContain('set -a; . ~/woo-salesforce/.env; set +a');
});

it('help is given without a command of its own', async () => {
  const { code, out } = await run(['--help']);
  expect(code).toBe(0);
  expect(out).toContain('Commands:');
});
