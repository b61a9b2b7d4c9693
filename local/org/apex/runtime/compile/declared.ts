import { Refusal } from '../parse/refusal.ts';
import type {
  ClassDeclaration,
  FieldDeclaration,
  MethodDeclaration,
  Place,
} from '../parse/tree.ts';
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

type Declaration = ClassDeclaration | FieldDeclaration | MethodDeclaration;

const OF_TYPES = [
  'private',
  'public',
  'global',
  'withsharing',
  'withoutsharing',
  'inheritedsharing',
];
const OF_MEMBERS = ['private', 'protected', 'public', 'global'];
const OF_FIELDS = [...OF_MEMBERS, 'final', 'static', 'transient', 'webservice'];
const INHERITED = ['abstract', 'override', 'virtual'];

/** What may stand before each kind of declaration, by what there are several of. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  classes: [...OF_TYPES, 'abstract', 'virtual'],
  interfaces: [...OF_TYPES, 'virtual'],
  enums: OF_TYPES,
  methods: [...OF_MEMBERS, ...INHERITED, 'static', 'testmethod', 'webservice'],
  constructors: OF_MEMBERS,
  fields: OF_FIELDS,
  properties: [...OF_FIELDS, ...INHERITED],
};

const KIND_NAMES = { class: 'classes', interface: 'interfaces', enum: 'enums' };

function kindOf(declaration: Declaration): string {
  if (declaration.kind === 'field') return declaration.property ? 'properties' : 'fields';
  if (declaration.kind !== 'method') return KIND_NAMES[declaration.kind];
  return declaration.name === '<init>' ? 'constructors' : 'methods';
}

function modifierProblem(declaration: Declaration): string | undefined {
  const { words, annotations } = declaration.modifiers;
  const twice = words.find((one, at) => words.indexOf(one) < at);
  if (twice !== undefined) return `Duplicate modifier: ${twice}`;
  const kind = kindOf(declaration);
  const wrong = words.find((one) => ALLOWED[kind]?.includes(one) === false);
  if (wrong !== undefined) return `${wrong} is not allowed on ${kind}`;
  const inherited = words.find((one) => INHERITED.includes(one));
  if (inherited !== undefined && words.includes('static')) {
    return `static ${kind} cannot be ${inherited}`;
  }
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

/** Code of other packages sees what is global of global classes alone. */
function requireGlobal({ declaration, fields }: ClassSymbol, say: Say): void {
  if (declaration.modifiers.words.includes('global')) return;
  for (const one of fields) {
    if (!one.declaration.modifiers.words.includes('global')) continue;
    say(one.declaration.at, 'Defining type for global fields must be declared as global');
  }
}

const LEVELS = ['private', 'protected', 'public', 'global'];

/** What reads or writes a property is seen by no more than the property. */
function requireAccessors({ fields }: ClassSymbol, say: Say): void {
  for (const { declaration, visibility } of fields) {
    const { getter, setter } = declaration.property ?? {};
    for (const accessor of [getter, setter]) {
      const level = accessor?.modifiers.words.find((one) => LEVELS.includes(one));
      if (!accessor || level === undefined) continue;
      if (LEVELS.indexOf(level) <= LEVELS.indexOf(visibility)) continue;
      say(accessor.at, `Cannot declare ${level} accessor on ${visibility} property`);
    }
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
  for (const one of [declaration, ...members]) {
    const problem = modifierProblem(one);
    if (problem !== undefined) say(one.at, problem);
  }
  requireType(symbol, say);
  requireGlobal(symbol, say);
  requireAccessors(symbol, say);
  requireOneAura(symbol, say);
  requireRest(symbol, say);
  requireWebService(symbol, say);
}
