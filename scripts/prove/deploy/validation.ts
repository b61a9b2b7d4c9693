import { z } from 'zod';

import { DEPLOY_TESTS } from '../../lib/install/production.ts';
import type { SfCli } from '../../lib/sf.ts';
import type { ProjectCopy } from './parts.ts';

/** A component that the org refuses. */
export interface ComponentFailure {
  readonly type: string;
  readonly fullName: string;
  readonly problem: string;
  readonly place: ReturnType<ProjectCopy['placeOf']>;
}

export interface Validation {
  readonly failures: readonly ComponentFailure[];
  /** What the tests of the deploy found wrong; null where none ran. */
  readonly tests: readonly string[] | null;
}

const text = z.string().optional();
const answer = z.object({
  message: text,
  result: z
    .object({
      success: z.boolean(),
      files: z.array(
        z.object({
          fullName: z.string(),
          type: z.string(),
          state: z.string(),
          filePath: text,
          error: text,
        }),
      ),
      details: z.object({
        runTestResult: z
          .object({
            numTestsRun: z.coerce.number(),
            failures: z
              .array(z.object({ name: z.string(), methodName: text, message: text }))
              .optional(),
            codeCoverageWarnings: z.array(z.object({ name: text, message: z.string() })).optional(),
          })
          .optional(),
      }),
    })
    .optional(),
});

type Result = NonNullable<z.infer<typeof answer>['result']>;

function testsOf({ details: { runTestResult: ran } }: Result): Validation['tests'] {
  if (ran === undefined) return null;
  const failed = (ran.failures ?? []).map(
    ({ name, methodName = '', message = '' }) => `${name}.${methodName}: ${message}`,
  );
  const thin = (ran.codeCoverageWarnings ?? []).map(({ name = '', message }) =>
    `${name}: ${message}`.replace(/^: /, ''),
  );
  return ran.numTestsRun === 0 && failed.length + thin.length === 0 ? null : [...failed, ...thin];
}

/** Minutes that the CLI waits for a validation; tests and a busy org take long. */
const WAIT = '60';

/** What stands for what a run does not know: nothing is sent anywhere, since nothing is kept. */
const placeholders = (username: string): Readonly<Record<string, string>> => ({
  WOO_STORE_URL: 'https://shop.invalid',
  WOO_SYNC_USERNAME: username,
  WOO_SYNC_ENDPOINT: 'https://woo-sync.invalid/salesforce/outbound/REPLACE_TOKEN',
});

interface ValidationOptions {
  /** User name of who is signed in, as whom the messages would be sent. */
  readonly username: string;
  readonly tests: boolean;
  readonly stopped?: AbortSignal;
}

/**
 * Validates folders of the copy in an org, by `sf project deploy start --dry-run`.
 * @throws Error where the CLI says nothing of components: it is not signed in, the org does not answer
 */
export async function validate(
  sf: SfCli,
  copy: ProjectCopy,
  folders: readonly string[],
  { username, tests, stopped }: ValidationOptions,
): Promise<Validation> {
  const level = tests
    ? ['--test-level', 'RunSpecifiedTests', ...DEPLOY_TESTS.flatMap((one) => ['--tests', one])]
    : [];
  const args = [
    'project',
    'deploy',
    'start',
    '--dry-run',
    '--json',
    '--wait',
    WAIT,
    ...folders.flatMap((folder) => ['--source-dir', folder]),
    ...level,
  ];
  const { stdout, stderr, code } = await sf.run(args, {
    cwd: copy.folder,
    env: placeholders(username),
    ...(stopped === undefined ? {} : { stopped }),
  });
  const said = answer.safeParse(parsed(stdout)).data;
  const result = said?.result;
  if (result === undefined)
    throw new Error(
      `sf ${args.join(' ')} ended with ${code} and says nothing of components: ${said?.message ?? (stdout + stderr).slice(0, 2000)}`,
    );
  const failures = result.files
    .filter(({ state }) => state === 'Failed')
    .map(({ type, fullName, filePath, error = '' }) => {
      const place = copy.placeOf(filePath);
      return { type, fullName, problem: error, place };
    });
  const found = { failures, tests: testsOf(result) };
  if (!result.success && failures.length === 0 && (found.tests ?? []).length === 0)
    throw new Error(
      `The org refuses the deploy and names no component: ${said?.message ?? stdout.slice(0, 2000)}`,
    );
  return found;
}

function parsed(stdout: string): unknown {
  try {
    return JSON.parse(stdout);
  } catch {
    return undefined;
  }
}
