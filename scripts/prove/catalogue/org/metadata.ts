import type { Assumption } from '../../model/assumption.ts';
import { asks, eachObject, isJson } from '../../model/exchange.ts';
import { CannotTell, shown, verdict } from '../../model/verdict.ts';
import { member } from '../../sides/org-side.ts';

const records = (body: unknown): readonly Record<string, unknown>[] => {
  const found = member(body, 'records');
  return Array.isArray(found) ? (found as Record<string, unknown>[]) : [];
};

const PREFIXES: Readonly<Record<string, string>> = {
  ...{ Account: '001', Contact: '003', Product2: '01t', User: '005', ContentDocument: '069' },
  ContentVersion: '068',
};

export const METADATA: readonly Assumption[] = [
  {
    id: 'relationships-are-bare-names',
    statement:
      'Relationship values of custom metadata records are bare API names (`Woo_Order__c`, `Total__c`)',
    places: ['config/org/main/default/customMetadata'],
    calls: 1,
    probe: async ({ org }) => {
      const rows = await org.rows(
        'SELECT Salesforce_Object__r.QualifiedApiName, Salesforce_Field__r.QualifiedApiName FROM Woo_Field_Mapping__mdt LIMIT 20',
      );
      if (rows.length === 0) throw new CannotTell('The org has no field mapping.');
      const names = rows.map((row) =>
        ['Salesforce_Object__r', 'Salesforce_Field__r'].map((name) =>
          member(row[name], 'QualifiedApiName'),
        ),
      );
      const isSo = names.flat().every((name) => typeof name === 'string' && !name.includes('.'));
      return verdict(isSo, names[0]);
    },
    deviation: {
      says: 'fields are named with their object',
      change: (exchange) => {
        eachObject(exchange.body, (one) => {
          const field = one['Salesforce_Field__r'];
          if (isJson(field)) field['QualifiedApiName'] = 'Woo_Order__c.Total__c';
        });
      },
    },
  },
  {
    id: 'durable-ids',
    statement:
      'The durable id of a custom field, by which custom metadata names it, begins with the durable id of its object',
    places: ['local/org/data/definitions.ts'],
    calls: 2,
    probe: async ({ org }) => {
      const [object] = await org.rows(
        "SELECT DurableId FROM EntityDefinition WHERE QualifiedApiName = 'Woo_Order__c'",
      );
      const fields = await org.rows(
        "SELECT DurableId FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Woo_Order__c' AND QualifiedApiName = 'Total__c'",
      );
      const ids = [object?.['DurableId'], fields[0]?.['DurableId']].map(String);
      return verdict(ids[1]?.startsWith(`${ids[0] ?? ''}.`) === true, ids);
    },
    deviation: {
      says: 'it is an id of its own',
      change: (exchange) => {
        if (!asks(exchange, 'FROM FieldDefinition')) return;
        for (const one of records(exchange.body)) one['DurableId'] = '00N000000000001';
      },
    },
  },
  {
    id: 'internal-sharing-model',
    statement:
      '`EntityDefinition.InternalSharingModel` tells the organization-wide default of a custom object',
    places: ['scripts/lib/install/sharing.ts'],
    calls: 1,
    probe: async ({ org }) => {
      const answer = await org.ask(
        "SELECT InternalSharingModel FROM EntityDefinition WHERE QualifiedApiName = 'Woo_Order__c'",
      );
      const model = records(answer.body)[0]?.['InternalSharingModel'];
      return verdict(['Private', 'Read', 'ReadWrite'].includes(String(model)), shown(answer.body));
    },
    deviation: {
      says: 'the field is empty',
      change: (exchange) => {
        eachObject(exchange.body, (one) => {
          if ('InternalSharingModel' in one) one['InternalSharingModel'] = null;
        });
      },
    },
  },
  {
    id: 'reparentable-lines',
    statement: '`reparentableMasterDetail` lets lines and refunds name another order',
    places: ['force-app/main/default/objects/Woo_Order_Item__c/fields'],
    calls: 1,
    probe: async ({ org }) => {
      const { body } = await org.call('GET', 'sobjects/Woo_Order_Item__c/describe');
      const fields = member(body, 'fields') as readonly Record<string, unknown>[] | undefined;
      const field = fields?.find(({ name }) => name === 'Order__c');
      if (!field) throw new CannotTell('The user does not see the order of a line.');
      return verdict(field['updateable'] === true, { updateable: field['updateable'] });
    },
    deviation: {
      says: 'the field cannot be changed',
      change: ({ path, body }) => {
        if (!path.endsWith('/describe')) return;
        eachObject(body, (one) => {
          if (one['name'] === 'Order__c') one['updateable'] = false;
        });
      },
    },
  },
  {
    id: 'prefixes-of-ids',
    statement: 'Ids of custom objects begin with `a`; the prefixes of standard objects',
    places: ['sidecar/src/salesforce/record-id.ts'],
    calls: 1,
    probe: async ({ org }) => {
      const { body } = await org.call('GET', 'sobjects');
      const all = (member(body, 'sobjects') ?? []) as readonly Record<string, unknown>[];
      const wrong = all.filter(({ name, keyPrefix }) => {
        if (/^Woo_\w+__c$/.test(String(name))) return !String(keyPrefix).startsWith('a');
        const known = PREFIXES[String(name)];
        return known !== undefined && keyPrefix !== known;
      });
      if (all.length === 0) throw new CannotTell('The org lists no objects.');
      return verdict(
        wrong.length === 0,
        wrong.map(({ name, keyPrefix }) => [name, keyPrefix]),
      );
    },
    deviation: {
      says: 'products have another prefix',
      change: ({ path, body }) => {
        if (!path.endsWith('/sobjects')) return;
        eachObject(body, (one) => {
          if (one['name'] === 'Product2') one['keyPrefix'] = '01u';
        });
      },
    },
  },
  {
    id: 'who-has-a-permission-set',
    statement:
      'Who has a permission set can be asked by `PermissionSetAssignment` with `PermissionSet.Name` and `Assignee.IsActive`',
    places: ['scripts/lib/install/outbound.ts'],
    calls: 1,
    probe: async ({ org }) => {
      const answer = await org.ask(
        "SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name = 'Woo_Integration' AND Assignee.IsActive = true",
      );
      return verdict(answer.status === 200, answer.body);
    },
    deviation: {
      says: 'the query is refused',
      change: (exchange) => {
        if (!asks(exchange, 'FROM PermissionSetAssignment')) return;
        Object.assign(exchange, { status: 400, body: [{ errorCode: 'INVALID_FIELD' }] });
      },
    },
  },
  {
    id: 'kind-of-org',
    statement:
      '`Organization` tells by `IsSandbox` and `OrganizationType` whether an org is a production org',
    places: ['scripts/lib/install/production.ts'],
    calls: 1,
    probe: async ({ org }) => {
      const answer = await org.ask('SELECT IsSandbox, OrganizationType FROM Organization LIMIT 1');
      const [row] = records(answer.body);
      const isSo =
        typeof row?.['IsSandbox'] === 'boolean' && typeof row['OrganizationType'] === 'string';
      return verdict(isSo, shown(answer.body));
    },
    deviation: {
      says: 'the edition is empty',
      change: (exchange) => {
        if (asks(exchange, 'FROM Organization LIMIT 1'))
          for (const one of records(exchange.body)) one['OrganizationType'] = null;
      },
    },
  },
  {
    id: 'empty-text-in-custom-metadata',
    statement:
      'An empty text in a custom metadata record (`Service_URL__c` where `WOO_SERVICE_URL` is not set) is taken for no value',
    places: ['sfdx-project.json'],
    calls: 1,
    probe: async ({ org }) => {
      const rows = await org.rows('SELECT Service_URL__c, Image_Hosts__c FROM Woo_Store__mdt');
      const empty = rows.filter((row) => Object.values(row).includes(''));
      return verdict(empty.length === 0, 'an empty text');
    },
    deviation: {
      says: 'it is an empty text',
      change: (exchange) => {
        eachObject(exchange.body, (one) => {
          if ('Image_Hosts__c' in one) one['Image_Hosts__c'] ??= '';
        });
      },
    },
  },
];
