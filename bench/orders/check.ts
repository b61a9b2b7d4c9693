import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { sidecarEnv } from '../../scripts/lib/install/deploy.ts';
import { root, run, type SfCli } from '../../scripts/lib/sf.ts';
import { countAtMost, type Result } from '../lib/results/results.ts';
import type { SmallShop } from './small-shop.ts';

const MAPPINGS = 20;

/** The mapping that is copied until there are enough; towards WooCommerce too, since that takes one call more. */
const COPIED = 'Customer_Contact';

/** The API calls that `woo-salesforce check` takes with 20 mappings, as the org counts them. The copies stay in the org. */
export async function measureCheck(
  { pair: { org, store }, sf, home }: SmallShop,
  stopped: AbortSignal,
): Promise<Result> {
  const env = sidecarEnv(org, store, org.url, join(home, 'checked'));
  const shipped = await checked(env);
  await deployCopies(sf, home, MAPPINGS - shipped, stopped);
  const { billed: before } = await org.requests();
  const mappings = await checked(env);
  if (mappings !== MAPPINGS) throw new Error(`check saw ${mappings} mappings, not ${MAPPINGS}`);
  const value = (await org.requests()).billed - before;
  return countAtMost(`check on ${MAPPINGS} mappings: Salesforce calls`, 5, value);
}

/** @returns how many mappings were checked; what it found of them does not matter here */
async function checked(env: Readonly<Record<string, string>>): Promise<number> {
  const ran = await run('node', ['sidecar/bin/woo-salesforce.js', 'check', '--json'], { env });
  if (ran.code > 1) throw new Error(`check ended with ${ran.code}: ${ran.stderr}`);
  return (JSON.parse(ran.stdout) as { mappings: readonly unknown[] }).mappings.length;
}

async function deployCopies(
  sf: SfCli,
  home: string,
  count: number,
  stopped: AbortSignal,
): Promise<void> {
  const folder = join(home, 'copies');
  const file = `config/org/main/default/customMetadata/Woo_Mapping.${COPIED}.md-meta.xml`;
  const xml = readFileSync(join(root, file), 'utf8');
  const names = Array.from({ length: count }, (_, at) => `Woo_Mapping.Copy_${at}`);
  mkdirSync(join(folder, 'customMetadata'), { recursive: true });
  for (const name of names) {
    const copy = xml
      .replace(/<label>[^<]*</, `<label>${name.slice(-8)}<`)
      .replace(/(<field>Direction__c<\/field>\s*<value[^>]*>)\w+/, '$1both');
    writeFileSync(join(folder, 'customMetadata', `${name}.md`), copy);
  }
  writeFileSync(
    join(folder, 'package.xml'),
    '<?xml version="1.0" encoding="UTF-8"?><Package xmlns="http://soap.sforce.com/2006/04/metadata"><types>' +
      `${names.map((name) => `<members>${name}</members>`).join('')}<name>CustomMetadata</name></types>` +
      '<version>66.0</version></Package>',
  );
  await sf.must(['project', 'deploy', 'start', '--metadata-dir', folder], { stopped });
}
