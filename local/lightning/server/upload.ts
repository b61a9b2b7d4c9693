import type { IncomingMessage } from 'node:http';
import { json, type Answer } from './answer.ts';
import type { OrgClient } from './org-client.ts';
import { headersFor } from './proxy.ts';

const versions = '/services/data/v66.0/sobjects/ContentVersion';

/**
 * Stores a file in the org: the request is the multipart form of a ContentVersion.
 * @returns 201 `{ contentVersionId, documentId }`, or the org's refusal
 * @throws OrgUnreachable
 */
export async function upload(org: OrgClient, request: IncomingMessage): Promise<Answer> {
  const response = await org.call({
    method: 'POST',
    path: versions,
    headers: headersFor(request),
    body: request,
  });
  const answer = (await response.json()) as { readonly id?: string };
  if (!response.ok) return json(response.status, answer);
  const contentVersionId = answer.id ?? '';
  const version = await org.get<{ readonly ContentDocumentId: string }>(
    `${versions}/${contentVersionId}?fields=ContentDocumentId`,
  );
  return json(201, { contentVersionId, documentId: version.ContentDocumentId });
}
