import { createInterface, type Interface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** What is needed, where it may come from, and how it is asked for. */
export interface Question {
  /** Variable of the environment that answers it. */
  readonly variable: string;
  readonly text: string;
  /** Not shown while it is typed. */
  readonly secret?: boolean;
  /** An empty answer is one: the variable set to nothing, or the Enter key alone. */
  readonly optional?: boolean;
}

/**
 * The answer from the environment, else typed by whoever sits at the terminal.
 * @throws Error where there is neither an answer nor a terminal
 */
export async function ask({
  variable,
  text,
  secret = false,
  optional = false,
}: Question): Promise<string> {
  const given = process.env[variable]?.trim();
  if (given !== undefined && (given !== '' || optional)) return given;
  if (!process.stdin.isTTY) throw new Error(`${variable} is not set: ${text}`);
  const terminal = createInterface({
    input: process.stdin,
    output: secret ? nowhere() : process.stdout,
    terminal: true,
  });
  try {
    // Once the terminal no longer echoes by itself.
    process.stdout.write(`${text}: `);
    const answer = (await typed(terminal)).trim();
    if (secret) process.stdout.write('\n');
    if (answer !== '' || optional) return answer;
    throw new Error(`Nothing was typed for: ${text}`);
  } finally {
    terminal.close();
  }
}

/**
 * Says at once what nobody is there to type.
 * @throws Error that names every variable that is not set
 */
export function demand(questions: readonly Question[]): void {
  if (process.stdin.isTTY) return;
  const missing = questions.filter(({ variable, optional = false }) => {
    const given = process.env[variable]?.trim();
    return given === undefined || (given === '' && !optional);
  });
  if (missing.length === 0) return;
  const lines = missing.map(({ variable, text }) => `${variable} is not set: ${text}`);
  throw new Error(lines.join('\n'));
}

/** One line. @throws Error where there is none: Ctrl-C and Ctrl-D end the dialogue */
function typed(terminal: Interface): Promise<string> {
  return new Promise((resolve, reject) => {
    terminal.once('close', () => {
      reject(new Error('Stopped: nothing was typed.'));
    });
    terminal.question('').then(resolve, reject);
  });
}

function nowhere(): Writable {
  return new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
}
