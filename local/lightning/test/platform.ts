import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rollup, type Plugin } from 'rollup';
import { ownModules } from '../build/module-records.ts';

const LOCALE = '@salesforce/i18n/locale';

/** Finds `lightning/x`, `platform/x` and `host/x`, as the LWC compiler does. */
const moduleNames: Plugin = {
  name: 'module-names',
  resolveId(id) {
    if (id === LOCALE) return id;
    const [, namespace = '', name = ''] = /^(lightning|platform|host)\/(\w+)$/.exec(id) ?? [];
    if (name === '') return null;
    const folder = namespace === 'host' ? ownModules.shell : ownModules.platform;
    return join(folder, namespace, name, `${name}.js`);
  },
  load: (id) => (id === LOCALE ? "export default 'en-US';" : null),
};

/**
 * What modules of the page export, loaded anew: they keep what they know of a page.
 * @typeParam T the exports that the test uses; the modules themselves have no types
 */
export async function loadPlatform<T>(...names: string[]): Promise<T> {
  const entry: Plugin = {
    name: 'entry',
    resolveId: (id) => (id === 'entry' ? id : null),
    load: (id) =>
      id === 'entry' ? names.map((name) => `export * from '${name}';`).join('') : null,
  };
  const folder = mkdtempSync(join(tmpdir(), 'platform-'));
  const bundle = await rollup({ input: 'entry', plugins: [entry, moduleNames] });
  const file = join(folder, 'platform.mjs');
  await bundle.write({ file, format: 'es' });
  await bundle.close();
  try {
    return (await import(pathToFileURL(file).href)) as T;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
