import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export type Side = 'store' | 'org';

/** One request of the sidecar, as a proxy saw it. */
export interface Step {
  readonly side: Side;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  body: Buffer;
  answer: Buffer;
}

/** A request to be sent again: its body is a piece of the file of payloads. */
export interface Replay {
  readonly side: Side;
  readonly method: string;
  readonly path: string;
  readonly at: number;
  readonly size: number;
}

const isSignIn = ({ side, path }: Step): boolean =>
  side === 'org' && path.startsWith('/services/oauth2/');

/**
 * Writes what the bound sends again, ready to be sent. Sign-in and the store's signature are left out, for they
 * are other ones in each run.
 * @returns the folder's two files
 */
export function writeRecording(
  steps: readonly Step[],
  folder: string,
): { steps: string; payloads: string } {
  const files = { steps: join(folder, 'steps.json'), payloads: join(folder, 'payloads.bin') };
  const payloads = openSync(files.payloads, 'w');
  let at = 0;
  const replays = steps
    .filter((step) => !isSignIn(step))
    .map(({ side, method, path, body }): Replay => {
      const size = body.length;
      if (size > 0) writeSync(payloads, body);
      at += size;
      return { side, method, path: side === 'store' ? unsigned(path) : path, at: at - size, size };
    });
  closeSync(payloads);
  writeFileSync(files.steps, JSON.stringify(replays));
  return files;
}

/** The WooCommerce client sends each parameter twice; the store takes the last. */
function unsigned(path: string): string {
  const { pathname, searchParams } = new URL(path, 'http://store.invalid');
  const params = new Map([...searchParams].filter(([name]) => !name.startsWith('oauth_')));
  return `${pathname}?${new URLSearchParams([...params]).toString()}`;
}
