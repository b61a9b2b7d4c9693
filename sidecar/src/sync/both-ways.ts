import { Pushes } from './merge/pushes.ts';
import { Galleries } from './pictures/galleries.ts';
import type { PictureLinks } from './pictures/picture-book.ts';
import type { Run } from './run.ts';

/** What a run needs for records that go both ways. */
export type BothWays = Pick<Run, 'told' | 'unsettled' | 'pushes' | 'galleries' | 'links'>;

/**
 * @param told the keys that Salesforce has told of
 * @param links null where the shop cannot fetch pictures from us
 */
export function bothWays(told: ReadonlyMap<string, number>, links: PictureLinks | null): BothWays {
  return { told, links, unsettled: new Set(), pushes: new Pushes(), galleries: new Galleries() };
}

/** Brings to the shop what waits for it: text first, and pictures after. */
export async function push(run: Run): Promise<void> {
  await run.pushes.flush(run);
  if (!run.dry) await run.galleries.flush(run);
}
