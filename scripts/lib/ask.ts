import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** What is needed, where it may come from, and how it is asked for. */
export interface Question {
  /** Variable of the environment that answers it. */
  readonly variable: string;
  readonly text: string;
  /** Not shown while it is typed. */
  readonly secret?: boolean;
}

/**
 * The answer from the environment, else typed by whoever sits at the terminal.
 * @throws Error where there is neither an answer nor a terminal
 */
export async function ask({ variable, text, secret = false }: Question): Promise<string> {
  const given = process.env[variable]?.trim() ?? '';
  if (given !== '') return given;
  if (!process.stdin.isTTY) throw new Error(`${variable} is not set: ${text}`);
  process.stdout.write(`${text}: `);
  const silent = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const terminal = createInterface({
    input: process.stdin,
    output: secret ? silent : process.stdout,
    terminal: true,
  });
  try {
    const answer = (await terminal.question('')).trim();
    if (secret) process.stdout.write('\n');
    if (answer !== '') return answer;
    throw new Error(`Nothing was typed for: ${text}`);
  } finally {
    terminal.close();
  }
}
