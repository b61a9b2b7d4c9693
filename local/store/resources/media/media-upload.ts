import { createHash } from 'node:crypto';
import { ReplyError, wpError } from '../../rest/response/reply.ts';
import type { Upload } from '../../rest/route.ts';
import type { BodyFields } from '../../rest/request/body.ts';

/** A file that somebody sends, and the fields that came with it. */
export interface SentFile {
  name: string;
  bytes: Buffer;
  fields: BodyFields;
}

/**
 * The file in an upload: the whole body, named by its Content-Disposition, or the part `file` of a form.
 * @throws ReplyError with WordPress' words for what is wrong with it
 */
export function sentFile(upload: Upload): SentFile {
  const isForm = /^multipart\/form-data/i.test(upload.headers['content-type'] ?? '');
  const file = isForm ? partOfForm(upload) : wholeBody(upload);
  checkHash(file.bytes, upload.headers['content-md5']);
  return file;
}

function wholeBody({ bytes, headers }: Upload): SentFile {
  if (bytes.length === 0) {
    throw refused('rest_upload_no_data', 'No data supplied.');
  }
  if ((headers['content-type'] ?? '') === '') {
    throw refused('rest_upload_no_content_type', 'No Content-Type supplied.');
  }
  const disposition = headers['content-disposition'] ?? '';
  if (disposition === '') {
    throw refused('rest_upload_no_content_disposition', 'No Content-Disposition supplied.');
  }
  const name = fileNameIn(disposition);
  if (name === '') {
    const message =
      'Invalid Content-Disposition supplied. Content-Disposition needs to be formatted as `attachment; ' +
      'filename="image.png"` or similar.';
    throw refused('rest_upload_invalid_disposition', message);
  }
  return { name, bytes, fields: {} };
}

/** Only the plain `filename` counts; WordPress cuts at every `;`, also between quotes. */
function fileNameIn(disposition: string): string {
  const [, ...attributes] = disposition.split(';');
  const value = attributes
    .map((attribute) => /^([^=]*)=(.*)$/s.exec(attribute))
    .find((match) => match?.[1]?.trim() === 'filename')?.[2];
  return (value ?? '').trim().replace(/^"(.*)"$/s, '$1');
}

function partOfForm({ bytes, headers }: Upload): SentFile {
  const boundary = /boundary="?([^";]+)/i.exec(headers['content-type'] ?? '')?.[1] ?? '';
  const parts = formParts(bytes, Buffer.from(`--${boundary}`));
  const file = parts.find(({ name, fileName }) => name === 'file' && fileName !== undefined);
  if (file?.fileName === undefined) {
    throw refused('rest_upload_no_data', 'No data supplied.');
  }
  const fields = parts
    .filter(({ fileName }) => fileName === undefined)
    .map(({ name, content }) => [name, content.toString('utf8')] as const);
  return { name: file.fileName, bytes: file.content, fields: Object.fromEntries(fields) };
}

interface FormPart {
  name: string;
  /** only of files */
  fileName: string | undefined;
  content: Buffer;
}

/** The parts of a form: between two boundaries stand headers, an empty line and the content. */
function formParts(bytes: Buffer, boundary: Buffer): FormPart[] {
  const parts: FormPart[] = [];
  let start = bytes.indexOf(boundary);
  let end = bytes.indexOf(boundary, start + boundary.length);
  while (start !== -1 && end !== -1) {
    const part = bytes.subarray(start + boundary.length + 2, end - 2);
    const body = part.indexOf('\r\n\r\n');
    const head = part.toString('utf8', 0, Math.max(0, body));
    const name = /[; ]name="([^"]*)"/.exec(head)?.[1];
    if (body !== -1 && name !== undefined) {
      const fileName = /filename="([^"]*)"/.exec(head)?.[1];
      parts.push({ name, fileName, content: part.subarray(body + 4) });
    }
    start = end;
    end = bytes.indexOf(boundary, start + boundary.length);
  }
  return parts;
}

/** The hash is wanted in hexadecimal, not in base64 as the header is defined. */
function checkHash(bytes: Buffer, given: string | string[] | undefined): void {
  const wanted = Array.isArray(given) ? given[0] : given;
  if (wanted !== undefined && wanted.trim() !== createHash('md5').update(bytes).digest('hex')) {
    const message = 'Content hash did not match expected.';
    throw new ReplyError(wpError(412, 'rest_upload_hash_mismatch', message));
  }
}

function refused(code: string, message: string): ReplyError {
  return new ReplyError(wpError(400, code, message));
}
