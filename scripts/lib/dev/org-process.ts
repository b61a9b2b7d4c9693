/** The org of `npm run dev`: it keeps its records, who may sign in and the key of the shop when it starts again. */
import { writeFileSync } from 'node:fs';

import { createOrg } from '../../../local/org/org.ts';
import { reportFailure } from '../../../local/shared/failure.ts';
import { stopSignal } from '../../../local/shared/stop-signal.ts';
import { AdminSession } from '../install/admin-session.ts';
import { principalAnswer, setStoreKeys, storeKeys } from '../install/store-keys.ts';
import { given, type OrgFacts } from './org-facts.ts';

/** Its file keeps no secrets: the key of the shop is gone with the process that was given it. */
async function giveKeysAgain(session: AdminSession): Promise<void> {
  const { status } = await principalAnswer(session, 'Woo_Store');
  // Before the first deploy there is no place for them.
  if (status !== 200) return;
  await setStoreKeys(
    session,
    'Woo_Store',
    storeKeys(given('consumerKey'), given('consumerSecret')),
  );
}

async function main(): Promise<void> {
  const org = createOrg({
    file: given('file'),
    clientId: given('clientId'),
    clientSecret: given('clientSecret'),
    report: console.error,
    asksApexLs: true,
  });
  const url = await org.listen(Number(given('port')));
  await giveKeysAgain(new AdminSession(url, org.adminUsername, org.adminToken));
  const { adminToken, integrationUsername, repToken, repUsername } = org;
  const facts: OrgFacts = { url, adminToken, integrationUsername, repToken, repUsername };
  writeFileSync(given('facts'), JSON.stringify(facts), { mode: 0o600 });
  stopSignal().addEventListener('abort', () => {
    org.close().catch(reportFailure);
  });
  console.log(`Salesforce org: ${url}`);
}

main().catch(reportFailure);
