/** The org of `npm run dev`: it keeps its records, and who may sign in, when it starts again. */
import { writeFileSync } from 'node:fs';

import { createOrg } from '../../../local/org/org.ts';
import { reportFailure } from '../../../local/shared/failure.ts';
import { stopSignal } from '../../../local/shared/stop-signal.ts';
import { given, type OrgFacts } from './org-facts.ts';

async function main(): Promise<void> {
  const org = createOrg({
    file: given('file'),
    clientId: given('clientId'),
    clientSecret: given('clientSecret'),
    report: console.error,
  });
  const url = await org.listen(Number(given('port')));
  const { adminToken, integrationUsername, repToken, repUsername } = org;
  const facts: OrgFacts = { url, adminToken, integrationUsername, repToken, repUsername };
  writeFileSync(given('facts'), JSON.stringify(facts), { mode: 0o600 });
  console.log(`Salesforce org: ${url}`);
  stopSignal().addEventListener('abort', () => {
    org.close().catch(reportFailure);
  });
}

main().catch(reportFailure);
