/** Gives the outcome of the condition with a number. */
export type Outcome = (number: number) => boolean;

export type LogicResult =
  | { readonly evaluate: (outcome: Outcome) => boolean; readonly numbers: ReadonlySet<number> }
  | { readonly error: string };

type Node = (outcome: Outcome) => boolean;

/** How deep brackets may nest, so that no text can exhaust the stack. */
const MAX_DEPTH = 50;

/** What a reader of condition logic cannot make sense of; its message is the rest of a sentence. */
class LogicError extends Error {}

/**
 * Reads condition logic such as `1 AND (2 OR NOT 3)`. NOT binds first, then AND, then OR.
 * @returns how to evaluate it and the numbers that it names, or what is wrong with it
 */
export function parseLogic(logic: string): LogicResult {
  const parser = new LogicParser(logic);
  try {
    return { evaluate: parser.parse(), numbers: parser.numbers };
  } catch (error) {
    if (error instanceof LogicError) return { error: error.message };
    throw error;
  }
}

class LogicParser {
  readonly numbers = new Set<number>();
  readonly #tokens: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(logic: string) {
    this.#tokens = logic.toUpperCase().match(/\d+|[A-Z_]+|\S/g) ?? [];
  }

  parse(): Node {
    if (this.#tokens.length === 0) throw new LogicError('is empty');
    const node = this.#or();
    const rest = this.#tokens[this.#at];
    if (rest === ')') throw new LogicError('closes a bracket that was not opened');
    if (rest !== undefined) throw new LogicError(`has "${rest}" where AND or OR was expected`);
    return node;
  }

  #or(): Node {
    const nodes = [this.#and()];
    while (this.#take('OR')) nodes.push(this.#and());
    return (outcome) => nodes.some((node) => node(outcome));
  }

  #and(): Node {
    const nodes = [this.#not()];
    while (this.#take('AND')) nodes.push(this.#not());
    return (outcome) => nodes.every((node) => node(outcome));
  }

  #not(): Node {
    let negated = false;
    while (this.#take('NOT')) negated = !negated;
    const node = this.#operand();
    return negated ? (outcome) => !node(outcome) : node;
  }

  #operand(): Node {
    const token = this.#tokens[this.#at];
    if (token === undefined)
      throw new LogicError('ends where the number of a condition was expected');
    this.#at += 1;
    if (token === '(') return this.#brackets();
    if (!/^\d+$/.test(token)) {
      throw new LogicError(`has "${token}" where the number of a condition was expected`);
    }
    const number = Number(token);
    this.numbers.add(number);
    return (outcome) => outcome(number);
  }

  #brackets(): Node {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new LogicError(`nests more than ${MAX_DEPTH} brackets`);
    const node = this.#or();
    if (!this.#take(')')) throw new LogicError('opens a bracket that it does not close');
    this.#depth -= 1;
    return node;
  }

  #take(token: string): boolean {
    const found = this.#tokens[this.#at] === token;
    if (found) this.#at += 1;
    return found;
  }
}
