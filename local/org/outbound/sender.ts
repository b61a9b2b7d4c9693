import type { OutboundMessages, Outcome, Taken } from '../data/outbound/outbound-messages.ts';
import type { Delivery } from './delivery.ts';
import { retryGap } from '../data/outbound/retry-gap.ts';

const perEnvelope = 100;
/** Envelopes of one message that are under way at a time. */
const lanes = 5;
const longestTimer = 2 ** 31 - 1;
/** Envelopes that stay known. */
const kept = 1000;

/** An envelope that was sent; times are the machine's, in milliseconds. */
export interface SentEnvelope {
  readonly message: string;
  readonly notifications: number;
  readonly sent_at: number;
  readonly answered_at: number;
  readonly failure: string | null;
}

/** Sends what is queued, as soon as it is due, beside everything else that the org does. */
export class OutboundSender {
  private readonly outbound: OutboundMessages;
  private readonly delivery: Delivery;
  /** Is told, in a line, what could not be delivered at first. */
  private readonly report: (line: string) => void;
  private readonly busy = new Map<string, number>();
  private readonly underWay = new Set<Promise<void>>();
  private readonly troubled = new Set<string>();
  private sent: SentEnvelope[] = [];
  private base: string | undefined;
  private isHeld = false;
  private isClosed = false;
  private turn: NodeJS.Immediate | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(outbound: OutboundMessages, delivery: Delivery, report: (line: string) => void) {
    this.outbound = outbound;
    this.delivery = delivery;
    this.report = report;
    outbound.listen(() => {
      this.wake();
    });
  }

  get held(): boolean {
    return this.isHeld;
  }

  /** The newest envelopes, oldest first. */
  get envelopes(): readonly SentEnvelope[] {
    return this.sent;
  }

  /** From now on it sends. @param base address of the org, which envelopes carry */
  start(base: string): void {
    this.base = base;
    this.wake();
  }

  /** Nothing more is sent until it is released. */
  hold(): void {
    this.isHeld = true;
  }

  release(): void {
    this.isHeld = false;
    this.wake();
  }

  /** Looks for what is due once the running call is over, its transaction with it. */
  wake(): void {
    if (this.isClosed) return;
    this.turn ??= setImmediate(() => {
      this.turn = undefined;
      this.look();
    });
  }

  /** Ends what is under way; the queue keeps it. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearImmediate(this.turn);
    clearTimeout(this.timer);
    this.delivery.close();
    await Promise.all(this.underWay);
  }

  /** One envelope a turn, so that calls of others come in between. */
  private look(): void {
    const { base } = this;
    if (base === undefined) return;
    this.outbound.expire();
    clearTimeout(this.timer);
    if (this.isHeld) return;
    const free = this.outbound.dueMessages().find((name) => (this.busy.get(name) ?? 0) < lanes);
    if (free === undefined) {
      this.sleep();
      return;
    }
    this.begin(free, base);
    this.wake();
  }

  /** Until the next is due; what is due already waits for a lane, whose end wakes. */
  private sleep(): void {
    const due = this.outbound.nextDue();
    if (due === undefined) return;
    const wait = Math.min(due - this.outbound.now(), longestTimer);
    this.timer = setTimeout(() => {
      this.wake();
    }, wait);
  }

  private begin(name: string, base: string): void {
    const taken = this.outbound.take(name, perEnvelope);
    this.busy.set(name, (this.busy.get(name) ?? 0) + 1);
    const work = this.delivery.deliver(name, taken, base).then((outcome) => {
      this.underWay.delete(work);
      this.busy.set(name, (this.busy.get(name) ?? 1) - 1);
      if (!this.isClosed) this.end(name, taken, outcome);
    });
    this.underWay.add(work);
  }

  private end(name: string, taken: readonly Taken[], outcome: Outcome): void {
    const { sentAt, answeredAt, failure } = outcome;
    this.outbound.settle(taken, outcome);
    const envelope = { message: name, notifications: taken.length };
    const times = { sent_at: sentAt, answered_at: answeredAt, failure: failure ?? null };
    this.sent.push({ ...envelope, ...times });
    if (this.sent.length > kept) this.sent.shift();
    this.tell(name, failure, taken);
    this.wake();
  }

  /** Says once that a message is not delivered, and again when that happens after a delivery. */
  private tell(name: string, failure: string | undefined, taken: readonly Taken[]): void {
    if (failure === undefined) this.troubled.delete(name);
    if (failure === undefined || this.troubled.has(name)) return;
    this.troubled.add(name);
    const seconds = retryGap((taken[0]?.attempts ?? 0) + 1) / 1000;
    this.report(
      `Outbound message ${name} was not delivered: ${failure}. It is tried again in ${seconds} s; ` +
        'GET /local/outbound lists what waits.',
    );
  }
}
