import { Refusal } from '../parse/refusal.ts';
import type { Expression, Place, Statement } from '../parse/tree.ts';
import type { ClassSymbol, FieldSymbol } from '../symbols/symbols.ts';
import {
  DATE,
  DATETIME,
  DECIMAL,
  DOUBLE,
  ID,
  INTEGER,
  LONG,
  NULL,
  STRING,
  VOID,
  type Type,
} from '../types/type.ts';
import type { World } from '../symbols/world.ts';
import type { Links } from './links.ts';
import type { Scope } from './scope.ts';

/** An expression in JavaScript. */
export interface Code {
  readonly js: string;
  readonly type: Type;
  /** It is never null. */
  readonly isSure?: boolean;
  /** A list that may stand for its one row. */
  readonly isQuery?: boolean;
  /** Of a query: the same for a loop, which does not hold all rows. */
  readonly rows?: string;
  /** Of a chain with `?.`: where this holds the whole chain is null. */
  readonly guard?: string;
}

/** What surrounds an expression. */
export interface Around {
  readonly world: World;
  readonly symbol: ClassSymbol;
  /** There is no `this`. */
  readonly isStatic: boolean;
  /** Where final fields get their values. */
  readonly sets: 'static' | 'instance' | 'nothing';
  readonly scope: Scope;
  /** The property whose own code this is: there its name means the value that is kept. */
  readonly accessor: FieldSymbol | undefined;
  /** Of a constructor, the statement that may call another one. */
  readonly first: Statement | undefined;
  readonly links: Links;
  /** Compiles a part, whole: a chain with `?.` is closed. */
  expression(node: Expression): Code;
  /** Compiles what a chain goes on from. */
  chain(node: Expression): Code;
  /** A new variable of the method. */
  temp(): string;
}

/** Whether it is no class of the org: its statements run with the rights of the user. */
export const isAnonymous = ({ top }: ClassSymbol): boolean =>
  'anonymous' in top.declaration.modifiers.annotations;

/** The object of a trigger, as it is written; undefined in classes. */
export const triggerObject = ({ top }: ClassSymbol): string | undefined =>
  top.declaration.modifiers.annotations['trigger']?.split(' ')[0];

/** The rights that count where code does not say it. */
export const usualAccess = ({ symbol }: Pick<Around, 'symbol'>): 'user' | 'system' =>
  isAnonymous(symbol) ? 'user' : 'system';

/** Closes a chain with `?.`. */
export function closed(code: Code): Code {
  const { js, type, guard, isQuery } = code;
  if (guard === undefined) return code;
  return { js: `(${guard}?null:${js})`, type, ...(isQuery === undefined ? {} : { isQuery }) };
}

/** The code of a part, behind a test for null unless it is sure. */
export const sure = ({ js, isSure }: Code): string => (isSure === true ? js : `$.n(${js})`);

export const sureCode = (js: string, type: Type): Code => ({ js, type, isSure: true });

const wider: Readonly<Record<string, string>> = {
  'Integer>Long': 'toLong',
  'Integer>Decimal': 'toDecimal',
  'Long>Decimal': 'toDecimal',
  'Double>Decimal': 'toDecimal',
  'Integer>Double': 'toDouble',
  'Long>Double': 'toDouble',
  'Decimal>Double': 'toDouble',
};

export const isConverted = (from: Type, to: Type): boolean => `${from.name}>${to.name}` in wider;

/**
 * A value where another type is wanted.
 * @throws Refusal where it does not fit
 */
export function converted(world: World, code: Code, to: Type, at: Place): Code {
  const { js, type, isQuery } = code;
  if (type === VOID) throw new Refusal(at, `Illegal assignment from void to ${to.text}`);
  if (isQuery === true && to.name !== 'List' && to.name !== 'Object') {
    const [row] = type.args;
    if (row && (world.isAssignable(row, to) || world.isAssignable(to, row))) {
      return { js: `$.oneRow(${js})`, type: to };
    }
  }
  if (!world.isAssignable(type, to)) {
    throw new Refusal(at, `Illegal assignment from ${type.text} to ${to.text}`);
  }
  if (type === NULL || type === to) return { ...code, type: type === NULL ? to : type };
  return { ...code, js: conversion(js, type, to), type: to };
}

function conversion(js: string, from: Type, to: Type): string {
  const number = wider[`${from.name}>${to.name}`];
  if (number !== undefined) return `$.${number}(${js})`;
  if (from === STRING && to === ID) return `$.toId(${js})`;
  if (from === DATE && to === DATETIME) return `$.toDatetime(${js})`;
  return js;
}

/** The wider of two types of numbers. */
export function common(one: Type, two: Type): Type {
  for (const wide of [DECIMAL, DOUBLE, LONG]) if (one === wide || two === wide) return wide;
  return INTEGER;
}

export const quoted = (text: string): string => JSON.stringify(text);
