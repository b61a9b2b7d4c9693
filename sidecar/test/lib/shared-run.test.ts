import { expect, it } from 'vitest';

import { SharedRun } from '../../src/lib/shared-run.ts';

it('who asks while a run is under way gets one that begins afterwards, and shares it', async () => {
  const begun: PromiseWithResolvers<undefined>[] = [];
  const shared = new SharedRun(() => {
    const run = Promise.withResolvers<undefined>();
    begun.push(run);
    return run.promise;
  });
  const first = [shared.run(), shared.run()];
  await expect.poll(() => begun.length).toBe(1);
  const later = [shared.run(), shared.run()];
  begun[0]?.resolve(undefined);
  await Promise.all(first);
  await expect.poll(() => begun.length).toBe(2);
  begun[1]?.reject(new Error('the org is out'));
  await expect(Promise.all(later)).rejects.toThrow('the org is out');
  const last = shared.run();
  await expect.poll(() => begun.length).toBe(3);
  begun[2]?.resolve(undefined);
  await last;
});
