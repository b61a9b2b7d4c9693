import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rollup } from 'rollup';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { iconSets, usedIcons } from '../build/icons.ts';
import { baseComponents } from '../build/module-records.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'icons-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('icons are those that our files and the base components name', () => {
  writeFileSync(join(folder, 'a.html'), '<lightning-icon icon-name="standard:orders">');
  const icons = usedIcons(baseComponents, [folder]);
  expect(icons).toContain('standard:orders');
  expect(icons).toContain('utility:close');
  expect(icons).not.toContain('custom:custom93');
  expect(icons.length).toBeLessThan(200);
});

test('an icon that SLDS does not have is told with its file', () => {
  const file = join(folder, 'a.js');
  writeFileSync(file, "const icon = 'utility:nothing_like_it';");
  expect(() => usedIcons(baseComponents, [folder])).toThrow(
    `${file} names the icon utility:nothing_like_it, which SLDS does not have.`,
  );
});

test('a set holds its own icons only', async () => {
  const id = 'lightning/iconSvgTemplatesStandard';
  const bundle = await rollup({
    input: id,
    plugins: [
      iconSets(baseComponents, ['standard:orders', 'utility:close']),
      { name: 'templates', load: (file) => (file.endsWith('.html') ? 'export default 1' : null) },
    ],
  });
  const { output } = await bundle.generate({ format: 'es' });
  await bundle.close();
  expect(output[0].code).toContain('standard_orders');
  expect(output[0].code).not.toContain('utility_close');
});
