import { isUtf8 } from 'node:buffer';
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { exception, NotEmulated } from '../run/exception.ts';
import { platformClass, type PlatformClass } from '../types/platform.ts';
import { ApexBlob } from '../values/value.ts';

/** @throws ApexException for bytes that are not UTF-8 */
function textOfBlob({ bytes }: ApexBlob): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  throw exception('StringException', 'BLOB is not a valid UTF-8 string');
}

/** As Java's URLEncoder: half of a pair of surrogates, which no UTF-8 has, becomes a question mark. */
const urlEncode = (text: string): string =>
  encodeURIComponent(text.replace(/\p{Surrogate}/gu, '?'))
    .replace(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');

/** As Java's URLDecoder: what is not UTF-8 becomes a question mark in a box. */
function urlDecode(text: string): string {
  const plain = text.replaceAll('+', ' ');
  const broken = /%(?![0-9a-f]{2})/i.exec(plain);
  if (broken) {
    throw exception(
      'IllegalArgumentException',
      'URLDecoder: Illegal hex characters in escape (%) pattern',
    );
  }
  return plain.replace(/(?:%[0-9a-f]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'),
  );
}

const utf8 = (encode: (text: string) => string) => (text: string, charset: string) => {
  if (!/^utf-?8$/i.test(charset)) throw new NotEmulated(`the character set ${charset}`);
  return encode(text);
};

const algorithms: Readonly<Record<string, string>> = {
  md5: 'md5',
  sha1: 'sha1',
  'sha-1': 'sha1',
  sha256: 'sha256',
  'sha-256': 'sha256',
  sha512: 'sha512',
  'sha-512': 'sha512',
};

function algorithm(name: string): string {
  const found = algorithms[name.toLowerCase().replace(/^hmac/, '')];
  if (found === undefined) throw new NotEmulated(`the algorithm ${name}`);
  return found;
}

export const encodingClasses: readonly PlatformClass[] = [
  platformClass('Blob', {
    'static Blob valueOf(String)': (text: string) => new ApexBlob(Buffer.from(text)),
    'Integer size()': (blob: ApexBlob) => blob.bytes.length,
    'String toString()': textOfBlob,
    'Boolean equals(Object)': (blob: ApexBlob, other: unknown) =>
      other instanceof ApexBlob && blob.bytes.equals(other.bytes),
  }),
  platformClass('EncodingUtil', {
    'static String urlEncode(String, String)': utf8(urlEncode),
    'static String urlDecode(String, String)': utf8(urlDecode),
    'static String base64Encode(Blob)': (blob: ApexBlob) => blob.bytes.toString('base64'),
    'static Blob base64Decode(String)': (text: string) => new ApexBlob(Buffer.from(text, 'base64')),
    'static String convertToHex(Blob)': (blob: ApexBlob) => blob.bytes.toString('hex'),
    'static Blob convertFromHex(String)': (text: string) => new ApexBlob(Buffer.from(text, 'hex')),
  }),
  platformClass('Crypto', {
    'static Blob generateDigest(String, Blob)': (name: string, { bytes }: ApexBlob) =>
      new ApexBlob(createHash(algorithm(name)).update(bytes).digest()),
    'static Blob generateMac(String, Blob, Blob)': (name: string, data: ApexBlob, key: ApexBlob) =>
      new ApexBlob(createHmac(algorithm(name), key.bytes).update(data.bytes).digest()),
    'static Integer getRandomInteger()': () => randomBytes(4).readInt32LE(),
  }),
];
