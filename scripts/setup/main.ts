/** `npm run setup`: from an org and a shop to the first order in Salesforce. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { reportFailure } from '../../local/shared/failure.ts';
import { SfCli } from '../lib/sf.ts';
import { askValid } from './answers/ask-valid.ts';
import {
  customersIn,
  ORDERS,
  PUBLIC_ADDRESS,
  since,
  type MappingAnswers,
} from './answers/questions.ts';
import { lookFirst, type Found } from './look/everything.ts';
import { ServiceFolder } from './service/folder.ts';
import { setUp } from './set-up.ts';

const usage = `Connects an org that the Salesforce CLI is signed in to with a shop, up to the first order. Looks at both
before it writes anything, asks for what is missing, and goes on where an earlier run has stopped. An org that has
stores already keeps its configuration.

  npm run setup [-- options]

  --target-org NAME   alias or user name of the CLI's sign-in (default: the CLI's own)
  --folder PATH       takes variables, key and files of the service (default ~/woo-salesforce)
  --packaged          a package brought force-app: deploys what comes after it (docs/package.md)
  --compose           writes a file for Docker Compose with PostgreSQL instead of a systemd unit

Asked for, or taken from the environment. Without a terminal the last five have these defaults:

  WOO_STORE_URL       address of the shop, such as https://shop.example.com
  WOO_CONSUMER_KEY    key of WooCommerce's REST API with Read/Write, ck_…
  WOO_CONSUMER_SECRET its secret, cs_…; neither is shown, or kept anywhere but in the org
  WOO_ORDERS          when orders arrive: completed (default), processing (once paid) or every (at once,
                      but for drafts of the checkout)
  WOO_CUSTOMERS       what they become: accounts (contact and account; default), persons or contacts
  WOO_SINCE           how far back orders go: all (default), a number of days, or a day such as 2026-01-01
  PUBLIC_URL          where the shop reaches the service; none by default: it asks the shop every minute
  WOO_FIRST_LOAD      yes or no, after the dry run (default no)

Never asked for:

  WOO_SYNC_USERNAME   user name of the integration user; one is made where it is not there
  SIDECAR_SECRET, DATABASE_URL, DATA_DIR, SF_JWT_AUDIENCE
                      as the service is to have them (docs/operate.md, docs/connect.md)
  WOO_APP_USER, WOO_APP_PASSWORD
                      a WordPress user and an application password of it, where posts, users or other content of
                      WordPress are mapped (docs/content.md)
  SF_CLIENT_ID        consumer key of an app that was made by hand
`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      'target-org': { type: 'string' },
      folder: { type: 'string', default: join(homedir(), 'woo-salesforce') },
      packaged: { type: 'boolean', default: false },
      compose: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return values;
}

/** @returns null where the org keeps its configuration, and says so to who has given an answer for another */
async function askMappings({ org }: Found): Promise<MappingAnswers | null> {
  const questions = [ORDERS, customersIn(org.hasPersons), since(new Date())] as const;
  if (org.store === null) {
    const [orders, customers, first] = questions;
    return {
      orders: await askValid(orders),
      customers: await askValid(customers),
      since: await askValid(first),
    };
  }
  const given = questions.filter(({ variable }) => (process.env[variable] ?? '') !== '');
  for (const { variable } of given)
    console.log(
      `${variable} changes nothing, since the org keeps its mappings: docs/mapping.md says how to change them.`,
    );
  return null;
}

/** Asked for once: an earlier answer is in the folder. */
async function publicUrl(folder: ServiceFolder): Promise<string | null> {
  const isAnswered = process.env['PUBLIC_URL'] === undefined && folder.hasAnswers();
  return isAnswered ? (folder.env()['PUBLIC_URL'] ?? null) : askValid(PUBLIC_ADDRESS);
}

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) {
    console.log(usage);
    return;
  }
  const folder = new ServiceFolder(resolve(options.folder));
  const { packaged, compose } = options;
  const found = await lookFirst(SfCli.ofUser(options['target-org']), folder, packaged);
  for (const note of found.notes) console.log(note);
  const mappings = await askMappings(found);
  await setUp({ found, folder, mappings, publicUrl: await publicUrl(folder), packaged, compose });
}

main().catch(reportFailure);
