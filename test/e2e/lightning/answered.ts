import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** The pages ask the service for minutes, and a busy machine takes longer. */
const PATIENT = { timeout: 600_000 };

/**
 * Waits for what a page shows once the service has answered. Where the page gives up on a service that is slow, it is
 * told to ask again, as a person does.
 */
export async function answered(page: Page, shown: Locator): Promise<void> {
  const again = page.getByRole('alert').getByRole('button', { name: 'Try again' }).first();
  await expect
    .poll(async () => {
      if (await again.isVisible()) await again.click();
      return shown.isVisible();
    }, PATIENT)
    .toBe(true);
}
