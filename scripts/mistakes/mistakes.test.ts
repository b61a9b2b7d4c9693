import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { root } from '../lib/sf.ts';
import { MISTAKES } from './all.ts';
import { withMistake } from './mistake.ts';

describe('mistakes that are made to see whether a test notices', () => {
  it.each(MISTAKES.map((mistake) => [mistake.name, mistake] as const))(
    '%s can be made in the sources as they are, and the tests that are to notice it are there',
    (_, mistake) => {
      const source = readFileSync(join(root, 'sidecar/src', mistake.file), 'utf8');
      expect(withMistake(source, mistake)).not.toBe(source);
      expect([...mistake.guards, ...(mistake.harmless ? ['harmless'] : [])].length).toBeLessThan(2);
      const guards = mistake.guards.map((path) => join(root, 'sidecar/test', path));
      expect(guards.filter((path) => !existsSync(path))).toEqual([]);
    },
  );

  it('are noticed by a test, or do no harm', () => {
    const open = MISTAKES.filter(({ guards, harmless }) => guards.length === 0 && !harmless);
    expect(open.map(({ name }) => name)).toEqual([]);
  });

  it('have each a name of its own', () => {
    const names = MISTAKES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
