import type { IncomingMessage } from 'node:http';
import { isRecord } from '../api/call.ts';
import { bodyLimits, parseJson, readBody } from '../api/body.ts';
import { badMultipart, formParts, type FormPart } from './multipart.ts';

/** The field that a file's bytes are sent in. */
const blobField = 'VersionData';

/** Whether a call brings the bytes of a new file. */
export const isUpload = (method: string, path: string): boolean =>
  method === 'POST' && /^\/sobjects\/ContentVersion\/?$/i.test(path);

const isMultipart = (contentType: string): boolean => /^multipart\/form-data\b/i.test(contentType);

const isJson = ({ contentType }: FormPart): boolean => /^application\/json$/i.test(contentType);

/**
 * The record of a multipart message, its bytes as base64 as in a plain one. The order of the parts does not count,
 * nor does the name of the one that is JSON: `sf data create file` sends the bytes first, and jsforce another name.
 */
function recordOf(body: Buffer, contentType: string): unknown {
  const parts = formParts(body, contentType);
  const json = parts.filter((part) => part.name !== blobField && isJson(part));
  const bytes = parts.filter(({ name }) => name === blobField);
  const [record] = json;
  const [blob] = bytes;
  if (!record) throw badMultipart('Multipart message must include a non-binary part');
  if (!blob) throw badMultipart(`Multipart message must include a binary part named ${blobField}`);
  if (json.length + bytes.length > 2 || parts.length > 2) {
    throw badMultipart('Multipart message must have one non-binary and one binary part');
  }
  const values = parseJson(record.content, 'application/json');
  if (!isRecord(values)) return values;
  return { ...values, [blobField]: blob.content.toString('base64') };
}

/**
 * Reads the body of a call that brings a file, as JSON with base64 or as a multipart form.
 * @throws ApiError 400, 413 or 415
 */
export async function readUpload(request: IncomingMessage): Promise<unknown> {
  const contentType = request.headers['content-type'] ?? '';
  const multipart = isMultipart(contentType);
  const body = await readBody(request, multipart ? bodyLimits.multipart : bodyLimits.base64);
  return multipart ? recordOf(body, contentType) : parseJson(body, contentType);
}
