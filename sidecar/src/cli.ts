import { Command } from 'commander';

import { runBackfill } from './cli/backfill.ts';
import { describeError } from './cli/describe-error.ts';

/** Exit codes: everything in step; something could not be synced; the command could not run at all. */
const EXIT = { ok: 0, incomplete: 1, failed: 2 } as const;

const program = new Command('woo-salesforce')
  .description(
    'Keeps WooCommerce and Salesforce in step. Stores and mappings are custom metadata in the org; ' +
      'sign-in and keys come from environment variables (README).',
  )
  .showHelpAfterError()
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? EXIT.ok : EXIT.failed));

program
  .command('backfill')
  .description(
    'Brings everything that the mappings want from the stores into Salesforce. A stopped run is resumed; ' +
      'records that have not changed cost nothing.',
  )
  .option('--store <key>', 'only the store with this key')
  .option('--json', 'print the outcome as JSON')
  .addHelpText(
    'after',
    '\nExit code: 0 all in step, 1 some records, lists or mappings failed, 2 could not run.',
  )
  .action(async (options: { store?: string; json?: boolean }) => {
    const complete = await runBackfill(process.env, options, process.stdout, process.stderr);
    process.exitCode = complete ? EXIT.ok : EXIT.incomplete;
  });

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = EXIT.failed;
  console.error(describeError(error));
}
