import type { OrgView } from '../model/org-view.ts';
import type { ObjectDefinition } from '../model/schema.ts';

/** The record type of records that have none; the same id in every org. */
export const masterRecordType = '012000000000000AAA';

const withoutRecordTypes = new Set([
  'ContentDocument',
  'ContentDocumentLink',
  'OrderItem',
  'Pricebook2',
  'PricebookEntry',
  'User',
]);

export interface RecordTypeInfo {
  readonly available: boolean;
  readonly defaultRecordTypeMapping: boolean;
  readonly master: boolean;
  readonly name: string;
  readonly recordTypeId: string;
}

const master = (isDefault: boolean): RecordTypeInfo => ({
  available: true,
  defaultRecordTypeMapping: isDefault,
  master: true,
  name: 'Master',
  recordTypeId: masterRecordType,
});

/** The record types of an object, the default one first where there are any beside the master. */
export function recordTypesOf(org: OrgView, object: ObjectDefinition): readonly RecordTypeInfo[] {
  if (withoutRecordTypes.has(object.name)) return [];
  const hasTypes = object.fields.some(({ name }) => name === 'RecordTypeId');
  const rows = hasTypes
    ? org.db.all(
        'SELECT Id, Name FROM RecordType WHERE SobjectType = ? AND IsActive = 1 ORDER BY Id',
        object.name,
      )
    : [];
  const own = rows.map((row, at) => ({
    available: true,
    defaultRecordTypeMapping: at === 0,
    master: false,
    name: String(row['Name']),
    recordTypeId: String(row['Id']),
  }));
  return [...own, master(own.length === 0)];
}

/** What a record says of its record type: the id of the master and no more where it has none. */
export function recordTypeOf(
  org: OrgView,
  object: ObjectDefinition,
  id: unknown,
): { readonly recordTypeId: string | null; readonly recordTypeInfo: RecordTypeInfo | null } {
  const types = recordTypesOf(org, object);
  const own = types.find(({ recordTypeId }) => recordTypeId === id);
  if (own) return { recordTypeId: own.recordTypeId, recordTypeInfo: own };
  return { recordTypeId: types.length === 0 ? null : masterRecordType, recordTypeInfo: null };
}
