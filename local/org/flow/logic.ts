import { FormulaProblem } from '../formula/formula.ts';

/** Joins conditions, each asked for by its index. */
export type Logic = (holds: (index: number) => boolean) => boolean;

const numbersUpTo = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, at) => at);

/** Reads `1 AND (2 OR NOT 3)`. */
class LogicReader {
  readonly used = new Set<number>();
  private readonly tokens: readonly string[];
  private readonly source: string;
  private at = 0;

  constructor(source: string) {
    this.source = source;
    this.tokens = source.toUpperCase().match(/\d+|[A-Z]+|\S/g) ?? [];
  }

  whole(): Logic {
    const logic = this.joined();
    return this.at === this.tokens.length ? logic : this.wrong();
  }

  private wrong(): never {
    throw new FormulaProblem(
      `The condition logic ${this.source} cannot be read; write it as 1 AND (2 OR 3)`,
    );
  }

  private take(token: string): boolean {
    const isNext = this.tokens[this.at] === token;
    if (isNext) this.at += 1;
    return isNext;
  }

  /** Operands with the same word between them; AND beside OR needs parentheses. */
  private joined(): Logic {
    const operands = [this.operand()];
    const word = this.tokens[this.at];
    if (word !== 'AND' && word !== 'OR') return operands[0] ?? this.wrong();
    while (this.take(word)) operands.push(this.operand());
    return (holds) =>
      word === 'AND' ? operands.every((one) => one(holds)) : operands.some((one) => one(holds));
  }

  private operand(): Logic {
    if (this.take('NOT')) {
      const inner = this.operand();
      return (holds) => !inner(holds);
    }
    if (this.take('(')) {
      const inner = this.joined();
      return this.take(')') ? inner : this.wrong();
    }
    const index = Number(this.tokens[this.at++]) - 1;
    if (!Number.isInteger(index)) this.wrong();
    this.used.add(index);
    return (holds) => holds(index);
  }
}

/**
 * The logic of conditions: `and`, `or`, or a text that uses each of them by its number.
 * @param count how many conditions there are
 * @throws FormulaProblem when it cannot be read or leaves one out
 */
export function compileLogic(source: string, count: number): Logic {
  const all = numbersUpTo(count);
  switch (source.trim().toLowerCase()) {
    case 'and':
      return (holds) => all.every(holds);
    case 'or':
      return (holds) => all.some(holds);
  }
  const reader = new LogicReader(source);
  const logic = reader.whole();
  const isComplete = reader.used.size === count && all.every((one) => reader.used.has(one));
  if (isComplete) return logic;
  throw new FormulaProblem(
    `The condition logic ${source} must use each of the ${count} conditions`,
  );
}
