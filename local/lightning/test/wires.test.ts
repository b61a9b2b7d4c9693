import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeFetch, wireOf, type AdapterClass, type Asked, type Wired } from './fake-org.ts';
import { loadPlatform } from './platform.ts';

let asked: Asked[];

beforeEach(() => {
  asked = fakeFetch();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

type ReadField = (record: object | undefined, field: string | object) => unknown;

interface RecordModule {
  readonly getRecord: AdapterClass;
  readonly updateRecord: (input: object, options: object) => Promise<unknown>;
  readonly getFieldValue: ReadField;
  readonly getFieldDisplayValue: ReadField;
}

interface QueryModule {
  readonly graphql: AdapterClass;
  readonly executeMutation: (input: object) => Promise<unknown>;
  readonly gql: (parts: TemplateStringsArray, ...values: string[]) => string;
}

const records = () => loadPlatform<RecordModule>('lightning/uiRecordApi');
const queries = () => loadPlatform<QueryModule>('lightning/graphql');
const id = '003Lo0000000001IAA';
const ada = { id, fields: { Name: { value: 'Ada' }, Email: { value: 'a@b.c' } } };
const query = '{ uiapi { query { Contact { totalCount } } } }';
const config = { recordId: id, fields: ['Contact.Name'] };

/** Waits until the check passes; how fast the machine is does not matter. */
const eventually = <T>(check: () => T | Promise<T>) => vi.waitFor(check, { timeout: 600_000 });

/** The request at a place, once it was sent. */
const request = async (at: number): Promise<Asked> =>
  eventually(() => {
    const found = asked[at];
    if (!found) throw new Error(`only ${asked.length} requests were sent`);
    return found;
  });

test('a wired property is empty, not undefined, before the first answer', async () => {
  const { getRecord } = await records();
  expect(wireOf(getRecord, {}).given).toEqual([{ data: undefined, error: undefined }]);
});

test('a wire waits for what it needs', async () => {
  const { getRecord } = await records();
  const { adapter } = wireOf(getRecord, { recordId: undefined, fields: ['Contact.Name'] });
  expect(asked).toEqual([]);
  adapter.update(config);
  expect((await request(0)).path).toBe(`/ui-api/records/${id}?fields=Contact.Name`);
});

test('fields can be schema tokens and optional', async () => {
  const { getRecord } = await records();
  const email = { objectApiName: 'Contact', fieldApiName: 'Email' };
  wireOf(getRecord, { ...config, optionalFields: [email] });
  expect((await request(0)).path).toContain('?fields=Contact.Name&optionalFields=Contact.Email');
});

test('the same question at the same time is asked once, and both have the answer', async () => {
  const { getRecord } = await records();
  const [one, other] = [wireOf(getRecord, config), wireOf(getRecord, config)];
  (await request(0)).answer(ada);
  await eventually(() => {
    expect(other.last().data?.fields['Name']?.value).toBe('Ada');
  });
  expect(one.last().data?.fields['Name']?.value).toBe('Ada');
  expect(asked).toHaveLength(1);
});

test('what is given cannot be changed', async () => {
  const { getRecord } = await records();
  const wire = wireOf(getRecord, config);
  (await request(0)).answer(ada);
  await eventually(() => {
    expect(Object.isFrozen(wire.last().data?.fields['Name'])).toBe(true);
  });
});

test('an answer to an older question is dropped', async () => {
  const { getRecord } = await records();
  const wire = wireOf(getRecord, config);
  wire.adapter.update({ ...config, recordId: '003Lo0000000002IAA' });
  (await request(1)).answer({ ...ada, fields: { Name: { value: 'Grace' } } });
  await eventually(() => {
    expect(wire.last().data?.fields['Name']?.value).toBe('Grace');
  });
  (await request(0)).answer(ada);
  await new Promise(setImmediate);
  expect(wire.last().data?.fields['Name']?.value).toBe('Grace');
});

test.each([
  ['a list', [{ errorCode: 'NOT_FOUND', message: 'gone' }]],
  ['an object', { errorCode: 'NOT_FOUND', message: 'gone' }],
])('an error has the form of Lightning Data Service, from %s', async (_, answer) => {
  const { getRecord } = await records();
  const wire = wireOf(getRecord, config);
  (await request(0)).answer(answer, 404);
  await eventually(() => {
    expect(wire.last()).toMatchObject({
      data: undefined,
      error: { status: 404, body: { errorCode: 'NOT_FOUND', message: 'gone' } },
    });
  });
});

test('a network that is away is an error too', async () => {
  const { getRecord } = await records();
  const wire = wireOf(getRecord, config);
  (await request(0)).fail();
  await eventually(() => {
    expect(wire.last().error).toMatchObject({ status: 503, statusText: 'Service Unavailable' });
  });
});

test('after a write all wires of the record are refreshed by one request, each with its own fields', async () => {
  const { getRecord, updateRecord } = await records();
  const one = wireOf(getRecord, config);
  const other = wireOf(getRecord, { recordId: id.slice(0, 15), fields: ['Contact.Email'] });
  (await request(0)).answer(ada);
  (await request(1)).answer(ada);
  const saved = updateRecord({ fields: { Id: id, Name: 'A' } }, { ifUnmodifiedSince: 'then' });
  const write = await request(2);
  expect(write).toMatchObject({
    method: 'PATCH',
    path: `/ui-api/records/${id}`,
    body: { fields: { Name: 'A' } },
  });
  expect(write.headers['If-Unmodified-Since']).toBe('then');
  write.answer(ada);
  const refresh = await request(3);
  expect(decodeURIComponent(refresh.path)).toContain('optionalFields=Contact.Email,Contact.Name');
  refresh.answer({ id, fields: { Name: { value: 'A' }, Email: { value: 'a@b.c' } } });
  await saved;
  expect(one.last().data?.fields).toEqual({ Name: { value: 'A' } });
  expect(other.last().data?.fields).toEqual({ Email: { value: 'a@b.c' } });
  expect(asked).toHaveLength(4);
});

test('values are found through parents, from names and tokens', async () => {
  const { getFieldValue, getFieldDisplayValue } = await records();
  const account = { value: { fields: { Name: { value: 'Acme', displayValue: 'ACME' } } } };
  const record = { fields: { Total__c: { value: 1 }, Account: account } };
  expect(getFieldValue(record, { objectApiName: 'X', fieldApiName: 'Total__c' })).toBe(1);
  expect(getFieldValue(record, 'Contact.Account.Name')).toBe('Acme');
  expect(getFieldDisplayValue(record, 'Contact.Account.Name')).toBe('ACME');
  expect(getFieldValue(record, 'Contact.Owner.Name')).toBeUndefined();
  expect(getFieldValue(undefined, 'Contact.Name')).toBeUndefined();
});

test('a query gives data, errors in the plural and a refresh', async () => {
  const { graphql } = await queries();
  const wire = wireOf(graphql, { query, variables: { a: 1 } });
  expect(wire.last()).toMatchObject({ data: undefined, errors: undefined });
  const first = await request(0);
  expect(first.body).toEqual({ query, variables: { a: 1 } });
  first.answer({ data: { uiapi: 1 }, errors: [] });
  await eventually(() => {
    expect(wire.last()).toMatchObject({ data: { uiapi: 1 }, errors: undefined });
  });
  const refreshed = wire.last().refresh?.();
  (await request(1)).answer({ data: { uiapi: 2 } });
  await refreshed;
  expect(wire.last()).toMatchObject({ data: { uiapi: 2 } });
});

test('a refresh asks anew, also while another wire asks the same', async () => {
  const { graphql } = await queries();
  const wire = wireOf(graphql, { query });
  const old = await request(0);
  const refreshed = wire.last().refresh?.();
  (await request(1)).answer({ data: { uiapi: 'new' } });
  await refreshed;
  old.answer({ data: { uiapi: 'old' } });
  await new Promise(setImmediate);
  expect(wire.last().data).toEqual({ uiapi: 'new' });
});

test('errors of a query and of the request come in the same list', async () => {
  const { graphql } = await queries();
  const wire = wireOf(graphql, { query });
  (await request(0)).answer({ data: null, errors: [{ message: 'no such field' }] });
  await eventually(() => {
    expect(wire.last()).toMatchObject({ data: undefined, errors: [{ message: 'no such field' }] });
  });
  const refreshed = wire.last().refresh?.();
  (await request(1)).answer([{ errorCode: 'ORG_UNREACHABLE', message: 'away' }], 503);
  await refreshed;
  expect(wire.last()).toMatchObject({ data: undefined, errors: [{ message: 'away' }] });
});

test('a query that begins after a mutation is not given what was asked for before it', async () => {
  const { graphql, executeMutation } = await queries();
  wireOf(graphql, { query });
  const old = await request(0);
  const done = executeMutation({ query: 'mutation { uiapi { a } }' });
  (await request(1)).answer({ data: { uiapi: 'done' } });
  expect(await done).toEqual({ data: { uiapi: 'done' }, errors: undefined });
  const later = wireOf(graphql, { query });
  (await request(2)).answer({ data: { uiapi: 'new' } });
  old.answer({ data: { uiapi: 'old' } });
  await eventually(() => {
    expect(later.last().data).toEqual({ uiapi: 'new' });
  });
});

/** Lets so much time pass for what asks what time it is. */
function pass(seconds: number): void {
  const now = Date.now() + seconds * 1000;
  vi.useFakeTimers({ now, toFake: ['Date'] });
}

const named = (Name: string) => ({
  data: { uiapi: { query: { Contact: { edges: [{ node: { Id: id, Name: { value: Name } } }] } } } },
});
/** The names in what a query's wire has last given. */
const nameIn = ({ data }: Wired) => JSON.stringify(data).match(/"value":"(\w+)"/)?.[1];

test('for half a minute who asks the same is given the same, also after a mutation', async () => {
  const { graphql, executeMutation } = await queries();
  const first = wireOf(graphql, { query });
  (await request(0)).answer(named('Ada'));
  await eventually(() => {
    expect(nameIn(first.last())).toBe('Ada');
  });
  const done = executeMutation({ query: 'mutation { uiapi { a } }' });
  (await request(1)).answer({ data: { uiapi: 'done' } });
  await done;
  pass(29);
  const later = wireOf(graphql, { query });
  await eventually(() => {
    expect(nameIn(later.last())).toBe('Ada');
  });
  expect(asked).toHaveLength(2);
  pass(2);
  const last = wireOf(graphql, { query });
  (await request(2)).answer(named('Grace'));
  await eventually(() => {
    expect(nameIn(last.last())).toBe('Grace');
  });
});

test('a refresh is what others that show the same show too, and what is kept then', async () => {
  const { graphql } = await queries();
  const [one, other] = [wireOf(graphql, { query }), wireOf(graphql, { query })];
  (await request(0)).answer(named('Ada'));
  await eventually(() => {
    expect(nameIn(other.last())).toBe('Ada');
  });
  const refreshed = one.last().refresh?.();
  (await request(1)).answer(named('Grace'));
  await refreshed;
  expect([one, other].map((wire) => nameIn(wire.last()))).toEqual(['Grace', 'Grace']);
  const later = wireOf(graphql, { query });
  await eventually(() => {
    expect(nameIn(later.last())).toBe('Grace');
  });
  expect(asked).toHaveLength(2);
});

test('a refresh that brings nothing new is not heard', async () => {
  const { graphql } = await queries();
  const wire = wireOf(graphql, { query });
  (await request(0)).answer(named('Ada'));
  await eventually(() => {
    expect(nameIn(wire.last())).toBe('Ada');
  });
  const before = wire.given.length;
  const refreshed = wire.last().refresh?.();
  (await request(1)).answer(named('Ada'));
  await refreshed;
  expect(wire.given).toHaveLength(before);
});

test('an error is not kept, of a request nor of a query', async () => {
  const { graphql } = await queries();
  const wire = wireOf(graphql, { query });
  (await request(0)).answer({ data: null, errors: [{ message: 'no' }] });
  await eventually(() => {
    expect(wire.last().errors).toBeDefined();
  });
  const away = wireOf(graphql, { query });
  (await request(1)).answer([{ errorCode: 'X', message: 'away' }], 503);
  await eventually(() => {
    expect(away.last().errors).toBeDefined();
  });
  wireOf(graphql, { query });
  expect((await request(2)).method).toBe('POST');
});

test('a record that was written is asked for anew, and shows in queries that hold it', async () => {
  const { getRecord, graphql, updateRecord } = await loadPlatform<RecordModule & QueryModule>(
    'lightning/uiRecordApi',
    'lightning/graphql',
  );
  const list = wireOf(graphql, { query });
  (await request(0)).answer(named('Ada'));
  const shown = wireOf(getRecord, config);
  (await request(1)).answer(ada);
  await eventually(() => {
    expect([nameIn(list.last()), shown.last().data?.fields['Name']?.value]).toEqual(['Ada', 'Ada']);
  });
  shown.adapter.disconnect();
  const saved = updateRecord({ fields: { Id: id, Name: 'Grace' } }, {});
  (await request(2)).answer({ id, fields: { Name: { value: 'Grace' } } });
  await saved;
  expect(nameIn(list.last())).toBe('Grace');
  const later = wireOf(graphql, { query });
  await eventually(() => {
    expect(nameIn(later.last())).toBe('Grace');
  });
  wireOf(getRecord, config);
  expect((await request(3)).path).toContain(`/ui-api/records/${id}?`);
});

test('queries can be put into queries', async () => {
  const { gql } = await queries();
  const part = gql`Name { value }`;
  expect(gql`{ node { ${part} } }`).toBe('{ node { Name { value } } }');
});
