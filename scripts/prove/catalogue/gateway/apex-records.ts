import type { Assumption } from '../../model/assumption.ts';
import { verdict } from '../../model/verdict.ts';
import { other, run } from './stand-in.ts';

/** What Apex reads and writes. */
export const APEX_RECORDS: readonly Assumption[] = [
  {
    id: 'metadata-in-apex',
    statement: '`Woo_Mapping__mdt.getAll()` gives the records to a user with access to the type',
    places: ['force-app/main/default/classes/WooGatewayStore.cls'],
    calls: 1,
    probe: async ({ org }) => {
      const { value } = await org.apex(
        'Integer found = Woo_Mapping__mdt.getAll().size();',
        'found',
      );
      return verdict(typeof value === 'number' && value > 0, value);
    },
    deviation: { says: 'it gives none', change: other('Woo_Mapping__mdt.getAll', 0) },
  },
  {
    id: 'undelete-brings-back',
    statement:
      '`undelete` brings back the details that went with a record and fills the lookups that its deletion has emptied, runs no validation rule or flow, and refuses a record whose unique value another has by now with `DUPLICATE_VALUE`, one that is not in the recycle bin with `UNDELETE_FAILED`, “Entity is not in the recycle bin”',
    places: ['local/org/write/undelete.ts'],
    calls: 1,
    probe: async (probing) => {
      const [contact, order] = [probing.key(), probing.key()];
      const { value } = await probing.org.apex(
        [
          `Contact c = new Contact(LastName = '${probing.name()}', Woo_Key__c = '${contact}'); insert c;`,
          `Woo_Order__c w = new Woo_Order__c(Name = 'prove', Woo_Key__c = '${order}', Contact__c = c.Id); insert w;`,
          'delete c; undelete c;',
          'Boolean back = [SELECT Contact__c FROM Woo_Order__c WHERE Id = :w.Id].Contact__c == c.Id;',
          'Database.UndeleteResult live = Database.undelete(c.Id, false);',
          'delete w;',
          `insert new Woo_Order__c(Name = 'prove', Woo_Key__c = '${order}');`,
          'Database.UndeleteResult taken = Database.undelete(w.Id, false);',
          "String seen = back + ' ' + live.getErrors()[0].getStatusCode() + ' ' + taken.getErrors()[0].getStatusCode();",
        ].join(' '),
        'seen',
      );
      return verdict(value === 'true UNDELETE_FAILED DUPLICATE_VALUE', value);
    },
    deviation: {
      says: 'lookups stay empty',
      change: other('undelete c', 'false UNDELETE_FAILED DUPLICATE_VALUE'),
    },
  },
  {
    id: 'merge-keeps-survivor',
    statement:
      'A merge through the API leaves each field of the survivor as it is and moves every lookup, custom ones too; the loser is named by `MasterRecordId`',
    places: ['sidecar/src/sync/to-salesforce/rejections.ts', 'local/org/write/merge.ts'],
    calls: 1,
    probe: async (probing) => {
      const [survivor, loser, order] = [probing.key(), probing.key(), probing.key()];
      const { value } = await probing.org.apex(
        [
          `Contact a = new Contact(LastName = '${probing.name()}', Phone = '1', Woo_Key__c = '${survivor}');`,
          `Contact b = new Contact(LastName = '${probing.name()}', Phone = '2', Woo_Key__c = '${loser}');`,
          'Database.DMLOptions o = new Database.DMLOptions(); o.DuplicateRuleHeader.allowSave = true;',
          'Database.insert(new List<Contact>{ a, b }, o);',
          `Woo_Order__c w = new Woo_Order__c(Name = 'prove', Woo_Key__c = '${order}', Contact__c = b.Id); insert w;`,
          'merge a b;',
          'Contact kept = [SELECT Phone FROM Contact WHERE Id = :a.Id];',
          'Contact gone = [SELECT MasterRecordId FROM Contact WHERE Id = :b.Id ALL ROWS];',
          'Boolean moved = [SELECT Contact__c FROM Woo_Order__c WHERE Id = :w.Id].Contact__c == a.Id;',
          "String seen = kept.Phone + ' ' + moved + ' ' + (gone.MasterRecordId == a.Id);",
        ].join(' '),
        'seen',
      );
      return verdict(value === '1 true true', value);
    },
    standIn: run('merge a b', '1 true true'),
    deviation: { says: 'custom lookups stay', change: other('merge a b', '1 false true') },
  },
];
