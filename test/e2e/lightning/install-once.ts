import { ensureChromium } from '../../../scripts/lib/machine/chromium.ts';

/**
 * vitest's global set-up: files that run at the same time would find a Chromium that another one is still installing.
 * Where none can be installed, the files that need one fail, and the others run.
 */
export default function installOnce(): void {
  try {
    ensureChromium();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
}
