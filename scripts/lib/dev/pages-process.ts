/** The Lightning pages of `npm run dev`: they start again when the org has, which ends the session that they use. */
import { pathToFileURL } from 'node:url';

import { reportFailure } from '../../../local/shared/failure.ts';
import { stopSignal } from '../../../local/shared/stop-signal.ts';
import { PagesOfTwo } from '../lightning.ts';
import { given, readOrgFacts } from './org-facts.ts';

async function main(): Promise<void> {
  // Imported as well, as `node --watch` watches what is imported.
  await import(pathToFileURL(given('facts')).href, { with: { type: 'json' } });
  const { url, ...tokens } = readOrgFacts(given('facts'));
  const pages = new PagesOfTwo(url, tokens, console.error);
  const ports = { admin: Number(given('port')), rep: Number(given('repPort')) };
  const { admin, rep } = await pages.listen(ports);
  stopSignal().addEventListener('abort', () => {
    pages.close().catch(reportFailure);
  });
  console.log(`Lightning pages: ${admin}, for the sales rep: ${rep}`);
}

main().catch(reportFailure);
