import type { FieldFunctionExpression, FieldType, Subquery } from '@jetstreamapp/soql-parser-js';
import type { FieldDefinition, ObjectDefinition } from '../model/schema.ts';
import { functionSql, isAggregate } from './functions.ts';
import { malformed, notEmulated, unknownRelationship } from './problem.ts';
import type { Column, Scope } from './scope.ts';

/** One entry of a result record, in the order of the SELECT list. */
export type Output =
  | {
      readonly kind: 'value';
      readonly name: string;
      /** Of a formula field the column of the record's id. */
      readonly at: number;
      readonly type: FieldDefinition['type'];
      readonly formula?: Column;
    }
  | {
      readonly kind: 'parent';
      readonly name: string;
      readonly at: number;
      readonly object: ObjectDefinition;
      readonly outputs: Output[];
    }
  | { readonly kind: 'children'; readonly name: string; readonly at: number };

export interface ChildQuery {
  readonly subquery: Subquery;
  readonly object: ObjectDefinition;
  /** The child's field that holds the parent's id. */
  readonly field: FieldDefinition;
}

/** An entry of the SELECT list: the name of its values, and how it was written. */
export interface Named {
  readonly name: string;
  readonly written: string;
  readonly column: Column | undefined;
  readonly aggregate: boolean;
}

/** The SQL columns of a SELECT list and how they become a record. */
export class Selection {
  readonly columns: string[] = [];
  readonly outputs: Output[] = [];
  readonly children: ChildQuery[] = [];
  /** What was asked for, for `columns=true`. */
  readonly named: Named[] = [];
  private readonly scope: Scope;
  private unnamed = 0;

  constructor(scope: Scope, grouped: boolean) {
    this.scope = scope;
    if (!grouped) this.add(`${scope.alias}.Id`);
  }

  private add(sql: string): number {
    return this.columns.push(sql) - 1;
  }

  /** The list of outputs inside the parents that a path goes through. */
  private nest(relationships: readonly string[], word: string): Output[] {
    let outputs = this.outputs;
    for (let depth = 1; depth <= relationships.length; depth++) {
      const { alias, object, names } = this.scope.parent(relationships.slice(0, depth), word);
      const name = names[depth - 1];
      if (name === undefined) continue;
      let parent = outputs.find((one) => one.kind === 'parent' && one.name === name);
      if (parent?.kind !== 'parent') {
        parent = { kind: 'parent', name, at: this.add(`${alias}.Id`), object, outputs: [] };
        outputs.push(parent);
      }
      outputs = parent.outputs;
    }
    return outputs;
  }

  private field(path: string): void {
    const column = this.scope.column(path);
    const relationships = path.split('.').slice(0, -1);
    const { alias, names } = this.scope.parent(relationships, path);
    const outputs = names.length === 0 ? this.outputs : this.nest(relationships, path);
    const { name, type } = column.field;
    if (outputs.some((one) => one.name === name)) {
      throw malformed(`duplicate field selected: ${name}`);
    }
    outputs.push(
      column.field.formula === undefined
        ? { kind: 'value', name, at: this.add(column.sql), type }
        : { kind: 'value', name, at: this.add(`${alias}.Id`), type, formula: column },
    );
    this.named.push({ name: path, written: path, column, aggregate: false });
  }

  private subquery(subquery: Subquery): void {
    const { org, soql } = this.scope.compilation;
    const wanted = subquery.relationshipName.toLowerCase();
    for (const object of org.schema().values()) {
      const field = object.fields.find(
        (one) =>
          one.childRelationshipName?.toLowerCase() === wanted &&
          one.referenceTo.includes(this.scope.object.name),
      );
      if (!field) continue;
      const name = field.childRelationshipName ?? subquery.relationshipName;
      this.outputs.push({ kind: 'children', name, at: this.children.length });
      this.children.push({ subquery, object, field });
      return;
    }
    throw unknownRelationship(soql, subquery.relationshipName, subquery.relationshipName);
  }

  private expression(call: FieldFunctionExpression): void {
    const { sql, type, aggregate } = functionSql(this.scope, call);
    const name = call.alias ?? `expr${this.unnamed++}`;
    this.outputs.push({ kind: 'value', name, at: this.add(sql), type });
    this.named.push({ name, written: call.rawValue ?? name, column: undefined, aggregate });
  }

  /** An entry of an ordinary query's list. */
  take(entry: FieldType): void {
    switch (entry.type) {
      case 'Field':
      case 'FieldRelationship':
        if ('alias' in entry) {
          throw malformed('only aggregate expressions use field aliasing');
        }
        this.field(pathOf(entry));
        return;
      case 'FieldSubquery':
        this.subquery(entry.subquery);
        return;
      case 'FieldFunctionExpression':
        throw notEmulated(`${entry.rawValue ?? entry.functionName} in a SELECT list`);
      case 'FieldTypeof':
        throw notEmulated('TYPEOF');
    }
  }

  /** An entry of an aggregate query's list: an aggregate, or something that is grouped by. */
  takeGrouped(entry: FieldType, grouped: ReadonlySet<string>): void {
    if (entry.type === 'FieldFunctionExpression') {
      if (!isAggregate(entry) && !grouped.has((entry.rawValue ?? '').toLowerCase())) {
        throw malformed(`Field must be grouped or aggregated: ${entry.rawValue ?? ''}`);
      }
      this.expression(entry);
      return;
    }
    if (entry.type !== 'Field' && entry.type !== 'FieldRelationship') {
      throw malformed('an aggregate query takes fields and functions only');
    }
    const path = pathOf(entry);
    const column = this.scope.column(path);
    if (!grouped.has(column.sql.toLowerCase())) {
      throw malformed(`Field must be grouped or aggregated: ${path}`);
    }
    const name = ('alias' in entry ? entry.alias : undefined) ?? column.field.name;
    this.outputs.push({ kind: 'value', name, at: this.add(column.sql), type: column.field.type });
    this.named.push({ name, written: path, column, aggregate: false });
  }
}

function pathOf(entry: { field: string; relationships?: string[]; objectPrefix?: string }): string {
  const prefix = entry.objectPrefix === undefined ? [] : [entry.objectPrefix];
  return [...prefix, ...(entry.relationships ?? []), entry.field].join('.');
}
