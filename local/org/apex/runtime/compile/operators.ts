import { Refusal, unsupported } from '../parse/refusal.ts';
import type { Binary, Expression } from '../parse/tree.ts';
import {
  BLOB,
  BOOLEAN,
  DATE,
  DATETIME,
  DECIMAL,
  DOUBLE,
  ID,
  INTEGER,
  isNumeric,
  LONG,
  NULL,
  STRING,
  TIME,
  VOID,
  type Type,
} from '../types/type.ts';
import { common, converted, sureCode, type Around, type Code } from './code.ts';

/** A condition: null is an error. */
export function condition(around: Around, node: Expression): string {
  const given = around.expression(node);
  if (given.type === NULL) {
    throw new Refusal(node.at, 'Condition expression must be of type Boolean: null');
  }
  const code = converted(around.world, given, BOOLEAN, node.at);
  return code.isSure === true ? code.js : `$.yes(${code.js})`;
}

/** A number for arithmetic: `$.n` where it may be null. */
const operand = ({ js, isSure }: Code): string => (isSure === true ? js : `$.n(${js})`);

const ofIntegers: Readonly<Record<string, (a: string, b: string) => string>> = {
  '+': (a, b) => `(${a}+${b}|0)`,
  '-': (a, b) => `(${a}-${b}|0)`,
  '*': (a, b) => `Math.imul(${a},${b})`,
  '/': (a, b) => `$.divideIntegers(${a},${b})`,
};

const ofLongs: Readonly<Record<string, (a: string, b: string) => string>> = {
  '+': (a, b) => `BigInt.asIntN(64,${a}+${b})`,
  '-': (a, b) => `BigInt.asIntN(64,${a}-${b})`,
  '*': (a, b) => `BigInt.asIntN(64,${a}*${b})`,
  '/': (a, b) => `$.divideLongs(${a},${b})`,
};

const named: Readonly<Record<string, string>> = {
  '+': 'plus',
  '-': 'minus',
  '*': 'times',
  '/': 'over',
};

/** `+ - * /` of two values. @throws Refusal where the types have no such operation */
export function arithmetic(
  around: Around,
  operator: string,
  [left, right]: readonly [Code, Code],
  node: Expression,
): Code {
  if (operator === '+' && (left.type === STRING || right.type === STRING)) {
    return sureCode(`$.joined(${texted(left)}+${texted(right)})`, STRING);
  }
  const date = dateArithmetic(operator, left, right);
  if (date) return date;
  if (!isNumeric(left.type) || !isNumeric(right.type)) {
    throw new Refusal(
      node.at,
      `Arithmetic expressions must use numeric arguments: ${left.type.text} ${operator} ${right.type.text}`,
    );
  }
  const type = common(left.type, right.type);
  const [a, b] = [left, right].map((one) => operand(converted(around.world, one, type, node.at)));
  return sureCode(calculation(type, operator, a ?? '', b ?? ''), type);
}

function calculation(type: Type, operator: string, a: string, b: string): string {
  if (type === INTEGER) return ofIntegers[operator]?.(a, b) ?? '';
  if (type === LONG) return ofLongs[operator]?.(a, b) ?? '';
  if (type === DOUBLE) return `$.doubles(${JSON.stringify(operator)},${a},${b})`;
  return operator === '/' ? `$.divide(${a},${b})` : `${a}.${named[operator] ?? ''}(${b})`;
}

const texted = ({ js, type, isSure }: Code): string =>
  type === STRING && isSure === true ? js : `$.text(${js})`;

/** Days are added to a Date, and days, as parts of one too, to a Datetime. */
function dateArithmetic(operator: string, left: Code, right: Code): Code | undefined {
  const isDate = left.type === DATE || left.type === DATETIME || left.type === TIME;
  if (!isDate || !isNumeric(right.type) || (operator !== '+' && operator !== '-')) return undefined;
  const sign = operator === '+' ? 1 : -1;
  return sureCode(`$.addTime(${operand(left)},${operand(right)},${sign})`, left.type);
}

const isText = (type: Type): boolean => type === STRING || type === ID;

/** @throws Refusal for types that can never be equal */
function requireComparable({ world }: Around, one: Type, two: Type, node: Expression): void {
  const isComparable =
    (world.isCastable(one, two) || world.isCastable(two, one)) && one !== VOID && two !== VOID;
  if (isComparable) return;
  throw new Refusal(
    node.at,
    `Comparison arguments must be compatible types: ${one.text}, ${two.text}`,
  );
}

const VALUES: ReadonlySet<Type> = new Set([
  BLOB,
  BOOLEAN,
  DATE,
  DATETIME,
  DECIMAL,
  DOUBLE,
  ID,
  INTEGER,
  LONG,
  STRING,
  TIME,
]);

/** Whether two are the same object is asked of objects. */
function requireReferences(one: Type, two: Type, node: Expression): void {
  if (!VALUES.has(one) || !VALUES.has(two)) return;
  throw new Refusal(
    node.at,
    `Exact equality operator only allowed for reference types: ${one.text}`,
  );
}

/** Types whose values are the same where JavaScript's are. */
const plain: ReadonlySet<Type> = new Set([BOOLEAN, INTEGER, LONG]);

/** Texts by no case, ids of 15 and 18 characters, numbers of any type. */
export function equality(around: Around, left: Code, right: Code, node: Expression): string {
  const [one, two] = [left.type, right.type];
  requireComparable(around, one, two, node);
  const isNull = one === NULL || two === NULL;
  if (isNull || (one === two && plain.has(one))) return `(${left.js}===${right.js})`;
  const areTexts = isText(one) && isText(two);
  if (areTexts && (one === ID || two === ID)) return `$.sameId(${left.js},${right.js})`;
  return `$.${areTexts ? 'sameText' : 'same'}(${left.js},${right.js})`;
}

function comparison(around: Around, node: Binary, left: Code, right: Code): string {
  const [one, two] = [left.type, right.type];
  const isOrdered =
    (isNumeric(one) && isNumeric(two)) ||
    (isText(one) && isText(two)) ||
    ([DATE, DATETIME].includes(one) && [DATE, DATETIME].includes(two)) ||
    (one === TIME && two === TIME);
  if (!isOrdered) {
    throw new Refusal(
      node.at,
      `Comparison arguments must be compatible types: ${one.text}, ${two.text}`,
    );
  }
  if (one === INTEGER && two === INTEGER)
    return `(${operand(left)}${node.operator}${operand(right)})`;
  const [a, b] =
    one === DATE && two === DATETIME
      ? [converted(around.world, left, DATETIME, node.at), right]
      : one === DATETIME && two === DATE
        ? [left, converted(around.world, right, DATETIME, node.at)]
        : [left, right];
  return `($.order(${a.js},${b.js})${node.operator}0)`;
}

const bits: Readonly<Record<string, string>> = {
  '&': '&',
  '|': '|',
  '^': '^',
  '<<': '<<',
  '>>': '>>',
  '>>>': '>>>',
};

function bitwise(node: Binary, left: Code, right: Code): Code {
  const sign = bits[node.operator];
  if (sign === undefined) throw unsupported(node.at, `the operator ${node.operator}`);
  if (left.type === BOOLEAN && right.type === BOOLEAN) {
    return sureCode(`!!(${operand(left)}${sign}${operand(right)})`, BOOLEAN);
  }
  if (left.type === INTEGER && right.type === INTEGER) {
    return sureCode(`((${operand(left)}${sign}${operand(right)})|0)`, INTEGER);
  }
  throw unsupported(node.at, `${left.type.text} ${node.operator} ${right.type.text}`);
}

const isSign = (operator: string): boolean => ['+', '-', '*', '/'].includes(operator);

/** `a ?? b` */
function coalesced(around: Around, node: Binary, left: Code, right: Code): Code {
  const type = widest(around, left, right) ?? (left.type === NULL ? right.type : left.type);
  const other = converted(around.world, right, type, node.right.at);
  const first = converted(around.world, left, other.type, node.left.at);
  return {
    js: `(${first.js}??${other.js})`,
    type: other.type,
    isSure: other.isSure === true,
  };
}

const isOrder = (operator: string): boolean => ['<', '>', '<=', '>='].includes(operator);

/** Compiles an operator between two expressions. */
export function binary(around: Around, node: Binary): Code {
  const { operator } = node;
  if (operator === '&&' || operator === '||') {
    const [left, right] = [condition(around, node.left), condition(around, node.right)];
    return sureCode(`(${left}${operator}${right})`, BOOLEAN);
  }
  const left = around.expression(node.left);
  const right = around.expression(node.right);
  if (isSign(operator)) return arithmetic(around, operator, [left, right], node);
  if (isOrder(operator)) return sureCode(comparison(around, node, left, right), BOOLEAN);
  switch (operator) {
    case '??':
      return coalesced(around, node, left, right);
    case '==':
      return sureCode(equality(around, left, right, node), BOOLEAN);
    case '!=':
    case '<>':
      return sureCode(`!${equality(around, left, right, node)}`, BOOLEAN);
    case '===':
    case '!==':
      requireComparable(around, left.type, right.type, node);
      requireReferences(left.type, right.type, node);
      return sureCode(`(${left.js}${operator}${right.js})`, BOOLEAN);
    default:
      return bitwise(node, left, right);
  }
}

/** The type that holds both; undefined where there is none. */
export function widest({ world }: Around, one: Code, two: Code): Type | undefined {
  if (one.type === NULL) return two.type;
  if (world.isAssignable(two.type, one.type)) {
    return world.isAssignable(one.type, two.type) && two.type === DECIMAL ? DECIMAL : one.type;
  }
  return world.isAssignable(one.type, two.type) ? two.type : undefined;
}

/** Compiles `-a`, `!a`, `~a`. */
export function unary(around: Around, node: Expression & { kind: 'unary' }): Code {
  const { operator, value } = node;
  if (operator === '!') return sureCode(`!${condition(around, value)}`, BOOLEAN);
  const code = around.expression(value);
  if (operator === '~' && code.type === INTEGER) return sureCode(`(~${operand(code)})`, INTEGER);
  if (!isNumeric(code.type) || operator === '~') {
    throw new Refusal(node.at, `Operation ${operator} must be of numeric type: ${code.type.text}`);
  }
  if (operator === '+') return code;
  return arithmetic(around, '-', [sureCode('0', INTEGER), code], node);
}
