/** In a thread beside the tests: kills the process where a test with a mutant does not end. */
import { appendFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

import type { Watched } from './watch.ts';

const { shared, events } = workerData as { shared: SharedArrayBuffer; events: string };
const watched = new Float64Array(shared);
let now: Watched | null = null;

parentPort?.on('message', (message: Watched | null) => {
  now = message;
});
setInterval(() => {
  const seconds = process.cpuUsage();
  const [turns = 0] = watched;
  if (now === null) return;
  const spent = (seconds.user + seconds.system) / 1e6 - now.begun;
  if (spent < now.seconds && turns < now.turns) return;
  const { test, mutant } = now;
  appendFileSync(events, `${JSON.stringify({ kind: 'run', test, mutant, result: 'timeout' })}\n`);
  process.kill(process.pid, 'SIGKILL');
}, 200);
