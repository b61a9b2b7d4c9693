/** One part of a multipart form. */
export interface FormPart {
  readonly name: string;
  /** Empty where the part has none. */
  readonly contentType: string;
  readonly content: Buffer;
}

/** The body is no multipart form; `message` says what is wrong. */
export class MultipartError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MultipartError';
  }
}

function boundaryOf(contentType: string): string {
  const match = /^multipart\/form-data\b.*;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary !== undefined) return boundary;
  throw new MultipartError(
    `It is to be sent as multipart/form-data with a boundary, not as "${contentType}".`,
  );
}

function toPart(raw: Buffer): FormPart {
  const end = raw.indexOf('\r\n\r\n');
  const headers = raw.subarray(0, Math.max(end, 0)).toString('utf8');
  const name = /^content-disposition:.*;\s*name="?([^";\r\n]+)"?/im.exec(headers)?.[1];
  if (end < 0 || name === undefined) {
    throw new MultipartError(
      'A part of the multipart body has no Content-Disposition with a name.',
    );
  }
  const contentType = /^content-type:\s*([^;\r\n]+)/im.exec(headers)?.[1]?.trim() ?? '';
  return { name, contentType, content: raw.subarray(end + 4) };
}

/** The parts of a multipart form, byte by byte as they came. @throws MultipartError */
export function readMultipart(body: Buffer, contentType: string): readonly FormPart[] {
  const delimiter = Buffer.from(`--${boundaryOf(contentType)}`);
  const parts: FormPart[] = [];
  let start = body.indexOf(delimiter);
  while (start >= 0) {
    const from = start + delimiter.length;
    if (body.subarray(from, from + 2).toString('latin1') === '--') return parts;
    const next = body.indexOf(delimiter, from);
    if (next < 0) break;
    // A part lies between the line break after its delimiter and the one before the next.
    parts.push(toPart(body.subarray(from + 2, next - 2)));
    start = next;
  }
  throw new MultipartError('The multipart body breaks off before its last boundary.');
}
