import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | Readable;
}

export const json = (status: number, body: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});

/** An error in the form of Salesforce's REST API, which the components know how to show. */
export const refusal = (status: number, errorCode: string, message: string): Answer =>
  json(status, [{ errorCode, message }]);

export function send(response: ServerResponse, { status, headers = {}, body }: Answer): void {
  response.writeHead(status, headers);
  if (body === undefined || typeof body === 'string' || Buffer.isBuffer(body)) {
    response.end(body);
    return;
  }
  // The status is on its way already: all that is left is to cut the answer, which the browser notices.
  body.on('error', () => response.destroy());
  response.on('close', () => body.destroy());
  body.pipe(response);
}
