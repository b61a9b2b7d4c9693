import type * as apexParser from '@apexdevtools/apex-parser';
import { maybe, placeOf } from './antlr.ts';
import { unsupported } from './refusal.ts';
import type {
  Expression,
  FilterValue,
  Place,
  Query,
  QueryField,
  QueryFilter,
  QueryOutline,
} from './tree.ts';

interface TreeNode {
  readonly children?: readonly TreeNode[] | null;
  readonly start: Token;
  readonly stop: Token;
  getText(): string;
}

interface Token {
  readonly line: number;
  readonly column: number;
  readonly start: number;
  readonly stop: number;
}

const kindOf = (node: TreeNode): string => node.constructor.name.replace(/Context$/, '');

/** Nodes of a kind below a node: none inside another, of a subquery, or of what is queried. */
function below(node: TreeNode, kind: string): readonly TreeNode[] {
  return (node.children ?? []).flatMap((child) => {
    const found = kindOf(child);
    if (found === kind) return [child];
    return found === 'SubQuery' || found === 'FromNameList' ? [] : below(child, kind);
  });
}

const aggregates = /^(?:avg|count|count_distinct|min|max|sum)\(/i;

type Literal = Extract<FilterValue, { literal: unknown }>['literal'];

const LITERALS: readonly (readonly [RegExp, Literal])[] = [
  [/^'/, 'string'],
  [/^(?:true|false)$/i, 'boolean'],
  [/^\d{4}-\d\d-\d\d$/, 'date'],
  [/^\d{4}-\d\d-\d\dT/i, 'dateTime'],
  [/^[+-]?(?:\d|\.\d)[\d.]*$/, 'number'],
];

/** What a field is compared with; `null`, `TODAY` and queries, which fit to fields of several types, are left out. */
function valuesOf(value: TreeNode, binds: readonly TreeNode[]): readonly FilterValue[] {
  const [list] = below(value, 'ValueList');
  if (list) return below(list, 'Value').flatMap((one) => valuesOf(one, binds));
  const [bound] = below(value, 'BoundExpression');
  if (bound) return [{ bind: binds.indexOf(bound) }];
  const text = value.getText();
  const literal = LITERALS.find(([form]) => form.test(text))?.[1];
  return literal === undefined ? [] : [{ literal }];
}

const childrenOf = (node: TreeNode, kind: string): readonly TreeNode[] =>
  (node.children ?? []).filter((one) => kindOf(one) === kind);

const sameField = (one: QueryField, other: QueryField): boolean =>
  one.path.toLowerCase() === other.path.toLowerCase();

function outlineOf(
  query: TreeNode,
  [names, at]: readonly [string, Place],
  binds: readonly TreeNode[],
): QueryOutline {
  const [object = '', alias] = names.split(/\s+/);
  const functions = below(query, 'SelectList')
    .flatMap((selected) => below(selected, 'SoqlFunction'))
    .map((one) => one.getText());
  const isCount = functions.length === 1 && /^count\(\)$/i.test(functions[0] ?? '');
  const isGrouped = below(query, 'GroupByClause').length > 0;
  const isAggregate = isGrouped || functions.some((one) => aggregates.test(one));
  const prefix = alias === undefined ? undefined : `${alias.toLowerCase()}.`;
  const fieldOf = (one: TreeNode, path = one.getText()): QueryField => {
    const isAliased = prefix !== undefined && path.toLowerCase().startsWith(prefix);
    return { path: isAliased ? path.slice(prefix.length) : path, at: placeOf(one) };
  };
  const fieldsIn = (kind: string): readonly QueryField[] =>
    below(query, kind).flatMap((one) => childrenOf(one, 'FieldName').map((name) => fieldOf(name)));
  const grouped = fieldsIn('FieldGroupBy');
  const filtersIn = (kind: string): readonly QueryFilter[] =>
    below(query, kind).flatMap((clause) =>
      below(clause, 'FieldExpression').flatMap((one) => {
        const [left] = one.children ?? [];
        const [value] = childrenOf(one, 'Value');
        if (!left || !value) return [];
        const [, by, inner] = /^(\w+)\(([\w.]*)\)$/.exec(left.getText()) ?? [];
        if (by === undefined && kindOf(left) !== 'FieldName') return [];
        const field = fieldOf(left, inner);
        const values = valuesOf(value, binds);
        return [{ ...field, values, by, isOfGroups: kind === 'GroupByClause' }];
      }),
    );
  const filters = [...filtersIn('WhereClause'), ...filtersIn('GroupByClause')];
  const isOne = (one: QueryField): boolean => grouped.some((each) => sameField(one, each));
  return {
    object,
    at,
    filters,
    fields: below(query, 'FieldName').map((one) => fieldOf(one)),
    result: isCount ? 'count' : isAggregate ? 'aggregate' : 'records',
    ungrouped:
      isCount || isAggregate
        ? [
            ...fieldsIn('SelectEntry'),
            ...filters.filter((one) => one.isOfGroups && one.by === undefined),
          ].filter((one) => !isOne(one))
        : [],
    children: [],
  };
}

/** Text of a list of names with its blanks, which `getText` leaves out. */
const written = (source: string, node: TreeNode): string =>
  source.slice(node.start.start, node.stop.stop + 1);

/** A query in brackets, with what it binds. */
export function queryOf(
  literal: apexParser.SoqlLiteralContext,
  source: string,
  expressionOf: (node: apexParser.ExpressionContext) => Expression,
): Query {
  const at = placeOf(literal);
  const query = maybe(literal.query());
  if (!query) throw unsupported(at, 'this kind of query');
  if (maybe(query.usingScope())) throw unsupported(at, 'USING SCOPE in SOQL');
  const node = query as unknown as TreeNode;
  const texts: string[] = [];
  const binds: Expression[] = [];
  let from = node.start.start;
  const allBinds = (one: TreeNode): readonly TreeNode[] =>
    kindOf(one) === 'BoundExpression' ? [one] : (one.children ?? []).flatMap(allBinds);
  const bounds = allBinds(node);
  for (const bound of bounds) {
    texts.push(source.slice(from, bound.start.start));
    binds.push(expressionOf((bound as unknown as apexParser.BoundExpressionContext).expression()));
    from = bound.stop.stop + 1;
  }
  texts.push(source.slice(from, node.stop.stop + 1));
  const names = query.fromNameList() as unknown as TreeNode;
  const outline = outlineOf(node, [written(source, names), placeOf(names)], bounds);
  const children = subQueries(node).map((one) => {
    const list = (one as unknown as apexParser.SubQueryContext).fromNameList();
    const found = list as unknown as TreeNode;
    return outlineOf(one, [written(source, found), placeOf(found)], bounds);
  });
  return { kind: 'query', at, texts, binds, outline: { ...outline, children } };
}

/** Subqueries that are selected, not those of a filter. */
function subQueries(query: TreeNode): readonly TreeNode[] {
  return below(query, 'SelectList').flatMap((list) =>
    (list.children ?? []).flatMap((entry) =>
      (entry.children ?? []).filter((one) => kindOf(one) === 'SubQuery'),
    ),
  );
}
