import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The project's own cache, which any process may fill and anybody may delete. */
const FOLDER = join(import.meta.dirname, '../../../../node_modules/.cache/local-org/apex');

const parts = ['parse', 'types', 'library', 'symbols', 'compile', 'link', 'values', 'run'];

/** Of the files of this compiler: another one compiles otherwise. */
function fingerprint(): string {
  const files = parts.flatMap((part) =>
    readdirSync(join(import.meta.dirname, part)).map((name) => {
      const { mtimeMs, size } = statSync(join(import.meta.dirname, part, name));
      return `${part}/${name} ${mtimeMs} ${size}`;
    }),
  );
  return hash('sha256', files.sort().join('\n'));
}

let version: string | undefined;

/** What was worked out from a text, kept on disk by that text. Where nothing can be written, it is worked out again. */
export class DiskCache<Result> {
  private readonly kind: string;
  private readonly known = new Map<string, Result>();

  /** @param kind part of the name of the files */
  constructor(kind: string) {
    this.kind = kind;
  }

  /**
   * @param fits whether what was kept still holds
   * @param make what is kept: JSON can hold it
   */
  get(text: string, make: () => Result, fits: (kept: Result) => boolean = () => true): Result {
    version ??= fingerprint();
    const key = hash('sha256', `${version}\n${text}`);
    const path = join(FOLDER, `${this.kind}-${key}.json`);
    const kept = this.known.get(key) ?? (read(path) as Result | undefined);
    if (kept !== undefined && fits(kept)) {
      this.known.set(key, kept);
      return kept;
    }
    const made = make();
    this.known.set(key, made);
    write(path, made);
    return made;
  }
}

function read(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch {
    return undefined;
  }
}

/** Whole or not at all: another process may read it meanwhile. */
function write(path: string, result: unknown): void {
  try {
    mkdirSync(FOLDER, { recursive: true });
    const partial = `${path}.${process.pid}`;
    writeFileSync(partial, JSON.stringify(result));
    renameSync(partial, path);
  } catch {
    // A folder that cannot be written costs time, no more.
  }
}
