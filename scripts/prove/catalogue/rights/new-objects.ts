import { refusalIn } from '../../../lib/install/admin-session.ts';
import type { Assumption } from '../../model/assumption.ts';
import { asks, isJson } from '../../model/exchange.ts';
import { isSame, verdict } from '../../model/verdict.ts';
import { member } from '../../sides/answers.ts';
import { METADATA_CALLS } from '../../sides/metadata-side.ts';
import { deployObject } from '../deploying/own-files.ts';

/** What an administrator may do with what a deploy has just brought. */
export const NEW_OBJECTS: readonly Assumption[] = [
  {
    id: 'admin-sees-no-new-field',
    statement:
      'A deploy gives the System Administrator profile no access to new custom fields, so that the administrator must be given a permission set too',
    places: ['local/org/access/profiles.ts'],
    calls: METADATA_CALLS + 1,
    seconds: 120,
    probe: async ({ org, components }) => {
      const object = await deployObject(components);
      const answer = await org.ask(`SELECT Note__c FROM ${object}`);
      return verdict(refusalIn(answer).startsWith('INVALID_FIELD'), answer.body);
    },
    deviation: {
      says: 'the administrator sees it',
      change: (exchange) => {
        if (!asks(exchange, 'SELECT Note__c FROM Woo_Prove_')) return;
        Object.assign(exchange, { status: 200, body: { totalSize: 0, done: true, records: [] } });
      },
    },
  },
  {
    id: 'modify-all-data-on-custom-objects',
    statement: '_Modify All Data_ gives all rights on custom objects that no profile names',
    places: ['local/org/access/rights.ts'],
    calls: METADATA_CALLS + 1,
    seconds: 120,
    probe: async ({ org, components }) => {
      const object = await deployObject(components);
      const { body } = await org.call('GET', `sobjects/${object}/describe`);
      const rights = ['createable', 'updateable', 'deletable'].map((name) => member(body, name));
      return verdict(isSame(rights, [true, true, true]), rights);
    },
    deviation: {
      says: 'a new object cannot be created',
      change: ({ path, body }) => {
        if (path.includes('/Woo_Prove_') && path.endsWith('/describe') && isJson(body))
          body['createable'] = false;
      },
    },
  },
];
