import { createServer } from 'node:http';

import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { startListening, stopListening } from '../../local/shared/listener.ts';
import { SfCli, type Ran } from '../lib/sf.ts';
import { fill } from './fill.ts';
import { reasonsIn } from './sample-data.ts';

/** An org whose store main is a shop elsewhere: nothing is deployed into it. */
const server = createServer((_, response) => {
  const records = [{ URL__c: 'https://elsewhere.example' }];
  response.end(JSON.stringify({ totalSize: 1, records }));
});
let instanceUrl: string;

/** A CLI that is signed in there. */
class SignedIn extends SfCli {
  readonly asked: string[] = [];

  override run(args: readonly string[]): Promise<Ran> {
    this.asked.push(args.join(' '));
    const result = { instanceUrl, username: 'admin@example.com', accessToken: 'a-token' };
    return Promise.resolve({ code: 0, stdout: JSON.stringify({ result }), stderr: '' });
  }
}

let sf: SignedIn;

beforeEach(async () => {
  instanceUrl = await startListening(server, 0, '127.0.0.1');
  sf = new SignedIn('/nowhere');
  vi.stubEnv('WOO_STORE_URL', '');
  vi.spyOn(console, 'log').mockReturnValue(undefined);
});

afterEach(async () => {
  await stopListening(server);
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const filled = (port: string, withoutData = false) =>
  fill(
    { sf, syncUser: undefined, signsIn: () => ({}) },
    { orders: '1', 'store-port': port, 'without-data': withoutData },
    new AbortController().signal,
  );

it('names the free port that the shop has taken', async () => {
  await expect(filled('0')).rejects.toThrow(/, not http:\/\/127\.0\.0\.1:[1-9]\d+\. Nothing was/);
});

it('asks nothing of the org where the port is taken', async () => {
  await expect(filled(new URL(instanceUrl).port)).rejects.toThrow('is taken by another program');
  expect(sf.asked).toEqual([]);
});

it('needs no port where no shop is started, and knows no free one', async () => {
  const { port } = new URL(instanceUrl);
  await expect(filled(port, true)).rejects.toThrow(`, not http://127.0.0.1:${port}. Nothing was`);
  await expect(filled('0', true)).rejects.toThrow('give the port where yours will listen');
});

it('says why data is missing', () => {
  const said = (message: string) => ({ message, cure: `Mend ${message}` });
  const list = { ...said('list.'), list: 'orders', code: 'WOO_UNREACHABLE' } as const;
  const loaded = {
    results: [{ store: 'main', mappings: [], lists: [list], before: [] }],
    problems: [said('mapping.')],
    storeProblems: [said('store.')],
  };
  expect(reasonsIn(loaded)).toEqual([
    'store. Mend store.',
    'mapping. Mend mapping.',
    'list. Mend list.',
  ]);
});
