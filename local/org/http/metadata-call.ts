import { bodyLimits, readBody } from '../api/body.ts';
import type { Answer } from '../api/answer.ts';
import type { OrgUser, Sessions } from '../api/sessions.ts';
import type { MetadataApi, MetadataRequest } from '../metadata/answer/request.ts';
import type { Incoming } from './incoming.ts';

interface MetadataParts {
  readonly metadata: MetadataApi;
  readonly sessions: Sessions;
}

/** @param user who has signed in; a SOAP request names its session itself */
export async function askMetadata(
  { metadata, sessions }: MetadataParts,
  { request, method, url }: Incoming,
  user?: OrgUser,
): Promise<Answer> {
  const asked: MetadataRequest = {
    method,
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    user,
    body: await readBody(request, bodyLimits.metadata),
  };
  return metadata.handle(asked, (token) => sessions.find(token)?.user);
}
