import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recording } from '../../core/recordings.ts';
import { testKey, testPassword } from '../client.ts';
import { differences } from './differences.ts';
import { Replayer } from './replayer.ts';
import { buyerKey, stories } from './stories.ts';
import type { Step } from './story.ts';

const keys = { keys: [testKey, buyerKey], applicationPasswords: [testPassword] };
/** The month of the recordings, which is in the addresses of images. */
const now = (): number => Date.parse('2026-11-24T22:41:23Z') / 1000;

describe.each(stories)('$title', ({ prepare, steps }) => {
  let replayer: Replayer;

  beforeAll(async () => {
    replayer = await Replayer.start({ credentials: keys, allowHosts: ['127.0.0.1'], now });
    await prepare?.(replayer);
  });
  afterAll(() => replayer.close());

  const named = steps.map((step): Step => (typeof step === 'string' ? { path: step } : step));
  it.each(named)('$path', async ({ path, before, headers, but = {} }) => {
    await before?.(replayer);
    expect(await replayer.replay(path, headers)).toStrictEqual(Object.keys(but));
  });
});

describe('a batch', () => {
  let replayer: Replayer;

  beforeAll(async () => {
    replayer = await Replayer.start();
  });
  afterAll(() => replayer.close());

  it('batch/products-101.json: more than 100 items are too many', async () => {
    const recorded = recording('batch/products-101.json');
    const update = Array.from({ length: 101 }, () => ({ id: 10 }));
    const request = { ...recorded.request, body: { update } };
    const answer = await replayer.send({ ...recorded, request });
    expect(differences(recorded.response, answer)).toStrictEqual([]);
  });
});
