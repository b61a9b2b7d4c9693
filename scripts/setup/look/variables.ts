import { configProblems } from '../../../sidecar/src/config/load-config.ts';
import type { ServiceFolder } from '../service/folder.ts';
import type { Env } from '../service/env-file.ts';

/** What the set-up writes itself, in a form that is right. */
const WRITTEN = {
  SF_LOGIN_URL: 'https://org.example.com',
  SF_CLIENT_ID: 'key',
  SF_USERNAME: 'user@example.com',
  SF_CLIENT_SECRET: undefined,
};
/** Its file is not made yet. */
const KEY_FILE = 'SF_JWT_KEY_FILE';
const KEPT = ['DATABASE_URL', 'SIDECAR_SECRET', 'DATA_DIR', 'SF_JWT_AUDIENCE'] as const;

/**
 * Why the service would not take the variables that it is to have, each with where it stands.
 * @param given the environment of the set-up
 */
export function wrongVariables(
  folder: Pick<ServiceFolder, 'env' | 'envFile'>,
  given: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const own = Object.fromEntries(
    KEPT.flatMap((name) => (given[name] ? [[name, given[name]]] : [])),
  );
  const earlier = folder.env();
  const { PUBLIC_URL, ...all } = { ...earlier, ...(own as Env) };
  // A public address that is given is judged as an answer, and a secret that is missing is made.
  const access = given['PUBLIC_URL'] === undefined && all.SIDECAR_SECRET ? { PUBLIC_URL } : {};
  const problems = configProblems({ ...all, ...access, ...WRITTEN, [KEY_FILE]: 'to be made' });
  return problems
    .filter((problem) => !problem.startsWith(KEY_FILE))
    .map((problem) => {
      const [name = ''] = problem.split(' ');
      return name in own ? problem : `${folder.envFile}: ${problem}`;
    });
}
