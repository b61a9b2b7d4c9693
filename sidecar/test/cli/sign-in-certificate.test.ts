import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { generate } from 'selfsigned';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { checkCertificate } from '../../src/cli/sign-in-certificate.ts';
import type { SignIn } from '../../src/salesforce/rest/sign-in.ts';

const END = new Date('2031-03-01T10:00:00Z');
let folder: string;
let keyFile: string;
let signIn: SignIn;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'woo-salesforce-certificate-'));
  keyFile = join(folder, 'salesforce-jwt.key');
  const notBeforeDate = new Date('2026-03-01T10:00:00Z');
  const pair = await generate([], { keySize: 2048, notBeforeDate, notAfterDate: END });
  writeFileSync(join(folder, 'salesforce-jwt.crt'), pair.cert);
  const privateKey = createPrivateKey(pair.private);
  const loginUrl = 'https://acme.my.salesforce.com';
  signIn = { kind: 'jwt', loginUrl, clientId: 'app', username: 'sync@example.com', privateKey };
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const said = (day: string, file = keyFile, way = signIn) =>
  checkCertificate(way, file, new Date(day)).map(({ code, message }) => `${code}: ${message}`);

it('names the end of the certificate sixty days before', () => {
  const file = join(folder, 'salesforce-jwt.crt');
  const sentence = (verb: string) =>
    `CHECK_CERTIFICATE_ENDS: The certificate of the sign-in, ${file}, ${verb} valid until 2031-03-01.`;
  expect(said('2030-12-31T09:59:59Z')).toEqual([]);
  expect(said('2030-12-31T10:00:00Z')).toEqual([sentence('is')]);
  expect(said('2031-03-01T10:00:01Z')).toEqual([sentence('was')]);
});

it('says nothing where the certificate of the sign-in is not to be seen', () => {
  const day = '2031-02-01T00:00:00Z';
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(join(folder, 'broken.crt'), 'no certificate');
  expect(said(day, keyFile, { ...signIn, privateKey } as SignIn)).toEqual([]);
  expect(said(day, join(folder, 'other.key'))).toEqual([]);
  expect(said(day, join(folder, 'broken.key'))).toEqual([]);
  expect(said(day, join(folder, 'salesforce-jwt.pem'))).toEqual([]);
  const secret = { kind: 'client_credentials', loginUrl: '', clientId: '', clientSecret: '' };
  expect(said(day, keyFile, secret as unknown as SignIn)).toEqual([]);
});
