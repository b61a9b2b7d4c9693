import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** What `sf … --json` printed, and how it ended. */
export interface SfAnswer {
  readonly exitCode: number | null;
  readonly status: number;
  readonly result: unknown;
  /** Why the command failed. */
  readonly message?: string;
  readonly name?: string;
}

/** The real CLI in a home of its own, beside a copy of the project that a test may break. */
export class SfSandbox {
  readonly project: string;
  private readonly base: string;
  private readonly env: NodeJS.ProcessEnv;

  private constructor(base: string) {
    this.base = base;
    this.project = join(base, 'project');
    this.env = {
      PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
      HOME: join(base, 'home'),
      SF_DISABLE_TELEMETRY: 'true',
      SF_DISABLE_AUTOUPDATE: 'true',
      SF_SKIP_NEW_VERSION_CHECK: 'true',
      SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
      SF_DISABLE_LOG_FILE: 'true',
      SF_TARGET_ORG: 'local',
      WOO_STORE_URL: 'https://shop.example',
      WOO_SYNC_ENDPOINT: 'https://sync.example/salesforce/outbound/0123456789abcdef',
      WOO_SYNC_USERNAME: 'woo-sync@local-org.example',
    };
  }

  static async create(): Promise<SfSandbox> {
    const sandbox = new SfSandbox(await mkdtemp(join(tmpdir(), 'woo-sf-')));
    await mkdir(join(sandbox.base, 'home'));
    for (const part of ['force-app', 'config', 'sfdx-project.json', '.forceignore']) {
      await cp(join(root, part), join(sandbox.project, part), { recursive: true });
    }
    return sandbox;
  }

  /**
   * Runs `sf` with `--json` in the copied project.
   * @param input what is typed into it
   */
  run(args: readonly string[], env: NodeJS.ProcessEnv = {}, input?: string): Promise<SfAnswer> {
    const cli = join(root, 'node_modules/@salesforce/cli/bin/run.js');
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [cli, ...args, '--json'], {
        cwd: this.project,
        env: { ...this.env, ...env },
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      child.stdin.end(input);
      let out = '';
      let errors = '';
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
      child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')));
      child.once('error', reject);
      child.once('close', (exitCode) => {
        try {
          // A prompt stands before the answer to what is typed in.
          const json = out.slice(Math.max(out.search(/^\{$/m), 0));
          resolve({ exitCode, ...(JSON.parse(json) as Omit<SfAnswer, 'exitCode'>) });
        } catch (error) {
          const said = `sf ${args.join(' ')} printed no JSON: ${out}${errors}`;
          reject(new Error(said, { cause: error }));
        }
      });
    });
  }

  async remove(): Promise<void> {
    await rm(this.base, { recursive: true, force: true });
  }
}
