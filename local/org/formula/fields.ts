import type { FieldDefinition, ObjectDefinition } from '../model/schema.ts';
import { FormulaProblem } from './problem.ts';
import {
  typed,
  type FormulaContext,
  type FormulaSchema,
  type FormulaType,
  type Typed,
} from './types.ts';
import { fromApi } from './values.ts';

/** What a formula is compiled for. */
export interface Setting {
  readonly object: ObjectDefinition;
  readonly schema: FormulaSchema;
  readonly context: FormulaContext;
  /** Whether blank numbers read as 0, as a formula field may ask. */
  readonly blanksAreZero: boolean;
  /** In a flow: what `{!name}` stands for; it throws a FormulaProblem for a name that is not there. */
  readonly reference?: (name: string) => Typed;
}

const types: Readonly<Partial<Record<FieldDefinition['type'], FormulaType>>> = {
  id: 'Text',
  string: 'Text',
  textarea: 'Text',
  email: 'Text',
  phone: 'Text',
  url: 'Text',
  boolean: 'Boolean',
  int: 'Number',
  double: 'Number',
  currency: 'Number',
  percent: 'Number',
  date: 'Date',
  datetime: 'Date/Time',
  picklist: 'Picklist',
  multipicklist: 'Multipicklist',
  reference: 'Lookup',
};

export const missingField = (name: string): FormulaProblem =>
  new FormulaProblem(`Field ${name} does not exist. Check spelling.`);

const findField = (object: ObjectDefinition, name: string): FieldDefinition | undefined =>
  object.fields.find((one) => one.name.toLowerCase() === name.toLowerCase());

/** The lookup that a relationship name stands for: `Order__r`, `Account`, `Owner:User`. */
function follow(
  object: ObjectDefinition,
  part: string,
  schema: FormulaSchema,
): { readonly lookup: FieldDefinition; readonly target: ObjectDefinition } | undefined {
  const [name = '', wanted] = part.toLowerCase().split(':');
  const lookup = object.fields.find((one) => one.relationshipName?.toLowerCase() === name);
  const targetName = lookup?.referenceTo.find(
    (one) => wanted === undefined || one.toLowerCase() === wanted,
  );
  const target = targetName === undefined ? undefined : schema.object(targetName);
  return lookup && target ? { lookup, target } : undefined;
}

/** @returns undefined when a part of the path is not there */
export function resolvePath(
  path: string,
  object: ObjectDefinition,
  schema: FormulaSchema,
): readonly FieldDefinition[] | undefined {
  const parts = path.split('.');
  const last = parts.pop() ?? '';
  const steps: FieldDefinition[] = [];
  let at = object;
  for (const part of parts) {
    const next = follow(at, part, schema);
    if (!next) return undefined;
    steps.push(next.lookup);
    at = next.target;
  }
  const field = findField(at, last);
  return field && [...steps, field];
}

const isLongText = (field: FieldDefinition): boolean =>
  field.type === 'textarea' && field.length > 255;

function fieldType(field: FieldDefinition, name: string, context: FormulaContext): FormulaType {
  const type = types[field.type];
  const label = isLongText(field) ? 'Long Text Area' : field.type;
  if (type === undefined || (isLongText(field) && context === 'field')) {
    throw new FormulaProblem(
      `You referenced an unsupported field type called "${label}" using the following field: ${name}`,
    );
  }
  return type;
}

const typeNameOf = (type: FormulaType, field: FieldDefinition): string =>
  type === 'Lookup' ? `Lookup(${field.referenceTo.join(',')})` : type;

function globalField(name: string, setting: Setting): Typed {
  const [global = '', fieldName = '', ...more] = name.slice(1).split('.');
  const known = ['User', 'Profile', 'Organization'].find(
    (one) => one.toLowerCase() === global.toLowerCase(),
  );
  const object = known === undefined ? undefined : setting.schema.object(known);
  const field = object && more.length === 0 ? findField(object, fieldName) : undefined;
  if (known === undefined || !field) throw missingField(name);
  const type = fieldType(field, name, setting.context);
  return {
    type,
    typeName: typeNameOf(type, field),
    source: name,
    run: (scope) => fromApi(scope.global(known, field), field),
  };
}

const soapAddress = /^(enterprise|partner)_server_url_(\d+)0$/;
/** Of the API; `$Api.Partner_Server_URL_70` is the oldest, 7.0. */
const OLDEST_VERSION = 7;

/** `$Api.Enterprise_Server_URL_660` and the like. */
function apiValue(name: string, field: string): Typed {
  if (field === 'session_id') {
    throw new FormulaProblem(`The local org does not emulate ${name} in formulas.`);
  }
  const [, api, version] = soapAddress.exec(field) ?? [];
  if (version === undefined || Number(version) < OLDEST_VERSION) throw missingField(name);
  const kind = api === 'partner' ? 'u' : 'c';
  return typed('Text', (scope) => scope.soapAddress(kind, `${Number(version)}.0`));
}

/** Globals that a real org has and this one does not. */
const otherGlobals = ['custommetadata', 'label', 'recordtype', 'request', 'setup', 'userrole'];

function globalValue(name: string, setting: Setting): Typed {
  const [global = '', ...rest] = name.slice(1).toLowerCase().split('.');
  if (global === 'permission') {
    const permission = name.slice('$permission.'.length);
    if (!setting.schema.hasCustomPermission(permission)) throw missingField(name);
    return typed('Boolean', (scope) => scope.hasPermission(permission));
  }
  if (global === 'system' && rest.join('.') === 'origindatetime') {
    return typed('Date/Time', () => Date.UTC(1900, 0, 1));
  }
  if (global === 'api') return apiValue(name, rest.join('.'));
  if (otherGlobals.includes(global)) {
    throw new FormulaProblem(`The local org does not emulate ${name} in formulas.`);
  }
  return globalField(name, setting);
}

/**
 * A field of the record, of a parent, or of a global such as `$User`.
 * @throws FormulaProblem when it is not there or cannot stand in a formula
 */
export function fieldValue(name: string, setting: Setting): Typed {
  if (name.startsWith('$')) return globalValue(name, setting);
  if (setting.context === 'default') {
    throw new FormulaProblem(`Field ${name} may not be used in this type of formula`);
  }
  return pathValue(name, name, setting);
}

/**
 * A field of the record or of a parent.
 * @param name what the formula calls it
 * @param at the path from the record
 * @throws FormulaProblem when it is not there or cannot stand in a formula
 */
export function pathValue(name: string, at: string, setting: Setting): Typed {
  const path = resolvePath(at, setting.object, setting.schema);
  const field = path?.at(-1);
  if (!path || !field) throw missingField(name);
  const type = fieldType(field, name, setting.context);
  const isZero = setting.blanksAreZero && type === 'Number';
  return {
    type,
    typeName: typeNameOf(type, field),
    path,
    source: name,
    run: (scope) => fromApi(scope.read(path), field) ?? (isZero ? 0 : null),
  };
}
