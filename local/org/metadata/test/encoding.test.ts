import { zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { createOrgData } from '../../data/org-data.ts';
import { deployZip, failuresOf, file, manifestOf } from './packages.ts';

const description = file(
  'ApexClass',
  '<apiVersion>66.0</apiVersion>\n<!-- Préfère -->\n<status>Active</status>',
);

/** Deploys a class, whose two files are encoded as that says. */
function deployed(code: BufferEncoding, about: BufferEncoding): readonly string[] {
  const files = {
    'classes/Sample.cls': Buffer.from("public class Sample {\n  String s = 'été';\n}\n", code),
    'classes/Sample.cls-meta.xml': Buffer.from(description, about),
  };
  const manifest = Buffer.from(
    manifestOf(Object.fromEntries(Object.keys(files).map((path) => [path, '']))),
  );
  const org = createOrgData();
  const zip = zipSync({ 'package.xml': manifest, ...files });
  return failuresOf(deployZip(org, zip));
}

it('files in UTF-8 are taken', () => {
  expect(deployed('utf8', 'utf8')).toEqual([]);
});

it('code in Latin-1 is refused where its first such letter stands, rather than stored with another', () => {
  expect(deployed('latin1', 'utf8')).toEqual([
    'classes/Sample.cls:2:15 ApexClass Sample: Invalid byte 2 of 3-byte UTF-8 sequence.',
  ]);
});

it('so is a description', () => {
  expect(deployed('utf8', 'latin1')).toEqual([
    'classes/Sample.cls:3:8 ApexClass Sample: Error parsing file: Invalid byte 2 of 3-byte UTF-8 sequence.',
  ]);
});
