/** Bytes. */
export interface GatewayLimits {
  /** Of a request. */
  readonly body: number;
  /** Of one answer of the shop. */
  readonly answer: number;
  /** Of one answer among several reads, and of all after which no further read is begun. */
  readonly reads: number;
}

export const DEFAULT_LIMITS: GatewayLimits = {
  body: 1_000_000,
  answer: 2_500_000,
  reads: 700_000,
};
