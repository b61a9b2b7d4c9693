import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where Java may be, the first that is new enough counts. */
function candidates(env: NodeJS.ProcessEnv): readonly string[] {
  const { JAVA_HOME } = env;
  return [
    ...(JAVA_HOME === undefined || JAVA_HOME === '' ? [] : [join(JAVA_HOME, 'bin', 'java')]),
    'java',
    ...globSync('/usr/lib/jvm/*/bin/java').sort(),
  ];
}

/** Major version of a Java; 0 for what is none. "1.8" counts as 1, which is too old as well. */
async function javaVersion(command: string): Promise<number> {
  try {
    const { stderr } = await run(command, ['-version']);
    return Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** The first Java that is here and new enough. */
export async function installedJava(
  least: number,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  for (const command of candidates(env)) {
    if ((await javaVersion(command)) >= least) return command;
  }
  return undefined;
}
