import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { cleanEnv, root } from '../../../scripts/lib/sf.ts';

type Env = Readonly<Record<string, string>>;

/** What one run of a program took. */
export interface Usage {
  /** From its start to its end, as its user sees it. */
  readonly seconds: number;
  /** User and system time of the process. */
  readonly cpuSeconds: number;
  /** Most memory that it held at once. */
  readonly peakMB: number;
}

export interface Ran extends Usage {
  readonly stdout: string;
}

/** A server of ours in a process of its own. */
export interface Server {
  /** What it printed when it was ready. */
  readonly welcome: string;
  stop(): Promise<void>;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
  /** Most memory that it held at once; of one that was stopped. */
  peakMB(): number;
}

interface UsageFile {
  readonly userCPUTime: number;
  readonly systemCPUTime: number;
  readonly maxRSS: number;
}

const PRELOAD = ['--import', join(import.meta.dirname, 'usage.js')];

/** The programs that a benchmark starts: each in its own process, none of which outlives it. */
export class Processes {
  readonly #running = new Set<ChildProcess>();
  readonly #folder: string;
  #runs = 0;
  #ended = false;

  /** @param folder for what the measured programs write about themselves */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Starts a server and waits until it has said all of `ready`.
   * @throws Error with what it printed, where it ends before
   */
  async serve(args: readonly string[], ready: RegExp, env: Env = {}): Promise<Server> {
    const file = this.#usageFile();
    const child = this.#start([...PRELOAD, ...args], { ...env, BENCH_USAGE_FILE: file });
    let said = '';
    await new Promise<void>((resolve, reject) => {
      const hear = (chunk: Buffer): void => {
        said += chunk.toString();
        if (ready.test(said)) resolve();
      };
      child.stdout?.on('data', hear);
      child.stderr?.on('data', (chunk: Buffer) => {
        hear(chunk);
        process.stderr.write(chunk);
      });
      child.once('error', reject);
      child.once('close', (code) => {
        reject(new Error(`${args.join(' ')} ended with ${code ?? 'a signal'}:\n${said}`));
      });
    });
    return {
      welcome: said,
      stop: () => ended(child, 'SIGTERM'),
      kill: () => ended(child, 'SIGKILL'),
      peakMB: () => usageIn(file).maxRSS / 1024,
    };
  }

  /**
   * Runs a program to its end and measures it.
   * @throws Error with what it printed, for any exit code but 0
   */
  async measure(args: readonly string[], env: Env): Promise<Ran> {
    const file = this.#usageFile();
    const start = performance.now();
    const child = this.#start([...PRELOAD, ...args], { ...env, BENCH_USAGE_FILE: file });
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const [code] = (await once(child, 'close')) as [number | null];
    const seconds = (performance.now() - start) / 1000;
    if (code !== 0) {
      throw new Error(`${args.join(' ')} ended with ${code ?? 'a signal'}:\n${stdout}${stderr}`);
    }
    const usage = usageIn(file);
    return {
      seconds,
      cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
      peakMB: usage.maxRSS / 1024,
      stdout,
    };
  }

  /** Ends whatever still runs, at once; nothing can be started any more. */
  end(): void {
    this.#ended = true;
    for (const child of this.#running) child.kill('SIGKILL');
  }

  #usageFile(): string {
    return join(this.#folder, `usage-${(this.#runs += 1)}.json`);
  }

  #start(args: readonly string[], env: Env): ChildProcess {
    if (this.#ended) throw new Error('The benchmark was stopped.');
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...cleanEnv(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#running.add(child);
    child.once('close', () => this.#running.delete(child));
    return child;
  }
}

function usageIn(file: string): UsageFile {
  return JSON.parse(readFileSync(file, 'utf8')) as UsageFile;
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'close');
  child.kill(signal);
  await gone;
}
