import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, ConsoleMessage, Page } from 'playwright-core';
import { startChromium } from '../../../scripts/lib/machine/chromium.ts';

const viewports = {
  desktop: { width: 1280, height: 900 },
  phone: { width: 390, height: 844 },
} as const;

type Viewport = keyof typeof viewports;

interface VisitOptions {
  /** `desktop` when left out. */
  readonly viewport?: Viewport;
  /** Problems that the visit is about: lines that match do not fail it. */
  readonly expected?: RegExp;
}

export interface Browser {
  /**
   * Opens a page, does something with it and closes it.
   * @throws Error that lists them where the page wrote an error to its console, threw one, or had an answer of 400
   * or more
   */
  visit<T>(look: (page: Page) => Promise<T>, options?: VisitOptions): Promise<T>;
  close(): Promise<void>;
}

const screenshots = join(import.meta.dirname, '..', '..', '..', '.local', 'screenshots');

/** Keeps an image of the whole page, in `.local/screenshots`; not in CI, where nobody looks at them and each takes half a second. */
export async function screenshot(page: Page, name: string): Promise<void> {
  if (process.env['CI'] !== undefined) return;
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });
}

/** An answer of 400 or more is told with its address already. */
const isToldElsewhere = (message: ConsoleMessage): boolean =>
  message.text().startsWith('Failed to load resource: the server responded with a status');

/** Fills with what goes wrong on a page, a line each. */
function problemsOf(page: Page): string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => {
    problems.push(`error: ${error.message}`);
  });
  page.on('console', (message) => {
    if (message.type() !== 'error' || isToldElsewhere(message)) return;
    problems.push(`console: ${message.text()}`);
  });
  page.on('response', (response) => {
    if (response.status() < 400) return;
    const { pathname } = new URL(response.url());
    problems.push(`answer ${response.status()}: ${response.request().method()} ${pathname}`);
  });
  return problems;
}

async function visit<T>(
  context: BrowserContext,
  look: (page: Page) => Promise<T>,
  { viewport = 'desktop', expected }: VisitOptions,
): Promise<T> {
  const page = await context.newPage();
  const problems = problemsOf(page);
  try {
    await page.setViewportSize(viewports[viewport]);
    const seen = await look(page).catch(async (error: unknown) => {
      // What was shown helps whoever looks for the reason; a page that is gone has nothing to show.
      await screenshot(page, 'failed').catch(() => undefined);
      const alerts = await page
        .getByRole('alert')
        .allInnerTexts()
        .catch(() => []);
      throw alerts.length === 0
        ? error
        : new Error(`The page said: ${alerts.join(' | ')}`, { cause: error });
    });
    const unexpected = problems.filter((line) => expected?.test(line) !== true);
    if (unexpected.length === 0) return seen;
    throw new Error(`${page.url()} had problems:\n${unexpected.join('\n')}`);
  } finally {
    await page.close();
  }
}

/**
 * Starts Chromium with nothing remembered.
 * @throws Error with what to install where there is none
 */
export async function openBrowser(): Promise<Browser> {
  const { context, close } = await startChromium();
  // Pages of a busy machine take longer.
  context.setDefaultTimeout(180_000);
  return { visit: (look, options = {}) => visit(context, look, options), close };
}
