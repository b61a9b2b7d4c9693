import { Connection as Jsforce } from 'jsforce/lib/connection.js';
import { SOAP } from 'jsforce/lib/soap.js';
import { Transport } from 'jsforce/lib/transport.js';
import type { HttpRequest, HttpResponse } from 'jsforce/lib/types/index.js';
import { isJWTToken } from 'jsforce/lib/util/jwt.js';
import { StreamPromise } from 'jsforce/lib/util/promise.js';
import { PassThrough } from 'node:stream';
import { CodedError } from '../../errors/coded-error.ts';
import { refusalOf } from './call-errors.ts';
import { apiVersion } from './current-session.ts';
import { checkAnswer, SessionExpired, unexpected } from './transport.ts';

/** The first version whose SOAP API takes access tokens that are JSON Web Tokens; jsforce refuses them below it. */
const WITH_JWT = '68.0';
/** What an org says of such a token, or of that version, where it is older. */
const NOT_WITH_JWT = /^(?:INVALID_SESSION_ID|UNSUPPORTED_API_VERSION|HTTP_404)$/;

type Exchange = (request: HttpRequest) => Promise<HttpResponse>;

/** A call of the Partner SOAP API, for what the REST API does not have. */
export interface SoapCall {
  readonly method: string;
  readonly args: object;
}

/** Lets through what is XML; the other answers are none of the SOAP API's. */
class XmlTransport extends Transport {
  readonly #exchange: Exchange;

  constructor(exchange: Exchange) {
    super();
    this.#exchange = exchange;
  }

  override httpRequest(request: HttpRequest): StreamPromise<HttpResponse> {
    const promise = this.#send(request);
    return StreamPromise.create(() => ({ stream: new PassThrough(), promise }));
  }

  async #send(request: HttpRequest): Promise<HttpResponse> {
    const answer = await this.#exchange(request);
    const type = answer.headers['content-type'] ?? '';
    if (/^(?:text|application)\/xml\b/.test(type)) return answer;
    const { host } = new URL(request.url);
    checkAnswer(host, answer);
    throw unexpected(host, `${type === '' ? 'no content type' : type} instead of XML`);
  }
}

/**
 * @param exchange sends one request and hands out its whole answer
 * @returns what jsforce reads of the answer: texts, and lists where there is more than one
 * @throws SessionExpired, Transient or CodedError
 */
export async function soapCall(
  session: Jsforce,
  exchange: Exchange,
  { method, args }: SoapCall,
): Promise<unknown> {
  const { accessToken, instanceUrl } = session;
  const isJwt = accessToken !== undefined && accessToken !== null && isJWTToken(accessToken);
  const version = isJwt ? WITH_JWT : apiVersion;
  const connection = new Jsforce({
    instanceUrl,
    version,
    callOptions: { client: 'woo-salesforce' },
    ...(accessToken !== undefined && accessToken !== null && { accessToken }),
  });
  const endpointUrl = `${instanceUrl}/services/Soap/u/${version}`;
  const soap = new SOAP(connection, { endpointUrl, xmlns: 'urn:partner.soap.sforce.com' });
  soap._transport = new XmlTransport(exchange);
  try {
    return await soap.invoke(method, args);
  } catch (error) {
    throw explainedFault(new URL(instanceUrl).host, error, isJwt);
  }
}

/** Our own errors pass; a fault of the SOAP API becomes one of ours. */
function explainedFault(host: string, error: unknown, isJwt: boolean): unknown {
  if (!(error instanceof Error) || !('errorCode' in error)) return error;
  const code = String(error.errorCode).replace(/^\w+:/, '');
  if (isJwt && NOT_WITH_JWT.test(code)) return jwtRefused(host, code);
  if (/^INVALID_SESSION_ID$/.test(code)) return new SessionExpired(code);
  return refusalOf(host, code, error.message.slice(0, 300));
}

function jwtRefused(host: string, code: string): CodedError {
  return new CodedError(
    'LEAD_TOKEN_REFUSED',
    `The SOAP API of ${host} does not take the access token, which is a JSON Web Token (${code}).`,
    'Uncheck "Issue JSON Web Token (JWT)-based access tokens for named users" in the OAuth settings of the external client app, and start the service again.',
  );
}
