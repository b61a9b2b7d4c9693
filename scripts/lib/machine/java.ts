import { installedJava } from '../../../local/org/metadata/apex-ls/java.ts';
import { LEAST_JAVA } from '../../../local/org/metadata/apex-ls/run.ts';
import { installPackages, mayInstall } from './debian.ts';

const PACKAGE = 'openjdk-21-jre-headless';

/**
 * A Java that is new enough for the Apex check. Where there is none, root on Debian gets one.
 * @throws Error with what to install
 */
export async function findJava(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const found = (await installedJava(LEAST_JAVA, env)) ?? (await install(env));
  if (found !== undefined) return found;
  throw new Error(
    `The Apex check needs Java ${LEAST_JAVA} or later. Install it (Debian: apt-get install ${PACKAGE}), or set JAVA_HOME to where it is.`,
  );
}

async function install(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  if (!mayInstall()) return undefined;
  installPackages([PACKAGE], `No Java ${LEAST_JAVA} or later is here`);
  return installedJava(LEAST_JAVA, env);
}
