/** `npm run package`: builds a version of the unlocked package in a Dev Hub. */
import { parseArgs } from 'node:util';
import { reportFailure } from '../../local/shared/failure.ts';
import { root, SfCli } from '../lib/sf.ts';
import { buildVersion, RELEASE } from './build.ts';
import { CONTENT, componentsByType, strays } from './content.ts';
import { devHub, mustBeDevHub } from './dev-hub.ts';
import { packageFacts, type PackageFacts } from './version.ts';

const usage = `Builds a version of the unlocked package: objects, code, pages and permission sets. What is an admin's own
comes after it (docs/package.md).

  npm run package [-- options]

  --target-dev-hub NAME  alias or user name of the Dev Hub (default: the CLI's own)
  --wait MINUTES         for how long it may take (default 60)
  --promote              releases the version, for production orgs; it cannot be taken back
  --dry-run              says what would be built, and asks nobody
`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      'target-dev-hub': { type: 'string' },
      wait: { type: 'string', default: '60' },
      promote: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const wait = Number(values.wait);
  if (Number.isInteger(wait) && wait > 0) return { ...values, wait };
  throw new Error(`--wait is a number of minutes, not ${values.wait}.`);
}

/** @throws Error where the content would not install by itself */
function describe({ name, version }: PackageFacts): string {
  const outside = strays(root).map(({ file, name: one }) => `${one} in ${file}`);
  if (outside.length > 0) {
    throw new Error(
      `The content refers to what is not in the package: ${outside.join(', ')}. Nothing was built: move that into ${CONTENT}, or take the reference out.`,
    );
  }
  const parts = componentsByType(root).map(
    ([type, count]) => `  ${String(count).padStart(4)} ${type}`,
  );
  return [`${name} ${version}, without a namespace, of ${CONTENT}:`, ...parts].join('\n');
}

const next = (id: string, promoted: boolean): string => `
Built: ${id}.${promoted ? '' : ' It goes into sandboxes and scratch orgs; --promote releases one for production orgs.'} Next, in each org:

  sf package install --package ${id} --target-org ORG --wait 30 --no-prompt
  npm run setup-org -- --target-org ORG --packaged
`;

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) {
    console.log(usage);
    return;
  }
  console.log(describe(packageFacts(root)));
  if (options['dry-run']) {
    if (options.promote) console.log(RELEASE);
    return;
  }
  const sf = SfCli.ofUser(undefined);
  const hub = await devHub(sf, options['target-dev-hub']);
  await mustBeDevHub(sf, hub);
  const build = { hub, wait: options.wait, promote: options.promote };
  const id = await buildVersion(sf, () => packageFacts(root), build, { show: 'all' });
  console.log(next(id, options.promote));
}

main().catch(reportFailure);
