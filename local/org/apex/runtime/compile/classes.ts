import { triggerName } from '../parse/declarations.ts';
import { Refusal } from '../parse/refusal.ts';
import type { Statement } from '../parse/tree.ts';
import type { ClassSymbol, FieldSymbol, MethodSymbol } from '../symbols/symbols.ts';
import { VOID } from '../types/type.ts';
import type { World } from '../symbols/world.ts';
import { requireAnnotated } from './annotated.ts';
import { Body, type Shared } from './bodies.ts';
import { staticsOf } from './access.ts';
import { converted, isAnonymous, quoted, triggerObject } from './code.ts';
import { completes } from './completion.ts';
import { requireDeclared } from './declared.ts';
import { requireWhole } from './inheritance.ts';
import { requireInvocable } from './invocable.ts';
import { requireTrigger } from './trigger.ts';
import { blockCode } from './statements.ts';

/** Parameters as variables of the code, in the order in which they come. */
function parametersOf(body: Body, method: MethodSymbol): string {
  return method.declaration.parameters
    .map(({ name, at }, index) => {
      const type = method.parameters[index] ?? VOID;
      return body.scope.add(name, type, at).js;
    })
    .join(',');
}

/** Of anonymous code and triggers the place has no method. */
function whereOf(symbol: ClassSymbol, name: string): string {
  if (triggerObject(symbol) !== undefined) return `Trigger.${triggerName(symbol.name)}`;
  return isAnonymous(symbol) ? symbol.top.name : `Class.${symbol.name}.${name}`;
}

/** The static code of a class runs before its methods and constructors do. */
function beforeFirst({ declaration, fields, index }: ClassSymbol): string {
  const isCode =
    declaration.initialisers.some((one) => one.isStatic) ||
    fields.some((one) => one.isStatic && one.declaration.value);
  return isCode ? `$.statics(${index});` : '';
}

function methodBody(shared: Shared, method: MethodSymbol): string {
  const { owner, declaration, name, returns, isStatic } = method;
  const body = new Body(shared, owner, { isStatic, returns });
  const parameters = parametersOf(body, method);
  const block = declaration.body;
  if (!block) return `${method.code}(${parameters}){}`;
  const js = blockCode(body, block);
  if (returns !== VOID && completes(block)) {
    body.refuse(
      new Refusal(declaration.at, `Missing return statement required return type: ${returns.text}`),
    );
  }
  const first = isStatic ? beforeFirst(owner) : '';
  return `${method.code}(${parameters})${body.framed(whereOf(owner, name), first + js)}`;
}

/** A method that runs after the transaction: calls of it wait. */
function futureMethod(shared: Shared, method: MethodSymbol): string {
  const now = { ...method, code: `${method.code}$now` };
  const parameters = method.parameters.map((_, at) => `a${at}`).join(',');
  const run = `()=>s${method.owner.index}.${now.code}(${parameters})`;
  return `${methodBody(shared, now)},\n${method.code}(${parameters}){$.future(${quoted(`${method.owner.name}.${method.name}`)},${run});}`;
}

const isChain = (statement: Statement | undefined): boolean =>
  statement?.kind === 'expression' && statement.value.kind === 'chain';

/** What runs before the code of a constructor that calls no other one. */
function before(world: World, symbol: ClassSymbol): string {
  const base = symbol.base && world.classOf(symbol.base);
  const above = !base
    ? ''
    : world.isException(base.type)
      ? `this.i${base.index}();`
      : 'super.c_$();';
  return `${above}this.i${symbol.index}();`;
}

function constructorBody(shared: Shared, method: MethodSymbol): string {
  const { owner, declaration } = method;
  const [first] = declaration.body?.statements ?? [];
  const body = new Body(shared, owner, { isStatic: false, sets: 'instance', first });
  const parameters = parametersOf(body, method);
  const chain =
    isChain(first) && first?.kind === 'expression' && first.value.kind === 'chain'
      ? first.value
      : undefined;
  const js = declaration.body ? blockCode(body, declaration.body) : '';
  // The fields get their values behind super(…), and in the constructor that this(…) calls.
  const isOther = chain?.to === 'this';
  const fill = chain ? `this.i${owner.index}();` : before(shared.world, owner);
  const code = isOther
    ? js
    : chain
      ? js.replace(/^(\{\$\.at\(\d+\);[^;]*;)/, `$1${fill}`)
      : fill + js;
  return `${method.code}(${parameters})${body.framed(whereOf(owner, '<init>'), beforeFirst(owner) + code, 'return this;')}`;
}

/** Fields get their values, and blocks run, as they come. */
function initialiser(shared: Shared, symbol: ClassSymbol, isStatic: boolean): string {
  const body = new Body(shared, symbol, { isStatic, sets: isStatic ? 'static' : 'instance' });
  const fields = symbol.fields.filter((one) => one.isStatic === isStatic && one.declaration.value);
  const valueCode = (field: FieldSymbol): string => {
    const { value } = field.declaration;
    if (!value) return '';
    try {
      const code = converted(shared.world, body.expression(value), field.type, value.at);
      body.line(value.at.line);
      const place = isStatic ? staticsOf(symbol) : 'this';
      return `$.at(${value.at.line});${place}.${field.code}=${code.js};`;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      body.refuse(error);
      return `$.refused(${quoted(error.message)});`;
    }
  };
  const blocks = symbol.declaration.initialisers
    .filter((one) => one.isStatic === isStatic)
    .map(({ block }) => ({ at: block.at, code: () => blockCode(body, block) }));
  const values = fields.map((one) => ({ at: one.declaration.at, code: () => valueCode(one) }));
  const all = [...values, ...blocks]
    .toSorted((one, two) => one.at.line - two.at.line || one.at.column - two.at.column)
    .map(({ code }) => code())
    .join('');
  if (all === '') return isStatic ? '{}' : '{return this;}';
  const name = isStatic ? '<clinit>' : '<init>';
  return body.framed(whereOf(symbol, name), all, isStatic ? '' : 'return this;');
}

/** Methods of a property that has code. */
function accessors(shared: Shared, field: FieldSymbol): readonly string[] {
  const { owner, declaration, type, isStatic, name } = field;
  const { getter, setter } = declaration.property ?? {};
  const found: string[] = [];
  if (getter?.body) {
    const body = new Body(shared, owner, { isStatic, returns: type, accessor: field });
    const js = blockCode(body, getter.body);
    if (completes(getter.body)) {
      body.refuse(
        new Refusal(getter.at, `Missing return statement required return type: ${type.text}`),
      );
    }
    found.push(`g${field.code}()${body.framed(whereOf(owner, name), js)}`);
  }
  if (setter?.body) {
    const body = new Body(shared, owner, { isStatic, accessor: field });
    const value = body.scope.add('value', type, setter.at).js;
    const js = blockCode(body, setter.body);
    found.push(
      `s${field.code}(${value})${body.framed(whereOf(owner, name), js, `return ${value};`)}`,
    );
  }
  return found;
}

function baseOf(world: World, symbol: ClassSymbol): string {
  const base = symbol.base && world.classOf(symbol.base);
  if (base) return `C${base.index}`;
  return symbol.base && world.isException(symbol.base) ? '$.Exception' : '$.Base';
}

/** The code of one class: its objects, its static methods, and what fills its static fields. */
export function classCode(shared: Shared, symbol: ClassSymbol): string {
  const { world } = shared;
  const { index, methods, fields, constructors, declaration } = symbol;
  requireWhole(shared, symbol);
  requireDeclared(shared, symbol);
  requireAnnotated(shared, symbol);
  requireInvocable(shared, symbol);
  requireTrigger(shared, symbol);
  const isException = world.isException(symbol.type);
  const own = fields.filter((one) => !one.isStatic);
  const blanks = own.map((one) => `this.${one.code}=null;`).join('');
  const isFuture = (one: MethodSymbol): boolean =>
    'future' in one.declaration.modifiers.annotations;
  const members = [
    isException
      ? `constructor(name=${quoted(symbol.name)}){super(name);${blanks}}`
      : `constructor(){super();${blanks}}`,
    `i${index}()${initialiser(shared, symbol, false)}`,
    ...(constructors.length === 0 && declaration.kind === 'class' && !isException
      ? [`c_$(){${beforeFirst(symbol)}${before(world, symbol)}return this;}`]
      : []),
    ...constructors.map((one) => constructorBody(shared, one)),
    ...own.flatMap((one) => accessors(shared, one)),
    ...methods.filter((one) => !one.isStatic).map((one) => methodBody(shared, one)),
  ];
  const statics = [
    ...fields.filter((one) => one.isStatic).flatMap((one) => accessors(shared, one)),
    ...methods
      .filter((one) => one.isStatic)
      .map((one) => (isFuture(one) ? futureMethod(shared, one) : methodBody(shared, one))),
  ];
  const cleared = fields.filter((one) => one.isStatic).map((one) => `s.${one.code}=null;`);
  return [
    `class C${index} extends ${baseOf(world, symbol)}{\n${members.join('\n')}\n}`,
    `C${index}.prototype.$class=$.outline(${index});`,
    `const s${index}={\n${statics.join(',\n')}\n};`,
    `$.define(${index},()=>new C${index}(),s${index},(s)=>{${cleared.join('')}${initialiser(shared, symbol, true)}});`,
  ].join('\n');
}
