import { afterEach, beforeEach, expect, it } from 'vitest';
import { HttpOrg, root } from './http-org.ts';
import { statement } from './statement.ts';

let org: HttpOrg;

beforeEach(async () => {
  org = await HttpOrg.start();
});
afterEach(() => org.close());

const post = (object: string, referenceId: string, body: object, more: object = {}): object => ({
  method: 'POST',
  url: `${root}/sobjects/${object}`,
  referenceId,
  body,
  ...more,
});
const get = (path: string, referenceId: string): object => ({
  method: 'GET',
  url: `${root}${path}`,
  referenceId,
});
const statuses = (answers: readonly { httpStatusCode: number }[]): readonly number[] =>
  answers.map((one) => one.httpStatusCode);

statement(
  'Composite calls run up to 25 subrequests, of which five may be queries or collections; more are refused.',
  async () => {
    const many = (n: number): object[] =>
      Array.from({ length: n }, (_, at) => get('/limits', `l${at}`));
    expect(await org.composite(many(25))).toHaveLength(25);
    await expect(org.composite(many(26))).rejects.toThrow('LIMIT_EXCEEDED');
    const queries = (n: number): object[] =>
      Array.from({ length: n }, (_, at) => get('/query?q=SELECT+Id+FROM+User', `q${at}`));
    expect(await org.composite(queries(5))).toHaveLength(5);
    await expect(org.composite(queries(6))).rejects.toThrow('LIMIT_EXCEEDED');
  },
);

statement.group(
  'With `collateSubrequests: false` they run in the order of the call. Otherwise, from version 49.0 on, those that create, change or delete single records of at most five objects by the same method, carry no headers and wait for no answer run together with the first of them, here the last one first; a reference keeps its order, and the answers stand in the order of the call.',
  () => {
    const calls = (): object[] => [
      post('Woo_Order__c', 'parent', { Woo_Key__c: 'main:1' }),
      post('Woo_Order_Item__c', 'child', { Order__r: { Woo_Key__c: 'main:1' } }),
      post('Woo_Order_Item__c', 'tied', { Order__c: '@{parent.id}' }),
    ];

    it('in order when told so', async () => {
      const answers = await org.composite(calls(), { collateSubrequests: false });
      expect(statuses(answers)).toEqual([201, 201, 201]);
    });

    it.each([{ collateSubrequests: undefined }, { collateSubrequests: true }])(
      'the child before its parent with %j',
      async (more) => {
        const answers = await org.composite(calls(), more);
        expect(answers.map((one) => one.referenceId)).toEqual(['parent', 'child', 'tied']);
        expect(statuses(answers)).toEqual([201, 400, 201]);
      },
    );

    it('in order where a subrequest has headers', async () => {
      const [parent, child, tied] = calls();
      const headed = { ...child, httpHeaders: { 'Sforce-Auto-Assign': 'FALSE' } };
      const answers = await org.composite([parent ?? {}, headed, tied ?? {}], {
        collateSubrequests: true,
      });
      expect(statuses(answers)).toEqual([201, 201, 201]);
    });

    it('in order where it is of a sixth object', async () => {
      const [parent = {}, child = {}] = calls();
      const others = [
        post('Account', 'account', { Name: 'A' }),
        post('Product2', 'product', { Name: 'P' }),
        post('Lead', 'lead', { LastName: 'L', Company: 'C' }),
        post('Pricebook2', 'book', { Name: 'B' }),
      ];
      const answers = await org.composite([parent, ...others, child], { collateSubrequests: true });
      expect(statuses(answers)).toEqual([201, 201, 201, 201, 201, 201]);
      const [again, late] = [
        post('Woo_Order__c', 'again', { Woo_Key__c: 'main:2' }),
        post('Woo_Order_Item__c', 'late', { Order__r: { Woo_Key__c: 'main:2' } }),
      ];
      const fewer = [again, ...others.slice(1), late];
      const refused = await org.composite(fewer, { collateSubrequests: true });
      expect(statuses(refused)).toEqual([201, 201, 201, 201, 400]);
    });

    it('in order in version 48.0', async () => {
      const compositeRequest = calls();
      const { body } = await org.ask('POST', '/services/data/v48.0/composite', {
        compositeRequest,
      });
      const { compositeResponse } = body as { compositeResponse: { httpStatusCode: number }[] };
      expect(statuses(compositeResponse)).toEqual([201, 201, 201]);
    });
  },
);

statement(
  '`@{ref.id}`, `@{ref[0].id}` and `@{ref.records[0].Name}` in addresses and bodies are replaced by earlier answers.',
  async () => {
    const person = { attributes: { type: 'Contact' }, LastName: 'L', AccountId: '@{acc.id}' };
    const answers = await org.composite([
      post('Account', 'acc', { Name: 'A' }),
      {
        method: 'POST',
        url: `${root}/composite/sobjects`,
        referenceId: 'people',
        body: { records: [person] },
      },
      get("/query?q=SELECT+Name+FROM+Account+WHERE+Id='@{acc.id}'", 'found'),
      {
        method: 'PATCH',
        url: `${root}/sobjects/Contact/@{people[0].id}`,
        referenceId: 'named',
        body: { Department: '@{found.records[0].Name}' },
      },
      get('/sobjects/Contact/describe', 'described'),
    ]);
    expect(statuses(answers)).toEqual([201, 200, 200, 204, 200]);
    const [contact] = await org.query('SELECT Department, Account.Name FROM Contact');
    expect(contact).toMatchObject({ Department: 'A', Account: { Name: 'A' } });
  },
);

statement(
  'A subrequest that needs the answer of a failed one is answered with `PROCESSING_HALTED`; the others go on.',
  async () => {
    const answers = await org.composite([
      post('Account', 'bad', {}),
      get('/sobjects/Account/@{bad.id}', 'after'),
      post('Account', 'good', { Name: 'G' }),
    ]);
    expect(statuses(answers)).toEqual([400, 400, 201]);
    expect(answers[1]?.body).toEqual([
      {
        errorCode: 'PROCESSING_HALTED',
        message: 'Invalid reference specified. No value for bad.id found in bad',
      },
    ]);
  },
);

statement('A composite call with `allOrNone` is undone when a subrequest fails.', async () => {
  const answers = await org.composite(
    [post('Account', 'a', { Name: 'A' }), post('Account', 'b', {})],
    { allOrNone: true },
  );
  expect(statuses(answers)).toEqual([400, 400]);
  expect(answers[0]?.body).toMatchObject([{ errorCode: 'PROCESSING_HALTED' }]);
  expect(await org.query('SELECT Id FROM Account')).toEqual([]);
});

statement(
  'Subrequests inherit no header but the session; others are given in `httpHeaders`.',
  async () => {
    const header = { 'Sforce-Duplicate-Rule-Header': 'allowSave=true' };
    const ada = { FirstName: 'Ada', LastName: 'King', Email: 'ada@example.com' };
    await org.create('Contact', ada);
    const plain = await org.composite([post('Contact', 'c', ada)], {}, header);
    expect(statuses(plain)).toEqual([400]);
    const headed = await org.composite([post('Contact', 'c', ada, { httpHeaders: header })]);
    expect(statuses(headed)).toEqual([201]);
  },
);

statement(
  'A record that was changed after the time of `If-Unmodified-Since` is not changed by its id, in a call of its own or as a subrequest: 412 `PRECONDITION_FAILED`. The time is one of a second: who changes it within that second is not noticed. A header that is no time is refused with 400, and collections know none.',
  async () => {
    const id = await org.create('Account', { Name: 'Acme' });
    const [made] = await org.query(`SELECT LastModifiedDate FROM Account WHERE Id = '${id}'`);
    const modified = Date.parse(String(made?.['LastModifiedDate']));
    const at = (ms: number) => ({ 'If-Unmodified-Since': new Date(modified + ms).toUTCString() });
    const path = `${root}/sobjects/Account/${id}`;
    const rename = (Name: string, headers: Record<string, string>) =>
      org.ask('PATCH', path, { Name }, headers);
    expect(await rename('Late', at(-1000))).toMatchObject({
      status: 412,
      body: [{ errorCode: 'PRECONDITION_FAILED' }],
    });
    expect(await rename('In time', at(0))).toMatchObject({ status: 204 });
    expect(await rename('No time', { 'If-Unmodified-Since': 'soon' })).toMatchObject({
      status: 400,
    });
    const one = { method: 'PATCH', url: path, body: { Name: 'Composed' } };
    const all = {
      method: 'PATCH',
      url: `${root}/composite/sobjects`,
      body: { records: [{ attributes: { type: 'Account' }, id, Name: 'Collected' }] },
    };
    const answers = await org.composite([
      { ...one, referenceId: 'late', httpHeaders: at(-60_000) },
      { ...one, referenceId: 'early', httpHeaders: at(60_000) },
      get(`/query?q=${encodeURIComponent('SELECT Name FROM Account')}`, 'look'),
      { ...all, referenceId: 'all', httpHeaders: at(-60_000) },
    ]);
    expect(statuses(answers)).toEqual([412, 204, 200, 200]);
    expect(answers[2]?.body).toMatchObject({ records: [{ Name: 'Composed' }] });
    expect(await org.query('SELECT Name FROM Account')).toMatchObject([{ Name: 'Collected' }]);
  },
);
