import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { type Finding, warning } from '../diagnostics/check/finding.ts';
import type { SignIn } from '../salesforce/rest/sign-in.ts';

/** How long before its end a certificate is named. */
const SOON_MS = 60 * 24 * 60 * 60 * 1000;

/**
 * Whether the certificate of the sign-in ends soon, where it lies beside the key, as the guided set-up leaves it.
 * @param keyFile the value of `SF_JWT_KEY_FILE`
 */
export function checkCertificate(
  signIn: SignIn,
  keyFile: string | undefined,
  now: Date,
): readonly Finding[] {
  if (signIn.kind !== 'jwt' || keyFile?.endsWith('.key') !== true) return [];
  const file = keyFile.replace(/key$/, 'crt');
  const certificate = read(file);
  // One of another key is not that of the sign-in.
  if (certificate?.checkPrivateKey(signIn.privateKey) !== true) return [];
  const end = certificate.validToDate;
  if (end.getTime() - now.getTime() > SOON_MS) return [];
  const day = end.toISOString().slice(0, 10);
  return [
    warning({
      code: 'CHECK_CERTIFICATE_ENDS',
      place: 'SF_JWT_KEY_FILE',
      message: `The certificate of the sign-in, ${file}, ${end > now ? 'is' : 'was'} valid until ${day}.`,
      cure: 'Move key and certificate away, run npm run setup again, which makes new ones, and start the service with them (docs/connect.md).',
    }),
  ];
}

/** Null where there is none that can be read. */
function read(file: string): X509Certificate | null {
  try {
    return new X509Certificate(readFileSync(file));
  } catch {
    return null;
  }
}
