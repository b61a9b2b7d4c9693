import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { generate } from 'selfsigned';
import { root, run } from '../sf.ts';

/** The key that the sidecar signs its sign-in with, and the certificate by which Salesforce knows it. */
export interface KeyPair {
  /** Path of the private key (PEM): the value of `SF_JWT_KEY_FILE`. */
  readonly keyFile: string;
  /** The certificate as PEM; it is no secret. */
  readonly certificate: string;
  /** Until when the certificate is valid. */
  readonly validTo: Date;
  /** False where the pair was there already. */
  readonly made: boolean;
}

const YEARS = 5;
const KEY = 'salesforce-jwt.key';
const CERTIFICATE = 'salesforce-jwt.crt';

/**
 * Finds the pair in a folder, or makes it there: RSA of 2048 bits, signed by itself, the key for its owner alone
 * (0600). What is there is never written over.
 * @throws Error with a sentence where the folder is versioned, or what is in it is no valid pair
 */
export async function keyPair(folder: string, now: () => Date = () => new Date()) {
  await mustNotBeVersioned(folder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const keyFile = join(folder, KEY);
  const certificateFile = join(folder, CERTIFICATE);
  const key = await textOf(keyFile);
  const certificate = await textOf(certificateFile);
  if (key === null && certificate === null) return make(keyFile, certificateFile, now());
  if (key === null || certificate === null) throw halfThere(folder);
  const read = readPair(folder, key, certificate);
  if (read.validToDate <= now()) {
    throw new Error(
      `The certificate in ${folder} was valid until ${read.validTo}. Move ${KEY} and ${CERTIFICATE} away, and run this again for a new pair.`,
    );
  }
  return { keyFile, certificate, validTo: read.validToDate, made: false } satisfies KeyPair;
}

async function make(keyFile: string, certificateFile: string, now: Date): Promise<KeyPair> {
  const validTo = new Date(now);
  validTo.setUTCFullYear(validTo.getUTCFullYear() + YEARS);
  const pair = await generate([{ name: 'commonName', value: 'woo-salesforce' }], {
    keySize: 2048,
    algorithm: 'sha256',
    notBeforeDate: now,
    notAfterDate: validTo,
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
    ],
  });
  await writeFile(keyFile, pair.private, { mode: 0o600, flag: 'wx' });
  await writeFile(certificateFile, pair.cert, { mode: 0o644, flag: 'wx' });
  return { keyFile, certificate: pair.cert, validTo, made: true };
}

function readPair(folder: string, key: string, certificate: string): X509Certificate {
  try {
    const read = new X509Certificate(certificate);
    if (read.checkPrivateKey(createPrivateKey(key))) return read;
  } catch {
    // Said below; what a parser says of a key is not repeated.
  }
  throw new Error(
    `${KEY} and ${CERTIFICATE} in ${folder} do not belong together, or are no key and certificate in PEM form. Move both away, and run this again for a new pair.`,
  );
}

const halfThere = (folder: string): Error =>
  new Error(
    `Of ${KEY} and ${CERTIFICATE} only one is in ${folder}. Put the other one back, or move this one away, and run this again for a new pair.`,
  );

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** In the project a folder must be one that git ignores; where there is no git, nothing is versioned. */
async function mustNotBeVersioned(folder: string): Promise<void> {
  const inside = relative(root, folder);
  if (inside.startsWith('..') || isAbsolute(inside)) return;
  const { code } = await run('git', ['check-ignore', '--quiet', join(folder, KEY)]).catch(() => ({
    code: 0,
  }));
  if (code !== 1) return;
  throw new Error(
    `${folder} is among the versioned files of the project, and a private key does not belong there. Name a folder outside of it, or one that git ignores, such as .local.`,
  );
}
