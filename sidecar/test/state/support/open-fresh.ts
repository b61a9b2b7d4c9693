/** A process that opens a state in a directory, uses it and prints its peak of memory in MB: `data-directory.test.ts` starts it. */
import { readFileSync } from 'node:fs';
import { openQueue } from '../../../src/state/queue/queue.ts';
import { openState } from '../../../src/state/state.ts';

const state = await openState({ kind: 'directory', path: process.argv[2] ?? '' });
const queue = await openQueue(state, { onProblem: () => undefined });
const lane = { store: 'main', resource: 'order' } as const;
for (let round = 1; round <= 40; round += 1) {
  await queue.queue.add([{ resource: 'order', key: `main:${round}` }]);
  const jobs = await queue.queue.claim(lane, 10);
  await queue.queue.finish({ jobs, failures: [], seen: [], followUps: [] });
}
await queue.close();
await state.close();
const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
process.stdout.write(`${Math.round(Number(kilobytes) / 1024)}\n`);
