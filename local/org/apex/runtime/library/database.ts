import { exception } from '../run/exception.ts';
import type { Access, DmlVerb, Saved } from '../run/host.ts';
import { count, rowsOf, save } from '../run/records.ts';
import { current } from '../run/transaction.ts';
import {
  platformClass,
  platformEnum,
  type Implementation,
  type Members,
  type PlatformClass,
} from '../types/platform.ts';
import { ApexList } from '../values/collections.ts';
import { enumValue } from '../values/enums.ts';
import { SObjectValue } from '../values/sobject.ts';
import { PlatformObject, type EnumValue, type Value } from '../values/value.ts';
import { STATUS_CODES } from './status-codes.ts';
import { idOf } from './strings.ts';

type ResultType = 'SaveResult' | 'DeleteResult' | 'UndeleteResult' | 'UpsertResult';

class ResultObject extends PlatformObject {
  readonly apexType: string;
  readonly saved: Saved;

  constructor(type: ResultType, saved: Saved) {
    super();
    this.apexType = `Database.${type}`;
    this.saved = saved;
  }
}

class ErrorObject extends PlatformObject {
  readonly apexType = 'Database.Error';
  readonly error: Saved['errors'][number];

  constructor(error: Saved['errors'][number]) {
    super();
    this.error = error;
  }
}

class SavepointObject extends PlatformObject {
  readonly apexType = 'Savepoint';
  readonly number: number;

  constructor(number: number) {
    super();
    this.number = number;
  }
}

const accessOf = (level: EnumValue | undefined): Access =>
  level?.name === 'USER_MODE' ? 'user' : 'system';

const results: Readonly<Record<DmlVerb, ResultType>> = {
  insert: 'SaveResult',
  update: 'SaveResult',
  delete: 'DeleteResult',
  undelete: 'UndeleteResult',
  upsert: 'UpsertResult',
};

function saved(verb: DmlVerb, records: Value, allOrNone: boolean, level?: EnumValue): Value {
  const found = save(verb, recordsOf(records), { allOrNone, access: accessOf(level) }).map(
    (one) => new ResultObject(results[verb], one),
  );
  const many = records instanceof ApexList;
  return many ? new ApexList(`Database.${results[verb]}`, found) : (found[0] ?? null);
}

/** Of records that are named by their ids. */
const namedByIds = new Set<DmlVerb>(['delete', 'undelete']);

function recordOf(id: string): SObjectValue {
  const object = current().host.objectOfId(id);
  if (!object) throw exception('StringException', `Invalid id: ${id}`);
  const record = new SObjectValue(object.name);
  record.load('Id', id);
  return record;
}

function recordsOf(given: Value): Value {
  if (given instanceof ApexList) {
    return new ApexList('SObject', given.items.map(recordsOf));
  }
  return typeof given === 'string' ? recordOf(idOf(given)) : given;
}

/** Each verb takes a record or a list of them, may let some fail, and may say whose rights count. */
function verbMembers(verb: DmlVerb): Members {
  const type = `Database.${results[verb]}`;
  const taken = [...(namedByIds.has(verb) ? ['Id', 'List<Id>'] : []), 'SObject', 'List<SObject>'];
  const each = taken.flatMap((records): (readonly [string, Implementation])[] => {
    const returns = records.startsWith('List') ? `List<${type}>` : type;
    const signature = (more: string) => `static ${returns} ${verb}(${records}${more})`;
    return [
      [signature(''), (given: Value) => saved(verb, given, true)],
      [signature(', Boolean'), (given: Value, all: boolean) => saved(verb, given, all)],
      [
        signature(', AccessLevel'),
        (given: Value, level: EnumValue) => saved(verb, given, true, level),
      ],
      [
        signature(', Boolean, AccessLevel'),
        (given: Value, all: boolean, level: EnumValue) => saved(verb, given, all, level),
      ],
    ];
  });
  return Object.fromEntries(each);
}

const resultMembers: Members = {
  'Boolean isSuccess()': ({ saved: { errors } }: ResultObject) => errors.length === 0,
  'Id getId()': ({ saved: { id } }: ResultObject) => id,
  'List<Database.Error> getErrors()': ({ saved: { errors } }: ResultObject) =>
    new ApexList(
      'Database.Error',
      errors.map((one) => new ErrorObject(one)),
    ),
};

function setSavepoint(): SavepointObject {
  const { usage, host } = current();
  usage.use('statements');
  return new SavepointObject(host.savepoint());
}

function rollback({ number }: SavepointObject): void {
  const { usage, host } = current();
  usage.use('statements');
  host.rollbackTo(number);
}

const soqlOf = (text: string): string => {
  if (/(?<![\w']):\s*\w/.test(text.replace(/'(?:[^'\\]|\\.)*'/g, "''").replace(/\d:\d/g, ''))) {
    throw exception('QueryException', `Variable does not exist: ${text}`);
  }
  return text;
};

export const databaseClasses: readonly PlatformClass[] = [
  platformClass('Database', {
    ...verbMembers('insert'),
    ...verbMembers('update'),
    ...verbMembers('delete'),
    ...verbMembers('undelete'),
    ...verbMembers('upsert'),
    'static List<SObject> query(String)': (soql: string) => rowsOf(soqlOf(soql), 'system'),
    'static List<SObject> query(String, AccessLevel)': (soql: string, level: EnumValue) =>
      rowsOf(soqlOf(soql), accessOf(level)),
    'static Integer countQuery(String)': (soql: string) => count(soqlOf(soql), 'system'),
    'static Integer countQuery(String, AccessLevel)': (soql: string, level: EnumValue) =>
      count(soqlOf(soql), accessOf(level)),
    'static Savepoint setSavepoint()': setSavepoint,
    'static void rollback(Savepoint)': rollback,
  }),
  platformClass('Savepoint', {}),
  platformClass('Database.SaveResult', resultMembers),
  platformClass('Database.DeleteResult', resultMembers),
  platformClass('Database.UndeleteResult', resultMembers),
  platformClass('Database.UpsertResult', {
    ...resultMembers,
    'Boolean isCreated()': ({ saved: { isCreated } }: ResultObject) => isCreated,
  }),
  platformClass('Database.Error', {
    'String getMessage()': ({ error }: ErrorObject) => error.message,
    'StatusCode getStatusCode()': ({ error }: ErrorObject) =>
      enumValue(
        'StatusCode',
        STATUS_CODES,
        STATUS_CODES.includes(error.statusCode) ? error.statusCode : 'UNKNOWN_EXCEPTION',
      ),
    'List<String> getFields()': ({ error }: ErrorObject) =>
      new ApexList('String', [...error.fields]),
  }),
  platformEnum('AccessLevel', 'SYSTEM_MODE', 'USER_MODE'),
  platformEnum('StatusCode', ...STATUS_CODES),
];
