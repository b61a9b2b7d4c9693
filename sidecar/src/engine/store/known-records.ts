import { changeFor } from '../../ports/change-for.ts';
import type { ChangeQueue } from '../../ports/change-queue.ts';
import type { StoreSetup } from '../../ports/setup.ts';
import { rebuildLinks, type RebuildOptions } from '../../sync/reconcile/rebuild-links.ts';

/**
 * Makes the state know the records of mappings that were off when it was loaded, as where it was lost meanwhile: what people
 * typed there must not be written over as if the records were new. All of them are looked at, for either side may have
 * changed since. Where nothing is new it is one look at the state.
 * @throws CodedError where the org cannot answer
 */
export async function learnRecords(
  parts: Pick<RebuildOptions, 'org' | 'state'> & { readonly queue: Pick<ChangeQueue, 'add'> },
  { store, mappings }: Pick<StoreSetup, 'mappings'> & { readonly store: { readonly key: string } },
): Promise<void> {
  const { org, state, queue } = parts;
  await rebuildLinks({
    org,
    state,
    mappings,
    store: store.key,
    onFound: async (links) => {
      const changes = links.flatMap(({ object, key, parentKey }) => {
        const resource = mappings.find((mapping) => mapping.object === object)?.resource;
        return (resource && changeFor(resource, key, parentKey)) ?? [];
      });
      if (changes.length > 0) await queue.add(changes, 'bulk');
    },
  });
}
