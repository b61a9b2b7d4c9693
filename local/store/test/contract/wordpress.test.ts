import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recording } from '../../core/recordings.ts';
import type { Recording } from '../../core/recordings.ts';
import { testKey } from '../client.ts';
import { differences } from './differences.ts';
import { Replayer } from './replayer.ts';
import { asked, life, MADE, passwords, reads } from './wordpress.ts';

const now = (): number => Date.parse('2026-11-28T11:41:00Z') / 1000;
let replayer: Replayer;

beforeAll(async () => {
  const credentials = { keys: [testKey], applicationPasswords: passwords };
  replayer = await Replayer.start({ credentials, now });
  // The recorded site had no shop, and so no buyers and no images of products.
  const { customers, media } = replayer.client.store.shop;
  for (const { id } of Array.from(customers.all())) customers.remove(id);
  for (const { id } of [...media.all.all()].filter((entry) => entry.id < 5001)) media.remove(id);
});
afterAll(() => replayer.close());

/** The id of the event that is made here stands in queries too. */
function withOwnId(recorded: Recording): Recording {
  const own = `include=${replayer.own(MADE)}`;
  const query = recorded.request.query.replace(`include=${MADE}`, own);
  return { ...recorded, request: { ...recorded.request, query } };
}

describe.each([
  ['of its content', reads],
  ['after changes', life],
])('what WordPress shows %s', (_title, steps) => {
  it.each(steps)('$path', async ({ path, before, but = {} }) => {
    await before?.(replayer);
    const recorded = withOwnId(recording(path));
    replayer.client.store.hosting.production = asked(recorded).environment === 'production';
    const answer = await replayer.send(recorded, asked(recorded).headers);
    expect(differences(recorded.response, answer)).toStrictEqual(Object.keys(but));
  });
});
