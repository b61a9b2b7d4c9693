import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRecordings, recording } from '../../core/recordings.ts';
import { causes } from './deliveries.ts';
import { neverDelivered, notEmulated, shownElsewhere } from './not-replayed.ts';
import { exact, lists } from './reads.ts';
import { Replayer } from './replayer.ts';
import { stories } from './stories.ts';
import { life, reads, refusedReads, refusedWrites } from './wordpress.ts';

const replayed = [
  ...exact,
  ...lists,
  ...stories.flatMap(({ steps }) =>
    steps.map((step) => (typeof step === 'string' ? step : step.path)),
  ),
  ...[...reads, ...life].map(({ path }) => path),
  ...Object.keys(causes).map((name) => `webhooks/deliveries/${name}.json`),
];

const refused = { ...notEmulated, ...refusedReads, ...refusedWrites };

describe('every recording', () => {
  it('is replayed once, or named with the reason why it is not', () => {
    const named = [refused, shownElsewhere, neverDelivered].flatMap((list) => Object.keys(list));
    expect([...replayed, ...named].sort()).toStrictEqual(allRecordings());
  });

  it('is counted as docs/local-store.md says', () => {
    expect({
      recorded: allRecordings().length,
      replayed: replayed.length,
      shownElsewhere: Object.keys(shownElsewhere).length,
      notEmulated: Object.keys(refused).length,
      neverDelivered: Object.keys(neverDelivered).length,
    }).toStrictEqual({
      recorded: 535,
      replayed: 506,
      shownElsewhere: 8,
      notEmulated: 20,
      neverDelivered: 1,
    });
  });
});

describe('what is not emulated is refused', () => {
  let replayer: Replayer;

  beforeAll(async () => {
    replayer = await Replayer.start();
  });
  afterAll(() => replayer.close());

  it.each(Object.entries(refused))('%s: %s', async (path) => {
    const { status, body } = await replayer.send(recording(path));
    expect([status, (body as { code?: string }).code]).toStrictEqual([
      501,
      'local_store_not_emulated',
    ]);
  });
});
