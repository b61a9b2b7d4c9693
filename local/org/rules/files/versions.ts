import { createHash } from 'node:crypto';
import type { Caller } from '../../model/caller.ts';
import type { Row, SqlValue } from '../../lib/database.ts';
import { saveError, type SaveError } from '../../model/errors.ts';
import { rowOf, type Change, type ObjectRule } from '../../model/object-rule.ts';
import { newDocumentId, publish } from './documents.ts';
import { keepBytes } from '../../data/file-bytes.ts';
import { fileNameOf } from './file-name.ts';

/** Bytes of records on their way, by the values that go with them: no row ever holds them. */
const onTheirWay = new WeakMap<Change['values'], Buffer>();

function missing(values: Change['values'], ...names: readonly string[]): SaveError | undefined {
  const without = names.filter((name) => (values.get(name) ?? null) === null);
  if (without.length === 0) return undefined;
  const message = `Required fields are missing: [${without.join(', ')}]`;
  return saveError('REQUIRED_FIELD_MISSING', message, ...without);
}

function notBase64(): SaveError {
  return saveError(
    'INVALID_TYPE_ON_FIELD_IN_RECORD',
    'Version Data: value not of required type: it is no base64',
    'VersionData',
  );
}

/** Takes the bytes out of the record, and fills in what follows from them and from their path. */
function takeBytes(change: Change): SaveError | undefined {
  const { values } = change;
  const base64 = String(values.get('VersionData')).replace(/\s+/g, '');
  if (/[^A-Za-z0-9+/=]/.test(base64) || base64.length % 4 !== 0) return notBase64();
  const bytes = Buffer.from(base64, 'base64');
  const { title, extension, type } = fileNameOf(String(values.get('PathOnClient')));
  onTheirWay.set(values, bytes);
  if ((values.get('Title') ?? null) === null) values.set('Title', title);
  values
    .set('VersionData', null)
    .set('FileType', type)
    .set('FileExtension', extension)
    .set('ContentSize', bytes.length)
    .set('Checksum', createHash('md5').update(bytes).digest('hex'));
  return undefined;
}

function placedTwice(values: Change['values']): SaveError | undefined {
  const given = (name: string): boolean => (values.get(name) ?? null) !== null;
  if (!given('ContentDocumentId') || !given('FirstPublishLocationId')) return undefined;
  return saveError(
    'FIELD_INTEGRITY_EXCEPTION',
    'field integrity exception: FirstPublishLocationId (a new version of a document is published where the document is)',
    'FirstPublishLocationId',
  );
}

function complete(change: Change): SaveError | undefined {
  const { values, id, org } = change;
  if (id !== undefined) return values.has('Title') ? missing(values, 'Title') : undefined;
  const refusal =
    missing(values, 'PathOnClient', 'VersionData') ?? placedTwice(values) ?? takeBytes(change);
  if (refusal) return refusal;
  const documentId = values.get('ContentDocumentId') ?? newDocumentId(org);
  values.set('ContentDocumentId', documentId);
  return undefined;
}

/** Where the bytes are read, below the version of the API. */
const addressOf = (id: string): string => `/sobjects/ContentVersion/${id}/VersionData`;

function keep(change: Change, id: string, caller: Caller, now: string): void {
  const { org, object, values } = change;
  const bytes = onTheirWay.get(values);
  if (!bytes) throw new Error(`The bytes of ${id} got lost between the rules of its object.`);
  keepBytes(org.db, id, bytes);
  const row = org.row(object, id) ?? {};
  const more: Record<string, SqlValue> = {
    VersionData: addressOf(id),
    ContentModifiedDate: now,
    ContentModifiedById: caller.userId,
    FirstPublishLocationId: row['FirstPublishLocationId'] ?? row['OwnerId'] ?? null,
  };
  org.update(object, id, new Map(Object.entries(more)));
}

/** The version before a new one of the same document. */
function latestOf({ org, values }: Change): Row | undefined {
  return org.db.get(
    'SELECT * FROM ContentVersion WHERE ContentDocumentId = ? AND IsLatest = 1 AND IsDeleted = 0',
    values.get('ContentDocumentId') ?? null,
  );
}

export const versionRule: ObjectRule = {
  complete,
  check(change) {
    const { org, id, values } = change;
    if (id !== undefined) return undefined;
    const latest = latestOf(change);
    values
      .set('IsLatest', 1)
      .set('VersionNumber', String(Number(latest?.['VersionNumber'] ?? 0) + 1));
    if (!latest) return undefined;
    const document = rowOf(org, 'ContentDocument', latest['ContentDocumentId'] ?? null);
    values
      .set('OwnerId', document?.['OwnerId'] ?? null)
      .set('FirstPublishLocationId', latest['FirstPublishLocationId'] ?? null);
    return undefined;
  },
  saved(change, id, caller, now) {
    const { org, object } = change;
    if (change.id === undefined) keep(change, id, caller, now);
    const row = org.row(object, id);
    if (row?.['IsLatest'] === 1) publish(org, row, caller.userId, now);
  },
};
