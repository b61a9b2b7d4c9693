import { afterEach, expect, it, vi } from 'vitest';

import { reportEnd } from './report-end.ts';

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

it.each([
  [true, 'Stopped. Run it again: it goes on from here.', 130],
  [false, 'The CLI is not signed in.', 1],
])('of a command that was stopped: %s', (aborted, sentence, code) => {
  const said = vi.spyOn(console, 'error').mockReturnValue(undefined);
  reportEnd(new Error('The CLI is not signed in.'), { aborted });
  expect(said.mock.calls).toEqual([[sentence]]);
  expect(process.exitCode).toBe(code);
});
