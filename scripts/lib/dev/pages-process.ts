/** The Lightning pages of `npm run dev`: they start again when the org has, which ends the session that they use. */
import { pathToFileURL } from 'node:url';

import { createHost } from '../../../local/lightning/host.ts';
import { reportFailure } from '../../../local/shared/failure.ts';
import { stopSignal } from '../../../local/shared/stop-signal.ts';
import { given, readOrgFacts } from './org-facts.ts';

async function main(): Promise<void> {
  // Imported as well, as `node --watch` watches what is imported.
  await import(pathToFileURL(given('facts')).href, { with: { type: 'json' } });
  const { url: org, adminToken: token } = readOrgFacts(given('facts'));
  const host = createHost({ org, token, report: console.error });
  console.log(`Lightning pages: ${await host.listen(Number(given('port')))}`);
  stopSignal().addEventListener('abort', () => {
    host.close().catch(reportFailure);
  });
}

main().catch(reportFailure);
