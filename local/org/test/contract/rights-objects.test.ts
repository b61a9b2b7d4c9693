import { afterEach, beforeEach, expect } from 'vitest';
import { deployFiles, failuresOf } from '../../metadata/test/packages.ts';
import { root } from './http-org.ts';
import { outcome, RightsOrg, type User } from './rights-org.ts';
import { statement } from './statement.ts';

const all = 'read create edit delete';
let at: RightsOrg;
let user: User;

beforeEach(async () => {
  at = await RightsOrg.start();
  user = at.integration;
});
afterEach(async () => {
  await at.close();
});

statement(
  'A user may do what its profile and permission sets give together; an assignment, its end and a permission set that is deployed again count at once.',
  async () => {
    const ask = async (): Promise<string> =>
      outcome(await user.query('SELECT Store__c, Total__c FROM Woo_Order__c'));
    expect(await ask()).toBe('400 INVALID_TYPE');
    user.grant({ objects: { Woo_Order__c: 'read' }, read: ['Woo_Order__c.Store__c'] }, 'One');
    expect(await ask()).toBe('400 INVALID_FIELD');
    const other = user.grant({ read: ['Woo_Order__c.Total__c'] }, 'Other');
    expect(await ask()).toBe('200');
    at.deploy('Other', {});
    expect(await ask()).toBe('400 INVALID_FIELD');
    at.deploy('Other', { edit: ['Woo_Order__c.Total__c'] });
    expect(await ask()).toBe('200');
    const gone = await at.admin.rest('DELETE', `/sobjects/PermissionSetAssignment/${other}`);
    expect(gone.status).toBe(204);
    expect(await ask()).toBe('400 INVALID_FIELD');
    const again = { PermissionSetId: at.deploy('Late', { read: ['Woo_Order__c.Total__c'] }) };
    const ended = { AssigneeId: user.id, ExpirationDate: '2020-01-01T00:00:00Z' };
    const { status } = await at.admin.rest('POST', '/sobjects/PermissionSetAssignment', {
      ...again,
      ...ended,
    });
    expect([status, await ask()]).toEqual([201, '400 INVALID_FIELD']);
    const soql = encodeURIComponent('SELECT Total__c FROM Woo_Order__c');
    const query = { method: 'GET', url: `${root}/query?q=${soql}` };
    const PermissionSetId = at.deploy('Admins', { read: ['Woo_Order__c.Total__c'] });
    const { body } = await at.admin.rest('POST', '/composite', {
      collateSubrequests: false,
      compositeRequest: [
        { ...query, referenceId: 'before' },
        {
          method: 'POST',
          url: `${root}/sobjects/PermissionSetAssignment`,
          referenceId: 'assign',
          body: { PermissionSetId, AssigneeId: at.admin.id },
        },
        { ...query, referenceId: 'after' },
      ],
    });
    const { compositeResponse } = body as { compositeResponse: { httpStatusCode: number }[] };
    expect(compositeResponse.map(({ httpStatusCode }) => httpStatusCode)).toEqual([400, 201, 200]);
  },
);

statement(
  'Who has no _API Enabled_ is refused with 403 `API_DISABLED_FOR_ORG`; who has neither _Modify Metadata_ nor _Modify All Data_ is refused by the Metadata API with `INSUFFICIENT_ACCESS`.',
  async () => {
    const person = at.person('small@example.com', 'Minimum Access - Salesforce');
    expect(outcome(await person.rest('GET', '/limits'))).toBe('403 API_DISABLED_FOR_ORG');
    person.grant({ permissions: ['ApiEnabled'] });
    expect(outcome(await person.rest('GET', '/limits'))).toBe('200');
    const asked = await user.rest('GET', '/metadata/deployRequest/0Af000000000001AAA');
    expect(outcome(asked)).toBe('403 INSUFFICIENT_ACCESS');
    const soap = await fetch(`${at.url}/services/Soap/m/66.0`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml', SOAPAction: '""' },
      body:
        '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header>' +
        `<SessionHeader><sessionId>${user.token}</sessionId></SessionHeader></e:Header>` +
        '<e:Body><describeMetadata/></e:Body></e:Envelope>',
    });
    expect(soap.status).toBe(500);
    expect(await soap.text()).toContain('INSUFFICIENT_ACCESS');
  },
);

statement(
  '_Standard User_ gives read, create, edit and delete on accounts, contacts, leads, opportunities, orders and order products, only read on products, price books and their entries, all standard fields, and a look into Setup.',
  async () => {
    const user = at.person('rep@example.com', 'Standard User');
    const rights = async (object: string): Promise<readonly boolean[]> => {
      const { createable, updateable, deletable } = await user.describe(object);
      return [createable, updateable, deletable];
    };
    for (const object of ['Account', 'Contact', 'Lead', 'Order', 'OrderItem']) {
      expect([object, ...(await rights(object))]).toEqual([object, true, true, true]);
    }
    for (const object of ['Product2', 'Pricebook2', 'PricebookEntry']) {
      expect([object, ...(await rights(object))]).toEqual([object, false, false, false]);
      expect(outcome(await user.query(`SELECT Id FROM ${object}`))).toBe('200');
    }
    const product = at.insert('Product2', { Name: 'Mug' });
    const renamed = await user.rest('PATCH', `/sobjects/Product2/${product}`, { Name: 'Cup' });
    expect(outcome(renamed)).toBe('403 INSUFFICIENT_ACCESS_OR_READONLY');
    expect(await user.fieldNames('Product2')).toContain('ProductCode');
    expect(outcome(await user.query('SELECT Id FROM PermissionSetAssignment'))).toBe('200');
  },
);

statement(
  'Order products have the rights on their orders, and are written with _Edit_ on these; entries of price books are read with _Read_ on products and price books, and written with _Edit_ on price books too.',
  async () => {
    const user = at.person('lines@example.com', 'Minimum Access - Salesforce');
    user.grant({ permissions: ['ApiEnabled'] }, 'Api');
    const rights = async (object: string): Promise<unknown> => {
      const seen = await user.rest('GET', `/sobjects/${object}/describe`);
      if (seen.status !== 200) return outcome(seen);
      const { createable, updateable, deletable } = seen.body as Record<string, unknown>;
      return [createable, updateable, deletable];
    };
    const all = async () => [await rights('OrderItem'), await rights('PricebookEntry')];
    expect(await all()).toEqual(['404 NOT_FOUND', '404 NOT_FOUND']);
    user.grant({ objects: { Order: 'read', Product2: 'read edit' } }, 'Reads');
    expect(await all()).toEqual([[false, false, false], '404 NOT_FOUND']);
    user.grant({ objects: { Order: 'edit', Pricebook2: 'read' } }, 'Orders');
    expect(await all()).toEqual([
      [true, true, true],
      [false, false, false],
    ]);
    user.grant({ objects: { Pricebook2: 'edit' } }, 'Books');
    expect(await rights('PricebookEntry')).toEqual([true, true, true]);
  },
);

statement(
  '`GET /local/custom-permissions` tells the user of the token which custom permissions it has, whatever else it may see; Salesforce tells its own pages, and no API tells users without rights to Setup.',
  async () => {
    const user = at.person('least@example.com', 'Minimum Access - Salesforce');
    const told = async (token: string): Promise<readonly unknown[]> => {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`${at.url}/local/custom-permissions`, { headers });
      return [answer.status, await answer.json()];
    };
    expect(await told(user.token)).toEqual([200, []]);
    at.deploy('Runner', { customPermissions: ['May_Run', 'May_Hide'] });
    user.assign('Runner');
    expect(await told(user.token)).toEqual([200, ['May_Hide', 'May_Run']]);
    expect((await told('00D!x'))[0]).toBe(401);
  },
);

statement(
  '`GET /local/tabs` tells the user of the token which tabs its permission sets show, which decides what the Lightning host shows of an app.',
  async () => {
    const user = at.person('tabs@example.com', 'Minimum Access - Salesforce');
    const told = async (): Promise<unknown> => {
      const headers = { authorization: `Bearer ${user.token}` };
      return (await fetch(`${at.url}/local/tabs`, { headers })).json();
    };
    expect(await told()).toEqual([]);
    at.deploy('Tabs', { tabs: ['standard-Account'], hidden: ['standard-Contact'] });
    user.assign('Tabs');
    expect(await told()).toEqual(['standard-Account']);
  },
);

statement(
  'An object that the user may not read does not exist for it: SOQL answers `INVALID_TYPE`, its address 404 `NOT_FOUND`, its records in a collection `INVALID_TYPE`, paths to it `INVALID_FIELD`.',
  async () => {
    user.grant({ objects: { Woo_Order__c: all }, read: ['Woo_Order__c.Contact__c'] });
    const refused = await user.query('SELECT Id FROM Contact');
    expect(outcome(refused)).toBe('400 INVALID_TYPE');
    expect(JSON.stringify(refused.body)).toContain("sObject type 'Contact' is not supported");
    for (const path of ['/sobjects/Contact', '/sobjects/Contact/describe']) {
      expect(outcome(await user.rest('GET', path))).toBe('404 NOT_FOUND');
    }
    const write = await user.rest('POST', '/sobjects/Contact', { LastName: 'Bo' });
    expect(outcome(write)).toBe('404 NOT_FOUND');
    const records = [{ attributes: { type: 'Contact' }, LastName: 'Bo' }];
    const { body } = await user.rest('POST', '/composite/sobjects', { records });
    expect(body).toMatchObject([{ success: false, errors: [{ statusCode: 'INVALID_TYPE' }] }]);
    const path = await user.query('SELECT Contact__r.LastName FROM Woo_Order__c');
    expect(outcome(path)).toBe('400 INVALID_FIELD');
    const { body: listed } = await user.rest('GET', '/sobjects');
    const names = (listed as { sobjects: { name: string }[] }).sobjects.map(({ name }) => name);
    expect(names).toContain('Woo_Order__c');
    expect(names).not.toContain('Contact');
  },
);

statement(
  'Without create a new record is refused with `CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY`, without edit or delete a change with 403 `INSUFFICIENT_ACCESS_OR_READONLY`; describe tells.',
  async () => {
    user.grant({ objects: { Woo_Order__c: 'read' } });
    const id = at.insert('Woo_Order__c', { Name: '1', OwnerId: user.id });
    const path = `/sobjects/Woo_Order__c/${id}`;
    const made = await user.rest('POST', '/sobjects/Woo_Order__c', { Name: '2' });
    expect(outcome(made)).toBe('400 CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY');
    expect(outcome(await user.rest('PATCH', path, { Name: '2' }))).toBe(
      '403 INSUFFICIENT_ACCESS_OR_READONLY',
    );
    expect(outcome(await user.rest('DELETE', path))).toBe('403 INSUFFICIENT_ACCESS_OR_READONLY');
    expect(await user.describe('Woo_Order__c')).toMatchObject({
      createable: false,
      updateable: false,
      deletable: false,
    });
    user.grant({ objects: { Woo_Order__c: all } }, 'More');
    expect(outcome(await user.rest('PATCH', path, { Name: '2' }))).toBe('204');
    expect(outcome(await user.rest('DELETE', path))).toBe('204');
    expect(await user.describe('Woo_Order__c')).toMatchObject({ createable: true });
  },
);

statement(
  'A detail is read only by who may read its master, and created, changed and deleted only by who may change the master record.',
  async () => {
    user.grant({ objects: { Woo_Refund__c: all } });
    expect(outcome(await user.query('SELECT Id FROM Woo_Refund__c'))).toBe('400 INVALID_TYPE');
    user.grant({ objects: { Woo_Order__c: 'read edit' } }, 'Master');
    const foreign = at.insert('Woo_Order__c', { Name: '1', OwnerId: at.admin.id });
    const own = at.insert('Woo_Order__c', { Name: '2', OwnerId: user.id });
    const add = async (Order__c: string): Promise<string> =>
      outcome(await user.rest('POST', '/sobjects/Woo_Refund__c', { Order__c, Amount__c: 1 }));
    expect(await add(own)).toBe('201');
    expect(await add(foreign)).toBe('403 INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY');
    const refund = at.insert('Woo_Refund__c', { Name: 'R', Order__c: foreign, Amount__c: 1 });
    const path = `/sobjects/Woo_Refund__c/${refund}`;
    expect(outcome(await user.rest('GET', path))).toBe('200');
    expect(outcome(await user.rest('PATCH', path, { Amount__c: 2 }))).toBe(
      '403 INSUFFICIENT_ACCESS_OR_READONLY',
    );
    expect(outcome(await user.rest('DELETE', path))).toBe('403 INSUFFICIENT_ACCESS_OR_READONLY');
  },
);

statement(
  'Deleting a master deletes its details, whatever rights the user has on them.',
  async () => {
    user.grant({ objects: { Woo_Order__c: all } });
    const order = at.insert('Woo_Order__c', { Name: '1', OwnerId: user.id });
    const refund = at.insert('Woo_Refund__c', { Name: 'R', Order__c: order, Amount__c: 1 });
    expect(outcome(await user.query('SELECT Id FROM Woo_Refund__c'))).toBe('400 INVALID_TYPE');
    expect(outcome(await user.rest('DELETE', `/sobjects/Woo_Order__c/${order}`))).toBe('204');
    expect(at.value('Woo_Refund__c', refund, 'IsDeleted')).toBe(1);
  },
);

statement(
  'Custom metadata is read with `customMetadataTypeAccesses` or _Customize Application_; without, its type does not exist.',
  async () => {
    const soql = 'SELECT DeveloperName FROM Woo_Mapping__mdt';
    at.org.data.putSystemRow('Woo_Mapping__mdt', { DeveloperName: 'Order' }, { Active__c: true });
    expect(outcome(await user.query(soql))).toBe('400 INVALID_TYPE');
    expect(await at.admin.values(soql)).toEqual(['Order']);
    user.grant({ metadataTypes: ['Woo_Mapping__mdt'] });
    expect(await user.values(soql)).toEqual(['Order']);
  },
);

statement(
  'Queries that follow a custom metadata relationship leave out the records whose object or field the user does not see, and say nothing.',
  async () => {
    const put = (name: string, object: string, field: string): unknown =>
      at.org.data.putSystemRow(
        'Woo_Mapping__mdt',
        { DeveloperName: name },
        { Salesforce_Object__c: object, External_Id_Field__c: field, Active__c: true },
      );
    put('Order', 'Woo_Order__c', 'Woo_Key__c');
    put('Customer', 'Contact', 'Woo_Key__c');
    user.grant({
      objects: { Woo_Order__c: 'read', Contact: 'read' },
      read: ['Woo_Order__c.Woo_Key__c'],
      metadataTypes: ['Woo_Mapping__mdt'],
    });
    const names = (path: string): Promise<readonly unknown[]> =>
      user.values(`SELECT DeveloperName${path} FROM Woo_Mapping__mdt ORDER BY DeveloperName`);
    expect(await names('')).toEqual(['Customer', 'Order']);
    expect(await names(', Salesforce_Object__r.QualifiedApiName')).toEqual(['Customer', 'Order']);
    expect(await names(', External_Id_Field__r.QualifiedApiName')).toEqual(['Order']);
    at.deploy('Test_Set', {
      objects: { Contact: 'read' },
      read: ['Contact.Woo_Key__c'],
      metadataTypes: ['Woo_Mapping__mdt'],
    });
    expect(await names(', Salesforce_Object__r.QualifiedApiName')).toEqual(['Customer']);
    expect(await names('')).toEqual(['Customer', 'Order']);
  },
);

statement(
  'EntityDefinition, FieldDefinition and EntityParticle have only what the user sees, unless it may look into Setup.',
  async () => {
    user.grant({ objects: { Woo_Order__c: 'read' }, read: ['Woo_Order__c.Total__c'] });
    const objects = 'SELECT QualifiedApiName FROM EntityDefinition';
    expect(await user.values(objects)).toContain('Woo_Order__c');
    expect(await user.values(objects)).not.toContain('Contact');
    const fields =
      "SELECT QualifiedApiName FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Woo_Order__c'";
    expect(await user.values(fields)).toContain('Total__c');
    expect(await user.values(fields)).not.toContain('Store__c');
    expect(await at.admin.values(fields)).toContain('Store__c');
    expect(await at.admin.values(objects)).toContain('Contact');
  },
);

statement(
  'Permission sets and their assignments are seen with _View Setup_, and assigned with _Assign Permission Sets_.',
  async () => {
    const record = { PermissionSetId: at.deploy('Set', {}), AssigneeId: user.id };
    const assigned = (by: User): ReturnType<User['rest']> =>
      by.rest('POST', '/sobjects/PermissionSetAssignment', record);
    expect(outcome(await user.query('SELECT Name FROM PermissionSet'))).toBe('400 INVALID_TYPE');
    expect(outcome(await assigned(user))).toBe('404 NOT_FOUND');
    user.grant({ permissions: ['ViewSetup'] }, 'Setup');
    expect(await user.values('SELECT Name FROM PermissionSet ORDER BY Name')).toContain('Set');
    expect(outcome(await assigned(user))).toBe('400 CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY');
    expect(outcome(await assigned(at.admin))).toBe('201');
  },
);

statement(
  '`UserExternalCredential`, which a user must be able to read for callouts with a named credential, is an object that permission sets give.',
  async () => {
    const soql = 'SELECT Id FROM UserExternalCredential';
    expect(outcome(await user.query(soql))).toBe('400 INVALID_TYPE');
    user.grant({ objects: { UserExternalCredential: 'read' } });
    expect(outcome(await user.query(soql))).toBe('200');
  },
);

statement(
  'A permission set with a licence is assigned to users with that licence alone: the integration user, whose profile is for the licence _Salesforce Integration_, gets none of the licence `Salesforce`.',
  async () => {
    const set = (label: string, license: string): string =>
      `<?xml version="1.0" encoding="UTF-8"?><PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata"><hasActivationRequired>false</hasActivationRequired><label>${label}</label>${license}</PermissionSet>`;
    const deployed = deployFiles(at.org.data, {
      'permissionsets/Full.permissionset': set('Full', '<license>Salesforce</license>'),
      'permissionsets/Any.permissionset': set('Any', ''),
    });
    expect(failuresOf(deployed)).toEqual([]);
    const assigned = async (name: string, { id }: User): Promise<unknown> => {
      const { status, body } = await at.admin.rest('POST', '/sobjects/PermissionSetAssignment', {
        PermissionSetId: at.permissionSet(name),
        AssigneeId: id,
      });
      return status === 201 ? status : body;
    };
    expect(await assigned('Full', user)).toEqual([
      {
        errorCode: 'FIELD_INTEGRITY_EXCEPTION',
        message:
          "Can't assign permission set Full to user Woo Integration. The user license doesn't match.",
        fields: ['PermissionSetId'],
      },
    ]);
    expect(await assigned('Any', user)).toBe(201);
    expect(await assigned('Full', at.person('full@example.com', 'Standard User'))).toBe(201);
  },
);
