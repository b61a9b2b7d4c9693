import type { OrgView } from '../model/org-view.ts';
import type { FieldType } from '../model/schema.ts';
import { compile } from '../soql/compile.ts';
import { RecordBuilder } from '../soql/run.ts';
import { findField } from '../soql/scope.ts';
import { escapeXml, type Notification } from './envelope.ts';

type Values = Notification['values'];

/** A value as SOAP writes it. */
function xmlText(type: FieldType, value: string | number | boolean): string {
  if (typeof value === 'number') {
    // A double of Java keeps its decimal point.
    return type !== 'int' && Number.isInteger(value) ? `${value}.0` : String(value);
  }
  if (typeof value === 'boolean') return String(value);
  return type === 'datetime' ? value.replace(/\+0000$/, 'Z') : escapeXml(value);
}

/** `Id` first, the others by name. */
const byName = (a: string, b: string): number =>
  a === 'Id' ? -1 : b === 'Id' ? 1 : a < b ? -1 : 1;

/**
 * Reads records for an outbound message, as its user sees them now: without fields that it may not read or
 * that are empty, and nothing at all of a record that is deleted or hidden.
 */
export function recordReader(
  view: OrgView,
  objectName: string,
  names: readonly string[],
): (id: string) => Values {
  const object = view.object(objectName);
  if (!object) return () => [];
  const fields = ['Id', ...names].flatMap((name) => findField(object, name) ?? []);
  const types = new Map(fields.map(({ name, type }) => [name, type]));
  const columns = [...types.keys()].sort(byName);
  const soql = `SELECT ${columns.join(', ')} FROM ${object.name} WHERE Id = ''`;
  const compiled = compile(view, soql, false);
  const builder = new RecordBuilder(view, 'v66.0');
  return (id) => {
    const row = view.db.get(compiled.sql, id);
    if (!row) return [];
    const record = builder.build(compiled, row);
    return columns.flatMap((name) => {
      const value = record[name];
      const isThere = typeof value === 'number' || typeof value === 'boolean' || value;
      if (!isThere) return [];
      return [[name, xmlText(types.get(name) ?? 'string', value as string)] as const];
    });
  };
}
