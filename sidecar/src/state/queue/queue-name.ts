import { changeKeyStore } from '../../mapping/keys/change-key.ts';
import { CHANGE_RESOURCES } from '../../mapping/model/resources.ts';
import type { QueueName } from '../../ports/change-queue.ts';
import type { ChangeEvent } from '../../ports/change.ts';

/**
 * The queue that a change event belongs in.
 * @throws Error when its key is not that of a record; of a guest's it would hold the address
 */
function queueNameOf({ resource, key }: ChangeEvent): QueueName {
  const store = changeKeyStore(key);
  if (store === null) throw new Error('A change event needs the key of a record, <store>:<id>.');
  return { store, resource };
}

/** Names hold letters, digits and few signs: what else the key of a store has becomes a dot and its hex bytes. */
export function queueName({ store, resource }: QueueName): string {
  const written = store.replace(/[^A-Za-z0-9_-]/gu, (sign) =>
    [...Buffer.from(sign)].map((byte) => `.${byte.toString(16).padStart(2, '0')}`).join(''),
  );
  return `${resource}/${written}`;
}

/** The opposite of {@link queueName}; null for queues that are not ours. */
export function parseQueueName(name: string): QueueName | null {
  const [resource = '', written = ''] = name.split('/');
  const found = CHANGE_RESOURCES.find((one) => one === resource);
  if (found === undefined || written === '') return null;
  const store = decodeURIComponent(written.replaceAll('.', '%'));
  return { store, resource: found };
}

/**
 * Change events by the name of their queue, in an order that is the same everywhere: so writers never wait in a circle.
 * @throws Error as {@link queueNameOf}
 */
export function byQueue<T extends ChangeEvent>(
  changes: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const queues = [...Map.groupBy(changes, (change) => queueName(queueNameOf(change)))];
  return new Map(queues.sort(([a], [b]) => (a < b ? -1 : 1)));
}
