import { access, chmod, constants, mkdir, open, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CodedError } from '../../errors/coded-error.ts';

/** What may lie in the directory of the state; `lost+found` is of the disk that is mounted there. */
const OWN = new Set(['lock', 'pglite', 'pglite.new', 'lost+found']);

/**
 * Makes the directory of the state and the file of its lock for this user alone, or takes the rights of others
 * away. A directory that holds other things too (such as a home directory) keeps its rights, and so does one of
 * another user (a mounted volume): only this user gets into `pglite` anyway, unless others may replace it.
 * @returns the file of the lock
 * @throws CodedError `STATE_NOT_PRIVATE` where every user may replace what is in it
 * @throws Error of the file system
 */
export async function preparePrivateDirectory(path: string): Promise<string> {
  await makeDirectory(path);
  if (await grants(path, 0o077)) await takeRightsAway(path);
  if (await grants(path, 0o002)) {
    // On a disk that is mounted read-only nobody can take rights away, or keep anything.
    await access(path, constants.W_OK);
    throw notPrivate(path);
  }
  const lock = join(path, 'lock');
  await makeLock(lock);
  return lock;
}

async function takeRightsAway(path: string): Promise<void> {
  const isOwn = (await readdir(path)).every((name) => OWN.has(name));
  // Of another user it is not allowed, and some disks know no rights.
  if (isOwn) await chmod(path, 0o700).catch(() => undefined);
}

/** Windows has other rights, which Node does not show. */
async function grants(path: string, rights: number): Promise<boolean> {
  return process.platform !== 'win32' && ((await stat(path)).mode & rights) !== 0;
}

/** An existing file is not opened: when a process closes a file, it loses the locks that it has on it. */
async function makeLock(lock: string): Promise<void> {
  try {
    await (await open(lock, 'wx', 0o600)).close();
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    if (await grants(lock, 0o077)) await chmod(lock, 0o600);
  }
}

/** One level after the other: Node's own recursion never ends below `/proc`. */
async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || (await exists(dirname(path)))) throw error;
    await makeDirectory(dirname(path));
    await mkdir(path, { mode: 0o700 });
  }
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error ? String(error.code) : null;
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function notPrivate(path: string): CodedError {
  return new CodedError(
    'STATE_NOT_PRIVATE',
    `Every user of this machine may write in ${path}, and so replace the state, which holds customers' data.`,
    `Put a directory that only this user may write in DATA_DIR, or take the rights of others away: chmod 0700 ${path} as its owner.`,
  );
}
