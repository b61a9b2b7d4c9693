import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';

import { installPackages, mayInstall } from './debian.ts';

/** Chromium and a font: without any, Debian's Chromium draws boxes in place of letters. */
const PACKAGES = ['chromium', 'fonts-liberation'];

/** Fonts for scripts that pages show, by how fontconfig names the script; Debian's packages that have them. */
const FONTS: ReadonlyMap<string, string> = new Map([
  ['ja', 'fonts-ipafont-gothic'],
  ['ar', 'fonts-hosny-amiri'],
  ['und-zsye', 'fonts-noto-color-emoji'],
]);

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

function hasFont(script: string): boolean {
  const { status, stdout } = spawnSync('fc-list', [`:lang=${script}`, 'family'], {
    encoding: 'utf8',
  });
  return status !== 0 || stdout.trim() !== '';
}

/** Where fontconfig tells that a script has no font, root on Debian gets one; others are told what is missing. */
function ensureFonts(): void {
  const missing = [...FONTS].filter(([script]) => !hasFont(script)).map(([, name]) => name);
  if (missing.length === 0) return;
  const why = 'Letters of some scripts would be drawn as boxes';
  if (mayInstall()) installPackages(missing, why);
  else console.error(`${why}. Install fonts (Debian: apt-get install ${missing.join(' ')}).`);
}

export interface Chromium {
  readonly context: BrowserContext;
  /** Ends it, and leaves nothing behind. */
  readonly close: () => Promise<void>;
}

/**
 * The Chromium and the fonts that pages need; root on Debian gets what is missing.
 * @returns the path of Chromium
 * @throws Error with what to install where there is none
 */
export function ensureChromium(): string {
  const path = findChromium();
  ensureFonts();
  return path;
}

/**
 * Starts Chromium with nothing remembered, its windows 1280 pixels wide.
 * @throws Error with what to install where there is none
 */
export async function startChromium(): Promise<Chromium> {
  const executablePath = ensureChromium();
  const profile = mkdtempSync(join(tmpdir(), 'woo-salesforce-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    viewport: { width: 1280, height: 900 },
    args: FLAGS,
  });
  const close = async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  };
  return { context, close };
}
