import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../recordings/', import.meta.url);

/** The host that the recordings name; answers replace it by the local store's own address. */
const RECORDED_HOST = '127.0.0.1:8088';
/** Links inside stored records start with this; answers replace it too. */
export const RECORDED_ORIGIN = `https://${RECORDED_HOST}`;

/** One recorded call. `query` is the raw query string, `body` the parsed JSON. */
export interface Recording<T = unknown> {
  note?: string;
  request: { method: string; path: string; query: string; body?: unknown };
  /** kept of uploads only */
  requestHeaders?: Record<string, string>;
  response: { status: number; headers: Record<string, string>; body: T };
}

/** Parses a JSON file of the recordings; the caller knows its shape. */
export function recordedFile(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, folder), 'utf8'));
}

/** Reads one recorded call; `path` is relative to the recordings, such as `orders/list-100.json`. */
export function recording(path: string): Recording {
  return recordedFile(path) as Recording;
}

/** The body of one recorded call. */
export function recordedBody(path: string): unknown {
  return recording(path).response.body;
}

/** The names of the recorded calls in one folder, sorted. */
export function recordingsIn(directory: string): string[] {
  return readdirSync(new URL(`${directory}/`, folder))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => `${directory}/${name}`);
}

/** Every recorded call and delivery, sorted; rules and settings of other kinds (`schema/`) are not calls. */
export function allRecordings(): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.json') && !name.startsWith('schema/'))
    .sort();
}
