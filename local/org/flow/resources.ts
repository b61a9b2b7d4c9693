import type { Flow, FlowDataType, FlowElementReferenceOrValue } from '@salesforce/types/metadata';
import { isOf } from '../formula/check.ts';
import {
  compileFormula,
  expectResult,
  FormulaProblem,
  type FormulaScope,
  type FormulaType,
  type Typed,
  type Value,
} from '../formula/formula.ts';
import { typed } from '../formula/types.ts';
import { textOf, textOrNull } from '../formula/values.ts';
import { isList } from './parts/lists.ts';
import { onlyOfRecords, recordReference } from './record-references.ts';
import { storedOutput } from './sending/invocables.ts';
import { globalReference, type FlowSetting } from './references.ts';

const dataTypes: Readonly<Partial<Record<FlowDataType, FormulaType>>> = {
  Boolean: 'Boolean',
  Currency: 'Number',
  Date: 'Date',
  DateTime: 'Date/Time',
  Number: 'Number',
  String: 'Text',
};

/** @throws FormulaProblem for a type that is not emulated */
export function typeOfData(dataType: FlowDataType | undefined): FormulaType {
  const type = dataType && dataTypes[dataType];
  if (type) return type;
  throw new FormulaProblem(
    `The local org does not emulate the data type ${dataType ?? ''} in flows.`,
  );
}

function literal(type: FormulaType, value: Value): Typed {
  return { type, typeName: type, literal: value, run: () => value };
}

function moment(type: 'Date' | 'Date/Time', text: string): Typed {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new FormulaProblem(`'${text}' is no ${type}`);
  return literal(type, time);
}

function text(value: string): Typed {
  if (value.includes('{!')) {
    throw new FormulaProblem(
      `The local org merges nothing into a stringValue; use a text template or a formula: ${value}`,
    );
  }
  return literal('Text', textOrNull(value));
}

/** Formulas that read each other are computed once, until an assignment changes what they read. */
function onceIn(run: Typed['run']): Typed['run'] {
  const values = new WeakMap<FormulaScope, Value>();
  return (scope) => {
    const known = values.get(scope);
    if (known !== undefined) return known;
    const value = run(scope);
    values.set(scope, value);
    return value;
  };
}

/** The variables, constants, formulas and text templates of a flow, found by their names. */
export class Resources {
  readonly setting: FlowSetting;
  private readonly flow: Flow;
  private readonly known = new Map<string, Typed>();
  /** Formulas and templates that are being compiled: one that needs itself is a circle. */
  private readonly open = new Set<string>();

  constructor(flow: Flow, setting: FlowSetting) {
    this.flow = flow;
    this.setting = setting;
  }

  /**
   * What a name stands for in an element, of a resource or of a global such as `$Record.Name`.
   * @throws FormulaProblem when it is not there or is wrong itself
   */
  reference(name: string): Typed {
    return onlyOfRecords(name, this.inFormula(name));
  }

  /** The same in a formula or a text template, where a field of no record is blank. */
  private inFormula(name: string): Typed {
    if (name.startsWith('$')) return globalReference(name, this.setting);
    const known = this.known.get(name);
    if (known) return known;
    if (this.open.has(name)) throw new FormulaProblem(`The resource ${name} refers to itself`);
    this.open.add(name);
    try {
      const resource = { ...this.compile(name), source: name };
      this.known.set(name, resource);
      return resource;
    } finally {
      this.open.delete(name);
    }
  }

  /** Whether it is a collection variable. */
  isList(name: string | undefined): boolean {
    return isList(name, this.flow);
  }

  isVariable(name: string): boolean {
    return this.flow.variables.some((one) => one.name === name);
  }

  private compile(name: string): Typed {
    const isNamed = (one: { readonly name?: string }): boolean => one.name === name;
    const variable = this.flow.variables.find(isNamed);
    if (variable?.isCollection === true) {
      throw new FormulaProblem(
        `${name} is a collection: it is taken by Add, by the operator In and by actions only`,
      );
    }
    if (variable) return typed(typeOfData(variable.dataType), (scope) => scope.variable(name));
    const constant = this.flow.constants.find(isNamed);
    if (constant) return this.value(constant.value, typeOfData(constant.dataType));
    const formula = this.flow.formulas.find(isNamed);
    if (formula) return this.formula(formula.expression, typeOfData(formula.dataType));
    const template = this.flow.textTemplates.find(isNamed);
    if (template) return this.template(template.text);
    return (
      storedOutput(name, this.flow.actionCalls, (one) => this.setting.schema.invocable(one)) ??
      recordReference(name, this.flow, this.setting)
    );
  }

  private formula(source: string, type: FormulaType): Typed {
    const setting = { ...this.setting, reference: (name: string) => this.inFormula(name) };
    const compiled = compileFormula(source, setting);
    expectResult(compiled, type);
    return typed(type, onceIn(compiled.run));
  }

  private template(source: string): Typed {
    const parts = source.split(/\{!\s*([^}]*?)\s*\}/).map((part, index) => {
      const value = index % 2 === 0 ? literal('Text', part) : this.inFormula(part);
      if (isOf(value, ['Text', 'Picklist', 'Boolean', 'Number'])) return value;
      throw new FormulaProblem(`The local org does not write ${value.typeName} as text: ${part}.`);
    });
    return typed('Text', (scope) =>
      textOrNull(parts.map((one) => textOf(one.run(scope))).join('')),
    );
  }

  /**
   * A value as elements give it: a literal, or the name of something.
   * @param wanted the type that it must have, when only one will do
   * @throws FormulaProblem when it is not there or of another type
   */
  value(given: FlowElementReferenceOrValue | undefined, wanted?: FormulaType): Typed {
    const value = this.given(given);
    if (wanted && !isOf(asText(value), [wanted])) {
      throw new FormulaProblem(`The value is of the type ${value.typeName}; ${wanted} is needed`);
    }
    return value;
  }

  private given(value: FlowElementReferenceOrValue | undefined): Typed {
    if (value?.elementReference !== undefined) return this.reference(value.elementReference);
    if (value?.stringValue !== undefined) return text(value.stringValue);
    if (value?.numberValue !== undefined) return literal('Number', value.numberValue);
    if (value?.booleanValue !== undefined) return literal('Boolean', value.booleanValue);
    if (value?.dateValue !== undefined) return moment('Date', String(value.dateValue));
    if (value?.dateTimeValue !== undefined) return moment('Date/Time', String(value.dateTimeValue));
    throw new FormulaProblem('A value is missing');
  }
}

/**
 * The value as elements other than formulas use it: picklists and lookups are text there.
 * @throws FormulaProblem for fields that are not emulated outside formulas
 */
export function asText(value: Typed): Typed {
  if (value.type === 'Multipicklist' || value.path?.at(-1)?.type === 'percent') {
    throw new FormulaProblem(
      `The local org takes multi-select picklists and percents in formulas of flows only: ` +
        `${value.source ?? value.typeName}.`,
    );
  }
  const isTextual = value.type === 'Picklist' || value.type === 'Lookup';
  return isTextual ? { ...value, type: 'Text' } : value;
}
