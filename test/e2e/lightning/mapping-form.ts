import type { Locator, Page } from 'playwright-core';
import { answered } from './answered.ts';
import { looksRight } from './looks-right.ts';

const PATIENT = { timeout: 600_000 };

/** Fills in the editor of mappings as a person does, and counts their clicks and the characters that they type. */
export class MappingForm {
  readonly page: Page;
  clicks = 0;
  characters = 0;

  /** @param page that shows all mappings */
  constructor(page: Page) {
    this.page = page;
  }

  async click(...targets: readonly Locator[]): Promise<void> {
    for (const target of targets) {
      await target.click();
      this.clicks += 1;
    }
  }

  /** Into what has the focus. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
    this.characters += text.length;
  }

  /** Types as much of a name as finds it, and takes the first that fits. */
  async find(text: string): Promise<void> {
    await this.type(text);
    await this.page.keyboard.press('Enter');
  }

  option(name: string): Locator {
    return this.page.getByRole('option', { name, exact: true });
  }

  /** A new mapping without anything in it: its name, and which records go to which object. */
  async begin(name: string, records: string, object: string): Promise<void> {
    const { page } = this;
    await this.click(
      page.getByRole('button', { name: 'New mapping', exact: true }),
      page.locator('c-woo-mapping-templates [data-key=Empty]'),
      page.getByRole('textbox', { name: 'Name of the mapping' }),
    );
    await this.type(name);
    await this.click(
      page.getByRole('combobox', { name: 'WooCommerce records' }),
      this.option(records),
      page.getByRole('combobox', { name: 'Salesforce object' }),
    );
    await this.find(object);
    await answered(page, page.getByRole('button', { name: 'Choose several' }));
  }

  /** A condition of the status, which is offered first, by what the shop has. */
  async onlyWhen(status: string): Promise<void> {
    const condition = this.page.locator('c-woo-mapping-condition');
    await this.click(
      this.page.getByRole('button', { name: 'Add a condition' }),
      condition.getByRole('combobox', { name: 'Value' }),
      condition.locator(`[data-value="${status}"]`),
    );
  }

  /** Attributes, each of which goes into the field that suits it. */
  async choose(...attributes: readonly string[]): Promise<void> {
    const { page } = this;
    const list = page.locator('c-woo-mapping-add');
    const label = (name: string) =>
      list.locator('label').filter({ has: page.getByText(name, { exact: true }) });
    await this.click(
      page.getByRole('button', { name: 'Choose several' }),
      ...attributes.map(label),
      list.getByRole('button', { name: `Add ${attributes.length} rows` }),
    );
  }

  /** A static value of a field that is found by typing. */
  async fix(field: string, value: string): Promise<void> {
    await this.click(this.page.getByRole('button', { name: 'Add a static value' }));
    await this.find(field);
    const row = this.page.locator('c-woo-mapping-field').last();
    await this.click(row.getByRole('combobox').first(), this.option(value));
  }

  /** Once it is checked, looks at what changes, and saves it. */
  async save(name: string): Promise<void> {
    const { page } = this;
    await answered(page, page.getByText('Checked: no problems.'));
    await looksRight(page, `mapping-${name}`);
    await this.click(page.getByRole('button', { name: 'What changes / Save' }));
    await looksRight(page, `mapping-${name}-changes`);
    await this.click(page.getByRole('button', { name: 'Save', exact: true }));
    await page.getByText('Saved. The service goes by it within a minute.').waitFor(PATIENT);
  }
}
