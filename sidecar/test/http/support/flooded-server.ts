/** A server in a process of its own, so that its memory can be seen. Tells its parent its address, then its memory. */
import { EngineStandIn, serveWebhooks } from './server.ts';

export interface Seen {
  /** Bytes. */
  readonly rss: number;
  readonly stored: number;
}

const engine = new EngineStandIn();
const { url } = await serveWebhooks(engine);
process.on('message', () => {
  globalThis.gc?.();
  const stored = engine.stored.length + engine.edited.length;
  process.send?.({ rss: process.memoryUsage.rss(), stored } satisfies Seen);
});
process.on('disconnect', () => {
  process.exit();
});
process.send?.(url);
