import type { OrgView } from '../model/org-view.ts';
import type { ObjectDefinition } from '../model/schema.ts';

/** The record type of records that have none; the same id in every org. */
const MASTER = {
  active: true,
  available: true,
  defaultRecordTypeMapping: false,
  developerName: 'Master',
  master: true,
  name: 'Master',
  recordTypeId: '012000000000000AAA',
};

/** The record types of an object, as a describe answer has them; everybody may use all that are active. */
export function recordTypeInfos(
  { db }: Pick<OrgView, 'db'>,
  { name, fields }: ObjectDefinition,
): readonly Record<string, unknown>[] {
  if (!fields.some((field) => field.name === 'RecordTypeId')) {
    return [{ ...MASTER, defaultRecordTypeMapping: true }];
  }
  const rows = db.all(
    'SELECT Id, Name, DeveloperName, IsActive FROM RecordType WHERE SobjectType = ? ORDER BY Id',
    name,
  );
  const own = rows.map((row, at) => ({
    active: row['IsActive'] === 1,
    available: row['IsActive'] === 1,
    master: false,
    defaultRecordTypeMapping: at === 0,
    developerName: row['DeveloperName'],
    name: row['Name'],
    recordTypeId: row['Id'],
  }));
  return [...own, { ...MASTER, defaultRecordTypeMapping: own.length === 0 }];
}
