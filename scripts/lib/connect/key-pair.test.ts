import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { root } from '../sf.ts';
import { keyPair } from './key-pair.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'woo-key-pair-'));
});
afterEach(() => rm(folder, { recursive: true }));

const file = (name: string): string => join(folder, name);
const key = (): string => file('salesforce-jwt.key');
const certificate = (): string => file('salesforce-jwt.crt');

it('is a key for its owner alone, and a certificate of that key', async () => {
  const pair = await keyPair(folder, () => new Date('2026-03-01T10:00:00Z'));
  expect(pair).toMatchObject({ keyFile: key(), made: true });
  expect((await stat(pair.keyFile)).mode & 0o777).toBe(0o600);
  const read = new X509Certificate(pair.certificate);
  const privateKey = createPrivateKey(await readFile(pair.keyFile, 'utf8'));
  expect(read.checkPrivateKey(privateKey)).toBe(true);
  expect(privateKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
  expect(read.validToDate).toEqual(new Date('2031-03-01T10:00:00Z'));
  expect(read.validToDate).toEqual(pair.validTo);
});

it('is found again, and never written over', async () => {
  const first = await keyPair(folder);
  const bytes = await readFile(first.keyFile);
  const again = await keyPair(folder);
  expect(again).toEqual({ ...first, validTo: again.validTo, made: false });
  expect(await readFile(first.keyFile)).toEqual(bytes);
});

it('is refused where one half is missing, does not fit, or is over', async () => {
  const { validTo } = await keyPair(folder);
  await expect(keyPair(folder, () => validTo)).rejects.toThrow('was valid until');
  await rename(certificate(), file('away'));
  await expect(keyPair(folder)).rejects.toThrow('only one is in');
  await rename(key(), file('old'));
  await keyPair(folder);
  await writeFile(key(), await readFile(file('old')));
  await expect(keyPair(folder)).rejects.toThrow('do not belong together');
  await writeFile(key(), 'pa55word');
  const refused = keyPair(folder);
  await expect(refused).rejects.toThrow('do not belong together');
  await expect(refused).rejects.not.toThrow('pa55word');
});

it('goes into no versioned folder', async () => {
  await expect(keyPair(join(root, 'config', 'org'))).rejects.toThrow('among the versioned files');
});
