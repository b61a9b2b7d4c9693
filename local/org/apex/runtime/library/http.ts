import { exception, nullPointer } from '../run/exception.ts';
import type { HttpAnswered } from '../run/host.ts';
import type { ApexObject } from '../run/linked.ts';
import { current } from '../run/transaction.ts';
import {
  platformClass,
  platformInterface,
  type PlatformClass,
  type Property,
} from '../types/platform.ts';
import { ApexList, ApexMap } from '../values/collections.ts';
import { ApexBlob, PlatformObject, type Value } from '../values/value.ts';

class HttpRequestObject extends PlatformObject {
  readonly apexType = 'HttpRequest';
  method: string | null = null;
  endpoint: string | null = null;
  body = '';
  timeout = 10_000;
  readonly headers = new Map<string, string>();
}

class HttpResponseObject extends PlatformObject {
  readonly apexType = 'HttpResponse';
  status: string | null = null;
  statusCode = 0;
  body = Buffer.alloc(0);
  /** Under their names as they were sent: they are found by their case. */
  readonly headers = new Map<string, string>();
}

class HttpObject extends PlatformObject {
  readonly apexType = 'Http';
}

export class RestRequestObject extends PlatformObject {
  readonly apexType = 'RestRequest';
  requestURI: Value = null;
  httpMethod: Value = null;
  resourcePath: Value = null;
  remoteAddress: Value = null;
  requestBody: Value = null;
  params: Value = new ApexMap('String', 'String');
  headers: Value = new ApexMap('String', 'String');
}

export class RestResponseObject extends PlatformObject {
  readonly apexType = 'RestResponse';
  statusCode: Value = null;
  responseBody: Value = null;
  headers: Value = new ApexMap('String', 'String');
}

const MAX_TIMEOUT = 120_000;

function answerOf({ status, headers, body }: HttpAnswered): HttpResponseObject {
  const response = new HttpResponseObject();
  response.statusCode = status;
  response.body = Buffer.from(body);
  for (const [name, value] of headers) response.headers.set(name, value);
  return response;
}

/** Sends a request: to the mock of a test, else into the world. */
function send(_http: HttpObject, request: HttpRequestObject): Value {
  const transaction = current();
  if (transaction.hasUncommittedWork) {
    throw exception(
      'CalloutException',
      'You have uncommitted work pending. Please commit or rollback before calling out',
    );
  }
  transaction.usage.use('callouts');
  if (transaction.isTest) {
    if (transaction.mock === null) {
      throw exception(
        'TypeException',
        'Methods defined as TestMethod do not support Web service callouts',
      );
    }
    return (transaction.mock as ApexObject)['m_respond$HttpRequest']?.(request) ?? null;
  }
  if (request.method === null || request.endpoint === null) throw nullPointer();
  const answer = transaction.host.callout(
    {
      method: request.method,
      endpoint: request.endpoint,
      body: request.body === '' ? null : request.body,
      headers: Object.fromEntries(request.headers),
      timeoutMs: request.timeout,
    },
    transaction.callouts++,
  );
  transaction.wait(answer.milliseconds);
  transaction.usage.hold(answer.body.length);
  return answerOf(answer);
}

function setTimeoutOf(request: HttpRequestObject, ms: number): void {
  if (ms < 1 || ms > MAX_TIMEOUT) {
    throw exception(
      'CalloutException',
      `Callout timeout must be between 1 and ${MAX_TIMEOUT} milliseconds`,
    );
  }
  request.timeout = ms;
}

/** A field of an object of the platform, under its own name. */
const field = (name: string): Property => ({
  get: (owner: Record<string, Value>) => owner[name] ?? null,
  set: (owner: Record<string, Value>, value: Value) => {
    owner[name] = value;
  },
});

export const fields = (...signatures: readonly string[]): Record<string, Property> =>
  Object.fromEntries(
    signatures.map((one) => [one, field(one.slice(one.lastIndexOf(' ') + 1))] as const),
  );

const context = (side: 'request' | 'response'): Property => ({
  get: () => current()[side],
  set: (value: Value) => {
    current()[side] = value;
  },
});

const header = (owner: { readonly headers: Value }, name: string, value: string): void => {
  (owner.headers as ApexMap).put(name, value);
};

export const httpClasses: readonly PlatformClass[] = [
  platformClass('HttpRequest', {
    'new()': () => new HttpRequestObject(),
    'void setMethod(String)': (request: HttpRequestObject, method: string) => {
      request.method = method;
    },
    'void setEndpoint(String)': (request: HttpRequestObject, endpoint: string) => {
      request.endpoint = endpoint;
    },
    'void setBody(String)': (request: HttpRequestObject, body: string) => {
      request.body = body;
    },
    'void setTimeout(Integer)': setTimeoutOf,
    'void setHeader(String, String)': (
      { headers }: HttpRequestObject,
      name: string,
      value: string,
    ) => {
      headers.set(name, value);
    },
    'String getMethod()': (request: HttpRequestObject) => request.method,
    'String getEndpoint()': (request: HttpRequestObject) => request.endpoint,
    'String getBody()': (request: HttpRequestObject) => request.body,
    'String getHeader(String)': ({ headers }: HttpRequestObject, name: string) =>
      headers.get(name) ?? null,
  }),
  platformClass('HttpResponse', {
    'new()': () => new HttpResponseObject(),
    'void setStatusCode(Integer)': (response: HttpResponseObject, status: number) => {
      response.statusCode = status;
    },
    'void setStatus(String)': (response: HttpResponseObject, status: string) => {
      response.status = status;
    },
    'void setBody(String)': (response: HttpResponseObject, body: string) => {
      response.body = Buffer.from(body);
    },
    'void setBodyAsBlob(Blob)': (response: HttpResponseObject, body: ApexBlob) => {
      response.body = Buffer.from(body.bytes);
    },
    'void setHeader(String, String)': (
      { headers }: HttpResponseObject,
      name: string,
      value: string,
    ) => {
      headers.set(name, value);
    },
    'Integer getStatusCode()': (response: HttpResponseObject) => response.statusCode,
    'String getStatus()': (response: HttpResponseObject) => response.status,
    'String getBody()': (response: HttpResponseObject) => response.body.toString('utf8'),
    'Blob getBodyAsBlob()': (response: HttpResponseObject) => new ApexBlob(response.body),
    'String getHeader(String)': ({ headers }: HttpResponseObject, name: string) =>
      headers.get(name) ?? null,
    'List<String> getHeaderKeys()': ({ headers }: HttpResponseObject) =>
      new ApexList('String', [...headers.keys()]),
  }),
  platformClass('Http', {
    'new()': () => new HttpObject(),
    'HttpResponse send(HttpRequest)': send,
  }),
  platformInterface('HttpCalloutMock', 'HttpResponse respond(HttpRequest)'),
  platformClass('RestRequest', {
    'new()': () => new RestRequestObject(),
    ...fields(
      'String requestURI',
      'String httpMethod',
      'String resourcePath',
      'String remoteAddress',
    ),
    ...fields('Blob requestBody', 'Map<String,String> params', 'Map<String,String> headers'),
    'void addParameter(String, String?)': (
      { params }: RestRequestObject,
      name: string,
      value: string,
    ) => {
      (params as ApexMap).put(name, value);
    },
    'void addHeader(String, String)': header,
  }),
  platformClass('RestResponse', {
    'new()': () => new RestResponseObject(),
    ...fields('Integer statusCode', 'Blob responseBody', 'Map<String,String> headers'),
    'void addHeader(String, String)': header,
  }),
  platformClass('RestContext', {
    'static RestRequest request': context('request'),
    'static RestResponse response': context('response'),
  }),
];
