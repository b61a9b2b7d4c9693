/** `npm run recipe`: copies a recipe into the configuration. */
import { parseArgs } from 'node:util';

import { reportFailure } from '../local/shared/failure.ts';
import { copyRecipe, type CopiedRecipe } from './lib/install/recipes.ts';
import { root } from './lib/sf.ts';

const usage = `Copies a recipe of docs/recipes.md into config/org, where it is deployed with your configuration and kept in git.

  npm run recipe -- NAME
`;

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', default: false } },
  });
  const [name, ...more] = positionals;
  if (values.help || name === undefined || more.length > 0) {
    console.log(usage);
    if (!values.help) process.exitCode = 1;
    return;
  }
  console.log(said(name, copyRecipe(root, name)));
}

function said(name: string, { added, changed, kept, permissionSets }: CopiedRecipe): string {
  const yours = kept.map((file) => `yours     ${file}  (what the recipe is not about stays)`);
  if (added.length + changed.length === 0)
    return [`The recipe ${name} is in config/org already.`, ...yours].join('\n');
  const paths = [...(added.length > 0 ? [`config/org/${name}`] : []), ...changed];
  return [
    ...added.map((file) => `new       ${file}`),
    ...changed.map((file) => `changed   ${file}`),
    ...yours,
    '\nChange what you like, deploy it, and assign its permission sets:\n',
    `  npx sf project deploy start ${paths.map((path) => `-d ${path}`).join(' ')}`,
    ...permissionSets.map((set) =>
      set.startsWith('Woo_Recipe_')
        ? `  npx sf org assign permset --name ${set} --on-behalf-of "$WOO_SYNC_USERNAME"  # the integration user`
        : `  npx sf org assign permset --name ${set} --on-behalf-of rep@example.com  # who works with it`,
    ),
    '  npx --no -- woo-salesforce check',
  ].join('\n');
}

try {
  main();
} catch (error) {
  reportFailure(error);
}
