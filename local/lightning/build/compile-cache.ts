import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ObjectHook, Plugin, TransformPluginContext, TransformResult } from 'rollup';

type Transform = (
  this: TransformPluginContext,
  code: string,
  id: string,
) => TransformResult | Promise<TransformResult>;

type TransformHook = ObjectHook<Transform> | undefined;

const handlerOf = (hook: TransformHook): Transform | undefined =>
  typeof hook === 'object' ? hook.handler : hook;

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Keeps what a compiler makes of files in node_modules on disk, by their path and text.
 * @param folder where to keep it
 * @param version changes when the compiler or its options do
 */
export function cached(compiler: Plugin, folder: string, version: string): Plugin {
  const transform = handlerOf(compiler.transform);
  if (!transform) throw new Error(`${compiler.name} compiles nothing.`);
  mkdirSync(folder, { recursive: true });
  return {
    ...compiler,
    async transform(code, id) {
      if (!id.includes('node_modules')) return transform.call(this, code, id);
      const key = createHash('sha1').update(`${version}\0${id}\0${code}`).digest('hex');
      const file = join(folder, `${key}.json`);
      const kept = readIfThere(file);
      if (kept !== undefined) return JSON.parse(kept) as TransformResult;
      const compiled = await transform.call(this, code, id);
      // Renamed into place, as another host may read it at the same time.
      const draft = `${file}.${process.pid}`;
      writeFileSync(draft, JSON.stringify(compiled ?? null));
      renameSync(draft, file);
      return compiled;
    },
  };
}
