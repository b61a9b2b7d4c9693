import { afterEach, expect, it } from 'vitest';
import type { SharingDefaults } from '../../access/sharing/sharing-defaults.ts';
import { createOrg } from '../../org.ts';
import { deployFiles, file, object } from '../../metadata/test/packages.ts';
import { outcome, RightsOrg, type User } from './rights-org.ts';
import { statement } from './statement.ts';

const all = 'read create edit delete';
const open: RightsOrg[] = [];
let at: RightsOrg;
let user: User;

async function start(sharing: SharingDefaults = {}): Promise<void> {
  at = await RightsOrg.start({ sharing });
  open.push(at);
  user = at.integration;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

/** What the user may do with a record: `see edit delete`, as far as the calls are answered with success. */
async function may(object: string, id: string, change: object): Promise<string> {
  const path = `/sobjects/${object}/${id}`;
  const done = async (method: string, body?: object): Promise<boolean> =>
    (await user.rest(method, path, body)).status < 400;
  const able = [
    (await done('GET')) ? 'see' : '',
    (await done('PATCH', change)) ? 'edit' : '',
    (await done('DELETE')) ? 'delete' : '',
  ];
  return able.filter((one) => one !== '').join(' ');
}

statement.group(
  '`Private` hides the records of others, `Read` lets others read and `ReadWrite` change them, and only owners delete; `--sharing Account=Private` chooses for standard objects.',
  () => {
    it.each([
      ['Private', ''],
      ['Read', 'see'],
      ['ReadWrite', 'see edit'],
    ] as const)('%s', async (model, expected) => {
      await start({ Account: model });
      user.grant({ objects: { Account: all } });
      const foreign = at.insert('Account', { Name: 'A', OwnerId: at.admin.id });
      const own = at.insert('Account', { Name: 'B', OwnerId: user.id });
      const seen = expected === '' ? ['B'] : ['A', 'B'];
      expect(await user.values('SELECT Name FROM Account ORDER BY Name')).toEqual(seen);
      expect(await may('Account', foreign, { Name: 'C' })).toBe(expected);
      expect(await may('Account', own, { Name: 'C' })).toBe('see edit delete');
    });

    it('refuses objects without owners and models that there are not', () => {
      expect(() => createOrg({ sharing: { Product2: 'Private' } })).toThrow(/Product2/);
      const odd = { Account: 'Public' } as unknown as SharingDefaults;
      expect(() => createOrg({ sharing: odd })).toThrow(/Public/);
    });
  },
);

statement(
  'Sharing rules that share records of all internal users with all internal users open a `Private` object: `Read` lets others read, `Edit` change; a rule that gives no more than the model is refused, and so are other sharers and criteria.',
  async () => {
    await start();
    const rule = (level: string, to = '<allInternalUsers></allInternalUsers>'): string =>
      file(
        'SharingRules',
        `<sharingOwnerRules><fullName>All</fullName><accessLevel>${level}</accessLevel><label>All</label><sharedTo>${to}</sharedTo><sharedFrom><allInternalUsers></allInternalUsers></sharedFrom></sharingOwnerRules>`,
      );
    const deployed = (model: string, rules: string): readonly string[] =>
      deployFiles(at.org.data, {
        'objects/Secret__c.object': object('Secret', '', model),
        'sharingRules/Secret__c.sharingRules': rules,
      }).details.componentFailures.map(({ problem }) => problem ?? '');
    expect(deployed('Private', rule('Read'))).toEqual([]);
    user.grant({ objects: { Secret__c: all } });
    const foreign = at.insert('Secret__c', { Name: 'A', OwnerId: at.admin.id });
    expect(await may('Secret__c', foreign, { Name: 'B' })).toBe('see');
    expect(deployed('Private', rule('Edit'))).toEqual([]);
    expect(await may('Secret__c', foreign, { Name: 'B' })).toBe('see edit');
    expect(deployed('Read', rule('Read'))).toEqual([
      'Invalid access level Read for sharing rules of Secret__c, whose sharing model is Read',
    ]);
    expect(deployed('Private', rule('Read', '<role>CEO</role>'))).toEqual([
      'In field: sharedTo - no Role named CEO found',
    ]);
    const partners = '<allPartnerUsers></allPartnerUsers>';
    expect(deployed('Private', rule('Read', partners))).toEqual([
      'The local org shares from and to allInternalUsers only.',
    ]);
    const criteria = rule('Read').replaceAll('sharingOwnerRules', 'sharingCriteriaRules');
    expect(deployed('Private', criteria)).toEqual([
      expect.stringContaining('does not emulate the metadata type SharingCriteriaRule'),
    ]);
  },
);

statement(
  '`ControlledByParent` follows the parent; a contact without an account is its owner’s alone.',
  async () => {
    await start({ Account: 'Private' });
    user.grant({ objects: { Account: all, Contact: all }, edit: ['Contact.AccountId'] });
    const foreign = at.insert('Account', { Name: 'A', OwnerId: at.admin.id });
    const own = at.insert('Account', { Name: 'B', OwnerId: user.id });
    const contact = (LastName: string, more: Record<string, string>): string =>
      at.insert('Contact', { LastName, Name: LastName, OwnerId: at.admin.id, ...more });
    contact('hidden', { AccountId: foreign });
    contact('private', {});
    contact('mine', { OwnerId: user.id });
    const shared = contact('shared', { AccountId: own });
    expect(await user.values('SELECT LastName FROM Contact ORDER BY LastName')).toEqual([
      'mine',
      'shared',
    ]);
    expect(await may('Contact', shared, { LastName: 'changed' })).toBe('see edit delete');
    const order = at.insert('Woo_Order__c', { Name: '1', OwnerId: at.admin.id });
    at.insert('Woo_Refund__c', { Name: 'R', Order__c: order, Amount__c: 1 });
    user.grant({ objects: { Woo_Order__c: 'read', Woo_Refund__c: 'read' } }, 'Orders');
    expect(await user.values('SELECT Name FROM Woo_Refund__c')).toEqual(['R']);
  },
);

statement(
  '_View All_ and _Modify All_ of an object, _View All Data_ and _Modify All Data_ pass over sharing, never over field-level security.',
  async () => {
    await start({ Account: 'Private' });
    const foreign = at.insert('Account', { Name: 'A', OwnerId: at.admin.id, Phone: '1' });
    user.grant({ objects: { Account: all } });
    expect(await may('Account', foreign, { Name: 'B' })).toBe('');
    at.deploy('Test_Set', { objects: { Account: `${all} viewAll` } });
    expect(await user.values('SELECT Name FROM Account')).toEqual(['A']);
    const path = `/sobjects/Account/${foreign}`;
    expect(outcome(await user.rest('PATCH', path, { Name: 'B' }))).toBe(
      '403 INSUFFICIENT_ACCESS_OR_READONLY',
    );
    at.deploy('Test_Set', { objects: { Account: `${all} viewAll modifyAll` } });
    expect(outcome(await user.rest('PATCH', path, { Name: 'B' }))).toBe('204');
    at.deploy('Test_Set', { permissions: ['ViewAllData'] });
    expect(await user.values('SELECT Name FROM Account')).toEqual(['B']);
    expect(outcome(await user.rest('PATCH', path, { Name: 'C' }))).toBe(
      '403 INSUFFICIENT_ACCESS_OR_READONLY',
    );
    at.deploy('Test_Set', { permissions: ['ModifyAllData'] });
    expect(outcome(await user.rest('PATCH', path, { Name: 'C' }))).toBe('204');
    expect(outcome(await user.query('SELECT Phone FROM Account'))).toBe('400 INVALID_FIELD');
  },
);

statement(
  'A hidden record is in no query and on no path, its address is 404 `NOT_FOUND`, and who changes, deletes or points to it is refused with 403 `INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY`.',
  async () => {
    await start({ Account: 'Private' });
    user.grant({
      objects: { Account: all, Woo_Order__c: all },
      edit: ['Woo_Order__c.Account__c'],
    });
    const hidden = at.insert('Account', { Name: 'A', OwnerId: at.admin.id });
    at.insert('Woo_Order__c', { Name: '1', OwnerId: user.id, Account__c: hidden });
    const order = await user.query('SELECT Name, Account__c, Account__r.Name FROM Woo_Order__c');
    expect(order.body).toMatchObject({ records: [{ Account__c: hidden, Account__r: null }] });
    expect(await user.values('SELECT Id FROM Account')).toEqual([]);
    const path = `/sobjects/Account/${hidden}`;
    expect(outcome(await user.rest('GET', path))).toBe('404 NOT_FOUND');
    const { body } = await user.rest(
      'GET',
      `/composite/sobjects/Account?ids=${hidden}&fields=Name`,
    );
    expect(body).toEqual([null]);
    const refused = '403 INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY';
    expect(outcome(await user.rest('PATCH', path, { Name: 'B' }))).toBe(refused);
    expect(outcome(await user.rest('DELETE', path))).toBe(refused);
    const pointing = { Name: '2', Account__c: hidden };
    expect(outcome(await user.rest('POST', '/sobjects/Woo_Order__c', pointing))).toBe(refused);
    expect(await user.values('SELECT Name FROM Woo_Order__c WHERE Account__c = null')).toEqual([]);
  },
);

statement(
  'An upsert by a key that a hidden record has is refused with `DUPLICATE_VALUE`; one by a key that is not unique needs _View All Data_, else `INSUFFICIENT_ACCESS`.',
  async () => {
    await start({ Contact: 'Private' });
    user.grant({
      objects: { Contact: all, Woo_Order__c: all },
      edit: ['Contact.Woo_Key__c', 'Woo_Order__c.Legacy_Number__c'],
    });
    at.insert('Contact', { LastName: 'A', OwnerId: at.admin.id, Woo_Key__c: 'main:1' });
    const upsert = async (path: string, record: object): Promise<string> =>
      outcome(await user.rest('PATCH', `/sobjects/${path}`, record));
    const person = { LastName: 'B' };
    expect(await upsert('Contact/Woo_Key__c/main:1', person)).toBe('400 DUPLICATE_VALUE');
    expect(await upsert('Contact/Woo_Key__c/main:2', person)).toBe('201');
    const hidden = await user.rest('GET', '/sobjects/Contact/Woo_Key__c/main:1');
    expect(outcome(hidden)).toBe('404 NOT_FOUND');
    const order = { Name: '1' };
    expect(await upsert('Woo_Order__c/Legacy_Number__c/7', order)).toBe('403 INSUFFICIENT_ACCESS');
    user.grant({ permissions: ['ViewAllData'] }, 'More');
    expect(await upsert('Woo_Order__c/Legacy_Number__c/7', order)).toBe('201');
  },
);
