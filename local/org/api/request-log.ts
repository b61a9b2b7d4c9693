/** What a request was for; only the first group is billed as API calls. */
export type RequestKind =
  | 'query'
  | 'record'
  | 'blob'
  | 'collections'
  | 'composite'
  | 'describe'
  | 'limits'
  | 'metadata'
  | 'apex'
  | 'other'
  | 'oauth'
  | 'download'
  | 'refused';

/** Sign-in and files for pages cost nothing, and a request without a valid session never reaches the API. */
const free = new Set<RequestKind>(['oauth', 'download', 'refused']);

export interface RequestTotals {
  /** API calls as Salesforce bills them: a composite call is one, whatever is in it. */
  readonly billed: number;
  readonly requests: number;
  readonly byKind: Readonly<Partial<Record<RequestKind, number>>>;
  /** Composite subrequests by the kind that they would have had alone. */
  readonly subrequests: Readonly<Partial<Record<RequestKind, number>>>;
  /** Calls that write, alone or inside a composite call. */
  readonly writes: number;
}

/** Counts requests since the start or the last reset. */
export class RequestLog {
  private kinds = new Map<RequestKind, number>();
  private inner = new Map<RequestKind, number>();
  private writing = 0;
  /** API calls that are answered until the next reset. */
  dailyLimit: number;

  constructor(dailyLimit: number) {
    this.dailyLimit = dailyLimit;
  }

  /** Whether the day's calls are used up. */
  isSpent(): boolean {
    return this.totals().billed >= this.dailyLimit;
  }

  count(kind: RequestKind, writes: boolean): void {
    this.kinds.set(kind, (this.kinds.get(kind) ?? 0) + 1);
    if (writes) this.writing++;
  }

  countSubrequest(kind: RequestKind, writes: boolean): void {
    this.inner.set(kind, (this.inner.get(kind) ?? 0) + 1);
    if (writes) this.writing++;
  }

  totals(): RequestTotals {
    const all = [...this.kinds];
    const sum = (entries: typeof all): number => entries.reduce((total, [, n]) => total + n, 0);
    return {
      billed: sum(all.filter(([kind]) => !free.has(kind))),
      requests: sum(all),
      byKind: Object.fromEntries(all),
      subrequests: Object.fromEntries(this.inner),
      writes: this.writing,
    };
  }

  reset(): void {
    this.kinds = new Map();
    this.inner = new Map();
    this.writing = 0;
  }
}
