import { describe, expect, it } from 'vitest';
import {
  LOG,
  fieldMappings,
  fields,
  fullName,
  isType,
  nodes,
  objects,
  permissionSets,
  rights,
  value,
  type Xml,
} from './project-metadata.ts';

/* The integration user may do what the mappings need, and people what is theirs. */

describe('permission sets', () => {
  it('let the integration user read every field and write all but formulas', () => {
    const granted = rights('Woo_Integration');
    const missing = fields
      .filter((field) => !isType(field.object) && field.object !== LOG && !field.alwaysVisible)
      .filter((field) => {
        const right = granted.get(fullName(field));
        return right?.read !== true || right.edit === (field.body['formula'] !== undefined);
      });
    expect(missing.map(fullName)).toEqual([]);
  });

  it('let the integration user write the standard fields of the default mappings', () => {
    const granted = rights('Woo_Integration');
    const always = ['Account.Name', 'Contact.FirstName', 'Contact.LastName', 'Product2.Name'];
    // Setup offers no field security for it.
    always.push('Product2.IsActive');
    const missing = fieldMappings
      .map(
        (row) => [value(row, 'Salesforce_Object__c'), value(row, 'Salesforce_Field__c')] as const,
      )
      .filter(([, field]) => !field.endsWith('__c'))
      .filter(([object]) => !object.endsWith('__c'))
      .map(([object, field]) => {
        // An address is granted whole.
        const part = /^(Billing|Mailing)(Street|City|State|PostalCode|Country)$/.exec(field);
        return `${object}.${part ? `${part[1] ?? ''}Address` : field}`;
      })
      .filter((name) => !always.includes(name) && granted.get(name)?.edit !== true);
    expect(missing).toEqual([]);
  });

  it.each(permissionSets.map(({ name }) => name))(
    '%s names no field that is always there',
    (set) => {
      const named = [...rights(set)].filter(([name, { edit }]) => {
        const field = fields.find((one) => fullName(one) === name);
        if (!field) return name.endsWith('__c') || name.endsWith('.Name');
        return field.alwaysVisible || (edit && field.body['formula'] !== undefined);
      });
      expect(named).toEqual([]);
    },
  );

  it('let product people edit what goes to the shop', () => {
    const granted = rights('Woo_Products');
    const missing = fieldMappings
      .filter((row) => value(row, 'Salesforce_Object__c') === 'Product2')
      .filter((row) => ['both', 'to_woo'].includes(value(row, 'Direction__c')))
      .map((row) => `Product2.${value(row, 'Salesforce_Field__c')}`)
      .filter((name) => name !== 'Product2.Name' && granted.get(name)?.edit !== true);
    expect(missing).toEqual([]);
  });

  it('let product people solve issues and give commands', () => {
    const set = permissionSets.find(({ name }) => name === 'Woo_Products');
    const objectRights = (object: string): Xml =>
      nodes(set?.body['objectPermissions']).find((one) => one['object'] === object) ?? {};
    expect(objectRights('Woo_Command__c')).toMatchObject({ allowCreate: 'true' });
    expect(objectRights('Woo_Sync_Issue__c')).toMatchObject({ allowEdit: 'true' });
    const granted = rights('Woo_Products');
    for (const name of ['Woo_Sync_Issue__c.Resolution__c', 'Woo_Sync_Issue__c.State__c']) {
      expect(granted.get(name)?.edit, name).toBe(true);
    }
  });

  it('bring no licence', () => {
    expect(permissionSets.filter(({ body }) => body['license'] !== undefined)).toEqual([]);
  });

  it('let the integration user read all of the configuration', () => {
    const granted = permissionSets.find(({ name }) => name === 'Woo_Integration');
    const types = nodes(granted?.body['customMetadataTypeAccesses']).map((one) => one['name']);
    const wanted = objects.map(({ name }) => name).filter(isType);
    expect(types).toEqual(wanted.toSorted());
  });
});
