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
  /** Taken where nothing is given and nobody types: by the Enter key alone, or without a terminal. */
  readonly fallback?: string;
}

/**
 * The answer from the environment, else typed by whoever sits at the terminal.
 * @throws Error where there is neither an answer nor a terminal
 */
export async function ask(question: Question): Promise<string> {
  const { variable, text, secret = false, optional = false, fallback } = question;
  const given = givenTo(question);
  if (given !== undefined) return given;
  if (!process.stdin.isTTY) {
    if (fallback !== undefined) return fallback;
    throw new Error(`${variable} is not set: ${text}`);
  }
  const terminal = createInterface({
    input: process.stdin,
    output: secret ? nowhere() : process.stdout,
    terminal: true,
  });
  try {
    // Once the terminal no longer echoes by itself.
    process.stdout.write(fallback ? `${text} [${fallback}]: ` : `${text}: `);
    const answer = (await typed(terminal)).trim() || (fallback ?? '');
    if (secret) process.stdout.write('\n');
    if (answer !== '' || optional) return answer;
    throw new Error(`Nothing was typed for: ${text}`);
  } finally {
    terminal.close();
  }
}

/** A sentence for each question that nobody is there to answer. */
export function unanswered(questions: readonly Question[]): readonly string[] {
  if (process.stdin.isTTY) return [];
  return questions
    .filter((question) => question.fallback === undefined && givenTo(question) === undefined)
    .map(({ variable, text }) => `${variable} is not set: ${text}`);
}

/**
 * Says at once what nobody is there to type.
 * @throws Error that names every variable that is not set
 */
export function demand(questions: readonly Question[]): void {
  const lines = unanswered(questions);
  if (lines.length > 0) throw new Error(lines.join('\n'));
}

/** What the environment answers; undefined where it does not. */
export function givenTo({ variable, optional = false }: Question): string | undefined {
  const given = process.env[variable]?.trim();
  return given === '' && !optional ? undefined : given;
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
