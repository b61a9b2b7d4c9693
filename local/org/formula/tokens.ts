import { FormulaProblem } from './problem.ts';

type TokenKind = 'number' | 'text' | 'name' | 'reference' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** The text that the token stands for; of a text literal or a reference its content. */
  readonly text: string;
}

const space = /[ \t\f\r\n]+|\/\*[^]*?\*\//y;
const number = /\d+(?:\.\d+)?/y;
/** The platform reads `:` and `#` as part of a name, and so says that the field does not exist. */
const name = /[a-z$][\w$:.#]*/iy;
/** How flows name their resources and the record: `{!$Record.Name}`. */
const reference = /\{![ \t]*[a-z$][\w$:.#]*[ \t]*\}/iy;
const text = /"(?:\\[nrt"'\\]|[^"\\\r\n])*"|'(?:\\[nrt"'\\]|[^'\\\r\n])*'/iy;
const symbol = /<>|<=|>=|!=|==|&&|\|\||[-+*/^&=<>(),!]/y;

function matchAt(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}

/** Only `\\` and `\"` stand for one character; the other escapes keep both. */
const unescaped = (literal: string): string => literal.slice(1, -1).replace(/\\([\\"])/g, '$1');

const contents: Readonly<Partial<Record<TokenKind, (found: string) => string>>> = {
  text: unescaped,
  reference: (found) => found.slice(2, -1).trim(),
};

function tokenAt(source: string, at: number): { token: Token; length: number } {
  for (const [kind, pattern] of [
    ['number', number],
    ['text', text],
    ['name', name],
    ['reference', reference],
    ['symbol', symbol],
  ] as const) {
    const found = matchAt(pattern, source, at);
    if (found === undefined) continue;
    const token = { kind, text: contents[kind]?.(found) ?? found };
    return { token, length: found.length };
  }
  throw new FormulaProblem(`Syntax error. Found '${source[at] ?? ''}'`);
}

/**
 * The tokens of a formula, an end token last.
 * @throws FormulaProblem at a character that no token begins with
 */
export function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; ;) {
    at += matchAt(space, source, at)?.length ?? 0;
    if (at >= source.length) break;
    if (matchAt(space, source, at) !== undefined) continue;
    const { token, length } = tokenAt(source, at);
    tokens.push(token);
    at += length;
  }
  return [...tokens, { kind: 'end', text: '' }];
}
