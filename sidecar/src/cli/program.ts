import { Command, CommanderError, InvalidArgumentError } from 'commander';

import type { BackfillFlags } from './backfill.ts';
import type { CheckFlags } from './check.ts';
import type { EraseFlags } from './erase.ts';
import type { ExplainFlags } from './explain.ts';
import type { GoldenFlags } from './golden.ts';
import type { MediaFlags } from './media.ts';
import { usableEmail } from '../mapping/keys/email.ts';
import { describeError } from './output/error.ts';
import type { Terminal } from './output/terminal.ts';

/** Exit codes: everything in step; something could not be synced; the command could not run at all. */
const EXIT = { ok: 0, incomplete: 1, failed: 2 } as const;

/** What a run of the program has to do with. */
interface Run {
  readonly env: NodeJS.ProcessEnv;
  readonly out: Terminal;
  readonly err: Terminal;
  /** Says whether everything is in step; a command that does not say so ends well. */
  readonly finish: (complete: boolean) => void;
}

/**
 * Runs a command line in this process; of `start`, which ends the process, until it has started.
 * @param args without the names of Node and of the program
 * @returns the exit code
 */
export async function runProgram(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  out: Terminal,
  err: Terminal,
): Promise<number> {
  let code: number = EXIT.ok;
  const finish = (complete: boolean) => {
    code = complete ? EXIT.ok : EXIT.incomplete;
  };
  const program = programOf({ env, out, err, finish });
  try {
    // Not commander's default command: that one would take a mistyped command for its argument.
    await program.parseAsync(args.length === 0 ? ['start'] : args, { from: 'user' });
    return code;
  } catch (error) {
    // Commander has said what is wrong, or printed the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.failed;
    err.write(`${describeError(error)}\n`);
    return EXIT.failed;
  }
}

function programOf(run: Run): Command {
  const program = new Command('woo-salesforce')
    .description(
      'Keeps WooCommerce and Salesforce in step. Stores and mappings are custom metadata in the org; ' +
        'sign-in and keys come from environment variables (README).',
    )
    .showHelpAfterError()
    .configureOutput({
      writeOut: (text) => void run.out.write(text),
      writeErr: (text) => void run.err.write(text),
    })
    .exitOverride();
  // Each command loads its own part only: check and explain start without the engine.
  const commands = [
    addStart,
    addBackfill,
    addCheck,
    addExplain,
    addTest,
    addMedia,
    addErase,
    addReload,
    addOutboundUrl,
  ];
  for (const add of commands) add(program, run);
  return program;
}

function addStart(program: Command, { env }: Run): void {
  program
    .command('start')
    .description(
      'Runs the service: takes webhooks, sweeps the stores, and keeps both sides in step until it is stopped. ' +
        'The first start loads everything. It is what runs without a command.',
    )
    .addHelpText('after', '\nExit code: 0 stopped by SIGTERM or SIGINT, 2 could not run.')
    .action(async () => {
      const { runStart } = await import('./start.ts');
      await runStart(env);
    });
}

function addBackfill(program: Command, { env, out, err, finish }: Run): void {
  program
    .command('backfill')
    .description(
      'Brings everything that the mappings want from the stores into Salesforce. A stopped run is resumed; ' +
        'records that have not changed cost nothing.',
    )
    .option('--store <key>', 'only the store with this key')
    .option(
      '--dry-run',
      'only say what would be created, adopted, updated and refused; nothing is written',
    )
    .option('--json', 'print the outcome as JSON')
    .addHelpText(
      'after',
      '\nExit code: 0 all in step, 1 some records, lists or mappings failed, 2 could not run.',
    )
    .action(async (options: BackfillFlags) => {
      const { runBackfill } = await import('./backfill.ts');
      const complete = await runBackfill(env, options, out, err);
      finish(complete);
    });
}

function addCheck(program: Command, { env, out, finish }: Run): void {
  program
    .command('check')
    .description(
      'Checks the stores and each mapping against both sides: attributes, fields, types, rights of the integration ' +
        'user, flows. Says what is wrong and what to do about it. Writes nothing; made for CI too.',
    )
    .option('--json', 'print the outcome as JSON')
    .option('--strict', 'let warnings fail the check too')
    .option('--quick', 'look at one list of each store instead of all')
    .addHelpText('after', '\nExit code: 0 nothing is wrong, 1 something is, 2 could not run.')
    .action(async (options: CheckFlags) => {
      const { runCheck } = await import('./check.ts');
      const passed = await runCheck(env, options, out);
      finish(passed);
    });
}

function addExplain(program: Command, { env, out }: Run): void {
  program
    .command('explain')
    .description(
      "Shows a record's path through the mappings: the conditions and what decided them, where each field comes from " +
        'and what it becomes, what is in Salesforce now, and what the next run would do. Writes nothing. Shows the ' +
        "record's values.",
    )
    .argument('<store>', 'key of the store')
    .argument(
      '<resource>',
      'order (with its items and refunds), refund, product, variation, customer, coupon, product_category, ' +
        'product_tag, product_attribute, product_review, tax_class or content',
    )
    .argument(
      '<id>',
      "the record's id in the shop; of a guest guest:<e-mail>, of a tax class its slug, of content its type too: page:12",
    )
    .option('--all', 'every item in full, however many there are')
    .option('--json', 'print all of it as JSON')
    .addHelpText('after', '\nExit code: 0 explained, 2 could not run.')
    .action(async (store: string, resource: string, id: string, options: ExplainFlags) => {
      const { runExplain } = await import('./explain.ts');
      await runExplain(env, { store, resource, id }, options, out);
    });
}

function addTest(program: Command, { env, out, finish }: Run): void {
  program
    .command('test')
    .description(
      "Runs the org's mappings over golden orders: files with a record of the shop and the rows that must become of " +
        'it. Prints what differs. Writes nothing to either side.',
    )
    .option('--dir <folder>', 'where the files are', 'config/org/golden')
    .option('--record <store resource id...>', 'make a file of a record, personal data replaced')
    .option('--name <name>', 'with --record: name of the file')
    .option('--description <sentence>', 'with --record: what it is there for')
    .option('--update', 'write what the mappings make now into the files')
    .option('--json', 'print the outcome as JSON')
    .addHelpText(
      'after',
      '\nExample: woo-salesforce test --record main order 1042 --name refunded\n' +
        'Exit code: 0 all as the files say, 1 something differs, 2 could not run.',
    )
    .action(async (options: GoldenFlags) => {
      const { runGolden } = await import('./golden.ts');
      const passed = await runGolden(env, options, out);
      finish(passed);
    });
}

function addMedia(program: Command, { env, out }: Run): void {
  program
    .command('media')
    .description(
      'Lists the images that the sidecar brought to the media library of a shop and that no product or variation ' +
        'shows any more. Deletes nothing. Needs an application password of the shop (docs/images.md).',
    )
    .option('--store <key>', 'only the store with this key')
    .option('--json', 'print the list as JSON')
    .addHelpText('after', '\nExit code: 0 listed, 2 could not run.')
    .action(async (options: MediaFlags) => {
      const { runMedia } = await import('./media.ts');
      await runMedia(env, options, out);
    });
}

function addErase(program: Command, { env, out }: Run): void {
  program
    .command('erase')
    .description(
      'Takes the key of a guest, which is an e-mail address, out of the state of the service, and names the records in ' +
        'Salesforce that are left to delete or anonymise. First erase the person in the shop (docs/operate.md).',
    )
    .argument('<store>', 'key of the store')
    .argument('<email>', 'e-mail address of the guest', emailAddress)
    .option('--dry-run', 'only say what is kept')
    .option('--json', 'print it as JSON')
    .addHelpText('after', '\nExit code: 0 erased or nothing is kept, 2 could not run.')
    .action(async (store: string, email: string, options: EraseFlags) => {
      const { runErase } = await import('./erase.ts');
      await runErase(env, { store, email }, options, out);
    });
}

function emailAddress(text: string): string {
  const email = usableEmail(text);
  if (email === null) throw new InvalidArgumentError('It is no e-mail address.');
  return email;
}

function addReload(program: Command, { env, out, err, finish }: Run): void {
  program
    .command('reload')
    .description(
      'Has the running service read stores and mappings now, wherever it runs, and prints by which configuration it ' +
        'goes and what is held. By itself it reads them every five minutes, and before each command.',
    )
    .addHelpText('after', '\nExit code: 0 read, 1 the service does not answer, 2 could not run.')
    .action(async () => {
      const { runReload } = await import('./reload.ts');
      const isRead = await runReload(env, out, err);
      finish(isRead);
    });
}

function addOutboundUrl(program: Command, { env, out, err }: Run): void {
  program
    .command('outbound-url')
    .description(
      'Prints the address that outbound messages of Salesforce are sent to. It follows from PUBLIC_URL and ' +
        'SIDECAR_SECRET; nothing else has to be set.',
    )
    .addHelpText('after', '\nExit code: 0 printed, 2 a variable is missing or wrong.')
    .action(async () => {
      const { runOutboundUrl } = await import('./outbound-url.ts');
      runOutboundUrl(env, out, err);
    });
}
