import type { BatchResult } from '../ports/change-queue.ts';
import { openQueue } from '../state/queue/queue.ts';
import type { DurableState } from '../state/state.ts';

/** What is to be shown as issues, and which records are to be looked at. */
export type Told = Pick<BatchResult, 'failures' | 'followUps'>;

/** The queue of the service, for commands that tell it something; most do not, so that it is opened when the first does. */
export class ServiceQueue {
  readonly #state: DurableState;
  #opened: ReturnType<typeof openQueue> | null = null;

  constructor(state: DurableState) {
    this.#state = state;
  }

  /** Durable when it resolves. @throws CodedError `STATE_TOO_NEW`, `STATE_UNREACHABLE` */
  async tell(found: Told): Promise<void> {
    // What a query cannot do is thrown by it.
    this.#opened ??= openQueue(this.#state, { onProblem: () => undefined });
    const { queue } = await this.#opened;
    await queue.finish({ jobs: [], seen: [], ...found });
  }

  async close(): Promise<void> {
    const opened = await this.#opened?.catch(() => null);
    await opened?.close();
  }
}
