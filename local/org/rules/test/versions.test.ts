import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRecords, type SaveResult } from '../../write/batch.ts';
import { createOrgData, type OrgData } from '../../data/org-data.ts';
import { seed } from '../../data/people/seed.ts';
import { bytesOf } from '../../data/file-bytes.ts';

let folder: string;
let org: OrgData;
let userId: string;

function open(): void {
  org = createOrgData({ file: join(folder, 'org.sqlite') });
  seed(org, {
    adminUsername: 'a@example.com',
    integrationUsername: 'b@example.com',
    repUsername: 'rep@example.com',
  });
  userId = String(org.db.get('SELECT Id FROM User')?.['Id']);
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'woo-files-'));
  open();
});
afterEach(() => {
  org.close();
  rmSync(folder, { recursive: true });
});

const png = { PathOnClient: 'a.png', VersionData: Buffer.from('one').toString('base64') };

function create(records: readonly object[], allOrNone = false): readonly SaveResult[] {
  const typed = records.map((record) => ({ type: 'ContentVersion', record: { ...record } }));
  return createRecords(org, { userId }, typed, allOrNone);
}

function idOf(result: SaveResult | undefined): string {
  if (result?.success !== true) throw new Error(JSON.stringify(result));
  return result.id;
}

const count = (table: string): unknown => org.db.get(`SELECT count(*) AS n FROM "${table}"`)?.['n'];

it('leaves no bytes and no document of a call that is undone, and takes the next one', () => {
  const results = create([png, { PathOnClient: 'b.png' }], true);
  expect(results.every(({ success }) => !success)).toBe(true);
  expect([count('ContentVersion'), count('ContentDocument')]).toEqual([0, 0]);
  const id = idOf(create([png])[0]);
  expect(bytesOf(org.db, id)?.toString()).toBe('one');
  expect([count('ContentVersion'), count('ContentDocument'), count('-file')]).toEqual([1, 1, 1]);
});

it('counts versions also within one call', () => {
  const [first] = create([png]);
  const ContentDocumentId = org.db.get('SELECT Id FROM ContentDocument')?.['Id'];
  const more = create([
    { ...png, ContentDocumentId },
    { ...png, ContentDocumentId },
  ]);
  const rows = org.db.all(
    'SELECT Id, VersionNumber AS n, IsLatest AS last FROM ContentVersion ORDER BY Id',
  );
  expect(rows).toEqual([
    { Id: idOf(first), n: '1', last: 0 },
    { Id: idOf(more[0]), n: '2', last: 0 },
    { Id: idOf(more[1]), n: '3', last: 1 },
  ]);
});

it('keeps bytes in the file of the org, outside of its rows', () => {
  const id = idOf(create([png])[0]);
  expect(org.db.get('SELECT VersionData FROM ContentVersion')).toEqual({
    VersionData: `/sobjects/ContentVersion/${id}/VersionData`,
  });
  org.close();
  open();
  expect(bytesOf(org.db, id)?.toString()).toBe('one');
  expect(bytesOf(org.db, '068000000000000AAA')).toBeUndefined();
});
