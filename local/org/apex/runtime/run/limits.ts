import { LimitFault } from './exception.ts';
import { requireMemory } from './memory.ts';

/** What one transaction may use. */
export interface LimitValues {
  readonly queries: number;
  readonly queryRows: number;
  readonly statements: number;
  readonly statementRows: number;
  readonly callouts: number;
  /** Milliseconds. */
  readonly cpu: number;
  /** Bytes. */
  readonly heap: number;
  readonly futureCalls: number;
  readonly queueables: number;
}

export const SYNCHRONOUS: LimitValues = {
  queries: 100,
  queryRows: 50_000,
  statements: 150,
  statementRows: 10_000,
  callouts: 100,
  cpu: 10_000,
  heap: 6_000_000,
  futureCalls: 50,
  queueables: 50,
};

export const ASYNCHRONOUS: LimitValues = {
  ...SYNCHRONOUS,
  queries: 200,
  cpu: 60_000,
  heap: 12_000_000,
  queueables: 1,
};

/** Statements that stand for a millisecond of Salesforce's CPU: what counts is the code, not the speed of this machine. */
const STATEMENTS_PER_MS = 1000;

/** Statements between two looks at the memory of the process. */
const STATEMENTS_PER_LOOK = 250_000;

const WORDS: Readonly<Record<keyof LimitValues, string>> = {
  queries: 'Too many SOQL queries',
  queryRows: 'Too many query rows',
  statements: 'Too many DML statements',
  statementRows: 'Too many DML rows',
  callouts: 'Too many callouts',
  cpu: 'Apex CPU time limit exceeded',
  heap: 'Apex heap size too large',
  futureCalls: 'Too many future calls',
  queueables: 'Too many queueable jobs added to the queue',
};

/** What a transaction has used so far. */
export class Usage {
  readonly most: LimitValues;
  readonly used: Record<keyof LimitValues, number> = {
    queries: 0,
    queryRows: 0,
    statements: 0,
    statementRows: 0,
    callouts: 0,
    cpu: 0,
    heap: 0,
    futureCalls: 0,
    queueables: 0,
  };
  /** Statements that have run. */
  ticks = 0;
  /** Whether what is used now makes no difference: the code that sets a test up. */
  private readonly mostTicks: number;
  /** Statements until the next look at the limits. */
  private nextLook: number;

  constructor(most: LimitValues) {
    this.most = most;
    this.mostTicks = most.cpu * STATEMENTS_PER_MS;
    this.nextLook = Math.min(STATEMENTS_PER_LOOK, this.mostTicks);
  }

  /** @throws LimitFault */
  use(limit: Exclude<keyof LimitValues, 'cpu' | 'heap'>, times = 1): void {
    this.used[limit] += times;
    if (this.used[limit] > this.most[limit]) {
      throw new LimitFault(`${WORDS[limit]}: ${this.most[limit] + 1}`);
    }
  }

  /** A statement runs. @throws LimitFault */
  tick(times = 1): void {
    this.ticks += times;
    if (this.ticks > this.nextLook) this.look();
  }

  private look(): void {
    if (this.ticks > this.mostTicks) throw new LimitFault(WORDS.cpu);
    requireMemory();
    this.nextLook = Math.min(this.ticks + STATEMENTS_PER_LOOK, this.mostTicks);
  }

  /** Bytes are held. @throws LimitFault */
  hold(bytes: number): void {
    this.used.heap += bytes;
    if (this.used.heap > this.most.heap) {
      throw new LimitFault(`${WORDS.heap}: ${this.used.heap}`);
    }
  }

  release(bytes: number): void {
    this.used.heap = Math.max(this.used.heap - bytes, 0);
  }

  get cpuMs(): number {
    return Math.floor(this.ticks / STATEMENTS_PER_MS);
  }
}
