import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { reportFailure } from '../shared/failure.ts';
import { sharingOf, type SharingDefaults } from './access/sharing/sharing-defaults.ts';
import type { OrgFeatures } from './model/features.ts';
import { stopSignal } from '../shared/stop-signal.ts';
import { wholeNumber } from '../shared/whole-number.ts';
import { createOrg, type Org } from './org.ts';
import { userDomain, USUAL_PORT } from './user-domain.ts';

const usage = `Starts a Salesforce org on this machine.

  npm run org -- [--port 8090] [--host 127.0.0.1] [--file org.sqlite]
                 [--session-seconds 7200] [--daily-limit 100000] [--jwt-certificate server.crt]
                 [--person-accounts] [--state-country-picklists] [--translations]
                 [--no-duplicate-rules] [--no-client-apps] [--sharing Account=Private]

  --port              where it listens; 0 takes a free port
  --host              address it binds to
  --file              keeps the org in this SQLite file; without it the org is gone when it stops
  --session-seconds   how long a sign-in lasts
  --daily-limit       API calls until the org answers 403 REQUEST_LIMIT_EXCEEDED
  --jwt-certificate   certificate or public key (PEM) whose private key may sign in by JWT bearer
  --person-accounts   accounts can be persons
  --state-country-picklists
                      states and countries of addresses come from lists, with codes
  --translations      Translation Workbench is on: translations can be deployed
  --no-duplicate-rules
                      the duplicate rules of a new org are inactive
  --no-client-apps    nobody may deploy the OAuth settings of external client apps
  --sharing           organization-wide default of a standard object: Private, Read, ReadWrite or
                      ControlledByParent; once for each object
`;

interface Settings {
  readonly port: number;
  readonly host: string;
  readonly file: string | undefined;
  readonly sessionSeconds: number;
  readonly dailyLimit: number;
  readonly certificate: string | undefined;
  readonly features: OrgFeatures;
  readonly duplicateRules: boolean;
  readonly sharing: SharingDefaults;
}

function readCertificate(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  try {
    const pem = readFileSync(file, 'utf8');
    createPublicKey(pem);
    return pem;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const needed = 'give the file of a certificate or public key in PEM form';
    throw new Error(`--jwt-certificate ${file} cannot be used: ${needed} (${why}).`, { cause });
  }
}

/** @returns undefined when only the usage was asked for */
function readSettings(args: readonly string[]): Settings | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: String(USUAL_PORT) },
      host: { type: 'string', default: '127.0.0.1' },
      file: { type: 'string' },
      'session-seconds': { type: 'string', default: '7200' },
      'daily-limit': { type: 'string', default: '100000' },
      'jwt-certificate': { type: 'string' },
      'person-accounts': { type: 'boolean', default: false },
      'state-country-picklists': { type: 'boolean', default: false },
      translations: { type: 'boolean', default: false },
      'no-duplicate-rules': { type: 'boolean', default: false },
      'no-client-apps': { type: 'boolean', default: false },
      sharing: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  return {
    port: wholeNumber('--port', values.port, 65_535),
    host: values.host,
    file: values.file,
    sessionSeconds: wholeNumber('--session-seconds', values['session-seconds'], 1_000_000_000),
    dailyLimit: wholeNumber('--daily-limit', values['daily-limit'], 1_000_000_000),
    certificate: readCertificate(values['jwt-certificate']),
    features: {
      personAccounts: values['person-accounts'],
      statePicklists: values['state-country-picklists'],
      translations: values.translations,
      clientAppsBlocked: values['no-client-apps'],
    },
    duplicateRules: !values['no-duplicate-rules'],
    sharing: sharingOf(values.sharing),
  };
}

function welcome(org: Org, url: string): string {
  return `Local org: ${url}  (stop with Ctrl+C)

Sign in with the Salesforce CLI, as ${org.adminUsername}:

  SF_ACCESS_TOKEN='${org.adminToken}' \\
    npx sf org login access-token --instance-url ${url} --no-prompt --alias local

  Then, for example:
  export WOO_STORE_URL=https://shop.example WOO_SYNC_USERNAME=${org.integrationUsername}
  export WOO_SYNC_ENDPOINT=https://woo-sync.invalid/salesforce/outbound/REPLACE_TOKEN # or where your sidecar takes messages
  npx sf project deploy start --target-org local -d force-app -d config/org
  npx sf org assign permset --name Woo_Admin --name Woo_Store_Keys --target-org local
  npx sf org assign permset --name Woo_Integration --name Woo_Store_Keys --on-behalf-of ${org.integrationUsername} --target-org local
  npx sf org assign permset --name Woo_Sales --on-behalf-of ${org.repUsername} --target-org local
  npx sf data query --query "SELECT Name, Status__c, Total__c FROM Woo_Order__c" --target-org local

  To keep it away from your real logins and from the network, set these first:
  export HOME="$(mktemp -d)" SF_DISABLE_TELEMETRY=true SF_DISABLE_AUTOUPDATE=true SF_SKIP_NEW_VERSION_CHECK=true SF_USE_GENERIC_UNIX_KEYCHAIN=true

See the Lightning pages as the administrator, or as ${org.repUsername}, who is a sales rep:

  npm run lightning -- --org ${url} --token '${org.adminToken}'
  npm run lightning -- --org ${url} --token '${org.repToken}' --port 8098

For the sidecar (client credentials, signs in as ${org.integrationUsername}):

  SF_LOGIN_URL=${url}
  SF_CLIENT_ID=${org.clientId}
  SF_CLIENT_SECRET=${org.clientSecret}

API calls so far: ${url}/local/requests
Outbound messages: ${url}/local/outbound
`;
}

async function start(settings: Settings): Promise<void> {
  const { port, host, file, certificate, ...rest } = settings;
  const org = createOrg({
    ...(file === undefined ? {} : { file }),
    ...(certificate === undefined ? {} : { certificate }),
    ...rest,
    userDomain: userDomain(settings),
    asksApexLs: true,
    report: (line) => {
      console.error(line);
    },
  });
  const url = await org.listen(port, host);
  stopSignal().addEventListener('abort', () => {
    org.close().catch(reportFailure);
  });
  console.log(welcome(org, url));
}

try {
  const settings = readSettings(process.argv.slice(2));
  if (settings) await start(settings);
  else console.log(usage);
} catch (error) {
  reportFailure(error);
}
