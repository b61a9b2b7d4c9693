import { RESOURCES } from '../mapping/model/resources.ts';
import type { ChangeQueue, HeldChange } from '../ports/change-queue.ts';
import { editableIn } from '../ports/change-for.ts';
import type { ChangeEvent } from '../ports/change.ts';
import { isOfChange } from '../ports/held-mappings.ts';
import type { StoreSetup } from '../ports/setup.ts';
import type { TwoWayState } from '../ports/two-way-state.ts';

type Held = Pick<StoreSetup, 'held'>;

/**
 * Which of the changes that were worked on wait for held mappings. Of what can go back Salesforce is asked
 * then: it may be where they were changed, and a mapping that runs has settled that for itself.
 */
export async function waitingForHeld(
  { held }: Held,
  twoWay: Pick<TwoWayState, 'markDirty'>,
  changes: readonly ChangeEvent[],
): Promise<readonly HeldChange[]> {
  const waiting = held.flatMap((one) =>
    changes
      .filter(({ resource }) => isOfChange(one, resource))
      .map(({ resource, key }): HeldChange => ({ resource, key, mapping: one.name })),
  );
  const both = new Set(held.filter(mayGoBack).map(({ name }) => name));
  const edited = waiting.filter(({ mapping }) => both.has(mapping));
  await twoWay.markDirty([...new Set(editableIn(edited))]);
  return waiting;
}

/** One of which nobody knows what it is of may. */
function mayGoBack({ resource }: Held['held'][number]): boolean {
  return resource === null || RESOURCES[resource].goesBack;
}

/** Queues the changes again whose mapping was mended, switched off or deleted. */
export async function queueMended(
  queue: Pick<ChangeQueue, 'queueHeld'>,
  { store, held }: Held & { readonly store: { readonly key: string } },
): Promise<void> {
  await queue.queueHeld(
    store.key,
    held.map(({ name }) => name),
  );
}
