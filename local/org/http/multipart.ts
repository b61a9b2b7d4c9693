import { ApiError } from '../model/errors.ts';
import { MultipartError, readMultipart, type FormPart } from '../lib/multipart.ts';

export type { FormPart } from '../lib/multipart.ts';

export const badMultipart = (message: string): ApiError =>
  new ApiError(400, 'INVALID_MULTIPART_REQUEST', message);

/**
 * The parts of a multipart form that the REST API was sent.
 * @throws ApiError 400
 */
export function formParts(body: Buffer, contentType: string): readonly FormPart[] {
  try {
    return readMultipart(body, contentType);
  } catch (error) {
    if (!(error instanceof MultipartError)) throw error;
    throw badMultipart(error.message);
  }
}
