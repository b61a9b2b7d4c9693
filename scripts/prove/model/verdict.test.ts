import { expect, it } from 'vitest';

import { isSame, shown } from './verdict.ts';

it('tells answers apart that look the same as far as they are shown', () => {
  const ids = Array.from({ length: 100 }, (_, at) => 1000 + at);
  const turned = [...ids.slice(0, 98), 1099, 1098];
  expect(shown(turned)).toBe(shown(ids));
  expect(isSame(turned, ids)).toBe(false);
});
