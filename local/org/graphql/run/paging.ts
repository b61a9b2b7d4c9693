import type { Row, SqlValue } from '../../lib/database.ts';
import type { OrgView } from '../../model/org-view.ts';
import type { Compiled } from '../../soql/compile.ts';
import { fetchProblem, notEmulated } from '../problem.ts';
import type { Selected } from './select.ts';

const usual = 10;
const most = 2000;
const leastWithBound = 200;
/** Records that can be paged through without an upper bound. */
const reach = 4000;

/** Which rows of a connection are asked for. */
interface Page {
  readonly offset: number;
  readonly limit: number;
  /** Rows from here on are not part of the connection. */
  readonly end: number;
}

/** The form in which the real API gives them: `v1:0` for the first row, in base64. */
const cursorOf = (row: number): string => Buffer.from(`v1:${row}`).toString('base64');

function offsetOf({ args, node }: Selected): number {
  const { after } = args;
  if (typeof after !== 'string' || after === '') return 0;
  const row = /^v1:(\d{1,9})$/.exec(Buffer.from(after, 'base64').toString())?.[1];
  if (row === undefined) {
    throw fetchProblem(
      `The cursor '${after}' of after is not one that this API gave: take endCursor of a page.`,
      node,
    );
  }
  return Number(row) + 1;
}

/** @throws GraphqlProblem for a page that the real API would not give */
function pageOf(selected: Selected): Page {
  const { args, node } = selected;
  if (args['scope'] !== undefined) throw notEmulated('the argument scope', node);
  const first = Number(args['first'] ?? usual);
  const bound = args['upperBound'];
  const least = bound === undefined ? 1 : leastWithBound;
  if (first < least || first > most) {
    const where = bound === undefined ? '' : ' together with upperBound';
    throw fetchProblem(
      `The argument first must be between ${least} and ${most}${where}, and not ${first}.`,
      node,
    );
  }
  const offset = offsetOf(selected);
  const end = bound === undefined ? Infinity : Number(bound);
  if (bound === undefined && offset >= reach) {
    throw fetchProblem(`Paging without the argument upperBound ends after ${reach} records.`, node);
  }
  const last = Math.min(end, bound === undefined ? reach : Infinity);
  return { offset, limit: Math.max(0, Math.min(first, last - offset)), end };
}

/** How a connection reads its rows, and what becomes of each. */
export interface Connection {
  readonly org: OrgView;
  readonly selected: Selected;
  readonly compiled: Compiled;
  /** Values of the compiled query. */
  readonly values: readonly SqlValue[];
  readonly node: (selected: Selected, row: Row) => unknown;
  readonly total: () => number;
}

interface Read {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
}

function read({ org, compiled, values }: Connection, page: Page): Read {
  // One row more than was asked for tells whether there is a next page.
  const sql = `${compiled.sql} LIMIT ? OFFSET ?`;
  const rows = org.db.all(sql, ...values, page.limit + 1, page.offset);
  const isMore = rows.length > page.limit && page.offset + page.limit < page.end;
  return { rows: rows.slice(0, page.limit), hasNextPage: isMore };
}

/** `select count(*)` over the rows of a query, whatever its page. */
export function countRows(org: OrgView, compiled: Compiled, values: readonly SqlValue[]): number {
  return Number(org.db.get(`SELECT count(*) AS n FROM (${compiled.sql})`, ...values)?.['n']);
}

function pageInfo({ fields }: Selected, page: Page, { rows, hasNextPage }: Read): unknown {
  const values: Readonly<Record<string, unknown>> = {
    hasNextPage,
    hasPreviousPage: page.offset > 0,
    startCursor: rows.length === 0 ? null : cursorOf(page.offset),
    endCursor: rows.length === 0 ? null : cursorOf(page.offset + rows.length - 1),
  };
  return Object.fromEntries(
    fields.map(({ key, name, owner }) => [key, name === '__typename' ? owner : values[name]]),
  );
}

function edge(connection: Connection, { fields }: Selected, row: Row, at: number): unknown {
  return Object.fromEntries(
    fields.map((one) => {
      if (one.name === '__typename') return [one.key, one.owner];
      return [one.key, one.name === 'cursor' ? cursorOf(at) : connection.node(one, row)];
    }),
  );
}

/** `{ edges pageInfo totalCount }` as it was asked for, with no row read and none counted that was not. */
export function connectionObject(connection: Connection): Readonly<Record<string, unknown>> {
  const { selected } = connection;
  const page = pageOf(selected);
  const needsRows = selected.fields.some(({ name }) => name === 'edges' || name === 'pageInfo');
  const found = needsRows ? read(connection, page) : { rows: [], hasNextPage: false };
  return Object.fromEntries(
    selected.fields.map((one) => {
      switch (one.name) {
        case 'edges':
          return [one.key, found.rows.map((row, n) => edge(connection, one, row, page.offset + n))];
        case 'pageInfo':
          return [one.key, pageInfo(one, page, found)];
        case 'totalCount':
          return [one.key, connection.total()];
        default:
          return [one.key, one.owner];
      }
    }),
  );
}
