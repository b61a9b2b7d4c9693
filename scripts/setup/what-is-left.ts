import { join } from 'node:path';

import type { Plan } from './plan.ts';

/** How the first load ended. */
export type LoadOutcome = 'loaded' | 'declined' | 'served';

/** What whoever sets up does next. @param hasOrders whether an earlier load has brought some */
export function whatIsLeft(
  { folder, compose }: Pick<Plan, 'folder' | 'compose'>,
  outcome: LoadOutcome,
  hasOrders: boolean,
): string {
  const where = join(folder.path, compose ? 'compose.yaml' : 'woo-salesforce.service');
  const start = `Start the service: set -a; . '${folder.envFile}'; set +a; npm start\nOn a server: ${where} says how.`;
  const declined = hasOrders
    ? 'What was loaded earlier is in the org. What the dry run found to do, if anything, comes when the service starts.'
    : 'Nothing was loaded: the service does so when it starts.';
  return {
    loaded: start,
    declined: `${declined}\n${start}`,
    served:
      'The service runs already, and loads by itself. Start it again if its variables have changed.',
  }[outcome];
}
