import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

import { startListening, stopListening } from '../../../local/shared/listener.ts';
import { jsonOf } from '../install/admin-session.ts';
import { cleanEnv, root } from '../sf.ts';
import { until } from '../until.ts';

/** The sidecar as a service, in a process of its own. */
export interface Service {
  readonly pid: number;
  /** Aborts where it ends without having been told to. */
  readonly ended: AbortSignal;
  /** Resolves once it has logged such a line. @throws Error where it ends before that, or does not in time */
  logged(line: Partial<LogLine>): Promise<void>;
  /** Tells it to stop, and waits for its end. */
  stop(): Promise<void>;
}

/** What matters of a line as pino writes it. */
export interface LogLine {
  readonly msg: string;
  readonly store?: string;
  readonly cure?: string;
}

export interface ServiceOptions {
  readonly env: Readonly<Record<string, string>>;
  /** Takes the log as it is. */
  readonly logFile: string;
  /** Takes the log in words, line by line. */
  readonly show: (text: string) => void;
  readonly stopped: AbortSignal;
}

const LOGGED_SECONDS = 60;

/**
 * Runs `woo-salesforce start`.
 * @returns once it says that it runs
 * @throws Error where it cannot start; it says why in its log
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const child = spawn('node', ['sidecar/bin/woo-salesforce.js', 'start'], {
    cwd: root,
    env: { ...cleanEnv(), ...options.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const lines = linesOf(child, options);
  const ended = new AbortController();
  let told = false;
  child.once('close', (code: number | null, signal: string | null) => {
    if (told || options.stopped.aborted) return;
    const why = `The service has ended (${signal ?? `exit code ${String(code)}`}).`;
    options.show(why);
    ended.abort(new Error(why));
  });
  const logged = async (wanted: Partial<LogLine>): Promise<void> => {
    const has = (line: LogLine) =>
      Object.entries(wanted).every(([name, value]) => line[name as keyof LogLine] === value);
    await until(
      () => {
        if (lines.some(has)) return true;
        if (isAlive(child)) return undefined;
        throw new Error('The service has ended; it says why above.');
      },
      {
        what: `The service and "${wanted.msg}"`,
        seconds: LOGGED_SECONDS,
        stopped: options.stopped,
      },
    );
  };
  const stop = async (): Promise<void> => {
    told = true;
    child.kill('SIGTERM');
    await closed;
  };
  try {
    await logged({ msg: 'woo-salesforce runs' });
  } catch (error) {
    await stop();
    throw error;
  }
  return { pid: child.pid ?? 0, ended: ended.signal, logged, stop };
}

/**
 * A port for the service, which must know its own address before it listens.
 * @param port 0 takes a free one
 * @throws Error with a sentence where it is taken
 */
export async function claimPort(port: number): Promise<number> {
  const server = createServer();
  const url = await startListening(server, port, '127.0.0.1');
  await stopListening(server);
  return Number(new URL(url).port);
}

function isAlive({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

/** Grows with what is written. */
function linesOf(child: ChildProcess, { logFile, show }: ServiceOptions): readonly LogLine[] {
  const lines: LogLine[] = [];
  if (child.stdout === null) return lines;
  child.stdout.pipe(createWriteStream(logFile));
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = logLineOf(text);
    lines.push(line);
    show(inWords(line));
  });
  return lines;
}

/** What pino wrote; other text is a message. */
export function logLineOf(text: string): LogLine {
  const read = jsonOf(text);
  return typeof read === 'string' ? { msg: read } : (read as LogLine);
}

export function inWords({ msg, store, cure }: LogLine): string {
  return [...(store ? [`${store}:`] : []), msg, ...(cure ? [cure] : [])].join(' ');
}
