import { expect, test } from 'vitest';

import { crowdedFolders } from './lib/checks/crowded-folders.ts';
import { run } from './lib/sf.ts';

test('no folder has more than twenty-five source files', async () => {
  expect(await run('node', ['scripts/lint-folders.ts'])).toMatchObject({ code: 0, stderr: '' });
});

test('a twenty-sixth file is seen, and files of tests are not counted', () => {
  const files = (count: number) =>
    Array.from({ length: count }, (_, at) => `local/store/http/file-${at}.ts`);
  const others = [
    'local/store/http/test/a.ts',
    'local/store/http/b.test.ts',
    'local/store/http/c.md',
  ];
  expect(crowdedFolders([...files(25), ...others])).toEqual([]);
  expect(crowdedFolders([...files(26), ...others])).toEqual([
    'local/store/http has 26 source files, and 25 are the most: move those of one matter into a folder of their own in it.',
  ]);
});
