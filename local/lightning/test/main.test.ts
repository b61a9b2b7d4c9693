import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { endCommands, startCommand } from '../../test/command.ts';

const script = join(import.meta.dirname, '..', 'main.ts');

afterEach(endCommands);

test.each([
  [[], '--token is missing: give an access token, which "npm run org" prints.'],
  [['--token', 't', '--port', 'x'], '--port is "x": give a whole number from 0 to 65535.'],
  [['--token', 't', '--language', 'xx'], 'There is no translation into "xx"'],
  [['--token', 't', '--org', 'x'], 'The org\'s address is "x"'],
  [['--nothing'], '--help lists the options.'],
])('%j is refused with a sentence', async (args, sentence) => {
  const command = startCommand(script, args);
  expect(await command.ended).toBe(1);
  expect(command.output()).toContain(sentence);
});

test('--help lists the options', async () => {
  const command = startCommand(script, ['--help']);
  expect(await command.ended).toBe(0);
  expect(command.output()).toContain('--component');
});
