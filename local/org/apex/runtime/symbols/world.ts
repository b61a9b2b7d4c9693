import type { ObjectDefinition } from '../../../model/schema.ts';
import { platformNamed } from '../library/library.ts';
import { Refusal } from '../parse/refusal.ts';
import type { ClassDeclaration, MethodDeclaration, TypeName } from '../parse/tree.ts';
import type { PlatformClass } from '../types/platform.ts';
import { typeNotFound } from './not-found.ts';
import type { RecordTypes } from './records.ts';
import {
  constructorCode,
  fieldCode,
  methodCode,
  visibilityOf,
  type ClassSymbol,
  type FieldSymbol,
  type MethodSymbol,
} from './symbols.ts';
import {
  DATE,
  DATETIME,
  DOUBLE,
  ID,
  isNumeric,
  NULL,
  OBJECT,
  primitive,
  SOBJECT,
  STRING,
  typeOf,
  VOID,
  widthOf,
  type Type,
} from '../types/type.ts';

/** Types whose values go for those of another one by themselves. */
const by = new Map([
  [ID, STRING],
  [DATE, DATETIME],
]);

const generic = new Map([
  ['list', 1],
  ['set', 1],
  ['map', 2],
  ['iterable', 1],
]);

/** All types that a program can name: its own classes, the platform's, and objects. */
export class World {
  readonly records: RecordTypes;
  readonly classes: ClassSymbol[] = [];
  private readonly byName = new Map<string, ClassSymbol>();

  constructor(records: RecordTypes) {
    this.records = records;
  }

  /** Adds a class with those inside it; members are filled in when all classes are there. */
  declare(declaration: ClassDeclaration, outer?: ClassSymbol): ClassSymbol {
    const name = outer ? `${outer.name}.${declaration.name}` : declaration.name;
    const symbol = {
      declaration,
      name,
      type: typeOf(name),
      outer,
      index: this.classes.length,
      isTest: (outer?.isTest ?? false) || 'istest' in declaration.modifiers.annotations,
      base: undefined,
      interfaces: [],
      methods: [],
      fields: [],
      constructors: [],
    } as unknown as { -readonly [Key in keyof ClassSymbol]: ClassSymbol[Key] };
    symbol.top = outer?.top ?? symbol;
    this.classes.push(symbol);
    this.byName.set(name.toLowerCase(), symbol);
    for (const inner of declaration.inner) this.declare(inner, symbol);
    return symbol;
  }

  classOf(type: Type): ClassSymbol | undefined {
    return this.byName.get(type.name.toLowerCase());
  }

  platformOf(type: Type): PlatformClass | undefined {
    return this.classOf(type) ? undefined : platformNamed(type.name);
  }

  recordOf(type: Type): ObjectDefinition | undefined {
    if (this.classOf(type) || platformNamed(type.name)) return undefined;
    return this.records.object(type.name);
  }

  /** A class of the program by its name, as it is seen from a class. */
  classNamed(name: string, from: ClassSymbol | undefined): ClassSymbol | undefined {
    const key = name.toLowerCase();
    for (let around = from; around; around = around.outer) {
      for (
        let one: ClassSymbol | undefined = around;
        one;
        one = one.base && this.classOf(one.base)
      ) {
        const inner = this.byName.get(`${one.name.toLowerCase()}.${key}`);
        if (inner) return inner;
      }
    }
    return this.byName.get(key);
  }

  /** @returns undefined where no type has the name */
  typeNamed(name: string, from: ClassSymbol | undefined): Type | undefined {
    const found = this.classNamed(name, from)?.type ?? primitive(name) ?? platformNamed(name)?.type;
    if (found) return found;
    const object = this.records.object(name.replace(/^schema\./i, ''));
    return object && typeOf(object.name);
  }

  /** @throws Refusal where there is no such type */
  resolve({ name, args, at }: TypeName, from: ClassSymbol | undefined): Type {
    const wanted = generic.get(name.toLowerCase()) ?? 0;
    const found = this.typeNamed(name, from);
    if (!found || args.length !== wanted) {
      const text = args.length === 0 ? name : `${name}<${args.map((one) => one.name).join(',')}>`;
      throw found ? new Refusal(at, `Invalid type: ${text}`) : typeNotFound(at, name, text);
    }
    return wanted === 0 ? found : typeOf(found.name, ...args.map((one) => this.resolve(one, from)));
  }

  /** Fills in what a class has. @param refuse takes what is wrong */
  link(symbol: ClassSymbol, refuse: (problem: Refusal) => void): void {
    const { declaration } = symbol;
    const named = (type: TypeName): Type => {
      try {
        return this.resolve(type, symbol);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refuse(error);
        return OBJECT;
      }
    };
    symbol.base = declaration.base && named(declaration.base);
    symbol.interfaces = declaration.interfaces.map(named);
    symbol.fields = declaration.fields.map((one) => fieldOf(symbol, one, named));
    const isInterface = declaration.kind === 'interface';
    const method = (one: MethodDeclaration): MethodSymbol =>
      methodOf(symbol, one, named, isInterface);
    symbol.methods = declaration.methods.map(method);
    symbol.constructors = declaration.constructors.map(method);
    this.refuseTwice(symbol, refuse);
  }

  private refuseTwice(
    { methods, constructors, fields }: ClassSymbol,
    refuse: (one: Refusal) => void,
  ): void {
    const seen = new Set<string>();
    for (const { code, declaration, name } of [...methods, ...constructors, ...fields]) {
      if (seen.has(code)) {
        const what = declaration.kind === 'field' ? 'Duplicate field' : 'Method already defined';
        refuse(new Refusal(declaration.at, `${what}: ${name}`));
      }
      seen.add(code);
    }
  }

  /** A class and all that it extends or implements. */
  supertypes(type: Type): readonly Type[] {
    const symbol = this.classOf(type);
    if (symbol) {
      const above = [...(symbol.base ? [symbol.base] : []), ...symbol.interfaces];
      return above.flatMap((one) => [one, ...this.supertypes(one)]);
    }
    const platform = platformNamed(type.name);
    const above = platform?.base === undefined ? [] : [typeOf(platform.base)];
    return above.flatMap((one) => [one, ...this.supertypes(one)]);
  }

  isException(type: Type): boolean {
    return (
      type.name === 'Exception' || this.supertypes(type).some(({ name }) => name === 'Exception')
    );
  }

  /** Whether a value of one type may stand where another is wanted. */
  isAssignable(from: Type, to: Type): boolean {
    if (from === to || from === NULL) return to !== VOID;
    if (from === VOID || to === VOID) return false;
    if (to === OBJECT) return true;
    const [narrow, wide] = [widthOf(from), widthOf(to)];
    if (narrow !== undefined && wide !== undefined) return narrow <= wide || to === DOUBLE;
    if (by.get(from) === to || (from === STRING && to === ID)) return true;
    if (this.recordOf(from) && to === SOBJECT) return true;
    if (this.supertypes(from).includes(to)) return true;
    return this.isAssignableCollection(from, to);
  }

  private isAssignableCollection(from: Type, to: Type): boolean {
    const isSame = from.name === to.name && from.args.length > 0;
    const isIterated = to.name === 'Iterable' && (from.name === 'List' || from.name === 'Set');
    if (!isSame && !isIterated) return false;
    return to.args.every((wanted, at) => this.isItem(from.args[at] ?? OBJECT, wanted));
  }

  /** Items are not converted: a list of integers is no list of decimals. */
  private isItem(from: Type, to: Type): boolean {
    if (from === to || to === OBJECT) return true;
    if (isNumeric(from) || isNumeric(to)) return false;
    if (from === SOBJECT && this.recordOf(to)) return true;
    return this.isAssignable(from, to);
  }

  /** Whether a cast from one type to another can go well. */
  isCastable(from: Type, to: Type): boolean {
    if (from === OBJECT || this.isAssignable(from, to) || this.isAssignable(to, from)) return true;
    if (isNumeric(from) && isNumeric(to)) return true;
    const isInterface = (one: Type): boolean =>
      this.classOf(one)?.declaration.kind === 'interface' ||
      this.platformOf(one)?.isInterface === true;
    return isInterface(from) || isInterface(to);
  }
}

function fieldOf(
  owner: ClassSymbol,
  declaration: ClassSymbol['declaration']['fields'][number],
  named: (type: TypeName) => Type,
): FieldSymbol {
  const { modifiers, name, property } = declaration;
  const visibility = visibilityOf(modifiers);
  return {
    owner,
    declaration,
    name,
    visibility,
    type: named(declaration.type),
    isStatic: modifiers.words.includes('static'),
    isFinal: modifiers.words.includes('final'),
    isTestVisible: 'testvisible' in modifiers.annotations,
    setVisibility: property?.setter
      ? visibilityOf(property.setter.modifiers, visibility)
      : visibility,
    code: fieldCode(name),
  };
}

function methodOf(
  owner: ClassSymbol,
  declaration: MethodDeclaration,
  named: (type: TypeName) => Type,
  isInterface: boolean,
): MethodSymbol {
  const { modifiers, name, returns } = declaration;
  const parameters = declaration.parameters.map((one) => named(one.type));
  return {
    owner,
    declaration,
    name,
    parameters,
    returns: returns ? named(returns) : VOID,
    isStatic: modifiers.words.includes('static'),
    visibility: isInterface ? 'public' : visibilityOf(modifiers),
    isTestVisible: 'testvisible' in modifiers.annotations,
    code: name === '<init>' ? constructorCode(parameters) : methodCode(name, parameters),
  };
}
