import { afterEach, describe, expect, it } from 'vitest';
import { org, compositeOf, compositeThat, closeOrg } from './support/composite-org.ts';

afterEach(closeOrg);

describe('describing objects', () => {
  const field = {
    name: 'Status__c',
    label: 'Status',
    type: 'picklist',
    length: 255,
    precision: 0,
    scale: 0,
    nillable: true,
    createable: true,
    updateable: true,
    calculated: false,
    filterable: true,
    externalId: false,
    unique: false,
    caseSensitive: false,
    defaultedOnCreate: false,
    referenceTo: [],
    relationshipName: null,
    restrictedPicklist: true,
    soapType: 'xsd:string',
    picklistValues: [
      { value: 'new', label: 'New', active: true },
      { value: 'old', label: 'Old', active: false },
    ],
  };

  const rights = { createable: true, updateable: true, deletable: false, queryable: true };

  it('takes a call per 25 and leaves out what the org does not have', async () => {
    const { org: described, sent } = await org(
      compositeThat((sub) => {
        const name = sub.url.split('/').at(-2) ?? '';
        return name === 'O7__c'
          ? [404, [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }]]
          : [200, { ...rights, name, label: 'One', fields: [field], childRelationships: [] }];
      }),
    );
    const names = Array.from({ length: 30 }, (_, index) => `O${index}__c`);
    const objects = await described.describe(names);
    expect(sent().map((request) => compositeOf(request).compositeRequest.length)).toEqual([25, 5]);
    expect(objects.size).toBe(29);
    expect(objects.has('O7__c')).toBe(false);
    expect(objects.get('O29__c')).toMatchObject({ createable: true, deletable: false });
    const status = objects.get('O29__c')?.fields.get('status__c');
    expect(status).toMatchObject({ name: 'Status__c', type: 'picklist', picklistValues: ['new'] });
  });

  it('refuses a description that lacks what mapping needs', async () => {
    const { org: described } = await org(
      compositeThat(() => [200, { ...rights, name: 'X', label: 'X', fields: [{ name: 'Id' }] }]),
    );
    await expect(described.describe(['X'])).rejects.toMatchObject({ code: 'SF_UNEXPECTED_ANSWER' });
  });
});
