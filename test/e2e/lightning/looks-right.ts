import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

import { screenshot } from './browser.ts';

/** Waits until nothing is being read any more. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await expect.poll(() => page.locator('lightning-spinner').count()).toBe(0);
}

/**
 * What every page must be: read to its end, no wider than the window, without a violation that axe finds. Keeps an image
 * of it.
 */
export async function looksRight(page: Page, name: string): Promise<void> {
  await settled(page);
  const over = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  expect(over, `${name} is wider than the window, by pixels`).toBe(0);
  await screenshot(page, name);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} (${failureSummary ?? ''})`),
  );
  expect(found, name).toEqual([]);
}
