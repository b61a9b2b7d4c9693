import { FormulaProblem } from './problem.ts';
import { tokensOf, type Token } from './tokens.ts';

/** A formula as a tree. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'field'; readonly path: string }
  | { readonly kind: 'reference'; readonly name: string }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Expression[] };

/** Binary operators, loosest first. The platform lets `*` bind tighter than `^`. */
const levels: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['=', '==', '<>', '!='],
  ['<', '>', '<=', '>='],
  ['+', '-', '&'],
  ['^'],
  ['*', '/'],
];

/** Operators that mean the same. */
const spellings: Readonly<Record<string, string>> = { '==': '=', '!=': '<>' };

class Parser {
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(source: string) {
    this.tokens = tokensOf(source);
  }

  whole(): Expression {
    if (this.peek().kind === 'end') throw new FormulaProblem('Syntax error');
    const expression = this.binary(0);
    const { kind, text } = this.peek();
    if (kind === 'end') return expression;
    throw new FormulaProblem(
      kind === 'symbol' && [')', ','].includes(text)
        ? `Syntax error. Extra '${text}'`
        : `Syntax error. Found '${text}'`,
    );
  }

  private peek(): Token {
    return this.tokens[this.at] ?? { kind: 'end', text: '' };
  }

  private takeSymbol(symbols: readonly string[]): string | undefined {
    const { kind, text } = this.peek();
    if (kind !== 'symbol' || !symbols.includes(text)) return undefined;
    this.at += 1;
    return text;
  }

  private binary(level: number): Expression {
    const operators = levels[level];
    if (!operators) return this.unary();
    let left = this.binary(level + 1);
    for (;;) {
      const operator = this.takeSymbol(operators);
      if (operator === undefined) return left;
      const right = this.binary(level + 1);
      left = { kind: 'binary', operator: spellings[operator] ?? operator, left, right };
    }
  }

  private unary(): Expression {
    const operator = this.takeSymbol(['-', '+', '!']);
    if (operator !== undefined) return { kind: 'unary', operator, operand: this.unary() };
    return this.primary();
  }

  private primary(): Expression {
    const token = this.peek();
    if (token.kind === 'end') throw new FormulaProblem("Syntax error. Missing 'field name'");
    this.at += 1;
    switch (token.kind) {
      case 'number':
        return { kind: 'number', value: Number(token.text) };
      case 'text':
        return { kind: 'text', value: token.text };
      case 'name':
        return this.named(token.text);
      case 'reference':
        return { kind: 'reference', name: token.text };
      case 'symbol':
        if (token.text === '(') return this.closed(this.binary(0));
        throw new FormulaProblem(`Syntax error. Found '${token.text}'`);
    }
  }

  private closed<T>(inner: T): T {
    if (this.takeSymbol([')']) !== undefined) return inner;
    const { kind, text } = this.peek();
    throw new FormulaProblem(
      kind === 'end' || kind === 'symbol'
        ? "Syntax error. Missing ')'"
        : `Syntax error. Found '${text}'`,
    );
  }

  private named(name: string): Expression {
    if (this.takeSymbol(['(']) !== undefined) return this.call(name);
    switch (name.toLowerCase()) {
      case 'true':
      case 'false':
        return { kind: 'boolean', value: name.toLowerCase() === 'true' };
      case 'null':
        return { kind: 'null' };
      default:
        return { kind: 'field', path: name };
    }
  }

  private call(name: string): Expression {
    const operands: Expression[] = [];
    if (this.takeSymbol([')']) !== undefined) return { kind: 'call', name, operands };
    do operands.push(this.binary(0));
    while (this.takeSymbol([',']) !== undefined);
    return this.closed({ kind: 'call', name, operands });
  }
}

/**
 * The tree of a formula.
 * @throws FormulaProblem `Syntax error. …`
 */
export const parseFormula = (source: string): Expression => new Parser(source).whole();

/** Names of all fields in a formula, relationships with their dots. */
export function fieldsIn(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'field':
      return [expression.path];
    case 'unary':
      return fieldsIn(expression.operand);
    case 'binary':
      return [...fieldsIn(expression.left), ...fieldsIn(expression.right)];
    case 'call':
      return expression.operands.flatMap(fieldsIn);
    default:
      return [];
  }
}
