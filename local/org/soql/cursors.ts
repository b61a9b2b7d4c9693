import type { Row } from '../lib/database.ts';
import { ApiError } from '../model/errors.ts';
import { makeId } from '../model/ids.ts';
import type { OrgView } from '../model/org-view.ts';
import { compile, type Compiled } from './compile.ts';
import { RecordBuilder, type ResultRecord } from './run.ts';

/** Oldest cursors are forgotten beyond this many, as Salesforce does per user. */
const maxCursors = 10;

export interface QueryPage {
  readonly totalSize: number;
  readonly done: boolean;
  readonly nextRecordsUrl?: string;
  readonly records: readonly ResultRecord[];
}

interface Cursor {
  readonly org: OrgView;
  readonly compiled: Compiled;
  readonly rows: readonly Row[];
  readonly pageSize: number;
}

export interface QueryRequest {
  /** The org as the caller sees it. */
  readonly org: OrgView;
  readonly soql: string;
  /** With the rows in the recycle bin. */
  readonly withDeleted: boolean;
  readonly pageSize: number;
  /** `v66.0`, for the addresses in the answer. */
  readonly version: string;
}

/** Runs queries and keeps what is left of them for their next pages. */
export class Cursors {
  private readonly open = new Map<string, Cursor>();
  private made = 0;

  start(request: QueryRequest): QueryPage {
    const { org } = request;
    const compiled = compile(org, request.soql, request.withDeleted);
    const rows = org.db.all(compiled.sql, ...compiled.values);
    if (compiled.kind === 'count') {
      return { totalSize: Number(rows[0]?.['c0'] ?? 0), done: true, records: [] };
    }
    const cursor: Cursor = { org, compiled, rows, pageSize: request.pageSize };
    if (rows.length <= request.pageSize) return this.page('', cursor, 0, request.version);
    const id = makeId('01g', ++this.made);
    this.open.set(id, cursor);
    const [oldest] = this.open.keys();
    if (this.open.size > maxCursors && oldest !== undefined) this.open.delete(oldest);
    return this.page(id, cursor, 0, request.version);
  }

  /** @param locator `01g…-2000`, as the page before named it */
  next(locator: string, version: string): QueryPage {
    const [id = '', offset = ''] = locator.split('-');
    const cursor = this.open.get(id);
    const from = Number(offset);
    if (!cursor || !Number.isInteger(from) || from < 0 || from >= cursor.rows.length) {
      throw new ApiError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
    }
    return this.page(id, cursor, from, version);
  }

  private page(id: string, cursor: Cursor, from: number, version: string): QueryPage {
    const to = from + cursor.pageSize;
    const done = to >= cursor.rows.length;
    const builder = new RecordBuilder(cursor.org, version);
    return {
      totalSize: cursor.rows.length,
      done,
      ...(done ? {} : { nextRecordsUrl: `/services/data/${version}/query/${id}-${to}` }),
      records: cursor.rows.slice(from, to).map((row) => builder.build(cursor.compiled, row)),
    };
  }
}
