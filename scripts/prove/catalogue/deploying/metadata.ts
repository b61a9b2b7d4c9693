import type { Assumption } from '../../model/assumption.ts';
import { asks, eachObject, isJson } from '../../model/exchange.ts';
import { CannotTell, shown, verdict } from '../../model/verdict.ts';
import { member, recordsIn } from '../../sides/answers.ts';

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
        for (const one of recordsIn(exchange.body)) one['DurableId'] = '00N000000000001';
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
      const model = recordsIn(answer.body)[0]?.['InternalSharingModel'];
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
