import { ensureChromium } from '../../../scripts/lib/machine/chromium.ts';

/**
 * vitest's global set-up: files that run at the same time would find a Chromium that another one is still installing.
 * @throws Error with what to install where there is none
 */
export default function installOnce(): void {
  ensureChromium();
}
