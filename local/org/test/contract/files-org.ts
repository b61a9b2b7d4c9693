import { createHash } from 'node:crypto';
import type { RightsOrg, User } from './rights-org.ts';
import { outcome } from './rights-org.ts';
import { root, type Reply } from './http-org.ts';

/** Bytes that no text encoding leaves alone. */
export const image = Buffer.from([
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0xff, 0xfe, 0x80,
]);

export const md5 = (bytes: Buffer): string => createHash('md5').update(bytes).digest('hex');

/** A new file of that user. */
export interface Uploaded {
  readonly id: string;
  readonly documentId: string;
}

export const fileRecord = (more: object = {}): object => ({
  PathOnClient: 'folder/shirt.png',
  VersionData: image.toString('base64'),
  ...more,
});

/** Creates a file over HTTP and looks up its document. */
export async function upload(at: RightsOrg, user: User, more: object = {}): Promise<Uploaded> {
  const id = await created(user, 'ContentVersion', fileRecord(more));
  return { id, documentId: String(at.value('ContentVersion', id, 'ContentDocumentId')) };
}

/** @returns the id of the new record */
export async function created(user: User, object: string, record: object): Promise<string> {
  const reply = await user.rest('POST', `/sobjects/${object}`, record);
  const { id } = reply.body as { id?: string };
  if (id === undefined) throw new Error(`${outcome(reply)} ${JSON.stringify(reply.body)}`);
  return id;
}

export interface Bytes {
  readonly status: number;
  readonly type: string | null;
  readonly bytes: Buffer;
}

export async function bytesAt(at: RightsOrg, user: User, path: string): Promise<Bytes> {
  const headers = { authorization: `Bearer ${user.token}` };
  const answer = await fetch(`${at.url}${path}`, { headers });
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    bytes: Buffer.from(await answer.arrayBuffer()),
  };
}

export const bytesOf = (at: RightsOrg, user: User, versionId: string): Promise<Bytes> =>
  bytesAt(at, user, `${root}/sobjects/ContentVersion/${versionId}/VersionData`);

/** One part of a multipart body as it goes over the wire. */
export interface WirePart {
  readonly headers: readonly string[];
  readonly content: Buffer | string;
}

export const jsonPart = (name: string, record: object): WirePart => ({
  headers: [`Content-Disposition: form-data; name="${name}"`, 'Content-Type: application/json'],
  content: JSON.stringify(record),
});

export const bytesPart = (bytes: Buffer = image): WirePart => ({
  headers: [
    'Content-Disposition: form-data; name="VersionData"; filename="shirt.png"',
    'Content-Type: image/png',
  ],
  content: bytes,
});

export function multipart(parts: readonly WirePart[], boundary = 'boundary_string'): Buffer {
  const chunks = parts.flatMap(({ headers, content }) => [
    Buffer.from(`--${boundary}\r\n${headers.join('\r\n')}\r\n\r\n`),
    Buffer.from(content as string),
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]);
}

/** Sends a body as it is to the address of new files. */
export async function send(
  at: RightsOrg,
  user: User,
  body: Buffer,
  contentType = 'multipart/form-data; boundary="boundary_string"',
): Promise<Reply> {
  const answer = await fetch(`${at.url}${root}/sobjects/ContentVersion`, {
    method: 'POST',
    headers: { authorization: `Bearer ${user.token}`, 'content-type': contentType },
    body: new Uint8Array(body),
  });
  return {
    status: answer.status,
    headers: answer.headers,
    body: JSON.parse(await answer.text()) as unknown,
  };
}
