import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { root, run } from '../../scripts/lib/sf.ts';

const FOLDER = join(root, 'test/simulation/plants');

/** A mistake that is put into the sources for the time of the search, which is to find it. */
export interface Plant {
  readonly name: string;
  readonly patch: string;
  /** Of the seed that found it. */
  readonly options: readonly string[];
}

/** @throws Error where there is none of that name, or none has found it */
export function plantOf(name: string): Plant {
  const patch = join(FOLDER, `${name}.patch`);
  if (!existsSync(patch)) throw new Error(`There is no plant ${name} in test/simulation/plants.`);
  const [, options] = /^Found by: (--seed \d+.*)$/m.exec(readFileSync(patch, 'utf8')) ?? [];
  if (options === undefined) throw new Error(`The plant ${name} does not say what found it.`);
  return { name, patch, options: options.split(' ') };
}

export function allPlants(): readonly Plant[] {
  const patches = globSync('*.patch', { cwd: FOLDER }).toSorted();
  return patches.map((patch) => plantOf(basename(patch, '.patch')));
}

/** Runs something while a plant is in the sources. @throws Error where it does not fit them any more */
export async function withPlant<T>({ name, patch }: Plant, work: () => Promise<T>): Promise<T> {
  const apply = async (...how: readonly string[]) => {
    const { code, stderr } = await run('git', ['apply', ...how, patch]);
    if (code !== 0) throw new Error(`The plant ${name} does not fit any more:\n${stderr}`);
  };
  await apply();
  const uproot = () => apply('--reverse');
  const interrupted = () => void uproot().finally(() => process.exit(130));
  process.once('SIGINT', interrupted);
  try {
    return await work();
  } finally {
    process.off('SIGINT', interrupted);
    await uproot();
  }
}
