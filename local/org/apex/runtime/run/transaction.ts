import type { SObjectValue } from '../values/sobject.ts';
import type { Value } from '../values/value.ts';
import { LimitFault } from './exception.ts';
import { Frames, MAX_DEPTH } from './frames.ts';
import { Heap } from './heap.ts';
import type { Host } from './host.ts';
import { SYNCHRONOUS, Usage, type LimitValues } from './limits.ts';
import type { LinkedProgram } from './linked.ts';
import { runningCode, within, type Running } from './running.ts';

/** Milliseconds that all callouts of a transaction have together. */
const MOST_WAITED = 120_000;

export type Statics = Record<string, Value>;

/** What code runs when it is called from outside. */
export interface TransactionOptions {
  readonly isTest?: boolean;
  readonly limits?: LimitValues;
  /** When it began, where it runs anew. */
  readonly startedAt?: number;
  /** What has queued the code; undefined for what somebody waits for. */
  readonly queuedAs?: QueuedKind;
}

/** How code comes to run later. */
export type QueuedKind = 'future' | 'queueable' | 'schedulable';

/** What a trigger is told; lists are null where its event has none. */
export interface TriggerContext {
  /** `BEFORE_INSERT` */
  readonly operation: string;
  readonly news: readonly SObjectValue[] | undefined;
  readonly olds: readonly SObjectValue[] | undefined;
}

/** Code that was queued by a transaction, to run after it. */
export interface QueuedWork {
  readonly kind: QueuedKind;
  readonly name: string;
  readonly run: () => void;
}

/** Everything that lasts as long as one run of Apex code. */
export class Transaction implements Running {
  host: Host;
  readonly program: LinkedProgram;
  readonly frames = new Frames();
  readonly isTest: boolean;
  usage: Usage;
  readonly heap = new Heap(this);
  /** What has queued the code that runs; in a test, of the code that `Test.stopTest` runs. */
  queuedAs: QueuedKind | undefined;
  /** What was used before `Test.startTest`, to which `Test.stopTest` leads back. */
  usageBefore: Usage | undefined;
  /** Of each class, once its code was needed. */
  readonly statics: (Statics | undefined)[] = [];
  /** Lines that have run, by class. */
  readonly covered: (Set<number> | undefined)[] = [];
  /** `RestContext.request` and `RestContext.response` */
  request: Value = null;
  response: Value = null;
  mock: Value = null;
  /** The trigger that runs. */
  trigger: TriggerContext | undefined;
  /** Triggers inside each other: `Name trigger event AfterUpdate`. */
  readonly triggers: string[] = [];
  callouts = 0;
  hasUncommittedWork = false;
  /** The transaction ends: no `catch` and no `finally` runs any more. */
  isAbandoned = false;
  readonly queued: QueuedWork[] = [];
  /** Milliseconds that callouts have taken. */
  private waited = 0;
  private readonly startedAt: number;

  constructor(program: LinkedProgram, host: Host, options: TransactionOptions = {}) {
    this.program = program;
    this.host = host;
    this.isTest = options.isTest ?? false;
    this.usage = new Usage(options.limits ?? SYNCHRONOUS);
    this.startedAt = options.startedAt ?? host.now();
    this.queuedAs = options.queuedAs;
  }

  /** Of the org's clock; the same each time that the transaction runs anew. */
  now(): number {
    return this.startedAt + this.waited;
  }

  /** A callout has taken so long. @throws LimitFault */
  wait(milliseconds: number): void {
    this.waited += milliseconds;
    if (this.waited > MOST_WAITED) {
      throw new LimitFault(`Exceeded maximum time allotted for callout (${MOST_WAITED} ms)`);
    }
  }

  cover(at: number, line: number): void {
    (this.covered[at] ??= new Set()).add(line);
  }
}

/** Where JavaScript's own stack or memory ends, so has a limit of the platform long before. */
function asLimit(error: unknown, { usage }: Transaction): unknown {
  if (!(error instanceof RangeError)) return error;
  if (/call stack/i.test(error.message)) {
    return new LimitFault(`Maximum stack depth reached: ${MAX_DEPTH + 1}`);
  }
  return /invalid (string|array) length/i.test(error.message)
    ? new LimitFault(`Apex heap size too large: ${usage.most.heap + 1}`)
    : error;
}

/** Runs code as a transaction. @throws ApexException, LimitFault, NotEmulated */
export const runIn = <T>(transaction: Transaction, work: () => T): T =>
  within(transaction, () => {
    try {
      return work();
    } catch (error) {
      throw asLimit(error, transaction);
    }
  });

/** The transaction whose code runs. */
export const current = (): Transaction => runningCode() as Transaction;
