import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AccessControl } from '../local/org/access/access-control.ts';
import { createRecords, updateRecords, type SaveResult } from '../local/org/write/batch.ts';
import { deployFiles, failuresOf } from '../local/org/metadata/test/packages.ts';
import { orgForProject, packageOf, projectSource } from '../local/org/metadata/test/project.ts';

/* Who may give which command: the sync carries them out with its own rights. */

const org = orgForProject();
const failures = failuresOf(deployFiles(org, packageOf(projectSource())));
const idWhere = (table: string, column: string, value: string): string =>
  String(org.db.get(`SELECT Id FROM ${table} WHERE ${column} = ?`, value)?.['Id']);
const admin = { userId: idWhere('User', 'Alias', 'aadmin') };

/** A user of the profile *Standard User* who has one permission set. */
function person(alias: string, permissionSet: string): { readonly userId: string } {
  const name = `${alias}@local-org.example`;
  org.putSystemRow(
    'User',
    { Username: name },
    {
      LastName: alias,
      Name: alias,
      Alias: alias,
      Email: name,
      IsActive: true,
      UserType: 'Standard',
      ProfileId: idWhere('Profile', 'Name', 'Standard User'),
    },
  );
  const userId = idWhere('User', 'Alias', alias);
  const record = {
    AssigneeId: userId,
    PermissionSetId: idWhere('PermissionSet', 'Name', permissionSet),
  };
  idOf(createRecords(org, admin, [{ type: 'PermissionSetAssignment', record }], false)[0]);
  return { userId };
}

/** @throws Error with what the org says, where it refuses */
function idOf(result: SaveResult | undefined): string {
  if (result?.success === true) return result.id;
  throw new Error(JSON.stringify(result));
}

const refusal = (result: SaveResult | undefined): string =>
  result?.success === false ? result.errors.map(({ message }) => message).join(' ') : '';
const give = (caller: typeof admin, type: string) =>
  createRecords(
    org,
    caller,
    [{ type: 'Woo_Command__c', record: { Type__c: type, State__c: 'waiting' } }],
    false,
  )[0];
const change = (caller: typeof admin, id: string, record: object) =>
  updateRecords(org, caller, [{ type: 'Woo_Command__c', record: { Id: id, ...record } }], false)[0];

describe('who may give which command', () => {
  const OTHERS = [
    'backfill',
    'dry_run',
    'explain',
    'reconcile',
    'describe_mapping',
    'preview_mapping',
    'list_matches',
    'adopt',
    'change_owner',
  ];
  const ALL = ['sync', 'retry', 'reload'];
  const editor = person('editor', 'Woo_Products');
  const wooAdmin = person('wooadmin', 'Woo_Admin');
  const service = person('service', 'Woo_Integration');

  it('the project deploys', () => {
    expect(failures).toEqual([]);
  });

  it.each(OTHERS)('%s is for Woo Admin', (type) => {
    expect(refusal(give(editor, type))).toContain('Woo Run Commands');
    expect(idOf(give(wooAdmin, type))).toMatch(/^\w{18}$/);
  });

  it.each(ALL)('%s is for product people as well', (type) => {
    expect(idOf(give(editor, type))).toMatch(/^\w{18}$/);
  });

  it('the refusal names the commands that are for all, as the list of types has them', () => {
    const field = readFileSync(
      'force-app/main/default/objects/Woo_Command__c/fields/Type__c.field-meta.xml',
      'utf8',
    );
    const types = [...field.matchAll(/<value>\s*<fullName>(\w+)<[^]*?<label>([^<]+)</g)];
    const named = types.filter(([, , label = '']) =>
      refusal(give(editor, 'explain')).includes(label),
    );
    expect(types).toHaveLength(OTHERS.length + ALL.length);
    expect(named.map(([, type]) => type)).toEqual(ALL);
  });

  it('a command of one type is not made one of another', () => {
    const id = idOf(give(editor, 'sync'));
    expect(refusal(change(editor, id, { Type__c: 'explain' }))).toContain('Woo Run Commands');
    expect(refusal(change(editor, id, { Arguments__c: '7' }))).toBe('');
  });

  it('what one asks is seen by those who may ask the same, and by nobody else', () => {
    const access = new AccessControl(org);
    const id = idOf(give(wooAdmin, 'preview_mapping'));
    const sees = ({ userId }: typeof admin) => {
      const view = access.viewOf(userId);
      const object = view.object('Woo_Command__c');
      const condition = object && (view.access.visible(object, 'c') ?? 'TRUE');
      const soql = `SELECT Id FROM Woo_Command__c c WHERE c.Id = ? AND ${condition ?? 'FALSE'}`;
      return org.db.get(soql, id) !== undefined;
    };
    const other = person('otheradmin', 'Woo_Admin');
    const seen = [wooAdmin, other, service, editor, person('rep', 'Woo_Sales')].map(sees);
    expect(seen).toEqual([true, true, true, false, false]);
  });

  it('the sync reports on the commands of others without the permission', () => {
    const id = idOf(give(wooAdmin, 'explain'));
    expect(refusal(change(service, id, { State__c: 'running' }))).toBe('');
    expect(refusal(change(service, id, { State__c: 'done', Result__c: 'Ada' }))).toBe('');
  });
});
