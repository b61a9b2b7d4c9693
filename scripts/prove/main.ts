/** `npm run prove`: asks a real org and a real shop of what this project takes for true. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { reportFailure } from '../../local/shared/failure.ts';
import { stopSignal } from '../../local/shared/stop-signal.ts';
import { wholeNumber } from '../../local/shared/whole-number.ts';
import { AdminSession } from '../lib/install/admin-session.ts';
import { mustHaveProject } from '../lib/install/install.ts';
import { mustHaveNoNamespace } from '../lib/install/package-checks.ts';
import { isProduction } from '../lib/install/production.ts';
import { SfCli } from '../lib/sf.ts';
import { ASSUMPTIONS } from './catalogue/all.ts';
import { deployOnly } from './deploy/deploy-only.ts';
import { isProbed } from './model/assumption.ts';
import { exitCodeOf } from './report/exit-code.ts';
import { asMarkdown, asTable, reportOf, type Report } from './report/report.ts';
import { announcement, runProbes, type RunResult } from './run/run-probes.ts';

const usage = `Asks an org, and the shop that it is connected to, of each assumption in docs/unproven.md: it holds, differs, or
cannot be told. Works on records of its own, whose names and keys begin with woo-prove-, and on objects and custom
metadata types of its own, whose names begin with Woo_Prove_, and deletes them, also after Ctrl-C. Set the org up first
(npm run setup).

  npm run prove [-- options]

  --target-org NAME   alias or user name of the CLI's sign-in (default: the CLI's own)
  --store KEY         key of the store (default main)
  --receiver URL      address under which the shop reaches this machine, for webhooks
  --receiver-port N   port of this machine that it leads to (default 8787)
  --json FILE         writes the report as JSON
  --markdown FILE     writes it as Markdown, to send back
  --deploy-only       asks only whether the org would take the metadata: validates force-app and config/org, the
                      Japanese words and each recipe, in an org that need not be set up, and keeps nothing
  --tests             with --deploy-only: runs the Apex tests of the project too; in a production org they always run
  --only ID           asks for one assumption; may be given several times
  --production        also in a production org
  --dry-run           says what it would ask, and how many API calls that takes

  SF_CLIENT_ID, SF_CLIENT_SECRET; or SF_CLIENT_ID, SF_USERNAME, SF_JWT_KEY_FILE
                      sign-in of the integration user, for what concerns its rights; the latter are in the
                      .env of npm run setup
  WOO_MAIN_APP_USER, WOO_MAIN_APP_PASSWORD
                      an application password of WordPress, for the search of the media library
  WOO_MAIN_KEY, WOO_MAIN_SECRET
                      a key of the shop that may write, for the direct route; named after the store. Without it,
                      what only that route shows cannot be told

Exit code 1 when something differs or is left behind, 130 when it was stopped.
`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      'target-org': { type: 'string' },
      store: { type: 'string', default: 'main' },
      receiver: { type: 'string' },
      'receiver-port': { type: 'string', default: '8787' },
      json: { type: 'string' },
      markdown: { type: 'string' },
      'deploy-only': { type: 'boolean', default: false },
      tests: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      production: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return values;
}

/** @throws Error for an id that is none */
function chosen(only: readonly string[]) {
  const unknown = only.find((id) => !ASSUMPTIONS.some((one) => one.id === id));
  if (unknown !== undefined)
    throw new Error(`There is no assumption ${unknown}; docs/unproven.md lists them.`);
  return only.length === 0 ? ASSUMPTIONS : ASSUMPTIONS.filter(({ id }) => only.includes(id));
}

/** @returns whether it is a production org @throws Error for one that was not meant */
async function isMeant(session: AdminSession, production: boolean): Promise<boolean> {
  const isOne = await isProduction(session);
  if (production || !isOne) return isOne;
  throw new Error(
    'This is a production org. Nothing was asked. Take a sandbox or a scratch org, or give --production: records are made and deleted, and stay in the recycle bin; objects of its own stay among the deleted ones of Setup for 15 days.',
  );
}

type Options = ReturnType<typeof readOptions>;

/** Prints and writes the report of a run. */
function tellResult(result: RunResult, session: AdminSession, options: Options): Report {
  const known = [new URL(session.instanceUrl).host, session.username, ...result.hosts];
  const report = reportOf(result, known, new Date());
  console.log(asTable(report));
  if (options.json !== undefined)
    writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  if (options.markdown !== undefined) writeFileSync(options.markdown, asMarkdown(report));
  return report;
}

/** Nothing is written, so that any org will do. */
async function validateAlone(sf: SfCli, session: AdminSession, options: Options): Promise<void> {
  const production = await isProduction(session);
  await mustHaveNoNamespace(session);
  const stopped = stopSignal();
  const result = await deployOnly(sf, session, ASSUMPTIONS, {
    tests: options.tests,
    production,
    stopped,
    tell: (what) => void process.stderr.write(`  validates ${what}\n`),
  });
  process.exitCode = exitCodeOf(tellResult(result, session, options), stopped);
}

async function ask(session: AdminSession, options: Options): Promise<void> {
  const production = await isMeant(session, options.production);
  await mustHaveProject(session);
  const stopped = stopSignal();
  const port = wholeNumber('receiver-port', options['receiver-port'], 65_535);
  const receiver = options.receiver === undefined ? null : { url: options.receiver, port };
  const settings = { session, production, store: options.store, receiver, env: process.env };
  const tell = (id: string): void => void process.stderr.write(`  ${id}\n`);
  const result = await runProbes(chosen(options.only), settings, { stopped, tell });
  const report = tellResult(result, session, options);
  if (report.leftBehind !== null) {
    console.error(
      `Not all could be deleted: ${report.leftBehind}. Records of this run begin with ${result.mark}.`,
    );
  }
  process.exitCode = exitCodeOf(report, stopped);
}

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) {
    console.log(usage);
    return;
  }
  const sf = SfCli.ofUser(options['target-org']);
  if (options['deploy-only']) {
    await validateAlone(sf, await AdminSession.open(sf), options);
    return;
  }
  if (options.tests) throw new Error('--tests goes with --deploy-only.');
  const assumptions = chosen(options.only);
  console.log(announcement(assumptions));
  if (options['dry-run']) {
    for (const { id, calls } of assumptions.filter(isProbed)) console.log(`  ${id}: ${calls}`);
    return;
  }
  await ask(await AdminSession.open(sf), options);
}

main().catch(reportFailure);
