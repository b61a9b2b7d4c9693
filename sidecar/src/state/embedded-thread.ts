/** The thread in which PGlite runs: `embedded.ts` starts it and speaks with it. */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import type { Answer, Row, Statement } from './embedded.ts';

const port = parentPort;
if (port === null) throw new Error('This file is for a thread of embedded.ts.');

// The default of 128 MB is all resident, and a cache for far more than our tables.
const lite = await PGlite.create(String(workerData), { postgresqlconf: ['shared_buffers = 16MB'] });

async function answerTo({ id, sql, values }: Statement): Promise<Answer> {
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

port.on('message', (asked: Statement | 'close') => {
  // The end of the port is the end of the thread.
  if (asked === 'close')
    void lite.close().finally(() => {
      port.close();
    });
  else
    void answerTo(asked).then((answer) => {
      port.postMessage(answer);
    });
});
port.postMessage('open');
