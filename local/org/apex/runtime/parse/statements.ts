import type * as apexParser from '@apexdevtools/apex-parser';
import { maybe, placeOf, typeNameOf } from './antlr.ts';
import { type Expressions, unquoted } from './expressions.ts';
import { Refusal, unsupported } from './refusal.ts';
import type { Block, Dml, Expression, Locals, Place, Statement, When } from './tree.ts';

interface Recorded {
  expression(): apexParser.ExpressionContext;
  accessLevel(): apexParser.AccessLevelContext;
  getText(): string;
}

const kindOf = (node: object): string => node.constructor.name.replace(/Context$/, '');

/** Reads statements of one source. */
export class Statements {
  private readonly expressions: Expressions;

  constructor(expressions: Expressions) {
    this.expressions = expressions;
  }

  block(node: apexParser.BlockContext): Block {
    const statements = node.statement_list().map((one) => this.of(one));
    return { kind: 'block', at: placeOf(node), statements };
  }

  of(node: apexParser.StatementContext): Statement {
    const [inner] = (node as unknown as { children: { readonly start: never }[] }).children;
    if (!inner) throw new Error('a statement is empty');
    const read = this.readers[kindOf(inner)];
    const at = placeOf(inner);
    if (!read) throw unsupported(at, `the statement ${node.getText().slice(0, 60)}`);
    return read(inner as never, at);
  }

  private optional(node: apexParser.StatementContext): Statement | undefined {
    const found = maybe(node);
    return found && this.of(found);
  }

  private test(node: { parExpression(): apexParser.ParExpressionContext }): Expression {
    return this.expressions.of(node.parExpression().expression());
  }

  locals(node: apexParser.LocalVariableDeclarationContext): Locals {
    const variables = node
      .variableDeclarators()
      .variableDeclarator_list()
      .map((one) => {
        const value = maybe(one.expression());
        return {
          at: placeOf(one),
          name: one.id().getText(),
          value: value && this.expressions.of(value),
        };
      });
    const modifiers = node.modifier_list().map((one) => one.getText().toLowerCase());
    const wrong = modifiers.find((one) => one !== 'final' && !one.startsWith('@'));
    if (wrong !== undefined) {
      throw new Refusal(placeOf(node), `Modifier is not allowed on a local variable: ${wrong}`);
    }
    const isFinal = modifiers.includes('final');
    const type = typeNameOf(node.typeRef());
    return { kind: 'locals', at: placeOf(node), type, isFinal, variables };
  }

  private dml(verb: Dml['verb'], node: Recorded, at: Place): Dml {
    const level = maybe(node.accessLevel());
    const access = level && (maybe(level.SYSTEM()) ? 'system' : 'user');
    return {
      kind: 'dml',
      at,
      verb,
      records: this.expressions.of(node.expression()),
      access,
      by: undefined,
    };
  }

  private readonly readers: Readonly<Record<string, (node: never, at: Place) => Statement>> = {
    Block: (node: apexParser.BlockContext) => this.block(node),
    LocalVariableDeclarationStatement: (
      node: apexParser.LocalVariableDeclarationStatementContext,
    ) => this.locals(node.localVariableDeclaration()),
    ExpressionStatement: (node: apexParser.ExpressionStatementContext, at) => ({
      kind: 'expression',
      at,
      value: this.expressions.of(node.expression()),
    }),
    IfStatement: (node: apexParser.IfStatementContext, at) => {
      const [then, otherwise] = node.statement_list().map((one) => this.of(one));
      if (!then) throw new Error('an if has lost its statement');
      return { kind: 'if', at, test: this.test(node), then, otherwise };
    },
    WhileStatement: (node: apexParser.WhileStatementContext, at) => ({
      kind: 'while',
      at,
      test: this.test(node),
      body: this.optional(node.statement()),
    }),
    DoWhileStatement: (node: apexParser.DoWhileStatementContext, at) => {
      const { statement, block } = node as unknown as {
        statement?: () => apexParser.StatementContext;
        block: () => apexParser.BlockContext;
      };
      const body = statement ? this.of(statement.call(node)) : this.block(block.call(node));
      return { kind: 'do', at, test: this.test(node), body };
    },
    ForStatement: (node: apexParser.ForStatementContext, at) => this.loop(node, at),
    TryStatement: (node: apexParser.TryStatementContext, at) => {
      const last = maybe(node.finallyBlock());
      const catches = node.catchClause_list().map((one) => ({
        at: placeOf(one),
        type: { at: placeOf(one.qualifiedName()), name: one.qualifiedName().getText(), args: [] },
        name: one.id().getText(),
        block: this.block(one.block()),
      }));
      const block = this.block(node.block());
      return { kind: 'try', at, block, catches, last: last && this.block(last.block()) };
    },
    SwitchStatement: (node: apexParser.SwitchStatementContext, at) => ({
      kind: 'switch',
      at,
      value: this.expressions.of(node.expression()),
      whens: node.whenControl_list().map((one) => this.when(one)),
    }),
    ReturnStatement: (node: apexParser.ReturnStatementContext, at) => {
      const value = maybe(node.expression());
      return { kind: 'return', at, value: value && this.expressions.of(value) };
    },
    ThrowStatement: (node: apexParser.ThrowStatementContext, at) => ({
      kind: 'throw',
      at,
      value: this.expressions.of(node.expression()),
    }),
    BreakStatement: (_node: never, at) => ({ kind: 'break', at }),
    ContinueStatement: (_node: never, at) => ({ kind: 'continue', at }),
    InsertStatement: (node: Recorded, at) => this.dml('insert', node, at),
    UpdateStatement: (node: Recorded, at) => this.dml('update', node, at),
    DeleteStatement: (node: Recorded, at) => this.dml('delete', node, at),
    UndeleteStatement: (node: Recorded, at) => this.dml('undelete', node, at),
    UpsertStatement: (node: apexParser.UpsertStatementContext, at) => ({
      ...this.dml('upsert', node, at),
      by: maybe(node.qualifiedName())?.getText(),
    }),
    RunAsStatement: (node: apexParser.RunAsStatementContext, at) => {
      const [user] = this.expressions.list(maybe(node.expressionList()));
      if (!user) throw unsupported(at, 'System.runAs without a user');
      return { kind: 'runAs', at, user, block: this.block(node.block()) };
    },
  };

  private loop(node: apexParser.ForStatementContext, at: Place): Statement {
    const control = node.forControl();
    const body = this.optional(node.statement());
    const each = maybe(control.enhancedForControl());
    if (each) {
      const type = typeNameOf(each.typeRef());
      const of = this.expressions.of(each.expression());
      return { kind: 'each', at, type, name: each.id().getText(), of, body };
    }
    const init = maybe(control.forInit());
    const locals = init && maybe(init.localVariableDeclaration());
    const test = maybe(control.expression());
    return {
      kind: 'for',
      at,
      body,
      first: locals
        ? this.locals(locals)
        : this.expressions.list(init && maybe(init.expressionList())),
      test: test && this.expressions.of(test),
      then: this.expressions.list(maybe(control.forUpdate())?.expressionList()),
    };
  }

  private when(node: apexParser.WhenControlContext): When {
    const value = node.whenValue();
    const type = maybe(value.typeRef());
    return {
      at: placeOf(node),
      values: value.whenLiteral_list().map((one) => literalIn(one)),
      type: type && typeNameOf(type),
      name: maybe(value.id())?.getText() ?? '',
      block: this.block(node.block()),
    };
  }
}

function literalIn(node: apexParser.WhenLiteralContext): Expression {
  const at = placeOf(node);
  const text = node.getText();
  const inner = maybe(node.whenLiteral());
  if (inner) return literalIn(inner);
  if (maybe(node.StringLiteral())) {
    return { kind: 'literal', at, type: 'String', text: unquoted(text, at) };
  }
  if (maybe(node.NULL())) return { kind: 'literal', at, type: 'null', text: 'null' };
  if (maybe(node.IntegerLiteral())) return { kind: 'literal', at, type: 'Integer', text };
  if (maybe(node.LongLiteral()))
    return { kind: 'literal', at, type: 'Long', text: text.slice(0, -1) };
  return { kind: 'name', at, name: text };
}
