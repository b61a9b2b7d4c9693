import { wholeOf } from '../model/whole-object.ts';
import type { Row, SqlValue } from '../lib/database.ts';
import { computedValue } from '../data/formulas.ts';
import type { OrgView } from '../model/org-view.ts';
import type { FieldDefinition } from '../model/schema.ts';
import type { Compiled } from './compile.ts';
import type { Column } from './scope.ts';
import type { Output } from './select.ts';

export type ResultRecord = Record<string, unknown>;

/** A column value as JSON gives it. */
function shown(type: FieldDefinition['type'], value: SqlValue): unknown {
  if (value === null) return type === 'boolean' ? false : null;
  if (type === 'boolean') return value === 1;
  if (type === 'address' && typeof value === 'string') return JSON.parse(value) as unknown;
  return value;
}

const attributes = (type: string, version: string, id: SqlValue): ResultRecord => ({
  type,
  url: `/services/data/${version}/sobjects/${type}/${String(id)}`,
});

/** Builds records from rows; holds the API version that goes into their addresses. */
export class RecordBuilder {
  private readonly org: OrgView;
  private readonly version: string;

  constructor(org: OrgView, version: string) {
    this.org = org;
    this.version = version;
  }

  private fill(
    record: ResultRecord,
    outputs: readonly Output[],
    row: Row,
    compiled: Compiled,
  ): void {
    for (const output of outputs) {
      const value = row[`c${output.at}`] ?? null;
      if (output.kind === 'value' && output.formula) {
        record[output.name] = this.computed(output.formula, value);
      } else if (output.kind === 'value' && output.type === 'base64') {
        record[output.name] = this.addressOf(value);
      } else if (output.kind === 'value') {
        record[output.name] = shown(output.type, value);
      } else if (output.kind === 'children') {
        record[output.name] = this.children(compiled.children[output.at], row['c0'] ?? null);
      } else if (value === null) {
        record[output.name] = null;
      } else {
        const parent: ResultRecord = {
          attributes: attributes(output.object.name, this.version, value),
        };
        this.fill(parent, output.outputs, row, compiled);
        record[output.name] = parent;
      }
    }
  }

  /** Bytes are read at their address, which their column holds without the version. */
  private addressOf(value: SqlValue): SqlValue {
    return typeof value === 'string' ? `/services/data/${this.version}${value}` : null;
  }

  /** Formulas read the whole org, whatever the user sees of it. */
  private computed({ field, owner }: Column, id: SqlValue): unknown {
    const { whole, access } = this.org;
    const object = wholeOf(owner);
    const row = typeof id === 'string' ? whole.row(object, id) : undefined;
    if (!row) return shown(field.type, null);
    return computedValue({ org: whole, object, row, userId: access?.userId }, field);
  }

  private children(compiled: Compiled | undefined, parent: SqlValue): unknown {
    if (!compiled) return null;
    const rows = this.org.db.all(compiled.sql, parent, ...compiled.values);
    if (rows.length === 0) return null;
    return {
      totalSize: rows.length,
      done: true,
      records: rows.map((row) => this.build(compiled, row)),
    };
  }

  build(compiled: Compiled, row: Row): ResultRecord {
    const record: ResultRecord = {
      attributes:
        compiled.kind === 'aggregate'
          ? { type: 'AggregateResult' }
          : attributes(compiled.object.name, this.version, row['c0'] ?? null),
    };
    this.fill(record, compiled.selection.outputs, row, compiled);
    return record;
  }
}
