import { execFile, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { preparePrivateDirectory } from '../../../src/state/db/private-directory.ts';

/** Mounts an empty disk, read-only and with the rights of /tmp, for one command alone. */
const MOUNTED = [
  '--mount',
  '--map-root-user',
  'sh',
  '-c',
  'mount -t tmpfs -o ro,mode=1777 tmpfs "$1" && shift && exec "$@"',
];
const mayMount = spawnSync('unshare', [...MOUNTED, 'sh', tmpdir(), 'true']).status === 0;

let root: string;
let path: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'woo-private-'));
  path = join(root, 'state');
});
afterEach(() => rm(root, { recursive: true, force: true }));

const modeOf = async (name: string): Promise<number> => (await stat(name)).mode & 0o777;

async function directory(mode: number, ...names: readonly string[]): Promise<void> {
  await mkdir(path);
  for (const name of names) await writeFile(join(path, name), '', { mode: 0o644 });
  await chmod(path, mode);
}

describe('the directory of the state', () => {
  it('is made with what lies above it, for this user alone', async () => {
    path = join(root, 'a', 'b', 'state');
    expect(await preparePrivateDirectory(path)).toBe(join(path, 'lock'));
    expect(await modeOf(path)).toBe(0o700);
    expect(await modeOf(join(path, 'lock'))).toBe(0o600);
  });

  it.each([0o755, 0o775, 0o777])('with the rights %o is closed to others', async (mode) => {
    await directory(mode, 'lock', 'lost+found');
    await preparePrivateDirectory(path);
    expect(await modeOf(path)).toBe(0o700);
    expect(await modeOf(join(path, 'lock'))).toBe(0o600);
  });

  it('keeps its rights where it holds other things, as a home directory does', async () => {
    await directory(0o755, 'letter.txt');
    await preparePrivateDirectory(path);
    expect(await modeOf(path)).toBe(0o755);
    expect(await modeOf(join(path, 'lock'))).toBe(0o600);
  });

  it('is refused where every user may replace what is in it', async () => {
    await directory(0o1777, 'letter.txt');
    await expect(preparePrivateDirectory(path)).rejects.toMatchObject({
      code: 'STATE_NOT_PRIVATE',
      message: expect.stringContaining(path) as string,
      cure: expect.stringContaining(`chmod 0700 ${path}`) as string,
    });
    await expect(stat(join(path, 'lock'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.skipIf(!mayMount)('on a disk that is mounted read-only needs another directory', async () => {
    await directory(0o1777);
    const script = `
      const { openDirectory } = await import(process.argv[1]);
      await openDirectory(process.argv[2]).catch(({ code, message }) => console.log(code, message));`;
    const module = join(import.meta.dirname, '../../../src/state/db/pglite-directory.ts');
    const node = [process.execPath, '--input-type=module', '-e', script, '--', module, path];
    const { stdout } = await promisify(execFile)('unshare', [...MOUNTED, 'sh', path, ...node]);
    expect(stdout.trim()).toBe(
      `STATE_UNREACHABLE The directory ${path} for the state cannot be written (EROFS).`,
    );
  });

  it.skipIf(process.getuid?.() !== 0)('of another user stays usable, or is refused', async () => {
    const script = `
      const { preparePrivateDirectory } = await import(process.argv[1]);
      process.setgid(1000); process.setgroups([1000]); process.setuid(1000);
      console.log(await preparePrivateDirectory(process.argv[2]).catch(({ code }) => code));`;
    const asOther = async (): Promise<string> => {
      const module = join(import.meta.dirname, '../../../src/state/db/private-directory.ts');
      const args = ['--input-type=module', '-e', script, '--', module, path];
      return (await promisify(execFile)(process.execPath, args)).stdout.trim();
    };
    await chmod(root, 0o755);
    await directory(0o777);
    expect(await asOther()).toBe('STATE_NOT_PRIVATE');
    // As Kubernetes mounts a volume: of root, and open to the group.
    await promisify(execFile)('chgrp', ['1000', path]);
    await chmod(path, 0o2775);
    expect(await asOther()).toBe(join(path, 'lock'));
    expect(await modeOf(join(path, 'lock'))).toBe(0o600);
  });
});
