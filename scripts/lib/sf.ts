import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

/** The project's root folder. */
export const root = join(import.meta.dirname, '..', '..');

/** The tools that `npm ci` installed, the right Node among them. */
const bin = join(root, 'node_modules', '.bin');

/** Keeps the CLI from telemetry, updates, log files and the system's keychain. */
export const quietSf = {
  SF_DISABLE_TELEMETRY: 'true',
  SF_DISABLE_AUTOUPDATE: 'true',
  SF_SKIP_NEW_VERSION_CHECK: 'true',
  SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
  SF_DISABLE_LOG_FILE: 'true',
} as const;

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** What the command writes to this process's own output, a terminal included, instead of to the answer. */
  readonly show?: 'all' | 'stderr';
  /** Takes each line of both outputs when it is written; none of them is in the answer then. */
  readonly onLine?: (line: string) => void;
  /** Ends the command. */
  readonly stopped?: AbortSignal;
  /** Where it runs; the project's root when left out. */
  readonly cwd?: string;
}

/** What the sidecar reads beside what begins with SF_ and WOO_. */
const SIDECAR_VARIABLES =
  /^(?:DATABASE_URL|DATA_DIR|PUBLIC_URL|SIDECAR_SECRET|SIDECAR_SECRET_OLD|HOST|PORT|SWEEP_SECONDS|STORE_MOVED|LOG_LEVEL)$/;

/**
 * The environment of this process without what belongs to a Salesforce or WooCommerce set-up of its user. Without
 * NODE_ENV too: under `test`, which vitest sets, the CLI looks for development plugins, as it does for nobody else.
 */
export function cleanEnv(): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value === undefined || /^(SF|SFDX|WOO)_|^NODE_ENV$/.test(name)) continue;
    if (!SIDECAR_VARIABLES.test(name)) env[name] = value;
  }
  return { ...env, PATH: `${bin}${delimiter}${env['PATH'] ?? ''}` };
}

/** Runs one of the installed tools. Never rejects for an exit code, only when stopped before it began. */
export function run(
  command: string,
  args: readonly string[],
  { env = {}, show, onLine, stopped, cwd = root }: RunOptions = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    stopped?.throwIfAborted();
    const child = spawn(command, args, {
      cwd,
      env: { ...cleanEnv(), ...env },
      stdio: ['ignore', show === 'all' ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    if (onLine) {
      for (const input of [child.stdout, child.stderr])
        if (input) createInterface({ input }).on('line', onLine);
    } else {
      child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    }
    const end = (): void => void child.kill();
    stopped?.addEventListener('abort', end);
    child.once('error', reject);
    child.once('close', (code) => {
      stopped?.removeEventListener('abort', end);
      resolve({ code: code ?? 1, stdout, stderr });
    });
  });
}

/** The CLI paints its progress again and again; as in CI it prints each stage once, for a file or a pipe. */
const plain = ({ show }: RunOptions): Readonly<Record<string, string>> =>
  show === 'all' && !process.stdout.isTTY ? { CI: 'true' } : {};

/** The real `sf`. */
export class SfCli {
  readonly #env: Readonly<Record<string, string>>;

  /** With a home of its own, so that it never touches its user's sign-ins. */
  constructor(home: string, env: Readonly<Record<string, string>> = {}) {
    this.#env = { HOME: home, ...quietSf, ...env };
  }

  /**
   * With the sign-ins and settings of the user who runs it.
   * @param targetOrg the user's default when left out
   * @throws Error where it is blank, which the CLI takes for the default
   */
  static ofUser(targetOrg: string | undefined): SfCli {
    if (targetOrg?.trim() === '')
      throw new Error(
        'The name of the org is empty, and the Salesforce CLI would take its default org. Nothing was done: give an alias or user name, or leave the option out.',
      );
    const { HOME = '', ...all } = process.env;
    const own = Object.entries(all).flatMap(([name, value]) =>
      value !== undefined && /^(SF|SFDX)_/.test(name) ? [[name, value]] : [],
    );
    return new SfCli(HOME, {
      SF_USE_GENERIC_UNIX_KEYCHAIN: '',
      ...(Object.fromEntries(own) as Record<string, string>),
      ...(targetOrg === undefined ? {} : { SF_TARGET_ORG: targetOrg }),
    });
  }

  /** The alias or user name that was given; undefined where the CLI takes its default. */
  get targetOrg(): string | undefined {
    return this.#env['SF_TARGET_ORG'] || undefined;
  }

  run(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
    return run('sf', args, {
      ...options,
      env: { ...plain(options), ...this.#env, ...options.env },
    });
  }

  /** @throws Error with all that the CLI printed, where it does not succeed */
  async must(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
    const ran = await this.run(args, options);
    if (ran.code !== 0) {
      throw new Error(`sf ${args.join(' ')} ended with ${ran.code}\n${ran.stdout}${ran.stderr}`);
    }
    return ran;
  }
}
