/** An answer, recorded or given now. */
export interface Exchange {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/**
 * Values that cannot be the same twice: only their type is compared. Ids, dates, keys made by chance, and what
 * is built from them.
 */
const volatile = [
  /(^|\.)id$/,
  /_id$/,
  /(^|\.)(date|date_\w+|modified|modified_gmt)$/,
  /\.(order_key|payment_url|number|related_ids)$/,
  /\.href$/,
  /\.permalink$/,
  /\.filesize$/,
  /^header location$/,
];

/** Where two values differ in keys, their order or types, as paths. */
export function shapeDifferences(recorded: unknown, answer: unknown): string[] {
  const found: string[] = [];
  compare('body', recorded, answer, found, false);
  return found;
}

/** Where two answers differ in status, headers, keys or their order, types or lasting values. */
export function differences(recorded: Exchange, answer: Exchange): string[] {
  const found: string[] = [];
  if (recorded.status !== answer.status) {
    found.push('status');
  }
  for (const name of Object.keys(recorded.headers)) {
    const [was, is] = [recorded.headers[name], answer.headers[name]];
    const path = `header ${name}`;
    if (is === undefined || (was !== is && !isVolatile(path))) {
      found.push(path);
    }
  }
  compare('body', recorded.body, answer.body, found, true);
  return found;
}

function compare(path: string, was: unknown, is: unknown, found: string[], values: boolean): void {
  if (kindOf(was) !== kindOf(is)) {
    found.push(path);
  } else if (isVolatile(path)) {
    return;
  } else if (Array.isArray(was) && Array.isArray(is)) {
    compareLists(path, was, is, found, values);
  } else if (isRecord(was) && isRecord(is)) {
    compareRecords(path, was, is, found, values);
  } else if (values && was !== is) {
    found.push(path);
  }
}

function compareLists(
  path: string,
  was: unknown[],
  is: unknown[],
  found: string[],
  values: boolean,
): void {
  if (values && was.length !== is.length) {
    found.push(`${path}.length`);
  }
  for (const [at, item] of was.slice(0, is.length).entries()) {
    compare(`${path}[${at}]`, item, is[at], found, values);
  }
}

function compareRecords(
  path: string,
  was: Record<string, unknown>,
  is: Record<string, unknown>,
  found: string[],
  values: boolean,
): void {
  const [before, now] = [Object.keys(was), Object.keys(is)];
  if (before.join() !== now.join()) {
    found.push(`${path} keys`);
  }
  for (const key of before.filter((name) => name in is)) {
    compare(`${path}.${key}`, was[key], is[key], found, values);
  }
}

function isVolatile(path: string): boolean {
  return volatile.some((pattern) => pattern.test(path));
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return kindOf(value) === 'object';
}
