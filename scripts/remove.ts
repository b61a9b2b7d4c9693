/** `npm run remove`: takes this project out of an org that the Salesforce CLI is signed in to. */
import { parseArgs } from 'node:util';

import { reportFailure } from '../local/shared/failure.ts';
import { AdminSession } from './lib/install/admin-session.ts';
import { ask } from './lib/install/ask.ts';
import {
  described,
  leftByHand,
  lookAround,
  mustBeStopped,
  mustHaveNoApp,
  remove,
} from './lib/remove/removal.ts';
import { SfCli } from './lib/sf.ts';

const usage = `Takes this project out of an org: looks first, says what would go, and asks.

  npm run remove -- --target-org NAME [options]

  --target-org NAME  alias or user name of the CLI's sign-in
  --dry-run          says what it would do and changes nothing
  --yes              does not ask; without it and without a terminal nothing happens
  --keep-records     deletes webhooks and deactivates flows alone: objects, fields, their records and who may see them
                     stay
  --service-stopped  the service is stopped, though it reported within the last 15 minutes

Records of our objects and values of our fields are deleted with them, for good: docs/remove.md.
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      'target-org': { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      'keep-records': { type: 'boolean', default: false },
      'service-stopped': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const name = values['target-org'];
  // The CLI's default may be another org than the one that is meant, and this deletes.
  if (name === undefined) throw new Error('Name the org with --target-org. Nothing was changed.');
  const keepRecords = values['keep-records'];
  const sf = SfCli.ofUser(name);
  const session = await AdminSession.open(sf);
  console.log(`Org: ${session.instanceUrl}, as ${session.username}`);
  const removal = await lookAround(session);
  if (removal.components.length === 0 && removal.packaged.length === 0) {
    console.log('Nothing of this project is in the org.');
    return;
  }
  print(described(removal, keepRecords));
  if (values['dry-run']) return;
  if (!keepRecords) mustHaveNoApp(removal);
  if (!values['service-stopped']) await mustBeStopped(session, new Date());
  if (!values.yes) await mustBeMeant(name);
  await remove(sf, session, removal, keepRecords, { show: 'all' });
  console.log('\nDone. Left to you:');
  print(leftByHand(removal, keepRecords));
}

/** @throws Error where the name of the org is not typed */
async function mustBeMeant(name: string): Promise<void> {
  const nothing = 'Nothing was changed.';
  if (!process.stdin.isTTY)
    throw new Error(
      `Nobody is there to confirm it: run this in a terminal, or with --yes. ${nothing}`,
    );
  const text = `This cannot be undone. Type ${name} to go on`;
  const typed = await ask({ variable: 'WOO_REMOVE_ORG', text, optional: true });
  if (typed !== name) throw new Error(`That is not ${name}. ${nothing}`);
}

function print(lines: readonly string[]): void {
  for (const line of lines) console.log(`- ${line}`);
}

main().catch(reportFailure);
