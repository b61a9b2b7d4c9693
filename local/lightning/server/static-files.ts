import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { refusal, type Answer } from './answer.ts';
import { mirrored } from './mirrored-styles.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.gif': 'image/gif',
  '.ico': 'image/x-icon',
  '.json': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
};

const missing = (path: string): Answer => refusal(404, 'NOT_FOUND', `There is no file ${path}.`);

async function sizeOf(file: string): Promise<number | undefined> {
  try {
    const found = await stat(file);
    return found.isFile() ? found.size : undefined;
  } catch {
    return undefined;
  }
}

/** A file below a folder. @param path as it stands in the address, after the folder's own part */
export async function fileAnswer(folder: string, path: string): Promise<Answer> {
  const relative = normalize(decodeURIComponent(path));
  const contentType = contentTypes[extname(relative)];
  if (relative.startsWith('..') || relative.includes('\0') || contentType === undefined) {
    return missing(path);
  }
  const file = join(folder, sep, relative);
  const size = await sizeOf(file);
  if (size === undefined) return missing(path);
  return {
    status: 200,
    headers: {
      'content-type': contentType,
      'content-length': String(size),
      'cache-control': 'max-age=86400',
    },
    body: createReadStream(file),
  };
}

/** A style sheet of SLDS whose sides follow the direction of the page. @param file of styles */
export async function stylesAnswer(file: string): Promise<Answer> {
  return {
    status: 200,
    headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=86400' },
    body: mirrored(await readFile(file, 'utf8')),
  };
}
