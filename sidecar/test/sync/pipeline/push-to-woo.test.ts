import { expect, it } from 'vitest';
import type { PipelineRun } from '../../../src/sync/pipeline/pipeline-run.ts';
import { pushToWoo } from '../../../src/sync/pipeline/push-to-woo.ts';

/** A run that notes what it sends. */
function sending(dry: boolean) {
  const sent: string[] = [];
  const flushes = (what: string) => ({
    flush: () => {
      sent.push(what);
      return Promise.resolve([]);
    },
  });
  const run = {
    dry,
    stillDirty: new Set(['main:1', 'main:2']),
    dirty: new Map([['main:1', 1]]),
    shopUpdates: flushes('text'),
    imageImports: flushes('images of the shop'),
    imageUploads: flushes('images of Salesforce'),
    state: {
      twoWay: {
        markDirty: (keys: readonly string[]) => {
          sent.push(`reported ${keys.join()}`);
          return Promise.resolve();
        },
      },
    },
  } as unknown as PipelineRun;
  return { run, sent };
}

it('text goes before images, those of the shop come before ours go, and what is left is reported after', async () => {
  const { run, sent } = sending(false);
  await pushToWoo(run);
  expect(sent).toEqual(['text', 'images of the shop', 'images of Salesforce', 'reported main:2']);
});

it('of a dry run no image goes anywhere, and nothing is reported', async () => {
  const { run, sent } = sending(true);
  await pushToWoo(run);
  expect(sent).toEqual(['text']);
});
