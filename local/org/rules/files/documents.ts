import type { Row, SqlValue } from '../../lib/database.ts';
import { saveError } from '../../model/errors.ts';
import type { WholeOrg } from '../../model/org-view.ts';
import { rowOf, type ObjectRule } from '../../model/object-rule.ts';
import type { ObjectDefinition } from '../../model/schema.ts';
import { link } from './links.ts';

/** What a document says of its latest version. */
const shown = ['Title', 'Description', 'FileType', 'FileExtension', 'ContentSize'] as const;

function documentObject(org: WholeOrg): ObjectDefinition {
  const object = org.object('ContentDocument');
  if (!object) throw new Error('The org has no ContentDocument; it is made with the org.');
  return object;
}

/** The id under which a file will be kept whose first version is on its way. */
export const newDocumentId = (org: WholeOrg): string => org.nextId(documentObject(org));

function ofVersion(version: Row, userId: string, now: string): Map<string, SqlValue> {
  return new Map<string, SqlValue>([
    ...shown.map((name) => [name, version[name] ?? null] as const),
    ['LatestPublishedVersionId', version['Id'] ?? null],
    ['ContentModifiedDate', version['ContentModifiedDate'] ?? null],
    ['LastModifiedDate', now],
    ['LastModifiedById', userId],
    ['SystemModstamp', now],
  ]);
}

/** The file as its owner finds it, linked to its owner and to the place where it was first published. */
function create(org: WholeOrg, version: Row, userId: string, now: string): void {
  const documentId = String(version['ContentDocumentId']);
  const owner = String(version['OwnerId']);
  const values = ofVersion(version, userId, now)
    .set('Id', documentId)
    .set('IsDeleted', 0)
    .set('IsArchived', 0)
    .set('OwnerId', owner)
    .set('PublishStatus', version['PublishStatus'] ?? null)
    .set('CreatedDate', now)
    .set('CreatedById', userId);
  org.insert(documentObject(org), values);
  link(org, { documentId, entityId: owner, shareType: 'I', userId, now });
  const place = version['FirstPublishLocationId'];
  if (typeof place === 'string' && place !== owner) {
    link(org, { documentId, entityId: place, shareType: 'V', userId, now });
  }
}

/** Makes the document follow the version that was just written, which is its latest. */
export function publish(org: WholeOrg, version: Row, userId: string, now: string): void {
  const documentId = version['ContentDocumentId'] ?? null;
  if (!rowOf(org, 'ContentDocument', documentId)) {
    create(org, version, userId, now);
    return;
  }
  org.db.run(
    'UPDATE ContentVersion SET IsLatest = 0, SystemModstamp = ? WHERE ContentDocumentId = ? AND Id <> ? AND IsLatest = 1',
    now,
    documentId,
    version['Id'] ?? null,
  );
  org.update(documentObject(org), String(documentId), ofVersion(version, userId, now));
}

export const documentRule: ObjectRule = {
  complete({ org, object, id, values }) {
    const owner = id === undefined ? undefined : org.row(object, id)?.['OwnerId'];
    if (values.has('OwnerId') && values.get('OwnerId') !== owner) {
      return saveError('NOT_EMULATED', 'The local org gives files to no other owner.', 'OwnerId');
    }
    if (!values.has('Title') || values.get('Title') !== null) return undefined;
    return saveError('REQUIRED_FIELD_MISSING', 'Required fields are missing: [Title]', 'Title');
  },
  saved({ org, object }, id, _caller, now) {
    const { Title = null, Description = null } = org.row(object, id) ?? {};
    org.db.run(
      'UPDATE ContentVersion SET Title = ?, Description = ?, SystemModstamp = ? WHERE ContentDocumentId = ? AND IsLatest = 1',
      Title,
      Description,
      now,
      id,
    );
  },
};
