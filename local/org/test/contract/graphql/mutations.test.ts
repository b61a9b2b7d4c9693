import { afterEach, beforeEach, expect } from 'vitest';
import { refusals, RightsOrg, send, type Answered, type User } from './graphql-org.ts';
import { statement } from '../statement.ts';

let at: RightsOrg;
let user: User;
const edit = ['Total__c', 'Woo_Key__c', 'Store__c', 'Billing_Email__c', 'Contact__c'];

beforeEach(async () => {
  at = await RightsOrg.start();
  user = at.integration;
  user.grant({
    objects: {
      Woo_Order__c: 'read create edit delete',
      Woo_Order_Item__c: 'read create edit delete',
    },
    edit: edit.map((name) => `Woo_Order__c.${name}`),
    read: ['Woo_Order__c.Code__c'],
  });
});
afterEach(() => at.close());

const mutation = (inner: string, args = '', variables = {}, head = ''): Promise<Answered> =>
  send(user, `mutation ${head} { uiapi${args} { ${inner} } }`, variables);

const create = (fields: string, record = 'Id'): string =>
  `Woo_Order__cCreate(input: { Woo_Order__c: { ${fields} } }) { Record { ${record} } }`;

const count = (object = 'Woo_Order__c'): unknown =>
  at.org.data.db.get(`SELECT count(*) AS n FROM ${object} WHERE IsDeleted = 0`)?.['n'];

interface Written {
  readonly uiapi: Readonly<
    Record<string, { readonly Record: Readonly<Record<string, unknown>> } | null>
  >;
}

/** The record that an operation wrote. */
const recordOf = ({ data }: Answered, key: string): Readonly<Record<string, unknown>> =>
  (data as unknown as Written).uiapi[key]?.Record ?? {};

statement(
  'Mutations create, change and delete records by the rules of all other writes; what one refuses is a `DataFetchingException` with the words of the rule, and `Record` shows the record as it was written, without parents and children.',
  async () => {
    const made = await mutation(
      create('Name: "A", Total__c: 5.555', 'Id Name { value } Total__c { value displayValue }'),
    );
    const record = recordOf(made, 'Woo_Order__cCreate');
    expect(made.errors).toEqual([]);
    expect(record).toMatchObject({
      Name: { value: 'A' },
      Total__c: { value: 5.56, displayValue: '5.56' },
    });
    const Id = String(record['Id']);
    const head = '($input: Woo_Order__cUpdateInput!)';
    const update = 'Woo_Order__cUpdate(input: $input) { __typename Record { Total__c { value } } }';
    const input = { Id, Woo_Order__c: { Total__c: 7 } };
    expect(await mutation(update, '', { input }, head)).toEqual({
      data: {
        uiapi: {
          Woo_Order__cUpdate: {
            __typename: 'Woo_Order__cUpdatePayload',
            Record: { Total__c: { value: 7 } },
          },
        },
      },
      errors: [],
    });
    expect(await mutation(create('Billing_Email__c: "nope"'))).toEqual({
      data: { uiapi: { Woo_Order__cCreate: null } },
      errors: [
        {
          message: 'Billing Email: invalid email address: nope',
          locations: [{ line: 1, column: 21 }],
          paths: ['uiapi', 'Woo_Order__cCreate'],
          extensions: { ErrorType: 'DataFetchingException' },
        },
      ],
    });
    const relation = await mutation(create('Name: "B"', 'Order_Items__r { totalCount }'));
    expect(relation.errors[0]?.message).toBe(
      'The field Order_Items__r is not currently available in mutation results.',
    );
    const remove = `Woo_Order__cDelete(input: { Id: "${Id}" }) { Id }`;
    const item = await mutation(`Woo_Order_Item__cDelete(input: { Id: "${Id}" }) { Id }`);
    expect(item.errors[0]?.message).toContain('id value of incorrect type');
    expect((await mutation(remove)).data).toEqual({ uiapi: { Woo_Order__cDelete: { Id } } });
    expect(count()).toBe(0);
    expect((await mutation(remove)).errors[0]?.message).toBe('entity is deleted');
  },
);

statement(
  'Only fields that the user may write are in the input of a mutation; explicit null empties a field, and a variable without a value leaves it alone.',
  async () => {
    const wrong = [
      'Code__c: "x"',
      'Day__c: "2026-01-01"',
      'CreatedDate: "2026-01-01T00:00:00Z"',
      'Total__c: "5"',
    ];
    for (const fields of wrong) {
      const [problem] = await refusals(user, `mutation { uiapi { ${create(fields)} } }`);
      expect(problem).toMatch(/^ValidationError Validation error of type WrongType/);
    }
    const id = String(
      recordOf(await mutation(create('Store__c: "main", Total__c: 5')), 'Woo_Order__cCreate')['Id'],
    );
    const head = '($store: String, $total: Double)';
    const update = `Woo_Order__cUpdate(input: { Id: "${id}", Woo_Order__c: { Store__c: $store, Total__c: $total } }) { Record { Id } }`;
    await mutation(update, '', { total: null }, head);
    expect([
      at.value('Woo_Order__c', id, 'Store__c'),
      at.value('Woo_Order__c', id, 'Total__c'),
    ]).toEqual(['main', null]);
    const missing = await refusals(
      user,
      'mutation { uiapi { Woo_Order__cUpdate(input: { Woo_Order__c: {} }) { Record { Id } } } }',
    );
    expect(missing[0]).toContain('WrongType');
    const other = at.person('other@example.com', 'Standard User');
    other.grant({ objects: { Woo_Order__c: 'read' }, permissions: ['ApiEnabled'] }, 'Reader');
    const refused = await refusals(other, `mutation { uiapi { ${create('Name: "A"')} } }`);
    expect(refused).toEqual(['DataFetchingException entity type cannot be inserted: Woo_Order__c']);
  },
);

statement(
  'Unless `allOrNone` is false, an operation that fails undoes all of its mutation; else it is null, and the others stay.',
  async () => {
    const two = `a: ${create('Name: "A"', 'Name { value }')} b: ${create('Billing_Email__c: "nope"')}`;
    const all = await mutation(two);
    expect(all.data).toEqual({ uiapi: { a: null, b: null } });
    expect(all.errors.map(({ message, paths }) => [paths[1], message])).toEqual([
      [
        'a',
        'The transaction was rolled back since another operation in the same transaction failed.',
      ],
      ['b', 'Billing Email: invalid email address: nope'],
    ]);
    expect(count()).toBe(0);
    const some = await mutation(two, '(input: { allOrNone: false })');
    expect(some.data).toEqual({ uiapi: { a: { Record: { Name: { value: 'A' } } }, b: null } });
    expect(some.errors).toHaveLength(1);
    expect(count()).toBe(1);
  },
);

statement(
  '`@{alias}` is the id of a record that an operation before created or deleted.',
  async () => {
    const item = (order: string): string =>
      `c: Woo_Order_Item__cCreate(input: { Woo_Order_Item__c: { Name: "Tea", Order__c: "${order}" } }) { Record { Order__c { value } } }`;
    const made = await mutation(`a: ${create('Name: "A"')} ${item('@{a}')}`);
    expect(recordOf(made, 'c')).toEqual({ Order__c: { value: recordOf(made, 'a')['Id'] } });
    const before = await mutation(`${item('@{a}')} a: ${create('Name: "A"')}`);
    expect(before.errors[0]?.message).toBe(
      '@{a} must name a Create or a Delete that stands before this operation.',
    );
    const id = String(recordOf(made, 'a')['Id']);
    const change = `u: Woo_Order__cUpdate(input: { Id: "${id}", Woo_Order__c: {} }) { Record { Id } }`;
    expect((await mutation(`${change} ${item('@{u}')}`)).errors).toHaveLength(2);
    const failed = await mutation(
      `a: ${create('Billing_Email__c: "nope"')} ${item('@{a}')}`,
      '(input: { allOrNone: false })',
    );
    expect(failed.errors[1]?.message).toBe('The operation a, whose record @{a} names, failed.');
    expect(count('Woo_Order_Item__c')).toBe(1);
  },
);
