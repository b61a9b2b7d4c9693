import { CodedError } from '../../errors/coded-error.ts';
import { Transient } from '../../lib/retry.ts';

/** Milliseconds without an answer after which the org counts as out: its slowest usual answers take half of it. */
const NOTICED_MS = 45_000;

export interface Unanswered {
  readonly reason: CodedError;
  readonly since: Date;
}

/**
 * Notices an org that takes requests and does not answer, as behind a connection whose other end is gone: the
 * deadline of a call and its repetitions last for ten minutes.
 */
export class Silence {
  readonly #onNoticed: (error: CodedError) => void;
  #unanswered: Unanswered | null = null;

  constructor(onNoticed: (error: CodedError) => void = () => undefined) {
    this.#onNoticed = onNoticed;
  }

  /** Since when nothing has been answered; null while the org answers. */
  get unanswered(): Unanswered | null {
    return this.#unanswered;
  }

  /**
   * @param made a request on the wire
   * @param noticedMs after how long without an answer the org counts as out
   */
  async watch<T>(host: string, made: Promise<T>, noticedMs = NOTICED_MS): Promise<T> {
    const since = new Date();
    const late = setTimeout(() => {
      this.#notice(host, { since, noticedMs });
    }, noticedMs).unref();
    try {
      const answer = await made;
      this.#unanswered = null;
      return answer;
    } catch (error) {
      if (isAnswer(error)) this.#unanswered = null;
      throw error;
    } finally {
      clearTimeout(late);
    }
  }

  #notice(host: string, { since, noticedMs }: { since: Date; noticedMs: number }): void {
    if (this.#unanswered !== null) return;
    const reason = new CodedError(
      'SF_UNREACHABLE',
      `Salesforce at ${host} takes requests and does not answer: nothing for ${noticedMs / 1000} seconds.`,
      'Check SF_LOGIN_URL, and that this machine may reach that host; what waits is tried again by itself.',
    );
    this.#unanswered = { reason, since };
    this.#onNoticed(reason);
  }
}

/** Whether an error says that something came back. */
function isAnswer(error: unknown): boolean {
  const outcome = error instanceof Transient ? error.outcome : error;
  return !(outcome instanceof CodedError && outcome.code === 'SF_UNREACHABLE');
}
