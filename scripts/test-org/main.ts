/** `npm run test:org`: the journeys that run here against the local org, against any org. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { Connection } from 'jsforce';

import { reportFailure } from '../../local/shared/failure.ts';
import { stopSignal } from '../../local/shared/stop-signal.ts';
import { AdminSession } from '../lib/install/admin-session.ts';
import { root, run, SfCli } from '../lib/sf.ts';
import { mustBeJourneys, mustBeSmall, SMALL_ORDERS, smallJourneys } from './journey-files.ts';
import { MOST_ORDERS, mustBeFree } from './must-be-free.ts';
import { environmentOf, serviceSignIn, type OrgUnderTest } from './org-under-test.ts';
import { OwnTraces } from './own-traces.ts';
import { mustHaveRoom } from './room.ts';

const usage = `Runs the journeys: first backfill, refund, edits both ways, images, commands, issue and retry, kill. Without
--target-org in local orgs, as npm test does; else in that org, with a shop and a service on this machine, which need
no public address. The org must be for tests: the records of its store main are made, changed and deleted, and its
setup is changed meanwhile. All of it is taken back at the end, also after Ctrl-C; what a run that was killed has left,
the next one takes back first.

  npm run test:org [-- options] [-- part of a file's name …]

  --target-org NAME  alias or user name of the CLI's sign-in
  --production       also in a production org
  --small            leaves out what does not fit into 5 MB of data storage, as a Developer Edition org has
  --json FILE        writes the report as JSON
  --clean            only takes back what a run that was killed has left

  SF_LOGIN_URL, SF_CLIENT_ID, SF_CLIENT_SECRET (or another sign-in of the sidecar)
                     as whom the service signs in; the CLI's own session when left out
`;

function readOptions() {
  return parseArgs({
    allowPositionals: true,
    options: {
      'target-org': { type: 'string' },
      production: { type: 'boolean', default: false },
      small: { type: 'boolean', default: false },
      json: { type: 'string' },
      clean: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
}

/** @returns the exit code of vitest */
async function journeys(
  names: readonly string[],
  json: string | undefined,
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const report = json === undefined ? [] : ['--reporter', 'json', '--outputFile', json];
  const args = ['run', '--project', 'org', '--reporter', 'verbose', ...report, ...names];
  return (await run('vitest', args, { env, show: 'all' })).code;
}

async function main(): Promise<void> {
  const { values, positionals } = readOptions();
  if (values.help) {
    console.log(usage);
    return;
  }
  const alias = values['target-org'];
  if (values.clean && alias === undefined)
    throw new Error('--clean needs --target-org: what is in local orgs is gone with them.');
  mustBeJourneys(positionals);
  if (values.small) mustBeSmall(positionals);
  const names = values.small && positionals.length === 0 ? smallJourneys : positionals;
  process.exitCode =
    alias === undefined
      ? await journeys(names, values.json, {})
      : await inOrg(alias, values, names);
}

async function inOrg(
  alias: string,
  { production, small, json, clean }: ReturnType<typeof readOptions>['values'],
  names: readonly string[],
): Promise<number> {
  const session = await AdminSession.open(SfCli.ofUser(alias));
  const { instanceUrl, username, accessToken } = session;
  console.log(`Org: ${instanceUrl}, as ${username}`);
  const org: OrgUnderTest = {
    instanceUrl,
    username,
    accessToken,
    service: serviceSignIn(process.env, session),
    folder: join(root, '.local', 'test-org', new URL(instanceUrl).host.replace(':', '-')),
  };
  const connection = new Connection({ instanceUrl, accessToken, version: '66.0' });
  const traces = new OwnTraces(org, session, connection);
  const { areThere } = traces;
  if (areThere) {
    traces.begin();
    console.log('Taking back what an earlier run has left …');
    await traces.remove();
    traces.end();
  }
  if (clean) {
    console.log(areThere ? 'All is taken back.' : 'No run has left anything in this org.');
    return 0;
  }
  const orders = small ? SMALL_ORDERS : MOST_ORDERS;
  await mustHaveRoom(session, orders);
  await mustBeFree(session, production, orders);
  traces.begin();
  // Ctrl-C reaches vitest too; what is left is to clean up.
  stopSignal();
  const code = await journeys(names, json, environmentOf(org));
  console.log('Taking back what the journeys have made …');
  await traces.remove();
  traces.end();
  return code;
}

main().catch(reportFailure);
