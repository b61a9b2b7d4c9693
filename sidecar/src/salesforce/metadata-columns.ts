import type { QueryRow } from './rest/query.ts';

/** What one value of a row is read from. Query and reader are made of the same columns, so that neither lacks one. */
export interface Column<T> {
  /** As SOQL names them. */
  readonly paths: readonly string[];
  readonly read: (row: QueryRow) => T;
}

/** A column for each member of what a row becomes. */
export type Columns<Row> = { readonly [Name in keyof Row]: Column<Row[Name]> };

/** @param order a field of the type */
export function select<Row>(
  type: string,
  columns: Columns<Row>,
  order: 'DeveloperName' | 'Id' = 'DeveloperName',
): string {
  const paths = Object.values<Column<unknown>>(columns).flatMap((column) => column.paths);
  return `SELECT ${[...new Set(paths)].join(', ')} FROM ${type} ORDER BY ${order}`;
}

export function readRow<Row>(columns: Columns<Row>, row: QueryRow): Row {
  const members = Object.entries<Column<unknown>>(columns).map(
    ([name, column]) => [name, column.read(row)] as const,
  );
  return Object.fromEntries(members) as Row;
}

/** Null for a blank one. */
export function text(path: string): Column<string | null> {
  return column(path, (value) => {
    const trimmed = typeof value === 'string' ? value.trim() : '';
    return trimmed === '' ? null : trimmed;
  });
}

/** A text that every row has; empty for none. */
export function name(path: string): Column<string> {
  return from(text(path), (value) => value ?? '');
}

export function number(path: string): Column<number | null> {
  return column(path, (value) => (typeof value === 'number' ? value : null));
}

export function flag(path: string): Column<boolean> {
  return column(path, (value) => value === true);
}

/** A value that is made of another. */
export function from<A, B>({ paths, read }: Column<A>, make: (value: A) => B): Column<B> {
  return { paths, read: (row) => make(read(row)) };
}

/** The first of two that is not blank. */
export function either<T>(first: Column<T | null>, second: Column<T | null>): Column<T | null> {
  return {
    paths: [...first.paths, ...second.paths],
    read: (row) => first.read(row) ?? second.read(row),
  };
}

/** @param path over relationships by dots; null stands for a record that a relationship does not lead to */
function column<T>(path: string, read: (value: unknown) => T): Column<T> {
  const steps = path.split('.');
  const follow = (value: unknown, step: string): unknown =>
    typeof value === 'object' && value !== null ? (value as QueryRow)[step] : null;
  return { paths: [path], read: (row) => read(steps.reduce(follow, row)) };
}
