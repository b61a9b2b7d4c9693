import type * as apexParser from '@apexdevtools/apex-parser';
import { createdTypeOf, maybe, placeOf, typeNameOf } from './antlr.ts';
import { queryOf } from './queries.ts';
import { Refusal, unsupported } from './refusal.ts';
import type { Call, Expression, Literal, Place, TypeName } from './tree.ts';

type Context = apexParser.ExpressionContext;

interface Children {
  readonly children: readonly { getText(): string }[];
}

interface Pair extends Children {
  expression_list(): Context[];
}

interface One extends Children {
  expression(): Context;
}

const kindOf = (node: object): string => node.constructor.name.replace(/Context$/, '');

/** The signs between the operands: `>` and `=` are two tokens. */
const operatorOf = ({ children }: Children): string =>
  children
    .slice(1, -1)
    .map((one) => one.getText())
    .join('');

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  "'": "'",
  '"': '"',
  '\\': '\\',
};

/** What a text in quotes says. */
export function unquoted(text: string, at: Place): string {
  return text.slice(1, -1).replace(/\\(u[0-9a-fA-F]{4}|[^])/g, (_, escape: string) => {
    if (escape.length > 1) return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    const found = escapes[escape.toLowerCase()];
    if (found !== undefined) return found;
    throw new Refusal(at, `Illegal string literal: Invalid string literal \\${escape}`);
  });
}

function literalOf(node: apexParser.LiteralContext): Literal {
  const at = placeOf(node);
  const text = node.getText();
  const literal = (type: Literal['type'], said: string): Literal => ({
    kind: 'literal',
    at,
    type,
    text: said,
  });
  if (maybe(node.StringLiteral())) return literal('String', unquoted(text, at));
  if (maybe(node.BooleanLiteral())) return literal('Boolean', text.toLowerCase());
  if (maybe(node.IntegerLiteral())) return literal('Integer', text);
  if (maybe(node.LongLiteral())) return literal('Long', text.slice(0, -1));
  if (maybe(node.NULL())) return literal('null', 'null');
  if (maybe(node.NumberLiteral())) {
    return /d$/i.test(text) ? literal('Double', text.slice(0, -1)) : literal('Decimal', text);
  }
  throw unsupported(at, 'texts of several lines');
}

/** Reads expressions of one source. */
export class Expressions {
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  readonly of = (node: Context): Expression => {
    const kind = kindOf(node);
    const read = this.readers[kind];
    if (!read) throw unsupported(placeOf(node), `the expression ${node.getText().slice(0, 60)}`);
    return read(node as never, placeOf(node));
  };

  list(node: apexParser.ExpressionListContext | undefined): readonly Expression[] {
    return node ? node.expression_list().map(this.of) : [];
  }

  private binary(node: Pair, at: Place): Expression {
    const [left, right] = this.pair(node);
    return { kind: 'binary', at, operator: operatorOf(node), left, right };
  }

  private pair(node: Pair): readonly [Expression, Expression] {
    const [left, right] = node.expression_list().map(this.of);
    if (left && right) return [left, right];
    throw new Error('an operator has lost an operand');
  }

  private readonly binaryReader = (node: Pair, at: Place): Expression => this.binary(node, at);

  private readonly readers: Readonly<Record<string, (node: never, at: Place) => Expression>> = {
    PrimaryExpression: (node: apexParser.PrimaryExpressionContext) => this.primary(node.primary()),
    SubExpression: (node: One) => this.of(node.expression()),
    DotExpression: (node: apexParser.DotExpressionContext, at) => this.dot(node, at),
    MethodCallExpression: (node: apexParser.MethodCallExpressionContext, at) =>
      this.ownCall(node.methodCall(), at),
    ArrayExpression: (node: Pair, at) => {
      const [of, index] = this.pair(node);
      return { kind: 'index', at, of, index };
    },
    NewExpression: (node: apexParser.NewExpressionContext, at) => this.creation(node.creator(), at),
    CastExpression: (node: apexParser.CastExpressionContext, at) => ({
      kind: 'cast',
      at,
      type: typeNameOf(node.typeRef()),
      value: this.of(node.expression()),
    }),
    InstanceOfExpression: (node: apexParser.InstanceOfExpressionContext, at) => ({
      kind: 'instanceof',
      at,
      type: typeNameOf(node.typeRef()),
      value: this.of(node.expression()),
    }),
    CondExpression: (node: apexParser.CondExpressionContext, at) => {
      const [test, yes, no] = node.expression_list().map(this.of);
      if (!test || !yes || !no) throw new Error('a condition has lost a part');
      return { kind: 'conditional', at, test, yes, no };
    },
    CoalExpression: this.binaryReader,
    LogAndExpression: this.binaryReader,
    LogOrExpression: this.binaryReader,
    EqualityExpression: this.binaryReader,
    CmpExpression: this.binaryReader,
    Arth1Expression: this.binaryReader,
    Arth2Expression: this.binaryReader,
    BitExpression: this.binaryReader,
    BitAndExpression: this.binaryReader,
    BitOrExpression: this.binaryReader,
    BitNotExpression: this.binaryReader,
    NegExpression: (node: One, at) => ({
      kind: 'unary',
      at,
      operator: node.children[0]?.getText() ?? '',
      value: this.of(node.expression()),
    }),
    PreOpExpression: (node: One, at) => {
      const operator = node.children[0]?.getText() ?? '';
      const value = this.of(node.expression());
      if (operator.length === 1) return { kind: 'unary', at, operator, value };
      return { kind: 'step', at, operator: stepOf(operator), isPrefix: true, target: value };
    },
    PostOpExpression: (node: One, at) => ({
      kind: 'step',
      at,
      operator: stepOf(node.children[1]?.getText() ?? ''),
      isPrefix: false,
      target: this.of(node.expression()),
    }),
    AssignExpression: (node: Pair, at) => {
      const [target, value] = this.pair(node);
      return { kind: 'assign', at, operator: operatorOf(node), target, value };
    },
  };

  private primary(node: apexParser.PrimaryContext): Expression {
    const at = placeOf(node);
    switch (kindOf(node)) {
      case 'ThisPrimary':
        return { kind: 'this', at };
      case 'SuperPrimary':
        return { kind: 'super', at };
      case 'IdPrimary':
        return { kind: 'name', at, name: node.getText() };
      case 'LiteralPrimary':
        return literalOf((node as apexParser.LiteralPrimaryContext).literal());
      case 'SoqlPrimary':
        return queryOf((node as apexParser.SoqlPrimaryContext).soqlLiteral(), this.source, this.of);
      case 'TypeRefPrimary':
        return {
          kind: 'class',
          at,
          type: typeNameOf((node as apexParser.TypeRefPrimaryContext).typeRef()),
        };
      case 'SoslPrimary':
        throw unsupported(at, 'SOSL');
      default:
        throw unsupported(at, node.getText().slice(0, 60));
    }
  }

  private dot(node: apexParser.DotExpressionContext, at: Place): Expression {
    const of = this.of(node.expression());
    const safe = maybe(node.QUESTIONDOT()) !== undefined;
    const method = maybe(node.dotMethodCall());
    if (!method) return { kind: 'dot', at, of, name: node.anyId().getText(), safe };
    const args = this.list(maybe(method.expressionList()));
    return { kind: 'call', at: placeOf(method), of, name: method.anyId().getText(), args, safe };
  }

  private ownCall(node: apexParser.MethodCallContext, at: Place): Expression {
    const args = this.list(maybe(node.expressionList()));
    if (maybe(node.THIS())) return { kind: 'chain', at, to: 'this', args };
    if (maybe(node.SUPER())) return { kind: 'chain', at, to: 'super', args };
    const call: Call = {
      kind: 'call',
      at,
      of: undefined,
      name: node.id().getText(),
      args,
      safe: false,
    };
    return call;
  }

  private creation(node: apexParser.CreatorContext, at: Place): Expression {
    const type = createdTypeOf(node.createdName());
    const plain = maybe(node.classCreatorRest());
    if (plain) {
      return { kind: 'new', at, type, args: this.list(maybe(plain.arguments().expressionList())) };
    }
    const items = maybe(node.setCreatorRest());
    if (items) return { kind: 'list', at, type, items: items.expression_list().map(this.of) };
    const pairs = maybe(node.mapCreatorRest());
    if (pairs) {
      const found = pairs.mapCreatorRestPair_list().map((one) => this.pair(one as unknown as Pair));
      return { kind: 'map', at, type, pairs: found };
    }
    if (maybe(node.noRest())) return { kind: 'list', at, type, items: [] };
    return this.array(node.arrayCreatorRest(), type, at);
  }

  /** `new String[3]`, `new String[]{ 'a' }` */
  private array(node: apexParser.ArrayCreatorRestContext, item: TypeName, at: Place): Expression {
    const type: TypeName = { at: item.at, name: 'List', args: [item] };
    const size = maybe(node.expression());
    if (size) return { kind: 'array', at, type, size: this.of(size) };
    const items = maybe(node.arrayInitializer())?.expression_list() ?? [];
    return { kind: 'list', at, type, items: items.map(this.of) };
  }
}

const stepOf = (operator: string): '+' | '-' => (operator.startsWith('+') ? '+' : '-');
