import type { OrgView } from '../model/org-view.ts';
import { compile } from '../soql/compile.ts';
import { RecordBuilder, type ResultRecord } from '../soql/run.ts';

/** Runs a query as Apex does in system mode: whatever the user may see. */
export function systemQuery({ whole }: OrgView, soql: string): readonly ResultRecord[] {
  const compiled = compile(whole, soql, false);
  const builder = new RecordBuilder(whole, 'v66.0');
  return whole.db.all(compiled.sql, ...compiled.values).map((row) => builder.build(compiled, row));
}

/** A text of the class in a query, as a bound variable is. */
export const bound = (text: string): string =>
  `'${text.replaceAll('\\', String.raw`\\`).replaceAll("'", String.raw`\'`)}'`;
