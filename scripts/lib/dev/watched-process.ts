import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { cleanEnv, root } from '../sf.ts';
import { until } from '../until.ts';

export interface WatchedOptions {
  /** Stands before each of its lines. */
  readonly name: string;
  /** The program and its arguments. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Makes words of a line that the program writes. */
  readonly inWords?: (line: string) => string;
  readonly stopped: AbortSignal;
}

const NAME_WIDTH = 9;
const READY_SECONDS = 600;

/** A program that `node --watch` starts again when a file that it imports changes. Its lines are shown. */
export class WatchedProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #lines: string[] = [];
  readonly #options: WatchedOptions;

  constructor(options: WatchedOptions) {
    const { args, env } = options;
    this.#options = options;
    this.#child = spawn('node', ['--watch', '--watch-preserve-output', ...args], {
      cwd: root,
      env: { ...cleanEnv(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#ended = once(this.#child, 'close');
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        this.#take(line);
      });
    }
  }

  /** Resolves once it has written a line with this text. @throws Error where it ends before that, or does not in time */
  async said(text: string): Promise<void> {
    const { name, stopped } = this.#options;
    await until(
      () => {
        if (this.#lines.some((line) => line.includes(text))) return true;
        if (this.#child.exitCode === null && this.#child.signalCode === null) return undefined;
        throw new Error(`${name} has ended; it says why above.`);
      },
      { what: `${name} and "${text}"`, seconds: READY_SECONDS, stopped },
    );
  }

  /** Tells the program to stop, and waits for its end. */
  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.#ended;
  }

  #take(line: string): void {
    this.#lines.push(line);
    const { name, inWords = (text: string) => text } = this.#options;
    console.log(`${name.padEnd(NAME_WIDTH)} | ${inWords(line)}`);
  }
}
