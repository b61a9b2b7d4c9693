import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Whether this process may install Debian packages: root on Debian, as in CI and in containers. */
export function mayInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version');
}

/** Installs packages and says so; what went wrong is printed, and whoever needs the packages finds them missing. */
export function installPackages(packages: readonly string[], why: string): void {
  console.error(`${why}: installing ${packages.join(', ')} with apt-get.`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    // Another process may be installing.
    const options = ['-q', '-o', 'DPkg::Lock::Timeout=600'];
    const { status, stderr } = spawnSync('apt-get', [...options, ...args], {
      encoding: 'utf8',
      env,
    });
    if (status !== 0) console.error(`apt-get ${args[0] ?? ''} failed: ${stderr.slice(-500)}`);
  }
}
