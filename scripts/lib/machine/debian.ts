import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Whether this process may install Debian packages: root on Debian, as in CI and in containers. */
export function mayInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version');
}

/** How long another process may hold a lock of apt-get's, and how often it is asked for, in ms. */
const LOCK_WAIT = 600_000;
const LOCK_POLL = 1000;

/** What apt-get ends with while another process holds its lock. */
const LOCKED = /^E: (Could not get lock|Unable to (acquire|lock))/m;

/** Runs apt-get, again while another process has its lock: by itself, apt-get waits for that of dpkg alone. */
function aptGet(args: readonly string[]): void {
  const options = ['-q', '-o', `DPkg::Lock::Timeout=${LOCK_WAIT / 1000}`];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  const pause = new Int32Array(new SharedArrayBuffer(4));
  const end = Date.now() + LOCK_WAIT;
  for (;;) {
    const { status, stderr } = spawnSync('apt-get', [...options, ...args], {
      encoding: 'utf8',
      env,
    });
    if (status === 0) return;
    if (!LOCKED.test(stderr) || Date.now() > end) {
      console.error(`apt-get ${args[0] ?? ''} failed: ${stderr.slice(-500)}`);
      return;
    }
    Atomics.wait(pause, 0, 0, LOCK_POLL);
  }
}

/** Installs packages and says so; what went wrong is printed, and whoever needs the packages finds them missing. */
export function installPackages(packages: readonly string[], why: string): void {
  console.error(`${why}: installing ${packages.join(', ')} with apt-get.`);
  aptGet(['update']);
  aptGet(['install', '-y', '--no-install-recommends', ...packages]);
}
