import { createPublicKey, verify } from 'node:crypto';

export interface JwtClaims {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

function parsePart(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** `sf` sends milliseconds where the standard has seconds; both are understood. */
const inMilliseconds = (exp: number): number => (exp > 100_000_000_000 ? exp : exp * 1000);

/** The claims of an assertion, read but not yet believed. */
export function readClaims(assertion: string): JwtClaims | undefined {
  const [header = '', payload = '', signature] = assertion.split('.');
  const head = parsePart(header);
  const body = parsePart(payload);
  if (!head || !body || signature === undefined || head['alg'] !== 'RS256') return undefined;
  const exp = body['exp'];
  return {
    iss: textOf(body['iss']),
    sub: textOf(body['sub']),
    aud: textOf(body['aud']),
    expires: typeof exp === 'number' ? inMilliseconds(exp) : 0,
  };
}

/** Whether the assertion was signed with the key that belongs to the certificate. */
export function isSignedBy(assertion: string, certificatePem: string): boolean {
  const at = assertion.lastIndexOf('.');
  return verify(
    'RSA-SHA256',
    Buffer.from(assertion.slice(0, at)),
    createPublicKey(certificatePem),
    Buffer.from(assertion.slice(at + 1), 'base64url'),
  );
}
