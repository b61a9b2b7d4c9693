import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { jsonOf } from '../../scripts/lib/install/admin-session.ts';
import { cleanEnv, root } from '../../scripts/lib/sf.ts';
import { eventually } from './eventually.ts';

/** A line of the log, as pino writes it. */
interface LogLine extends Readonly<Record<string, unknown>> {
  readonly msg: string;
}

/** The sidecar as a service, in a process of its own. */
export interface RunningService {
  /** Where it listens. */
  readonly url: string;
  /** What it has logged so far. */
  readonly log: readonly LogLine[];
  /** The first line that fits, also one that is there already. */
  waitForLog(fits: (line: LogLine) => boolean): Promise<LogLine>;
  /** Tells it to stop. @returns its exit code; null where a signal ended it */
  stop(): Promise<number | null>;
  /** Ends it at once, as a power cut or the OOM killer would. */
  kill(): Promise<void>;
}

const started = new Set<ChildProcess>();

/**
 * Runs `woo-salesforce start`.
 * @returns once it says that it runs
 * @throws Error with what it logged, where it ends before that or takes too long
 */
export async function startService(env: Readonly<Record<string, string>>): Promise<RunningService> {
  const child = spawn(process.execPath, ['sidecar/bin/woo-salesforce.js', 'start'], {
    cwd: root,
    env: { ...cleanEnv(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.add(child);
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const log = linesOf(child.stdout);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const said = () => `${log.map((line) => JSON.stringify(line)).join('\n')}\n${stderr}`;
  const waitForLog: RunningService['waitForLog'] = (fits) =>
    eventually(() => {
      const line = log.find(fits);
      if (!line) throw new Error(`The service has not logged it:\n${said()}`);
      return line;
    });
  const refused = ended.then(([code, signal]) => {
    throw new Error(`The service ended with ${code ?? signal} instead of starting:\n${said()}`);
  });
  const runs = waitForLog(({ msg }) => msg === 'woo-salesforce runs');
  const { url } = await Promise.race([runs, refused]);
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    const [code] = await ended;
    started.delete(child);
    return code;
  };
  return {
    url: String(url),
    log,
    waitForLog,
    stop: () => end('SIGTERM'),
    kill: async () => {
      await end('SIGKILL');
    },
  };
}

/** Ends what a test left running, also what has not started yet. */
export async function endServices(): Promise<void> {
  for (const child of started) {
    started.delete(child);
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'close');
  }
}

/** Grows with what is written. A line that is no JSON, or was cut off, is a message by itself. */
function linesOf(output: NodeJS.ReadableStream): readonly LogLine[] {
  const lines: LogLine[] = [];
  createInterface({ input: output }).on('line', (text) => {
    const line = jsonOf(text);
    lines.push(typeof line === 'string' ? { msg: line } : (line as LogLine));
  });
  return lines;
}
