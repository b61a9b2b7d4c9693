import { afterAll, beforeAll, expect, it } from 'vitest';
import { deployFiles, failuresOf } from '../../../metadata/test/packages.ts';
import { RightsOrg, type User } from '../rights-org.ts';
import { statement } from '../statement.ts';
import { codeFiles } from './code-org.ts';

/** Each asks and changes the same, and calls what says nothing, and what inherits. */
const asking = (name: string, words: string): string => `public ${words} class ${name} {
  @AuraEnabled public static Integer count() { return [SELECT COUNT() FROM Account]; }
  @AuraEnabled public static Integer dynamic() { return Database.query('SELECT Id FROM Account WITH SYSTEM_MODE').size(); }
  @AuraEnabled public static Integer silent() { return Silent.count(); }
  @AuraEnabled public static Integer inherits() { return Inherits.count(); }
  @AuraEnabled public static Integer inner() { return new Inside().count(); }
  @AuraEnabled public static Integer open() { return Open.count(); }
  @AuraEnabled public static Integer closed() { return Closed.count(); }
  @AuraEnabled public static String change(String id) {
    Database.SaveResult saved = Database.update(new Account(Id = id, Site = 'x'), false);
    return saved.isSuccess() ? 'saved' : String.valueOf(saved.getErrors()[0].getStatusCode());
  }
  public class Inside { public Integer count() { return [SELECT COUNT() FROM Account]; } }
}`;

let at: RightsOrg;
let user: User;
let foreign: string;

beforeAll(async () => {
  at = await RightsOrg.start({ sharing: { Account: 'Private' } });
  const classes = [
    asking('Closed', 'with sharing'),
    asking('Open', 'without sharing'),
    asking('Inherits', 'inherited sharing'),
    asking('Silent', ''),
    `trigger Counting on Contact (before insert) {
      for (Contact one : Trigger.new) { one.Description = Silent.count() + ' ' + Closed.count(); }
    }`,
    `public with sharing class Inserts { @AuraEnabled public static String run() {
      Contact made = new Contact(LastName = 'x'); insert made;
      return [SELECT Description FROM Contact WHERE Id = :made.Id].Description;
    } }`,
  ];
  const names = ['Closed', 'Open', 'Inherits', 'Silent', 'Inserts'];
  expect(failuresOf(deployFiles(at.org.data, codeFiles(...classes)))).toEqual([]);
  user = at.integration;
  user.grant({ classes: names, objects: {} });
  foreign = at.insert('Account', { Name: 'A', OwnerId: at.admin.id });
  at.insert('Account', { Name: 'B', OwnerId: at.admin.id });
  at.insert('Account', { Name: 'C', OwnerId: user.id });
});
afterAll(() => at.close());

async function call(path: string, args: object = {}, who = user): Promise<unknown> {
  const answer = await fetch(`${at.url}/local/apex/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${who.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(args),
  });
  const body = (await answer.json()) as { returnValue?: unknown; message?: string };
  return body.message ?? body.returnValue;
}

statement.group(
  'A class `with sharing` reads and changes what is shared with its user, of all objects and fields; `without sharing` all; `inherited sharing`, and a class that says nothing, as its caller, and where nothing has called the first with and the other without. Classes inside others and triggers take nothing over.',
  () => {
    it.each([
      ['Closed/count', 1],
      ['Open/count', 3],
      ['Inherits/count', 1],
      ['Silent/count', 3],
      ['Closed/dynamic', 1],
      ['Open/dynamic', 3],
      ['Closed/silent', 1],
      ['Open/silent', 3],
      ['Closed/inherits', 1],
      ['Open/inherits', 3],
      ['Silent/inherits', 3],
      ['Closed/open', 3],
      ['Open/closed', 1],
      ['Open/inner', 3],
      ['Closed/inner', 1],
    ])('%s finds %i', async (path, found) => {
      expect(await call(path)).toBe(found);
    });

    it('keeps from changing what is not shared', async () => {
      expect(await call('Closed/change', { id: foreign })).toBe(
        'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
      );
      expect(await call('Open/change', { id: foreign })).toBe('saved');
    });

    it('sees all where the user views all', async () => {
      expect(await call('Closed/count', {}, at.admin)).toBe(3);
    });

    it('leaves a trigger without, and its classes as they say', async () => {
      expect(await call('Inserts/run')).toBe('3 1');
    });
  },
);
