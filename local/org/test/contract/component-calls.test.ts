import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { deployFiles, failuresOf } from '../../metadata/test/packages.ts';
import { packageOf, projectSource } from '../../metadata/test/project.ts';
import { createRecords } from '../../write/batch.ts';
import { RightsOrg, type User } from './rights-org.ts';
import { statement } from './statement.ts';

/** A row of custom metadata, as WooMappingRows has it. */
interface Row {
  readonly type: string;
  readonly name: string;
  readonly label: string | null;
  readonly values: Readonly<Record<string, string | number | boolean | null>>;
}

/** How far a save is, as WooMappingSaves tells it. */
interface Save {
  readonly id: string;
  readonly mapping: string;
  readonly state: string;
  readonly errors: readonly { readonly record: string | null; readonly message: string }[];
  readonly before: readonly Row[] | null;
  readonly deployId: string | null;
  readonly by: string;
}

interface Read {
  readonly mappings: readonly Row[];
  readonly fields: readonly Row[];
  readonly conditions: readonly Row[];
  readonly stores: readonly Row[];
  readonly mayCustomize: boolean;
}

let org: RightsOrg;
let admin: User;
let wooAdmin: User;

/** What mappings are made of, and their Apex: deploying the pages takes longer than these tests. */
const deployed = Object.fromEntries(
  Object.entries(packageOf(projectSource()))
    .filter(([path]) => /^(objects|classes\/WooMapping|custom(Metadata|Permissions))/.test(path))
    .map(([path, text]) => [
      path,
      text.replaceAll(/<actionOverrides>[^]*?<\/actionOverrides>/g, ''),
    ]),
);

beforeAll(async () => {
  org = await RightsOrg.start({}, (data) => {
    expect(failuresOf(deployFiles(data, deployed))).toEqual([]);
  });
  admin = org.admin;
  wooAdmin = org.person('wooadmin@local-org.example', 'Standard User');
  wooAdmin.grant({ classes: ['WooMappings'], objects: { Pricebook2: 'read create' } });
});

afterAll(() => org.close());

/** Calls a method as a page does. */
async function call(
  user: Pick<User, 'token'>,
  method: string,
  args: object = {},
  className = 'WooMappings',
) {
  const answer = await fetch(`${org.url}/local/apex/${className}/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${user.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(args),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

async function returned<T>(user: User, method: string, args: object = {}): Promise<T> {
  const { status, body } = await call(user, method, args);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body['returnValue'] as T;
}

const read = (user = admin): Promise<Read> => returned<Read>(user, 'read');

/** All rows of a mapping, as a page has read them. */
function rowsOf({ mappings, fields, conditions }: Read, mapping: string): readonly Row[] {
  const parts = [...fields, ...conditions].filter(({ values }) => values['Mapping__c'] === mapping);
  return [...mappings.filter(({ name }) => name === mapping), ...parts];
}

const named = (rows: readonly Row[], name: string): Row => {
  const found = rows.find((row) => row.name === name);
  if (!found) throw new Error(`no row ${name}`);
  return found;
};

const changed = (row: Row, values: Row['values']): Row => ({
  ...row,
  values: { ...row.values, ...values },
});

const save = (user: User, records: readonly Row[], before: readonly Row[], mapping = 'Order') =>
  call(user, 'save', {
    mapping,
    recordsJson: JSON.stringify(records),
    beforeJson: JSON.stringify(before),
  });

/** Waits until a save has ended. */
async function ended(answer: Awaited<ReturnType<typeof save>>): Promise<Save> {
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  const id = String(answer.body['returnValue']);
  return vi.waitFor(
    async () => {
      const told = await returned<Save>(admin, 'saved', { id });
      expect(told.state).not.toBe('running');
      return told;
    },
    { timeout: 600_000 },
  );
}

/** What an AuraHandledException says, of which a page gets the message alone. */
const refusalOf = ({ status, body }: Awaited<ReturnType<typeof save>>): object => {
  expect(Object.keys(body)).toEqual(['message']);
  return { status, ...(JSON.parse(String(body['message'])) as object) };
};

statement(
  '`POST /local/apex/Class/method` calls a deployed class as a component does, with arguments by name and the rights of the token: `{returnValue}`, or 500 with `{message}` of the exception. It is no API call.',
  async () => {
    const billed = org.org.requestLog.totals().billed;
    const { stores } = await read(wooAdmin);
    expect(stores.map(({ values }) => values['Key__c'])).toEqual(['main']);
    expect(org.org.requestLog.totals().billed).toBe(billed);
    expect(await call(org.integration, 'read')).toEqual({
      status: 500,
      body: { message: "You do not have access to the Apex class named 'WooMappings'." },
    });
    expect(await call(wooAdmin, 'save', { recordsJson: 'no JSON' })).toMatchObject({ status: 500 });
  },
);

statement(
  'A class or method that is not deployed with `@AuraEnabled`, and a parameter that it has not, are refused; a session that ended is answered with 401.',
  async () => {
    const messageOf = async (...given: Parameters<typeof call>) => (await call(...given)).body;
    expect(await messageOf(admin, 'read', {}, 'Nothing')).toEqual({
      message: 'Unable to find the Apex class Nothing.',
    });
    expect(await messageOf(admin, 'containerOf')).toEqual({
      message: 'Unable to find the Apex action WooMappings.containerOf.',
    });
    expect(await messageOf(admin, 'saved', { Id: 'x' })).toEqual({
      message: 'WooMappings.saved has no parameter Id.',
    });
    expect((await call({ token: `${admin.token}x` }, 'read')).status).toBe(401);
  },
);

statement(
  'What code does not catch is told with its type and where it happened; of an `AuraHandledException` the message alone.',
  async () => {
    const { data } = org.org;
    const content = `public class Other {
      @AuraEnabled public static Integer half(Integer of) {
        return of / 2;
      }
      @AuraEnabled public static void refuse(List<String> words) {
        AuraHandledException problem = new AuraHandledException('');
        problem.setMessage(String.join(words, ' '));
        throw problem;
      }
    }`;
    data.begin();
    data.putComponents([{ type: 'ApexClass', fullName: 'Other', body: { content } }]);
    data.commit();
    expect(await call(admin, 'half', { of: 7 }, 'Other')).toEqual({
      status: 200,
      body: { returnValue: 3 },
    });
    expect(await call(admin, 'half', {}, 'Other')).toEqual({
      status: 500,
      body: {
        message: 'Attempt to de-reference a null object',
        exceptionType: 'System.NullPointerException',
        isUserDefinedException: false,
        stackTrace: 'Class.Other.half: line 3, column 1',
      },
    });
    expect(await call(admin, 'refuse', { words: ['not', 'now'] }, 'Other')).toEqual({
      status: 500,
      body: { message: 'not now' },
    });
  },
);

it('reads rows whole, with names that a deploy takes', async () => {
  const all = await read();
  expect(all.mayCustomize).toBe(true);
  expect((await read(wooAdmin)).mayCustomize).toBe(false);
  const { label, values } = named(all.fields, 'Order_Status');
  expect(label).toBe('Order Status');
  expect(values).toMatchObject({
    Active__c: true,
    Mapping__c: 'Order',
    Default_Value__c: null,
    Woo_Attribute__c: 'status',
    Salesforce_Object__c: 'Woo_Order__c',
    Salesforce_Field__c: 'Status__c',
  });
});

it('lists objects that the user may write', async () => {
  const objects = await returned<readonly { name: string; label: string }[]>(admin, 'objects');
  expect(objects).toContainEqual({ name: 'Contact', label: 'Contact' });
  const names = objects.map(({ name }) => name);
  expect(names.filter((name) => /__mdt$|^EntityDefinition$/.test(name))).toEqual([]);
  expect(names).toContain('Pricebook2');
  const fewer = await returned<readonly { name: string }[]>(wooAdmin, 'objects');
  expect(fewer.map(({ name }) => name)).not.toContain('Pricebook2');
});

statement(
  '`Metadata.Operations.enqueueDeployment` deploys records of custom metadata as the user, after the code has ended, all or none by the rules of every deploy; the callback hears of it later.',
  async () => {
    const before = rowsOf(await read(), 'Order');
    const status = changed(named(before, 'Order_Status'), {
      Default_Value__c: 'new',
      Active__c: false,
    });
    const fresh = { ...status, name: 'Order_Fresh', label: 'Fresh' };
    const told = await ended(await save(admin, [status, fresh], before));
    expect(told).toMatchObject({
      mapping: 'Order',
      state: 'done',
      errors: [],
      by: 'Ada Admin',
    });
    const after = rowsOf(await read(), 'Order');
    expect(named(after, 'Order_Status')).toEqual(status);
    expect(named(after, 'Order_Fresh')).toEqual(fresh);
    const deployed = await admin.rest(
      'GET',
      `/metadata/deployRequest/${told.deployId ?? ''}?includeDetails=true`,
    );
    expect(deployed.body).toMatchObject({
      deployResult: { status: 'Succeeded', numberComponentsDeployed: 2 },
    });
    const { body } = await admin.query("SELECT Id FROM Woo_Command__c WHERE Type__c = 'reload'");
    expect(body).toMatchObject({ totalSize: 1 });
    const wrong = [
      changed(fresh, { Overflow__c: 'sometimes' }),
      changed({ ...fresh, name: 'Order_Nowhere' }, { Salesforce_Field__c: 'Nowhere__c' }),
      { ...fresh, name: 'N'.repeat(41) },
      changed({ ...fresh, name: 'Order_Unknown' }, { Unknown__c: 'x' }),
      { ...fresh, name: 'Order_Unlabelled', label: null },
      changed({ ...fresh, name: 'Order_Number' }, { Default_Value__c: 5 }),
      changed({ ...fresh, name: 'Order_Good' }, { Default_Value__c: 'good' }),
    ];
    const refused = await ended(await save(admin, wrong, after));
    expect(refused.state).toBe('failed');
    expect([...new Set(refused.errors.map(({ record }) => record))]).toEqual(
      [
        'Order_Fresh',
        'Order_Nowhere',
        'N'.repeat(41),
        'Order_Unknown',
        'Order_Unlabelled',
        'Order_Number',
      ].map((name) => `Woo_Field_Mapping.${name}`),
    );
    expect(rowsOf(await read(), 'Order')).toEqual(after);
  },
);

it('saves for none without Customize Application', async () => {
  const before = rowsOf(await read(), 'Customer');
  expect(refusalOf(await save(wooAdmin, before, before, 'Customer'))).toEqual({
    status: 500,
    code: 'NO_PERMISSION',
    by: null,
    records: null,
  });
});

it('overwrites nothing that another admin has saved meanwhile, and names who', async () => {
  const before = rowsOf(await read(), 'Refund');
  const mapping = named(before, 'Refund');
  await ended(await save(admin, [changed(mapping, { Sweep_Minutes__c: 7 })], before, 'Refund'));
  const second = await save(admin, [changed(mapping, { Active__c: false })], before, 'Refund');
  expect(refusalOf(second)).toEqual({
    status: 500,
    code: 'CHANGED_MEANWHILE',
    by: 'Ada Admin',
    records: ['Woo_Mapping__mdt.Refund'],
  });
  const without = rowsOf(await read(), 'Refund').slice(0, -1);
  expect(refusalOf(await save(admin, [mapping], without, 'Refund'))).toMatchObject({
    code: 'CHANGED_MEANWHILE',
  });
  expect(named(rowsOf(await read(), 'Refund'), 'Refund')).toEqual(
    changed(mapping, { Sweep_Minutes__c: 7 }),
  );
});

it('saves rows of one mapping alone, and takes no name of another', async () => {
  const all = await read();
  const before = rowsOf(all, 'Refund');
  const amount = before.find(({ type }) => type === 'Woo_Field_Mapping__mdt');
  const status = named(all.fields, 'Order_Status');
  const [store] = all.stores;
  if (!amount || !store) throw new Error('no row');
  const taken = { ...amount, name: 'ORDER_status' };
  expect(refusalOf(await save(admin, [amount, status, taken, store], before, 'Refund'))).toEqual({
    status: 500,
    code: 'FOREIGN_RECORD',
    by: 'Ada Admin',
    records: ['Order_Status', 'ORDER_status']
      .map((name) => `Woo_Field_Mapping__mdt.${name}`)
      .concat(`Woo_Store__mdt.${store.name}`),
  });
});

it('undoes the last save: what was there comes back, what was new is switched off', async () => {
  const before = rowsOf(await read(), 'Order_Item');
  const [mapping, first] = before;
  if (!mapping || !first) throw new Error('no rows');
  const fresh = { ...first, name: 'Order_Item_Fresh' };
  const records = [changed(mapping, { Sweep_Minutes__c: 9 }), fresh];
  await ended(await save(admin, records, before, 'Order_Item'));
  const { before: undo } = await returned<Save>(admin, 'lastSave', { mapping: 'Order_Item' });
  expect(undo).toEqual([mapping, changed(fresh, { Active__c: false })]);
  const saved = rowsOf(await read(), 'Order_Item');
  await ended(await save(admin, undo ?? [], saved, 'Order_Item'));
  expect(rowsOf(await read(), 'Order_Item').filter(({ values }) => values['Active__c'])).toEqual(
    before.filter(({ values }) => values['Active__c']),
  );
  expect(await returned(admin, 'lastSave', { mapping: 'Nothing' })).toBe(null);
});

it('keeps the last twenty saves of a mapping, and all of others', async () => {
  const old = (Mapping__c: string) => ({ Mapping__c, State__c: 'done' });
  const records = [...Array.from({ length: 25 }, () => old('Product')), old('Another')];
  const made = records.map((record) => ({ type: 'Woo_Mapping_Save__c', record }));
  createRecords(org.org.data, { userId: admin.id }, made, true);
  const before = rowsOf(await read(), 'Product');
  const { id } = await ended(await save(admin, before.slice(0, 1), before, 'Product'));
  const kept = (name: string) =>
    org.org.data.db
      .all(`SELECT Id FROM "Woo_Mapping_Save__c" WHERE IsDeleted = 0 AND Mapping__c = ?`, name)
      .map((row) => row['Id']);
  expect(kept('Product')).toHaveLength(20);
  expect(kept('Product')).toContain(id);
  expect(kept('Another')).toHaveLength(1);
});

it('runs one save of a mapping at a time, until it has ended or was silent for ten minutes', async () => {
  const { data } = org.org;
  const rows = rowsOf(await read(), 'Refund');
  const silent = { Mapping__c: 'Refund', Running__c: 'Refund', State__c: 'running' };
  const made = [{ type: 'Woo_Mapping_Save__c', record: silent }];
  const [first] = createRecords(data, { userId: admin.id }, made, true);
  const state = () => returned<Save>(admin, 'saved', { id: first?.id });
  expect(await state()).toMatchObject({ state: 'running' });
  expect(refusalOf(await save(admin, rows, rows, 'Refund'))).toEqual({
    status: 500,
    code: 'SAVE_RUNNING',
    by: 'Ada Admin',
    records: null,
  });
  const then = new Date(Date.now() - 11 * 60_000).toISOString().replace('Z', '+0000');
  data.db.run(
    'UPDATE "Woo_Mapping_Save__c" SET CreatedDate = ? WHERE Id = ?',
    then,
    first?.id ?? '',
  );
  expect(await ended(await save(admin, rows, rows, 'Refund'))).toMatchObject({ state: 'done' });
  expect(await state()).toMatchObject({ state: 'failed' });
});
