/** The thread in which PGlite runs: `pglite.ts` starts it and speaks with it. */
import { setFlagsFromString } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import type { Answer, Opened, Opening, Row, Statement } from './pglite.ts';

const port = parentPort;
if (port === null) throw new Error('This file is for a thread of embedded.ts.');

// V8's optimizing compiler takes 600 MB for the largest function of PostgreSQL, a few seconds after each start.
// What its baseline compiler makes takes about a fifth more CPU time.
setFlagsFromString('--no-wasm-dynamic-tiering');
setFlagsFromString('--no-wasm-tier-up');

/** What PostgreSQL itself said last of why it does not start. */
let reason: string | null = null;

async function open({ path }: Opening): Promise<PGlite> {
  return PGlite.create(path, {
    // The default of 128 MB is all resident, and a cache for far more than our tables.
    postgresqlconf: ['shared_buffers = 16MB'],
    onStderr: (line) => {
      reason = /\b(?:FATAL|PANIC): .*/.exec(line)?.[0].replace(/\s+/g, ' ') ?? reason;
      return false;
    },
  });
}

async function answerTo(lite: PGlite, { id, sql, values }: Statement): Promise<Answer> {
  try {
    const results =
      values.length === 0 ? await lite.exec(sql) : [await lite.query(sql, [...values])];
    return { id, rows: results.flatMap(({ rows }) => rows as Row[]) };
  } catch (error) {
    // What goes from thread to thread is a copy, in which errors keep nothing but their sentence.
    const { message } = error instanceof Error ? error : new Error(String(error));
    return { id, error: Object.assign({}, error, { message }) };
  }
}

function serve(lite: PGlite): void {
  port?.on('message', (asked: Statement | 'close') => {
    // The end of the port is the end of the thread.
    if (asked === 'close')
      void lite.close().finally(() => {
        port.close();
      });
    else
      void answerTo(lite, asked).then((answer) => {
        port.postMessage(answer);
      });
  });
}

let opened: Opened;
try {
  serve(await open(workerData as Opening));
  opened = { failure: null };
} catch (error) {
  const { message } = error instanceof Error ? error : new Error(String(error));
  const errno =
    typeof error === 'object' && error !== null && 'errno' in error ? Number(error.errno) : null;
  opened = { failure: { message, reason, errno } };
}
port.postMessage(opened);
