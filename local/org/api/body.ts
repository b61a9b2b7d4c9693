import type { IncomingMessage } from 'node:http';
import { ApiError } from '../model/errors.ts';

const megabyte = 1024 * 1024;

/**
 * Bytes that calls may send: of REST, of metadata, with a file as base64, which is 37.5 MB of it, and with a file as
 * it is. A real org takes files of 2 GB; here they are held in memory.
 */
export const bodyLimits = {
  rest: 6 * megabyte,
  metadata: 75 * megabyte,
  base64: 50 * megabyte,
  multipart: 100 * megabyte,
};

/**
 * The whole body. A body beyond the limit is read to its end and refused, so that the answer arrives.
 * @throws ApiError 413
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size <= limit) chunks.push(chunk as Buffer);
  }
  if (size <= limit) return Buffer.concat(chunks);
  throw new ApiError(
    413,
    'REQUEST_TOO_LARGE',
    `The body has ${size} bytes; this call takes ${limit}.`,
  );
}

/** @throws ApiError 400 or 415 when a body is there and is no JSON */
export function parseJson(body: Buffer, contentType = ''): unknown {
  if (body.length === 0) return undefined;
  if (!/^application\/json\b/i.test(contentType)) {
    throw new ApiError(
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      `Content-Type header specified in HTTP request is not supported: ${contentType}`,
    );
  }
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new ApiError(400, 'JSON_PARSER_ERROR', `${error.message} at [line:1, column:1]`);
    }
    throw error;
  }
}
