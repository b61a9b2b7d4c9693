/**
 * The least that a backfill can take: the requests of a recorded run of the sidecar, sent again with the bodies as
 * they were and the answers read and thrown away.
 */
import { payloadOf, replay } from '../lib/recording/replay.ts';
import { textOf } from '../lib/programs/sign-in.ts';

await replay(async (step, send) => {
  await textOf(await send(step, step.size === 0 ? null : payloadOf(step)));
});
