import { hash } from 'node:crypto';
import {
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** The project's own cache, which any process may fill and anybody may delete. */
const FOLDER = join(import.meta.dirname, '../../../../node_modules/.cache/local-org/apex');

/** Files that the folder keeps, and results that a process holds: some hundred texts of 30 classes. */
const MOST_FILES = 1000;
const MOST_HELD = 200;

const root = join(import.meta.dirname, '../..');

/** Folders of the local org whose files decide what becomes of a text: what the compiler is made of. */
export const COMPILER_FOLDERS = ['apex/runtime', 'model', 'soql'];

/** Of the files of this compiler: another one compiles otherwise. */
function fingerprint(): string {
  const files = COMPILER_FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => {
        const { mtimeMs, size } = statSync(join(root, folder, name));
        return `${folder}/${name} ${mtimeMs} ${size}`;
      }),
  );
  return hash('sha256', files.sort().join('\n'));
}

let version: string | undefined;

interface CacheOptions {
  readonly folder?: string;
  readonly mostFiles?: number;
  readonly madeBy?: string;
}

/** What was worked out from a text, kept on disk by that text. Where nothing can be written, it is worked out again. */
export class DiskCache<Result> {
  private readonly kind: string;
  private readonly folder: string;
  private readonly mostFiles: number;
  private readonly madeBy: string | undefined;
  private readonly known = new Map<string, Result>();

  /**
   * @param kind part of the name of the files
   * @param options `madeBy`: the version of what makes the results; this compiler when left out
   */
  constructor(kind: string, options: CacheOptions = {}) {
    const { folder = FOLDER, mostFiles = MOST_FILES, madeBy } = options;
    this.kind = kind;
    this.folder = folder;
    this.mostFiles = mostFiles;
    this.madeBy = madeBy;
  }

  /**
   * @param fits whether what was kept still holds
   * @param make what is kept: JSON can hold it
   */
  get(text: string, make: () => Result, fits: (kept: Result) => boolean = () => true): Result {
    const kept = this.find(text);
    if (kept !== undefined && fits(kept)) return kept;
    const made = make();
    this.keep(text, made);
    return made;
  }

  find(text: string): Result | undefined {
    const key = this.keyOf(text);
    const kept = this.known.get(key) ?? (read(this.pathOf(key)) as Result | undefined);
    if (kept !== undefined) this.hold(key, kept);
    return kept;
  }

  /** @param result JSON can hold it */
  keep(text: string, result: Result): void {
    const key = this.keyOf(text);
    this.hold(key, result);
    write(this.folder, this.pathOf(key), result);
    prune(this.folder, this.mostFiles);
  }

  private keyOf(text: string): string {
    const madeBy = this.madeBy ?? (version ??= fingerprint());
    return hash('sha256', `${madeBy}\n${text}`);
  }

  private pathOf(key: string): string {
    return join(this.folder, `${this.kind}-${key}.json`);
  }

  private hold(key: string, result: Result): void {
    this.known.delete(key);
    this.known.set(key, result);
    const [oldest] = this.known.keys();
    if (this.known.size > MOST_HELD && oldest !== undefined) this.known.delete(oldest);
  }
}

/** Takes the oldest files, a fifth of them, once there are too many: they are worked out again where they are needed. */
function prune(folder: string, most: number): void {
  try {
    const names = readdirSync(folder);
    if (names.length <= most) return;
    const files = names.map((name) => {
      const path = join(folder, name);
      return { path, at: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 };
    });
    const old = files.toSorted((one, two) => one.at - two.at);
    const left = Math.ceil(most * 0.8);
    for (const { path } of old.slice(0, names.length - left)) rmSync(path, { force: true });
  } catch {
    // A folder that is not there, or that cannot be written, holds nothing.
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
function write(folder: string, path: string, result: unknown): void {
  try {
    mkdirSync(folder, { recursive: true });
    const partial = `${path}.${process.pid}`;
    writeFileSync(partial, JSON.stringify(result));
    renameSync(partial, path);
  } catch {
    // A folder that cannot be written costs time, no more.
  }
}
