import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';

import { installPackages, mayInstall } from './debian.ts';

/** Chromium and fonts: without any, Debian's Chromium draws boxes in place of letters. */
const PACKAGES = ['chromium', 'fonts-liberation', 'fonts-noto-color-emoji'];

/** Without a network of its own, a sandbox (root has none) or anything that a first start asks. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

function installed({ CHROMIUM_PATH }: NodeJS.ProcessEnv): string | undefined {
  if (CHROMIUM_PATH === undefined || CHROMIUM_PATH === '') return PLACES.find((p) => existsSync(p));
  if (existsSync(CHROMIUM_PATH)) return CHROMIUM_PATH;
  throw new Error(`CHROMIUM_PATH is ${CHROMIUM_PATH}, and no file is there.`);
}

/**
 * The Chromium that browser tests and images use. Where there is none, root on Debian gets one.
 * @throws Error with what to install
 */
function findChromium(env: NodeJS.ProcessEnv = process.env): string {
  const found = installed(env) ?? install(env);
  if (found !== undefined) return found;
  throw new Error(
    `The browser tests need Chromium. Install it (Debian: apt-get install ${PACKAGES.join(' ')}), or set CHROMIUM_PATH to where it is.`,
  );
}

function install(env: NodeJS.ProcessEnv): string | undefined {
  if (!mayInstall()) return undefined;
  installPackages(PACKAGES, 'No Chromium is here');
  return installed(env);
}

export interface Chromium {
  readonly context: BrowserContext;
  /** Ends it, and leaves nothing behind. */
  readonly close: () => Promise<void>;
}

/**
 * Starts Chromium with nothing remembered, its windows 1280 pixels wide.
 * @throws Error with what to install where there is none
 */
export async function startChromium(): Promise<Chromium> {
  const profile = mkdtempSync(join(tmpdir(), 'woo-salesforce-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    viewport: { width: 1280, height: 900 },
    args: FLAGS,
  });
  const close = async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  };
  return { context, close };
}
