import { ComponentSet, MetadataConverter } from '@salesforce/source-deploy-retrieve';
import { unzipSync } from 'fflate';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { root } from '../sf.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** The sharing model of orders as the CLI's own library sends it. */
async function sentModel(): Promise<string | undefined> {
  vi.stubEnv('SF_APPLY_REPLACEMENTS_ON_CONVERT', 'true');
  const folder = join(root, 'force-app/main/default/objects/Woo_Order__c');
  const components = ComponentSet.fromSource([folder]);
  components.projectDirectory = root;
  const { zipBuffer } = await new MetadataConverter().convert(components, 'metadata', {
    type: 'zip',
  });
  const files = unzipSync(zipBuffer ?? new Uint8Array());
  const object = Buffer.from(files['objects/Woo_Order__c.object'] ?? []).toString();
  return /<sharingModel>(\w+)</.exec(object)?.[1];
}

describe('the sharing model of orders', () => {
  it.each([
    [undefined, 'Private'],
    ['Read', 'Read'],
    ['ReadWrite', 'ReadWrite'],
    ['Nonsense', 'Private'],
  ])('with WOO_ORDER_SHARING %s is deployed as %s', async (given, sent) => {
    vi.stubEnv('WOO_ORDER_SHARING', given);
    expect(await sentModel()).toBe(sent);
  });
});
