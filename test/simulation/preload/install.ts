/**
 * `node --import` of the simulator: time, timers, chance and network of the whole process, before anything else is
 * imported. The product does not know.
 */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { isMainThread } from 'node:worker_threads';

import { bytes, next, uuid } from './chance.ts';
import { installClock } from './clock.ts';
import { installNetwork } from './network.ts';

process.env['TZ'] = 'UTC';
// A thread of the state's folder is a part of the machine, as a server of PostgreSQL is.
if (isMainThread) {
  Object.assign(Math, { random: next });
  Object.assign(crypto, { randomBytes: bytes, randomUUID: uuid });
  Object.assign(globalThis.crypto, { randomUUID: uuid });
  installClock();
  installNetwork();
  syncBuiltinESMExports();
}
