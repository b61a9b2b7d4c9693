/** Work that only one of several processes does at a time. */
export interface Leases {
  /** Takes or extends it. @returns whether it is ours until then */
  acquire(name: string, seconds: number): Promise<boolean>;
  release(name: string): Promise<void>;
}
