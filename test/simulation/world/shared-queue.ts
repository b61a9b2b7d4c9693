import { MemoryChangeQueue } from '../../../sidecar/test/support/memory-change-queue.ts';
import type { Job, QueueName } from '../../../sidecar/src/ports/change-queue.ts';
import { processId } from '../preload/processes.ts';

/** Each process has the jobs that it claimed, and hears of what it has added itself. */
export class SharedQueue extends MemoryChangeQueue {
  /** By job. */
  readonly #holders = new Map<string, number | null>();

  override async claim(lane: QueueName, most: number, which?: 'single'): Promise<readonly Job[]> {
    const jobs = await super.claim(lane, most, which);
    for (const { id } of jobs) this.#holders.set(id, processId());
    return jobs;
  }

  override onAdded(listener: (lane: QueueName) => void): void {
    const owner = processId();
    super.onAdded((lane) => {
      if (processId() === owner) listener(lane);
    });
  }

  lapseOf(owner: number): void {
    this.lapse(({ id }) => this.#holders.get(id) === owner);
  }
}
