import { exception, type ApexException } from '../run/exception.ts';

/** Kinds of tokens, as `JSONToken` names them. */
export const TOKENS = [
  'END_ARRAY',
  'END_OBJECT',
  'FIELD_NAME',
  'NOT_AVAILABLE',
  'START_ARRAY',
  'START_OBJECT',
  'VALUE_EMBEDDED_OBJECT',
  'VALUE_FALSE',
  'VALUE_NULL',
  'VALUE_NUMBER_FLOAT',
  'VALUE_NUMBER_INT',
  'VALUE_STRING',
  'VALUE_TRUE',
] as const;
export type Token = (typeof TOKENS)[number];

const words: Readonly<Record<string, Token>> = {
  true: 'VALUE_TRUE',
  false: 'VALUE_FALSE',
  null: 'VALUE_NULL',
};

/** Reads a text of JSON token by token, as strictly as Salesforce does. */
export class JsonReader {
  private readonly text: string;
  private at = 0;
  /** Of each object or array around: which it is. */
  private readonly around: ('object' | 'array')[] = [];
  private awaits: 'value' | 'first' | 'comma' | 'end' = 'value';
  token: Token | null = null;
  /** Of the token: a name, a text, a number as it is written. */
  said = '';
  /** Name of the member in which the token is. */
  name: string | null = null;

  constructor(text: string) {
    this.text = text;
  }

  bad(why: string): ApexException {
    const before = this.text.slice(0, this.at).split('\n');
    const place = `[line:${before.length}, column:${(before.at(-1) ?? '').length + 1}]`;
    return exception('JSONException', `${why} at input location ${place}`);
  }

  private blanks(): void {
    while (' \t\r\n'.includes(this.text[this.at] ?? 'x')) this.at++;
  }

  /** The next token; null where the value has ended. */
  next(): Token | null {
    this.token = this.read();
    return this.token;
  }

  private read(): Token | null {
    if (this.awaits === 'end') return null;
    this.blanks();
    const sign = this.text[this.at];
    const inside = this.around.at(-1);
    if (sign === undefined) {
      if (inside === undefined && this.awaits === 'value') return null;
      throw this.bad('Unexpected end-of-input: expected close marker for JSON');
    }
    if (this.awaits !== 'value') {
      if ((sign === '}' && inside === 'object') || (sign === ']' && inside === 'array')) {
        this.at++;
        this.around.pop();
        this.ended();
        return sign === '}' ? 'END_OBJECT' : 'END_ARRAY';
      }
      if (this.awaits === 'comma') this.comma(sign);
      if (inside === 'object') return this.fieldName();
    }
    return this.value();
  }

  private comma(sign: string): void {
    if (sign !== ',') {
      throw this.bad(
        `Unexpected character ('${sign}' (code ${sign.charCodeAt(0)})): was expecting comma`,
      );
    }
    this.at++;
    this.blanks();
  }

  private fieldName(): Token {
    if (this.text[this.at] !== '"')
      throw this.bad('Unexpected character: was expecting double-quote to start field name');
    this.said = this.quoted();
    this.name = this.said;
    this.blanks();
    if (this.text[this.at] !== ':')
      throw this.bad(
        'Unexpected character: was expecting a colon to separate field name and value',
      );
    this.at++;
    this.awaits = 'value';
    return 'FIELD_NAME';
  }

  private ended(): void {
    this.awaits = this.around.length === 0 ? 'end' : 'comma';
  }

  private value(): Token {
    this.blanks();
    const sign = this.text[this.at] ?? '';
    if (sign === '{' || sign === '[') {
      this.at++;
      this.around.push(sign === '{' ? 'object' : 'array');
      this.awaits = 'first';
      this.said = sign;
      return sign === '{' ? 'START_OBJECT' : 'START_ARRAY';
    }
    if (sign === '"') {
      this.said = this.quoted();
      this.ended();
      return 'VALUE_STRING';
    }
    const literal = /(?:true|false|null|-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?)(?![\w.])/y;
    literal.lastIndex = this.at;
    const found = literal.exec(this.text);
    if (!found)
      throw this.bad(
        `Unexpected character ('${sign}' (code ${sign.charCodeAt(0) || 0})): expected a valid value`,
      );
    const [text, fraction, exponent] = found;
    this.at += text.length;
    this.said = text;
    this.ended();
    const isFloat = fraction !== undefined || exponent !== undefined;
    return words[text] ?? (isFloat ? 'VALUE_NUMBER_FLOAT' : 'VALUE_NUMBER_INT');
  }

  private quoted(): string {
    const from = this.at;
    let to = from + 1;
    let isPlain = true;
    for (let code = this.text.charCodeAt(to); code !== 34; code = this.text.charCodeAt(to)) {
      if (Number.isNaN(code)) throw this.bad('Unexpected end-of-input in VALUE_STRING');
      if (code < 32) throw this.bad('Illegal unquoted character');
      if (code === 92) {
        isPlain = false;
        to++;
      }
      to++;
    }
    this.at = to + 1;
    if (isPlain) return this.text.slice(from + 1, to);
    try {
      return JSON.parse(this.text.slice(from, to + 1)) as string;
    } catch {
      throw this.bad('Unrecognized character escape');
    }
  }

  /** Leaves out what is inside of the object or array that begins. */
  skipChildren(): void {
    if (this.token !== 'START_OBJECT' && this.token !== 'START_ARRAY') return;
    const depth = this.around.length;
    while (this.around.length >= depth && this.next() !== null);
  }
}
