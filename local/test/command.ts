import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface Command {
  readonly child: ChildProcess;
  /** Its exit code. */
  readonly ended: Promise<number>;
  /** What it has written so far, errors too. */
  readonly output: () => string;
}

const started: ChildProcess[] = [];

/** Runs a script of this project in a process of its own. */
export function startCommand(script: string, args: readonly string[]): Command {
  const child = spawn(process.execPath, [script, ...args]);
  started.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => {
    if (typeof code === 'number') return code;
    throw new Error(`${script} was ended by ${String(signal)}`);
  });
  return { child, ended, output: () => text };
}

/** Ends what a failed test left running. */
export function endCommands(): void {
  for (const child of started.splice(0)) child.kill('SIGKILL');
}
