import { afterEach, beforeEach, expect } from 'vitest';
import {
  assignment,
  condition,
  decision,
  flow,
  formula,
  item,
  outcome,
  send,
  variable,
  workflow,
} from '../../flow/test/flows.ts';
import { deployFiles, failuresOf, file, type Files } from '../../metadata/test/packages.ts';
import { deployTestObjects } from '../objects.ts';
import { HttpOrg } from './http-org.ts';
import { RightsOrg, type User } from './rights-org.ts';
import { statement } from './statement.ts';

let http: HttpOrg;

const before = (inner: string, more: Parameters<typeof flow>[1] = {}): string =>
  flow(inner, { object: 'Product2', ...more });
const after = (inner: string, more: Parameters<typeof flow>[1] = {}): string =>
  before(inner, { timing: 'RecordAfterSave', ...more });
const put = (name: string, field: string, text: string, next?: string): string =>
  assignment(name, item(`$Record.${field}`, text), next);
const sender = after(send('A', 'Product2.Saved'), { formula: 'NOT({!$Permission.Quiet})' });

const files: Files = {
  'workflows/Product2.workflow': workflow({
    Saved: { user: 'woo-sync@local-org.example', url: 'http://127.0.0.1:9/out' },
  }),
  'customPermissions/Quiet.customPermission': file(
    'CustomPermission',
    '<isLicensed>false</isLicensed><label>Quiet</label>',
  ),
  'permissionsets/Quiet.permissionset': file(
    'PermissionSet',
    '<customPermissions><enabled>true</enabled><name>Quiet</name></customPermissions><label>Quiet</label>',
  ),
};

function deploy(more: Files): void {
  const failures = failuresOf(deployFiles(http.org.data, more));
  if (failures.length > 0) throw new Error(failures.join('\n'));
}

/** Ids of the records whose messages wait. */
const queued = (): readonly string[] =>
  http.org.data.db
    .all('SELECT record FROM "-outbound" ORDER BY number')
    .map((row) => String(row['record']));

const products = (...records: object[]): Promise<{ id: string; success: boolean }[]> =>
  http
    .rest('POST', '/composite/sobjects', {
      allOrNone: false,
      records: records.map((one) => ({ attributes: { type: 'Product2' }, ...one })),
    })
    .then(({ body }) => body as { id: string; success: boolean }[]);

const productOf = async (id: string): Promise<Record<string, unknown> | undefined> =>
  (await http.query(`SELECT ProductCode, Family, IsActive FROM Product2 WHERE Id = '${id}'`))[0];

beforeEach(async () => {
  http = await HttpOrg.start();
  await http.ask('POST', '/local/outbound/hold', {});
  deploy(files);
});
afterEach(() => http.close());

statement(
  'Active flows run for every record that a call saves: single, in a collection, in a composite call, by an upsert. Drafts and obsolete flows do not run, and none runs when a record is deleted.',
  async () => {
    deploy({
      'flows/Sender.flow': sender,
      'flows/Draft.flow': after(send('A', 'Product2.Saved'), {}).replace('Active', 'Draft'),
    });
    const one = await http.create('Product2', { Name: 'One' });
    const [two, three] = await products({ Name: 'Two' }, { Name: 'Three' });
    await http.composite([
      {
        method: 'PATCH',
        url: `/services/data/v66.0/sobjects/Product2/${one}`,
        referenceId: 'a',
        body: { ProductCode: 'x' },
      },
    ]);
    await http.rest('PATCH', '/composite/sobjects/Product2/Id', {
      allOrNone: false,
      records: [{ attributes: { type: 'Product2' }, Id: two?.id, ProductCode: 'y' }],
    });
    await http.rest('DELETE', `/sobjects/Product2/${three?.id ?? ''}`);
    expect(queued()).toEqual([one, two?.id, three?.id, one, two?.id]);
  },
);

statement(
  '`POST /local/outbound/refuse` with a `message` has every flow that sends fail with it, until `POST /local/outbound/accept`: without a fault path the save is refused and taken back, with one it stands.',
  async () => {
    const control = (action: string, body: object) =>
      http.ask('POST', `/local/outbound/${action}`, body);
    const nameOf = async (id: string): Promise<unknown> =>
      (await http.query(`SELECT Name FROM Product2 WHERE Id = '${id}'`))[0]?.['Name'];
    deploy({ 'flows/Sender.flow': sender });
    await control('refuse', { message: 'No more messages.' });
    const [refused] = await products({ Name: 'Lost' });
    expect(refused).toMatchObject({
      success: false,
      errors: [{ statusCode: 'CANNOT_EXECUTE_FLOW_TRIGGER' }],
    });
    expect(JSON.stringify(refused)).toContain('No more messages.');
    expect(await http.query('SELECT Id FROM Product2')).toEqual([]);

    const guarded = send(
      'A',
      'Product2.Saved',
      undefined,
      '<faultConnector><targetReference>B</targetReference></faultConnector><flowTransactionModel>CurrentTransaction</flowTransactionModel>',
    );
    const note = assignment('B', item('Why', { name: '$Flow.FaultMessage' }));
    deploy({ 'flows/Sender.flow': after(guarded + note + variable('Why')) });
    const id = await http.create('Product2', { Name: 'Kept' });
    expect(await nameOf(id)).toBe('Kept');
    expect(queued()).toEqual([]);

    await control('accept', {});
    const next = await http.create('Product2', { Name: 'Told' });
    expect(queued()).toEqual([next]);
    expect((await control('refuse', {})).status).toBe(400);
  },
);

statement(
  'Flows before the save run before validation rules, duplicate rules and unique values are looked at. They may fill required fields, and what they assign is checked as the values of a call are.',
  async () => {
    const rule =
      '<validationRules><fullName>R</fullName><active>true</active><errorConditionFormula>ProductCode = &quot;bad&quot;</errorConditionFormula><errorMessage>Bad!</errorMessage></validationRules>';
    const named = outcome('Yes', condition('$Record.Description', 'IsNull', false), 'Code');
    deploy({
      'objects/Product2.object': file('CustomObject', rule),
      'flows/F.flow': before(
        put('Name', 'Name', 'Named') +
          assignment('Code', item('$Record.ProductCode', { name: '$Record.Description' }), 'Name') +
          decision('A', named),
      ),
    });
    const results = await products(
      { Description: 'good' },
      { Description: 'bad' },
      { Description: 'x'.repeat(300) },
      { Name: 'Plain' },
      {},
    );
    expect(results).toMatchObject([
      { success: true },
      { errors: [{ statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Bad!' }] },
      { errors: [{ statusCode: 'STRING_TOO_LONG', fields: ['ProductCode'] }] },
      { success: true },
      { errors: [{ statusCode: 'REQUIRED_FIELD_MISSING', fields: ['Name'] }] },
    ]);
    expect(await productOf(results[0]?.id ?? '')).toMatchObject({ ProductCode: 'good' });
  },
);

statement(
  "Flows after the save run once the record is written, within the save's transaction; the outbound messages that they send are queued in it, so that a call which is rolled back sends none.",
  async () => {
    deploy({ 'flows/Sender.flow': sender });
    const records = [{ Name: 'One' }, { ProductCode: 'no name' }].map((one) => ({
      attributes: { type: 'Product2' },
      ...one,
    }));
    await http.rest('POST', '/composite/sobjects', { allOrNone: true, records });
    await http.composite(
      records.map((body, index) => ({
        method: 'POST',
        url: '/services/data/v66.0/sobjects/Product2',
        referenceId: `r${index}`,
        body: { ...body, attributes: undefined },
      })),
      { allOrNone: true },
    );
    expect(queued()).toEqual([]);
    await http.rest('POST', '/composite/sobjects', { allOrNone: false, records });
    expect(queued()).toHaveLength(1);
  },
);

statement(
  'A flow starts for new records, changed records or both, as it says, and when its formula or its filters hold; `{!$Permission.X}` asks the user who saves, `ISCHANGED` compares with the record before the save.',
  async () => {
    const changed = 'AND(NOT({!$Permission.Quiet}), ISCHANGED({!$Record.ProductCode}))';
    deploy({
      'flows/Sender.flow': after(send('A', 'Product2.Saved'), {
        saves: 'Update',
        formula: changed,
      }),
    });
    const id = await http.create('Product2', { Name: 'One', ProductCode: 'a' });
    const change = (record: object) => http.rest('PATCH', `/sobjects/Product2/${id}`, record);
    await change({ Name: 'Two' });
    await change({ ProductCode: 'a' });
    expect(queued()).toEqual([]);
    await change({ ProductCode: 'b' });
    expect(queued()).toEqual([id]);
    const [set] = await http.query(`SELECT Id FROM PermissionSet WHERE Name = 'Quiet'`);
    const user = (await http.conn.identity()).user_id;
    const given = { AssigneeId: user, PermissionSetId: set?.['Id'] };
    await http.create('PermissionSetAssignment', given);
    await change({ ProductCode: 'c' });
    expect(queued()).toEqual([id]);
  },
);

statement(
  'A save by a user without _Send Outbound Messages_ (`EnableNotifications`) queues no message, and says nothing of it; standard profiles have the permission, `Minimum Access` ones do not.',
  async () => {
    const at = await RightsOrg.start({}, (org) => {
      deployTestObjects(org);
      const failures = failuresOf(deployFiles(org, { ...files, 'flows/Sender.flow': sender }));
      expect(failures).toEqual([]);
    });
    try {
      await fetch(`${at.url}/local/outbound/hold`, { method: 'POST', body: '{}' });
      const messages = (): unknown =>
        at.org.data.db.get('SELECT count(*) AS all_of_them FROM "-outbound"')?.['all_of_them'];
      const objects = { Product2: 'read create edit' };
      const minimum = at.person('minimum@example.com', 'Minimum Access - Salesforce');
      minimum.grant({ objects, permissions: ['ApiEnabled'] });
      const saves = async (user: User): Promise<void> => {
        expect(await user.rest('POST', '/sobjects/Product2', { Name: 'P' })).toMatchObject({
          status: 201,
        });
      };
      await saves(minimum);
      expect(messages()).toBe(0);
      const standard = at.person('standard@example.com', 'Standard User');
      standard.grant({ objects }, 'Products');
      await saves(standard);
      expect(messages()).toBe(1);
      minimum.grant({ permissions: ['EnableNotifications'] }, 'Sends');
      await saves(minimum);
      expect(messages()).toBe(2);
    } finally {
      await at.close();
    }
  },
);

statement(
  'A decision takes its first outcome whose conditions hold by their logic, else its default path; an assignment assigns, or adds to text and numbers; formulas, constants and text templates are computed each time they are read.',
  async () => {
    const rules =
      outcome(
        'Is_Both',
        condition('$Record.ProductCode', 'StartsWith', 'a') +
          condition('$Record.IsActive', 'EqualTo', true),
        'Both',
      ) +
      outcome(
        'Is_Either',
        condition('$Record.ProductCode', 'StartsWith', 'a') +
          condition('$Record.IsActive', 'EqualTo', true),
        'Either',
        '1 OR 2',
      );
    const loud = assignment(
      'A',
      item('Seen', { name: '$Record.ProductCode' }) +
        item('Seen', '!', 'Add') +
        item('$Record.ProductCode', { name: 'Loud' }),
      'D',
    );
    deploy({
      'flows/F.flow': before(
        loud +
          put('Both', 'Family', 'both') +
          put('Either', 'Family', 'either') +
          put('None', 'Family', 'none') +
          decision('D', rules.replaceAll('<stringValue>a', '<stringValue>A'), 'None') +
          formula('Loud', 'UPPER({!Seen})') +
          variable('Seen'),
      ),
    });
    const made = await products(
      { Name: '1', ProductCode: 'a', IsActive: true },
      { Name: '2', ProductCode: 'a', IsActive: false },
      { Name: '3', ProductCode: 'b', IsActive: false },
    );
    expect(await Promise.all(made.map(({ id }) => productOf(id)))).toMatchObject([
      { ProductCode: 'A!', Family: 'both' },
      { ProductCode: 'A!', Family: 'either' },
      { ProductCode: 'B!', Family: 'none' },
    ]);
  },
);

statement(
  'A flow that cannot go on, as by a division by zero or, before API version 57.0, after 2,000 elements, refuses its record with `CANNOT_EXECUTE_FLOW_TRIGGER` and takes back what it did for it; the other records of the call are saved.',
  async () => {
    const rules = outcome('Yes', condition('$Record.Family', 'EqualTo', 'round'), 'A');
    deploy({
      'flows/Round.flow': after(send('A', 'Product2.Saved', 'D') + decision('D', rules)).replace(
        '66.0',
        '56.0',
      ),
    });
    const results = await products({ Name: '1' }, { Name: '2', Family: 'round' }, { Name: '3' });
    expect(results[1]).toEqual({
      success: false,
      errors: [
        {
          statusCode: 'CANNOT_EXECUTE_FLOW_TRIGGER',
          message:
            "We can't save this record because the “Parcels” process failed. Give your Salesforce admin these details. " +
            'Number of iterations exceeded: the flow has executed 2000 elements.',
          fields: [],
        },
      ],
    });
    expect(queued()).toEqual([results[0]?.id, results[2]?.id]);
    expect(await http.query('SELECT Name FROM Product2 ORDER BY Name')).toMatchObject([
      { Name: '1' },
      { Name: '3' },
    ]);
  },
);

statement(
  'Flows of an object run in the order of `triggerOrder`: numbers up to 1,000, flows without one, higher numbers.',
  async () => {
    const marking = (mark: string, order: string): string =>
      before(assignment('A', item('$Record.ProductCode', mark, 'Add'))).replace(
        '<status>',
        `${order === '' ? '' : `<triggerOrder>${order}</triggerOrder>`}<status>`,
      );
    deploy({
      'flows/A.flow': marking('3', '1001'),
      'flows/B.flow': marking('2', ''),
      'flows/C.flow': marking('1', '1000'),
    });
    const id = await http.create('Product2', { Name: 'One', ProductCode: '0' });
    expect(await productOf(id)).toMatchObject({ ProductCode: '0123' });
  },
);

statement(
  'A flow or an outbound message that is deployed again replaces the one before.',
  async () => {
    deploy({ 'flows/F.flow': before(put('A', 'ProductCode', 'first')) });
    deploy({ 'flows/F.flow': before(put('A', 'ProductCode', 'second')) });
    const id = await http.create('Product2', { Name: 'One' });
    expect(await productOf(id)).toMatchObject({ ProductCode: 'second' });
  },
);
