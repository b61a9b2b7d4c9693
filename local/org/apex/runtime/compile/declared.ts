import { Refusal } from '../parse/refusal.ts';
import type { Modifiers, Place } from '../parse/tree.ts';
import type { ClassSymbol } from '../symbols/symbols.ts';
import type { Shared } from './bodies.ts';
import { isAnonymous, triggerObject } from './code.ts';

type Say = (at: Place, message: string) => void;

const ANNOTATIONS = new Set(
  [
    'auraenabled deprecated future httpdelete httpget httppatch httppost httpput invocablemethod',
    'invocablevariable istest jsonaccess namespaceaccessible readonly remoteaction restresource',
    'suppresswarnings testsetup testvisible',
  ].flatMap((line) => line.split(' ')),
);

/** Of each kind of modifiers one may be there. */
const KINDS: readonly (readonly string[])[] = [
  ['private', 'protected', 'public', 'global'],
  ['withsharing', 'withoutsharing', 'inheritedsharing'],
];

function modifierProblem({ words, annotations }: Modifiers): string | undefined {
  const twice = words.find((one, at) => words.indexOf(one) < at);
  if (twice !== undefined) return `Duplicate modifier: ${twice}`;
  const rivals = KINDS.map((kind) => words.filter((one) => kind.includes(one)));
  const both = rivals.find((found) => found.length > 1);
  if (both) return `Modifiers cannot be together: ${both.join(', ')}`;
  const unknown = Object.keys(annotations).find((one) => !ANNOTATIONS.has(one));
  return unknown === undefined ? undefined : `Annotation does not exist: ${unknown}`;
}

/** Of names that differ by their case at most, all but the first. */
function repeated<T>(all: readonly T[], nameOf: (one: T) => string): readonly T[] {
  const names = all.map((one) => nameOf(one).toLowerCase());
  return all.filter((_, at) => names.indexOf(names[at] ?? '') < at);
}

/** A class within another one has neither classes nor anything static. */
function requireInner({ declaration, methods, fields }: ClassSymbol, say: Say): void {
  const [deeper] = declaration.inner;
  if (deeper) say(deeper.at, 'Inner types are not allowed to have inner types');
  for (const one of declaration.kind === 'class' ? [...methods, ...fields] : []) {
    if (!one.isStatic) continue;
    const what = one.declaration.kind === 'field' ? 'variables' : 'methods';
    say(one.declaration.at, `Only top-level class ${what} can be declared static`);
  }
}

function requireType(symbol: ClassSymbol, say: Say): void {
  const { declaration, outer, top } = symbol;
  const { at, inner, modifiers, name, values } = declaration;
  if (modifiers.words.includes('static')) say(at, `Modifier is not allowed: static ${name}`);
  const isOpen = modifiers.words.some((one) => one === 'public' || one === 'global');
  if (!outer && !isOpen && !('istest' in modifiers.annotations)) {
    say(at, 'Top-level type must have public or global visibility');
  }
  for (const one of repeated(inner, (each) => each.name)) {
    say(one.at, `Class already defined: ${name}.${one.name}`);
  }
  for (const one of repeated(values, String)) say(at, `Duplicate field: ${one}`);
  if (outer && !isAnonymous(top)) requireInner(symbol, say);
}

function requireOneAura({ methods }: ClassSymbol, say: Say): void {
  const called = methods.filter((one) => 'auraenabled' in one.declaration.modifiers.annotations);
  for (const { name, declaration } of repeated(called, (one) => one.name)) {
    say(declaration.at, `AuraEnabled methods cannot be overloaded: ${name}`);
  }
}

/** Verbs whose calls have no body, of which parameters would be made. */
const WITHOUT_BODY = new Set(['httpget', 'httpdelete']);
const VERBS = ['httpdelete', 'httpget', 'httppatch', 'httppost', 'httpput'];

function requireRest({ declaration, methods }: ClassSymbol, say: Say): void {
  const { restresource: setting } = declaration.modifiers.annotations;
  const mapping = setting === undefined ? '/' : /urlMapping='([^']*)'/i.exec(setting)?.[1];
  if (mapping === undefined) say(declaration.at, 'RestResource needs a urlMapping');
  else if (!mapping.startsWith('/')) say(declaration.at, `urlMapping begins with /: ${mapping}`);
  for (const verb of VERBS) {
    const found = methods.filter((one) => verb in one.declaration.modifiers.annotations);
    for (const { declaration: more } of found.slice(1)) {
      say(more.at, `Only one method per type can be defined with: ${verb}`);
    }
    for (const { declaration: one, parameters } of WITHOUT_BODY.has(verb) ? found : []) {
      if (parameters.length > 0)
        say(one.at, 'HTTP Get and Delete methods do not support parameters');
    }
  }
}

/** Others call a web service by the name of its class, without an object, from outside of the package. */
function requireWebService({ declaration, methods }: ClassSymbol, say: Say): void {
  const isGlobal = declaration.modifiers.words.includes('global');
  for (const { declaration: one, isStatic, name } of methods) {
    if (!one.modifiers.words.includes('webservice')) continue;
    if (!isStatic) say(one.at, `Web service methods must be declared as static: ${name}`);
    if (!isGlobal) say(one.at, `Web service methods must be in a global class: ${name}`);
  }
}

/** What of a method says nothing of a constructor. */
const OF_METHODS = new Set(['abstract', 'final', 'override', 'static', 'virtual', 'webservice']);

function requireConstructors({ constructors, declaration: { name } }: ClassSymbol, say: Say): void {
  for (const { declaration } of constructors) {
    const wrong = declaration.modifiers.words.find((one) => OF_METHODS.has(one));
    if (wrong !== undefined) say(declaration.at, `Modifier is not allowed: ${wrong} ${name}`);
  }
}

/** What a class, and each of its members, says of itself fits together. */
export function requireDeclared(shared: Shared, symbol: ClassSymbol): void {
  const { declaration, constructors, fields, methods } = symbol;
  if (triggerObject(symbol) !== undefined || isAnonymous(symbol)) return;
  const say: Say = (at, message) => {
    shared.refuse(symbol, new Refusal(at, message));
  };
  const members = [...constructors, ...fields, ...methods].map((one) => one.declaration);
  for (const { at, modifiers } of [declaration, ...members]) {
    const problem = modifierProblem(modifiers);
    if (problem !== undefined) say(at, problem);
  }
  requireType(symbol, say);
  requireConstructors(symbol, say);
  requireOneAura(symbol, say);
  requireRest(symbol, say);
  requireWebService(symbol, say);
}
