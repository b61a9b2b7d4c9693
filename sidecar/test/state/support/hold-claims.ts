/** Opens a queue, takes a lease and all orders that there are, says how many and stays: for tests that kill it. */
import { Secret } from '../../../src/lib/secret.ts';
import { openQueue } from '../../../src/state/queue/queue.ts';
import { openState } from '../../../src/state/state.ts';

const [kind = '', place = '', store = ''] = process.argv.slice(2);
const state = await openState(
  kind === 'directory' ? { kind, path: place } : { kind: 'postgres', url: new Secret(place) },
);
const queue = await openQueue(state, {
  onProblem: (problem) => {
    process.stderr.write(`${problem}\n`);
  },
});
const jobs = await queue.queue.claim({ store, resource: 'order' }, 1000);
await queue.leases.acquire(`sweep ${store}`, 3600);
process.stdout.write(`${String(jobs.length)}\n`);
setInterval(() => undefined, 60_000);
