import { parseNewKey } from '../mapping/keys/new-record-key.ts';
import { type Resource, RESOURCES } from '../mapping/model/resources.ts';
import type { ChangeQueue, HeldChange } from '../ports/change-queue.ts';
import { editableIn } from '../ports/change-for.ts';
import type { ChangeEvent } from '../ports/change.ts';
import { isOfChange } from '../ports/held-mappings.ts';
import type { IssueScope } from '../ports/issues.ts';
import type { StoreSetup } from '../ports/setup.ts';
import type { TwoWayState } from '../ports/two-way-state.ts';
import { isUnmapped } from './issue-scope.ts';

type Held = Pick<StoreSetup, 'held'>;
type Mapped = Pick<StoreSetup, 'held' | 'mappings'>;

/**
 * Which of the changes that were worked on wait for held mappings. Of what can go back Salesforce is asked
 * then: it may be where they were changed, and a mapping that runs has settled that for itself. Records that are to be
 * made in the shop wait for a mapping that was switched off too: nothing else would tell of them again.
 */
export async function waitingForHeld(
  setup: Mapped,
  twoWay: Pick<TwoWayState, 'markDirty'>,
  changes: readonly ChangeEvent[],
): Promise<readonly HeldChange[]> {
  const { held } = setup;
  const waiting = held.flatMap((one) =>
    changes
      .filter(({ resource }) => isOfChange(one, resource))
      .map(({ resource, key }): HeldChange => ({ resource, key, mapping: one.name })),
  );
  const both = new Set(held.filter(mayGoBack).map(({ name }) => name));
  const edited = waiting.filter(({ mapping }) => both.has(mapping));
  await twoWay.markDirty([...new Set(editableIn(edited))]);
  return [...waiting, ...changes.flatMap((change) => waitingForOff(setup, change))];
}

function waitingForOff(setup: Mapped, { resource, key }: ChangeEvent): readonly HeldChange[] {
  const object = parseNewKey(key)?.object;
  if (object === undefined || !isUnmapped(setup, { resource, object })) return [];
  return [{ resource, key, mapping: offName({ resource, object }) }];
}

/** One of which nobody knows what it is of may. */
function mayGoBack({ resource }: Held['held'][number]): boolean {
  return resource === null || RESOURCES[resource].goesBack;
}

/** What changes of records wait under that no mapping is of any more; DeveloperNames have no blanks. */
export function offName({ resource, object }: IssueScope): string {
  return `${resource} ${object}`;
}

/**
 * Queues the changes again whose mapping was mended, switched off or deleted; and of records that no mapping was of,
 * once one is again.
 */
export async function queueMended(
  queue: Pick<ChangeQueue, 'queueHeld'>,
  setup: Mapped & { readonly store: { readonly key: string } },
): Promise<void> {
  const held = new Set(setup.held.map(({ name }) => name));
  await queue.queueHeld(setup.store.key, (name) => {
    const [resource, object] = name.split(' ');
    return object === undefined
      ? held.has(name)
      : isUnmapped(setup, { resource: resource as Resource, object });
  });
}
