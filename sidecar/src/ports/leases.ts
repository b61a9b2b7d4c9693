/** Work that only one of several processes does at a time. */
export interface Leases {
  /**
   * Takes or extends it.
   * @param since `each start`: also from another process that has taken or extended it before this one began, and not since
   * @returns whether it is ours until then
   */
  acquire(name: string, seconds: number, since?: 'each start'): Promise<boolean>;
  release(name: string): Promise<void>;
}
