import { createServer } from 'node:http';

import { afterEach, describe, expect, it, vi } from 'vitest';

import { startListening, stopListening } from '../../../local/shared/listener.ts';
import { SfCli, type Ran } from '../sf.ts';
import { AdminSession } from './admin-session.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A CLI that answers so. What it says of an org that it does not know was seen of the real one. */
class Answering extends SfCli {
  override run(): Promise<Ran> {
    const answer = {
      name: 'NoDefaultEnvError',
      message: 'No default environment found. Use -o or --target-org to specify an environment.',
    };
    return Promise.resolve({ code: 1, stdout: JSON.stringify(answer), stderr: '' });
  }
}

describe('an org that the CLI does not know', () => {
  it('is named, and not taken for one that was left out', async () => {
    const opened = AdminSession.open(new Answering('/nowhere', { SF_TARGET_ORG: 'prdo' }));
    await expect(opened).rejects.toThrow(
      'The Salesforce CLI is not signed in to the target org "prdo" (sf org display: it has no such alias or user name). Give a name that npx sf org list shows, or sign in with npx sf org login web --alias prdo.',
    );
  });

  it('is asked for where none was named', async () => {
    await expect(AdminSession.open(new Answering('/nowhere'))).rejects.toThrow(
      /No default environment found.*Sign in with npx sf org login web, and name the org with --target-org\.$/,
    );
  });
});

it('names an org that does not answer, and why', async () => {
  const server = createServer();
  const url = await startListening(server, 0, '127.0.0.1');
  await stopListening(server);
  const session = new AdminSession(url, 'admin@example.com', 'a-token');
  await expect(session.request('GET', '/services/data')).rejects.toThrow(
    `The org at ${url} does not answer (ECONNREFUSED). Check that it is there`,
  );
  const signal = AbortSignal.abort(new Error('Stopped.'));
  await expect(session.request('GET', '/', undefined, { signal })).rejects.toThrow('Stopped.');
});

describe('the name of an org', () => {
  it.each(['', ' '])('is not blank, for which the CLI takes its default: %j', (name) => {
    expect(() => SfCli.ofUser(name)).toThrow('The name of the org is empty');
  });

  it('is left out for the default, or as the environment has it', () => {
    vi.stubEnv('SF_TARGET_ORG', undefined);
    expect(SfCli.ofUser(undefined).targetOrg).toBeUndefined();
    expect(SfCli.ofUser('prod').targetOrg).toBe('prod');
    vi.stubEnv('SF_TARGET_ORG', 'mine');
    expect(SfCli.ofUser(undefined).targetOrg).toBe('mine');
  });
});
