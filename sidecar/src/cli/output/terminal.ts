/** Where a command prints: a terminal, a pipe, or memory. */
export interface Terminal extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  /** Of a terminal. */
  readonly columns?: number;
}
