import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from '../../api/answer.ts';
import type { OrgUser } from '../../api/sessions.ts';

/** A request to the Metadata API, by SOAP or by REST. */
export interface MetadataRequest {
  readonly method: string;
  /** Below the host, such as `/services/Soap/m/66.0`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Who signed in; undefined on SOAP, which carries its token in the envelope. */
  readonly user: OrgUser | undefined;
}

/** What answers the Metadata API of an org. */
export interface MetadataApi {
  /** @param userOf the user of a session token, undefined when it is unknown or over */
  handle(
    request: MetadataRequest,
    userOf: (token: string) => OrgUser | undefined,
  ): Answer | Promise<Answer>;
}
