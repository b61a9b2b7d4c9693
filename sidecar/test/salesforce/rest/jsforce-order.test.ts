import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const session = join(import.meta.dirname, '../../../src/salesforce/rest/current-session.ts');

it('the session leaves jsforce whole for whoever imports it later in the same process', () => {
  // In a process of its own: here another test may have loaded jsforce before.
  const script = `
    await import(${JSON.stringify(session)});
    const { Connection } = await import('jsforce');
    console.log(typeof new Connection({}).metadata.retrieve);
  `;
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });
  expect(said.trim()).toBe('function');
});
