import { afterAll, beforeAll, expect } from 'vitest';
import { createOrg, type Org } from '../../http/org.ts';
import { SfSandbox } from '../../metadata/test/sf-cli.ts';
import { statement } from './statement.ts';

let org: Org;
let sf: SfSandbox;

beforeAll(async () => {
  org = createOrg();
  const url = await org.listen(0);
  sf = await SfSandbox.create();
  const login = ['org', 'login', 'access-token', '--instance-url', url, '--no-prompt'];
  const { exitCode } = await sf.run([...login, '--alias', 'local'], {
    SF_ACCESS_TOKEN: org.adminToken,
  });
  expect(exitCode).toBe(0);
}, 120_000);

afterAll(async () => {
  await org.close();
  await sf.remove();
});

statement(
  '`sf apex get test` and `sf apex run test` are refused at once, as are all who ask for events by `/cometd`.',
  async () => {
    // The CLI throws what the handshake is refused with, past its --json.
    await expect(
      sf.run(['apex', 'get', 'test', '--test-run-id', '7070000000000000AA']),
    ).rejects.toThrow('NOT_EMULATED: the local org has no Apex runtime');
    const run = await sf.run(['apex', 'run', 'test', '--class-names', 'WooGatewayTest']);
    expect([run.exitCode, run.message]).toEqual([1, expect.stringContaining('does not emulate')]);
  },
);
