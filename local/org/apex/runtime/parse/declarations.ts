import type * as apexParser from '@apexdevtools/apex-parser';
import { maybe, parserOf, placeOf, typeNameOf } from './antlr.ts';
import { Expressions } from './expressions.ts';
import { Refusal, unsupported } from './refusal.ts';
import { Statements } from './statements.ts';
import type {
  Accessor,
  Block,
  ClassDeclaration,
  Expression,
  FieldDeclaration,
  MethodDeclaration,
  Modifiers,
  Parameter,
  Statement,
} from './tree.ts';

interface Modified {
  modifier_list(): apexParser.ModifierContext[];
}

const none: Modifiers = { words: [], annotations: {} };

function modifiersOf(modified: Modified): Modifiers {
  const words: string[] = [];
  const annotations: Record<string, string> = {};
  for (const one of modified.modifier_list()) {
    const text = one.getText();
    const [, name, , inside = ''] = /^@(\w+)(\(([^]*)\))?$/.exec(text) ?? [];
    if (name === undefined) words.push(text.toLowerCase());
    else annotations[name.toLowerCase()] = inside;
  }
  if (words.includes('testmethod')) annotations['istest'] = '';
  return { words, annotations };
}

const parametersOf = (node: apexParser.FormalParametersContext): readonly Parameter[] =>
  (maybe(node.formalParameterList())?.formalParameter_list() ?? []).map((one) => ({
    at: placeOf(one),
    name: one.id().getText(),
    type: typeNameOf(one.typeRef()),
  }));

/** A member of a class, or of anonymous code, which has no constructors. */
type Declared = apexParser.AnonymousMemberDeclarationContext &
  Partial<Pick<apexParser.MemberDeclarationContext, 'constructorDeclaration'>>;

/** Members as they are gathered. */
interface Members {
  readonly fields: FieldDeclaration[];
  readonly methods: MethodDeclaration[];
  readonly constructors: MethodDeclaration[];
  readonly initialisers: { isStatic: boolean; block: Block }[];
  readonly inner: ClassDeclaration[];
}

const noMembers = (): Members => ({
  fields: [],
  methods: [],
  constructors: [],
  initialisers: [],
  inner: [],
});

/** A variable that a statement gives its value is no constant. */
function withoutValue(field: FieldDeclaration): FieldDeclaration {
  const words = field.modifiers.words.filter((word) => word !== 'final');
  return { ...field, modifiers: { ...field.modifiers, words }, value: undefined };
}

/** Reads the declarations of one source. */
class Declarations {
  private readonly expressions: Expressions;
  private readonly statements: Statements;

  constructor(source: string) {
    this.expressions = new Expressions(source);
    this.statements = new Statements(this.expressions);
  }

  type(
    node: Pick<
      apexParser.TypeDeclarationContext,
      'classDeclaration' | 'interfaceDeclaration' | 'enumDeclaration'
    >,
    modifiers: Modifiers,
  ): ClassDeclaration | undefined {
    const asClass = maybe(node.classDeclaration());
    if (asClass) return this.class(asClass, modifiers);
    const asInterface = maybe(node.interfaceDeclaration());
    if (asInterface) return this.interface(asInterface, modifiers);
    const asEnum = maybe(node.enumDeclaration());
    return asEnum && this.enum(asEnum, modifiers);
  }

  anonymous(node: apexParser.AnonymousBlockContext): ClassDeclaration {
    const at = { line: 1, column: 1 };
    const members = noMembers();
    const statements: Statement[] = [];
    for (const one of node.anonymousBlockMember_list()) {
      const declared = maybe(one.anonymousMemberDeclaration());
      if (declared) statements.push(...this.declaredAmong(declared, modifiersOf(one), members));
      else statements.push(this.statements.of(one.statement()));
    }
    members.methods.push({
      kind: 'method',
      at,
      name: ANONYMOUS.method,
      modifiers: none,
      returns: undefined,
      parameters: [],
      body: { kind: 'block', at, statements },
    });
    return {
      kind: 'class',
      at,
      name: ANONYMOUS.className,
      base: undefined,
      interfaces: [],
      modifiers: { words: [], annotations: { anonymous: '' } },
      ...members,
      values: [],
    };
  }

  /**
   * Takes what is declared among statements: methods reach its variables, so that they are fields, and those have
   * their values once the statements before them have run.
   * @returns the statements that give these values
   */
  private declaredAmong(
    node: Declared,
    modifiers: Modifiers,
    members: Members,
  ): readonly Statement[] {
    const found = noMembers();
    this.declared(node, modifiers, found);
    members.methods.push(...found.methods);
    members.inner.push(...found.inner);
    members.fields.push(...found.fields.map(withoutValue));
    return found.fields.flatMap(({ at, name, value }): readonly Statement[] => {
      if (value === undefined) return [];
      const target: Expression = { kind: 'name', at, name };
      return [
        { kind: 'expression', at, value: { kind: 'assign', at, operator: '=', target, value } },
      ];
    });
  }

  trigger(node: apexParser.TriggerUnitContext): ClassDeclaration {
    const [name, object] = node.id_list();
    const at = placeOf(name ?? node);
    const statements = node
      .triggerBlock()
      .triggerBlockMember_list()
      .map((one) => {
        const declared = maybe(one.triggerMemberDeclaration());
        return declared ? this.variables(declared, one) : this.statements.of(one.statement());
      });
    const events = node.triggerCase_list().map((one) => one.getText().toLowerCase());
    const run: MethodDeclaration = {
      kind: 'method',
      at,
      name: TRIGGER_METHOD,
      modifiers: { ...none, words: ['static'] },
      returns: undefined,
      parameters: [],
      body: { kind: 'block', at, statements },
    };
    const annotations = { trigger: `${object?.getText() ?? ''} ${events.join(' ')}` };
    return {
      kind: 'class',
      at,
      name: triggerClass(name?.getText() ?? ''),
      base: undefined,
      interfaces: [],
      modifiers: { words: [], annotations },
      ...noMembers(),
      methods: [run],
      values: [],
    };
  }

  /** The grammar takes the variables of a trigger for members. */
  private variables(
    declared: apexParser.TriggerMemberDeclarationContext,
    modified: Modified,
  ): Statement {
    const at = placeOf(declared);
    const field = maybe(declared.fieldDeclaration());
    if (!field) throw unsupported(at, 'methods and types inside of triggers');
    const modifiers = modifiersOf(modified);
    const isFinal = modifiers.words.includes('final');
    const variables = this.fields(field, modifiers);
    return { kind: 'locals', at, type: typeNameOf(field.typeRef()), isFinal, variables };
  }

  private class(node: apexParser.ClassDeclarationContext, modifiers: Modifiers): ClassDeclaration {
    const members = noMembers();
    const name = node.id().getText();
    for (const one of node.classBody().classBodyDeclaration_list()) this.member(one, members, name);
    const base = maybe(node.typeRef());
    return {
      kind: 'class',
      at: placeOf(node.id()),
      name: node.id().getText(),
      modifiers,
      base: base && typeNameOf(base),
      interfaces: maybe(node.typeList())?.typeRef_list().map(typeNameOf) ?? [],
      ...members,
      values: [],
    };
  }

  private interface(
    node: apexParser.InterfaceDeclarationContext,
    modifiers: Modifiers,
  ): ClassDeclaration {
    const methods = node
      .interfaceBody()
      .interfaceMethodDeclaration_list()
      .map((one) => this.method(one, { ...none, words: ['public', 'abstract'] }, undefined));
    return {
      kind: 'interface',
      at: placeOf(node.id()),
      name: node.id().getText(),
      modifiers,
      base: undefined,
      interfaces: maybe(node.typeList())?.typeRef_list().map(typeNameOf) ?? [],
      ...noMembers(),
      methods,
      values: [],
    };
  }

  private enum(node: apexParser.EnumDeclarationContext, modifiers: Modifiers): ClassDeclaration {
    return {
      kind: 'enum',
      at: placeOf(node.id()),
      name: node.id().getText(),
      modifiers,
      base: undefined,
      interfaces: [],
      ...noMembers(),
      values:
        maybe(node.enumConstants())
          ?.id_list()
          .map((one) => one.getText()) ?? [],
    };
  }

  private member(
    node: apexParser.ClassBodyDeclarationContext,
    members: Members,
    className: string,
  ): void {
    const block = maybe(node.block());
    if (block) {
      const isStatic = maybe(node.STATIC()) !== undefined;
      members.initialisers.push({ isStatic, block: this.statements.block(block) });
      return;
    }
    const declared = maybe(node.memberDeclaration());
    if (declared) this.declared(declared, modifiersOf(node), members, className);
  }

  private declared(
    node: Declared,
    modifiers: Modifiers,
    members: Members,
    className?: string,
  ): void {
    const inner = this.type(node, modifiers);
    if (inner) members.inner.push(inner);
    const method = maybe(node.methodDeclaration());
    if (method) members.methods.push(this.method(method, modifiers, maybe(method.block())));
    const field = maybe(node.fieldDeclaration());
    if (field) members.fields.push(...this.fields(field, modifiers));
    const property = maybe(node.propertyDeclaration());
    if (property) members.fields.push(this.property(property, modifiers));
    const constructor = maybe(node.constructorDeclaration?.());
    if (!constructor) return;
    const named = constructor.qualifiedName().getText();
    if (named.toLowerCase() !== className?.toLowerCase()) {
      throw new Refusal(placeOf(constructor), `Invalid constructor name: ${named}`);
    }
    members.constructors.push({
      kind: 'method',
      at: placeOf(constructor),
      name: '<init>',
      modifiers,
      returns: undefined,
      parameters: parametersOf(constructor.formalParameters()),
      body: this.statements.block(constructor.block()),
    });
  }

  private method(
    node: apexParser.MethodDeclarationContext | apexParser.InterfaceMethodDeclarationContext,
    modifiers: Modifiers,
    body: apexParser.BlockContext | undefined,
  ): MethodDeclaration {
    const returns = maybe(node.typeRef());
    return {
      kind: 'method',
      at: placeOf(node.id()),
      name: node.id().getText(),
      modifiers,
      returns: returns && typeNameOf(returns),
      parameters: parametersOf(node.formalParameters()),
      body: body && this.statements.block(body),
    };
  }

  private fields(
    node: apexParser.FieldDeclarationContext,
    modifiers: Modifiers,
  ): readonly FieldDeclaration[] {
    const type = typeNameOf(node.typeRef());
    return node
      .variableDeclarators()
      .variableDeclarator_list()
      .map((one) => {
        const value = maybe(one.expression());
        return {
          kind: 'field',
          at: placeOf(one),
          name: one.id().getText(),
          modifiers,
          type,
          value: value && this.expressions.of(value),
          property: undefined,
        };
      });
  }

  private property(
    node: apexParser.PropertyDeclarationContext,
    modifiers: Modifiers,
  ): FieldDeclaration {
    let getter: Accessor | undefined;
    let setter: Accessor | undefined;
    for (const one of node.propertyBlock_list()) {
      const get = maybe(one.getter());
      const code = maybe((get ?? one.setter()).block());
      const accessor: Accessor = {
        at: placeOf(one),
        modifiers: modifiersOf(one),
        body: code && this.statements.block(code),
      };
      if (get) getter = accessor;
      else setter = accessor;
    }
    return {
      kind: 'field',
      at: placeOf(node.id()),
      name: node.id().getText(),
      modifiers,
      type: typeNameOf(node.typeRef()),
      value: undefined,
      property: { getter, setter },
    };
  }
}

/** The method of a trigger. */
const TRIGGER_METHOD = 'run';

/** The class that stands around anonymous code, and its method of the statements. */
export const ANONYMOUS = { className: 'AnonymousBlock', method: 'anonymous__block' } as const;

/**
 * Statements, and the methods and types among them, as a class with one method more.
 * @throws Refusal for what does not parse, or is not supported
 */
export function parseAnonymous(source: string): ClassDeclaration {
  const block = parserOf(source).anonymousUnit().anonymousBlock();
  return new Declarations(source).anonymous(block);
}

/** A trigger stands among the classes under a name that no class has. */
const TRIGGER = 'trigger ';
export const triggerClass = (name: string): string => TRIGGER + name;
export const isTriggerClass = (name: string): boolean => name.startsWith(TRIGGER);
export const triggerName = (name: string): string => name.slice(TRIGGER.length);

/**
 * A trigger as a class with a method of its statements; its annotation says of what it hears.
 * @throws Refusal for what does not parse, or is not supported
 */
export function parseTrigger(source: string): ClassDeclaration {
  return new Declarations(source).trigger(parserOf(source).triggerUnit());
}

/** @throws Refusal for what does not parse, or is not supported */
export function parseClass(source: string): ClassDeclaration {
  const declared = parserOf(source).compilationUnit().typeDeclaration();
  const found = new Declarations(source).type(declared, modifiersOf(declared));
  if (found) return found;
  throw new Refusal({ line: 1, column: 1 }, 'Unexpected token: a class is missing');
}
