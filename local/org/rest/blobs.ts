import type { Answer } from '../api/answer.ts';
import { type Call, objectAt } from '../api/call.ts';
import type { Route } from '../api/route.ts';
import { bytesOf } from '../data/file-bytes.ts';
import { resourceNotFound } from '../model/errors.ts';
import { readRecords } from './read.ts';
import { recordId } from './records.ts';

/** The bytes of a file's version, as they were sent. */
function blob(call: Call, params: Readonly<Record<string, string>>): Answer {
  const object = objectAt(call, 'ContentVersion');
  const id = recordId(call, object, params['id']);
  const [seen] = readRecords(call, object, [id], ['Id']);
  const bytes = seen ? bytesOf(call.services.data.db, id) : undefined;
  if (!bytes) throw resourceNotFound();
  return { status: 200, body: bytes, headers: { 'content-type': 'application/octetstream' } };
}

export const blobRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: '/sobjects/ContentVersion/:id/VersionData',
    kind: 'blob',
    writes: false,
    handle: blob,
  },
];
