import { existsSync } from 'node:fs';

import { installPackages, mayInstall } from './debian.ts';

/** Chromium and fonts: without any, Debian's Chromium draws boxes in place of letters. */
const PACKAGES = ['chromium', 'fonts-liberation', 'fonts-noto-color-emoji'];

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
 * The Chromium that browser tests and pictures use. Where there is none, root on Debian gets one.
 * @throws Error with what to install
 */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string {
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
