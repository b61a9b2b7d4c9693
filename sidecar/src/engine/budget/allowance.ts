/** What work may spend of the API calls of the day. */
export interface Allowance {
  /** Milliseconds until it is worth looking again; 0 where calls may be made. */
  readonly retryAfterMs: number;
  /** A call is about to be made. @throws CodedError `SF_BUDGET_WAITS` where none may */
  spend(): void;
  /** Seconds until the next turn, after one that took so many calls: more than usual where calls are few. */
  paced(seconds: number, calls: number): number;
}

/** Of work that nothing is counted for. */
export const UNLIMITED: Allowance = {
  retryAfterMs: 0,
  spend: () => undefined,
  paced: (seconds) => seconds,
};
