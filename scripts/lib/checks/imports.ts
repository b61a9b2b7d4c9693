import { join } from 'node:path';

import { format, type ICruiseResult, type IReporterOutput } from 'dependency-cruiser';

import { root, run } from '../sf.ts';
import type { Import } from './layer-graph.ts';

const FOLDERS = ['sidecar', 'local', 'scripts', 'bench', 'test'];
const ARGS = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...FOLDERS];

/**
 * All imports of the project, and which of them `.dependency-cruiser.cjs` forbids.
 * @throws Error where dependency-cruiser cannot run
 */
export async function readImports(): Promise<ICruiseResult> {
  const { stdout, stderr, code } = await run('depcruise', ARGS);
  if (code !== 0) throw new Error(`dependency-cruiser ended with exit code ${code}: ${stderr}`);
  return JSON.parse(stdout) as ICruiseResult;
}

/** What is forbidden, in words. */
export function verdictOn(imports: ICruiseResult): Promise<IReporterOutput> {
  return format(imports, { outputType: 'err-long' });
}

/** The page with the images of the layers. */
export const ARCHITECTURE = join(root, 'docs/architecture.md');

/** Who imports whom, without packages. */
export function importsOf({ modules }: ICruiseResult): readonly Import[] {
  return modules.flatMap(({ source, dependencies }) =>
    dependencies.map(({ resolved }) => ({ from: source, to: resolved })),
  );
}
