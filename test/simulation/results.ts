import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** A seed that was played in one of its orders. */
interface Result {
  readonly seed: number;
  readonly order: number;
  readonly isRed: boolean;
}

/** A file with a line for each seed that was played to its end, so that a search goes on where it was stopped. */
export class Results {
  readonly #path: string;
  readonly #settings: string;
  readonly #known = new Map<string, Result>();

  /** @param settings what else decides how a seed is played: results of other ones stay, and count for nothing */
  constructor(path: string, settings: string) {
    this.#path = path;
    this.#settings = settings;
    const held = existsSync(path) ? readFileSync(path, 'utf8') : '';
    // What ends in the middle of its last line was stopped while it was written, and the seed is played again.
    const whole = held.slice(0, held.lastIndexOf('\n') + 1);
    if (whole.length < held.length) appendFileSync(path, '\n');
    for (const line of whole.split('\n')) this.#learn(line);
  }

  /** @returns null for one that was not played yet */
  of(seed: number, order: number): Result | null {
    return this.#known.get(`${seed} ${order}`) ?? null;
  }

  add(result: Result): void {
    this.#known.set(`${result.seed} ${result.order}`, result);
    const line = JSON.stringify({ ...result, settings: this.#settings });
    appendFileSync(this.#path, `${line}\n`);
  }

  #learn(line: string): void {
    const found = parsed(line);
    if (found?.settings === this.#settings) this.#known.set(`${found.seed} ${found.order}`, found);
  }
}

/** @returns null for what is no whole line */
function parsed(line: string): (Result & { readonly settings: string }) | null {
  try {
    return JSON.parse(line) as Result & { readonly settings: string };
  } catch {
    return null;
  }
}
