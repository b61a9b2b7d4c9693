import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { expect } from 'vitest';

import { cleanEnv, quietSf, root } from '../../scripts/lib/sf.ts';

/** A command in a terminal of its own. */
export interface Terminal {
  /** Its exit code and signal. */
  readonly ended: Promise<unknown[]>;
  /** All that was written so far. */
  screen(): string;
  /** How many keys were hit. */
  keystrokes(): number;
  /** Types once the question is on the screen, again for one that is asked again. */
  type(question: string, keys: string): Promise<void>;
}

/** Runs a command in the terminal that util-linux's `script` gives it. @param home where the CLI keeps its sign-ins */
export function openTerminal(
  command: string,
  home: string,
  more: Readonly<Record<string, string>> = {},
): Terminal {
  const env = { ...cleanEnv(), HOME: home, ...quietSf, ...more };
  const child = spawn('script', ['-qec', command, '/dev/null'], { cwd: root, env });
  let screen = '';
  let read = 0;
  let keystrokes = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => (screen += text));
  return {
    ended: once(child, 'close'),
    screen: () => screen,
    keystrokes: () => keystrokes,
    type: async (question, keys) => {
      await expect.poll(() => screen.slice(read)).toContain(question);
      read = screen.indexOf(question, read) + question.length;
      keystrokes += keys.length;
      child.stdin.write(keys);
    },
  };
}
