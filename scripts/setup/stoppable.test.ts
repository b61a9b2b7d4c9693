import { existsSync } from 'node:fs';

import { expect, it } from 'vitest';

import { inPrivateFolder } from '../lib/connect/private-folder.ts';
import { run } from '../lib/sf.ts';
import { stoppable } from './stoppable.ts';

const SENTENCE = 'Stopped. Run it again: it goes on from here.';
// Says that it runs, and when it is told to end whether its folder is still there.
const PROGRAM = `
  process.once('SIGTERM', () => {
    console.log('has its folder: ' + require('node:fs').existsSync(process.argv[1]));
    process.exit(1);
  });
  setInterval(() => undefined, 1000);
  console.log('runs');`;

it('ends a program first, and removes its folder then', async () => {
  const lines: string[] = [];
  let left = '';
  const work = stoppable((stopped) =>
    inPrivateFolder((folder) => {
      left = folder;
      const onLine = (line: string): void => {
        lines.push(line);
        if (line === 'runs') process.emit('SIGINT', 'SIGINT');
      };
      return run('node', ['-e', PROGRAM, folder], { cwd: folder, onLine, stopped });
    }),
  );
  await expect(work).rejects.toThrow(SENTENCE);
  expect(lines).toEqual(['runs', 'has its folder: true']);
  expect(existsSync(left)).toBe(false);
  process.removeAllListeners('SIGINT');
});

it('says so too where the work has failed by that, or was done just then', async () => {
  const failed = stoppable(() => {
    process.emit('SIGTERM', 'SIGTERM');
    return Promise.reject(new Error('ENOENT'));
  });
  await expect(failed).rejects.toThrow(SENTENCE);
  const done = stoppable(() => {
    process.emit('SIGTERM', 'SIGTERM');
    return Promise.resolve();
  });
  await expect(done).rejects.toThrow(SENTENCE);
  process.removeAllListeners('SIGTERM');
});

it('leaves other failures, and no listener, where nobody stopped it', async () => {
  const before = process.listenerCount('SIGINT');
  await expect(stoppable(() => Promise.reject(new Error('ENOENT')))).rejects.toThrow('ENOENT');
  expect(await stoppable(() => Promise.resolve(1))).toBe(1);
  expect(process.listenerCount('SIGINT')).toBe(before);
});
