import { afterEach, beforeEach, expect, it } from 'vitest';
import { HttpOrg, refusalCode, root } from './http-org.ts';
import { statement } from './statement.ts';

let org: HttpOrg;

beforeEach(async () => {
  org = await HttpOrg.start();
});
afterEach(() => org.close());

const ada = { FirstName: 'Ada', LastName: 'King', Email: 'ada@example.com' };
const post = (object: string, record: object, header?: string) =>
  org.rest(
    'POST',
    `/sobjects/${object}`,
    record,
    header === undefined ? {} : { 'Sforce-Duplicate-Rule-Header': header },
  );
const codeOf = async (object: string, record: object, header?: string): Promise<unknown> => {
  const reply = await post(object, record, header);
  return reply.status === 201 ? 'created' : refusalCode(reply);
};

statement.group(
  'A new contact or lead that agrees with another in first name, last name and e-mail address (or in other lists of fields of the standard rules), or a new account that agrees in name and street, postal code or phone, is refused with `DUPLICATES_DETECTED`.',
  () => {
    const detected = 'DUPLICATES_DETECTED';
    it.each([
      ['Contact', ada, { ...ada, Email: 'ADA@example.com' }, detected],
      ['Contact', ada, { ...ada, Email: 'other@example.com' }, 'created'],
      ['Contact', ada, { ...ada, FirstName: 'Augusta' }, 'created'],
      ['Contact', { ...ada, FirstName: null }, { ...ada, FirstName: null }, detected],
      ['Contact', { ...ada, Phone: '1' }, { ...ada, Email: null, Phone: '1' }, detected],
      ['Lead', { ...ada, Company: 'A' }, { ...ada, Company: 'B' }, detected],
      ['Account', { Name: 'A', Phone: '1' }, { Name: 'a', Phone: '1' }, detected],
      ['Account', { Name: 'A', BillingPostalCode: '1' }, { Name: 'A' }, 'created'],
      ['Account', { Name: 'A' }, { Name: 'A' }, 'created'],
    ])('%s %j, then %j: %s', async (object, first, second, expected) => {
      await org.create(object, first);
      expect(await codeOf(object, second)).toBe(expected);
    });
  },
);

statement(
  "The error carries `duplicateResult`: `allowSave`, the rules' names and the records that were found, with their fields when the header asks by `includeRecordDetails=true`.",
  async () => {
    const id = await org.create('Contact', ada);
    const url = `${root}/sobjects/Contact/${id}`;
    const record = { attributes: { type: 'Contact', url }, Id: id };
    const matchResult = (found: unknown): object => ({
      entityType: 'Contact',
      errors: [],
      matchEngine: 'FuzzyMatchEngine',
      matchRecords: [
        { additionalInformation: [], fieldDiffs: [], matchConfidence: 100, record: found },
      ],
      rule: 'Standard_Contact_Match_Rule_v1_1',
      size: 1,
      success: true,
    });
    const message = 'Use one of these records?';
    const duplicateResult = {
      allowSave: true,
      duplicateRule: 'Standard_Contact_Duplicate_Rule',
      duplicateRuleEntityType: 'Contact',
      errorMessage: message,
      matchResults: [matchResult(record)],
    };
    const single = await post('Contact', ada);
    expect([single.status, single.body]).toEqual([
      400,
      [{ errorCode: 'DUPLICATES_DETECTED', message, duplicateResult }],
    ]);
    const records = [{ attributes: { type: 'Contact' }, ...ada }];
    expect((await org.rest('POST', '/composite/sobjects', { records })).body).toEqual([
      {
        success: false,
        errors: [{ statusCode: 'DUPLICATES_DETECTED', message, fields: [], duplicateResult }],
      },
    ]);
    const detailed = await post('Contact', ada, 'includeRecordDetails=true');
    expect(detailed.body).toMatchObject([
      { duplicateResult: { matchResults: [matchResult({ ...record, LastName: 'King' })] } },
    ]);
  },
);

statement(
  '`Sforce-Duplicate-Rule-Header: allowSave=true` gets past rules that alert, never past rules that block, and is not known before version 52.0.',
  async () => {
    await org.create('Contact', ada);
    const header = 'allowSave=true; includeRecordDetails=false; runAsCurrentUser=true';
    expect(await codeOf('Contact', ada, header)).toBe('created');
    expect(await codeOf('Contact', ada, 'allowSave=false')).toBe('DUPLICATES_DETECTED');
    const old = await org.ask('POST', '/services/data/v51.0/sobjects/Contact', ada, {
      'Sforce-Duplicate-Rule-Header': header,
    });
    expect(refusalCode(old)).toBe('DUPLICATES_DETECTED');
    const rule = { name: 'One_Address', object: 'Contact', onCreate: 'block', match: [['Email']] };
    await org.ask('POST', '/local/duplicate-rules', rule);
    const blocked = await post('Contact', ada, header);
    expect(blocked.body).toMatchObject([
      {
        errorCode: 'DUPLICATES_DETECTED',
        duplicateResult: { allowSave: false, duplicateRule: 'One_Address' },
      },
    ]);
  },
);

statement('The standard rules let changes pass.', async () => {
  await org.create('Contact', ada);
  const id = await org.create('Contact', { ...ada, Email: 'other@example.com' });
  const change = await org.rest('PATCH', `/sobjects/Contact/${id}`, { Email: ada.Email });
  expect(change.status).toBe(204);
});

statement('Records of one call are compared with those before them, too.', async () => {
  const records = [ada, ada].map((one) => ({ attributes: { type: 'Contact' }, ...one }));
  const { body } = await org.rest('POST', '/composite/sobjects', { records });
  expect(body).toMatchObject([
    { success: true },
    { success: false, errors: [{ statusCode: 'DUPLICATES_DETECTED' }] },
  ]);
});

statement.group(
  '`POST /local/duplicate-rules` adds or replaces a rule (`name`, `object`, `onCreate`, `onEdit`: `allow`, `alert` or `block`; `match`: lists of fields), `…/none` switches all off, `…/reset` brings the standard ones back; a rule that cannot be is answered with 400 and a sentence.',
  () => {
    const rule = {
      name: 'Codes',
      object: 'Woo_Order__c',
      onCreate: 'alert',
      onEdit: 'block',
      match: [['Store__c']],
    };
    const put = (body: object) => org.ask('POST', '/local/duplicate-rules', body);

    it('adds, replaces, switches off and brings back', async () => {
      expect((await put(rule)).status).toBe(201);
      await org.create('Woo_Order__c', { Store__c: 'main' });
      expect(await codeOf('Woo_Order__c', { Store__c: 'main' })).toBe('DUPLICATES_DETECTED');
      const other = await org.create('Woo_Order__c', { Store__c: 'second' });
      const path = `/sobjects/Woo_Order__c/${other}`;
      const change = await org.rest('PATCH', path, { Store__c: 'main' });
      expect(refusalCode(change)).toBe('DUPLICATES_DETECTED');
      await put({ ...rule, onCreate: 'allow' });
      expect(await codeOf('Woo_Order__c', { Store__c: 'main' })).toBe('created');
      await org.ask('POST', '/local/duplicate-rules/none');
      expect((await org.ask('GET', '/local/duplicate-rules')).body).toEqual([]);
      await org.ask('POST', '/local/duplicate-rules/reset');
      expect((await org.ask('GET', '/local/duplicate-rules')).body).toMatchObject([
        { object: 'Account' },
        { object: 'Contact' },
        { object: 'Lead' },
      ]);
    });

    it.each([
      [{ ...rule, name: 'a b' }, 'name is "a b": give letters, digits and underscores.'],
      [{ ...rule, object: 'Nope__c' }, 'object is "Nope__c"'],
      [{ ...rule, onCreate: 'warn' }, 'onCreate is "warn": give allow, alert or block.'],
      [{ ...rule, match: [['Nope__c']] }, 'match names "Nope__c", which is no field'],
      [{ ...rule, match: [] }, 'match must be a list of lists of field names.'],
      [{ ...rule, active: true }, 'A duplicate rule has no option active'],
    ])('%j is refused', async (body, message) => {
      const reply = await put(body);
      expect(reply.status).toBe(400);
      expect(JSON.stringify(reply.body)).toContain(JSON.stringify(message).slice(1, -1));
    });
  },
);
