import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';

import { installPackages, mayInstall } from './debian.ts';

/** What the Apex check was compiled for. */
const LEAST = 21;

const PACKAGE = 'openjdk-21-jre-headless';

/** Where Java may be, the first that is new enough counts. */
function candidates(env: NodeJS.ProcessEnv): readonly string[] {
  const { JAVA_HOME } = env;
  return [
    ...(JAVA_HOME === undefined || JAVA_HOME === '' ? [] : [join(JAVA_HOME, 'bin', 'java')]),
    'java',
    ...globSync('/usr/lib/jvm/*/bin/java').sort(),
  ];
}

/** Major version of a Java; null for what is none. "1.8" counts as 1, which is too old as well. */
function javaVersion(command: string): number | null {
  const { stderr, status } = spawnSync(command, ['-version'], { encoding: 'utf8' });
  const major = status === 0 ? /version "(\d+)/.exec(stderr)?.[1] : undefined;
  return major === undefined ? null : Number(major);
}

/** The first Java that is here and new enough. */
export function installedJava(
  least: number,
  env: NodeJS.ProcessEnv = process.env,
): string | undefined {
  return candidates(env).find((command) => (javaVersion(command) ?? 0) >= least);
}

/**
 * A Java that is new enough. Where there is none, root on Debian gets one.
 * @throws Error with what to install
 */
export function findJava(env: NodeJS.ProcessEnv = process.env): string {
  const found = installedJava(LEAST, env) ?? install(env);
  if (found !== undefined) return found;
  throw new Error(
    `The Apex check needs Java ${LEAST} or later. Install it (Debian: apt-get install ${PACKAGE}), or set JAVA_HOME to where it is.`,
  );
}

function install(env: NodeJS.ProcessEnv): string | undefined {
  if (!mayInstall()) return undefined;
  installPackages([PACKAGE], `No Java ${LEAST} or later is here`);
  return installedJava(LEAST, env);
}
