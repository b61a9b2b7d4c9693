import { CodedError } from '../errors/coded-error.ts';
import { inQueries } from '../lib/soql.ts';
import type { FieldMappingRow, MappingSource } from '../mapping/model/config-rows.ts';
import { text, member } from '../mapping/model/json-shape.ts';
import { lower } from '../mapping/model/resource-of.ts';
import { type FieldSchema, findField, type ObjectSchema } from '../mapping/model/schema.ts';
import { parseTable } from '../mapping/values/parse-table.ts';
import type { Org } from '../ports/org.ts';

const USERS = 'the user name of an active user';

/** Ids of users by user name, and of queues by object, in lower case, and developer name. */
interface Found {
  readonly users: ReadonlyMap<string, string>;
  readonly queues: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/**
 * The schemas, whose fields of owners and other users know the users and queues that the field mappings name. One API
 * call where they name users, one where they name queues.
 */
export async function withRecordNames<Schema extends ObjectSchema>(
  org: Pick<Org, 'queries'>,
  source: MappingSource,
  schemas: ReadonlyMap<string, Schema>,
): Promise<ReadonlyMap<string, Schema>> {
  const names = namedIn(source, schemas);
  if (names.size === 0) return schemas;
  const found = await find(org, names);
  return new Map(
    [...schemas].map(([name, schema]) => [name, { ...schema, ...known(schema, found) }]),
  );
}

function known(
  { name, fields }: ObjectSchema,
  { users, queues }: Found,
): Pick<ObjectSchema, 'fields'> {
  const withNames = (field: FieldSchema): FieldSchema => {
    if (!field.referenceTo.includes('User')) return field;
    const own = field.referenceTo.includes('Group') ? queues.get(name.toLowerCase()) : undefined;
    const what = field.referenceTo.includes('Group')
      ? `${USERS}, nor the developer name of a queue of ${name}`
      : USERS;
    const ids = new Map([...users, ...(own ?? [])]);
    return { ...field, recordNames: { what, ids, isWhole: false } };
  };
  return { fields: new Map([...fields].map(([key, field]) => [key, withNames(field)])) };
}

/** What active mappings write to fields that refer to users, other than ids of users and groups. */
function namedIn(
  { mappings, fields }: MappingSource,
  schemas: ReadonlyMap<string, ObjectSchema>,
): ReadonlySet<string> {
  const objects = new Map(
    mappings.filter(({ active }) => active).map(({ name, object }) => [lower(name), object]),
  );
  const texts = fields.flatMap((row) => {
    const schema = schemas.get(objects.get(lower(row.mapping)) ?? '');
    const field = schema && findField(schema, row.field ?? '');
    return field?.referenceTo.includes('User') ? constantsOf(row) : [];
  });
  return new Set(texts.filter((one) => one !== '' && !/^(?:005|00G)\w{12}(?:\w{3})?$/.test(one)));
}

function constantsOf({ kind, staticValue, defaultValue, valueTable }: FieldMappingRow) {
  const table = lower(kind) === 'translation' ? parseTable(valueTable ?? '').lines : [];
  const values = [staticValue, defaultValue, ...table.map(({ salesforce }) => salesforce)];
  return values.map((value) => value?.trim() ?? '');
}

/** What the org refuses to tell is not found, so that the rows which name it are mistakes. */
async function find(org: Pick<Org, 'queries'>, names: ReadonlySet<string>): Promise<Found> {
  const userNames = new Set([...names].filter((name) => name.includes('@')));
  const queueNames = new Set([...names].filter((name) => !name.includes('@')));
  const columns = ['Id', 'Username', 'IsActive'];
  const queueColumns = ['QueueId', 'Queue.DeveloperName', 'SobjectType'];
  const rows = [
    ...(await rowsOf(org, inQueries('User', columns, new Map([['Username', userNames]])))),
    ...(await rowsOf(
      org,
      inQueries('QueueSobject', queueColumns, new Map([['Queue.DeveloperName', queueNames]])),
    )),
  ];
  const users = new Map<string, string>();
  const queues = new Map<string, Map<string, string>>();
  for (const row of rows) {
    if (row['IsActive'] === true) users.set(text(row['Username']), text(row['Id']));
    const object = lower(text(row['SobjectType']));
    const queue = text(member(row['Queue'], 'DeveloperName'));
    if (queue === '') continue;
    const own = queues.get(object) ?? new Map<string, string>();
    queues.set(object, own.set(queue, text(row['QueueId'])));
  }
  return { users, queues };
}

async function rowsOf(org: Pick<Org, 'queries'>, asked: readonly string[]) {
  try {
    return asked.length === 0 ? [] : (await org.queries(asked)).flat();
  } catch (error) {
    if (error instanceof CodedError && error.code === 'SF_QUERY_REFUSED') return [];
    throw error;
  }
}
