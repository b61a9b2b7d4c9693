import type { OrgView } from '../../model/org-view.ts';
import { compile, type Compiled } from '../../soql/compile.ts';
import { RecordBuilder, type ResultRecord } from '../../soql/run.ts';
import { findField } from '../../soql/scope.ts';
import type { FieldDefinition, ObjectDefinition } from '../../model/schema.ts';
import { entriesByPath, ordered } from './order.ts';
import { connectionObject, countRows } from './paging.ts';
import { fetchProblem } from '../problem.ts';
import type { Selected } from './select.ts';
import type { PlainName } from '../schema/sources.ts';
import { valueObject } from './values.ts';
import { conditions, quotedText, whereClause } from './where.ts';

export interface Reading {
  readonly org: OrgView;
  /** `v66.0` */
  readonly version: string;
}

/** Reads one entry of an answer from a record. */
type Reader = (record: ResultRecord) => unknown;

/** The fields of a query, and how its records become nodes. */
interface Shape {
  /** For the SELECT list. */
  readonly paths: ReadonlySet<string>;
  readonly node: Reader;
}

/** Where a selection of records stands: the path to it, and whether lists of children may stand in it. */
interface Place {
  readonly prefix: string;
  readonly paths: Set<string>;
  readonly children: boolean;
}

const anyId = '000000000000000AAA';

/** `Id`, `ApiName`, `DisplayValue` or `WeakEtag` of a record, and the field that it needs. */
function plainReader(object: ObjectDefinition, place: Place, name: PlainName): Reader {
  if (name === 'ApiName') return () => object.name;
  const needed = { Id: 'Id', DisplayValue: object.nameField, WeakEtag: 'SystemModstamp' }[name];
  if (!findField(object, needed)) return () => (name === 'WeakEtag' ? 0 : null);
  place.paths.add(place.prefix + needed);
  if (name !== 'WeakEtag') return (record) => record[needed] ?? null;
  return (record) => new Date(String(record[needed])).getTime();
}

function childrenReader(
  reading: Reading,
  selected: Selected,
  object: ObjectDefinition,
  link: FieldDefinition,
  place: Place,
): Reader {
  if (!place.children) {
    throw fetchProblem(
      `The list ${selected.name} stands too deep: a query has one level of children, below its own records.`,
      selected.node,
    );
  }
  place.paths.add(`${place.prefix}Id`);
  const list = new RecordList(reading, selected, object, link);
  return (record) => list.of(String(record['Id']));
}

function reader(
  reading: Reading,
  object: ObjectDefinition,
  selected: Selected,
  place: Place,
): Reader {
  const { source, name, owner, fields } = selected;
  switch (source?.kind) {
    case undefined:
      return () => owner;
    case 'plain':
      return plainReader(object, place, source.name);
    case 'value':
      place.paths.add(place.prefix + name);
      return (record) => valueObject(fields, source.field, record[name]);
    case 'parent': {
      const prefix = `${place.prefix}${name}.`;
      const inside = { ...place, prefix, children: false };
      const node = nodeReader(reading, source.object, fields, inside);
      return (record) => {
        const parent = record[name] as ResultRecord | null | undefined;
        return parent ? node(parent) : null;
      };
    }
    case 'children':
      return childrenReader(reading, selected, source.object, source.field, place);
    default:
      throw new Error(`${name} is no field of a record.`);
  }
}

function nodeReader(
  reading: Reading,
  object: ObjectDefinition,
  fields: readonly Selected[],
  place: Place,
): Reader {
  place.paths.add(`${place.prefix}Id`);
  const readers = fields.map((one) => [one.key, reader(reading, object, one, place)] as const);
  return (record) => Object.fromEntries(readers.map(([key, read]) => [key, read(record)]));
}

/** @throws GraphqlProblem for lists of children where there can be none */
export function shapeOf(
  reading: Reading,
  object: ObjectDefinition,
  fields: readonly Selected[],
  children: boolean,
): Shape {
  const paths = new Set<string>();
  const node = nodeReader(reading, object, fields, { prefix: '', paths, children });
  return { paths, node };
}

/** All selections of `edges { node }`, which may stand there under several names. */
const nodesOf = ({ fields }: Selected): readonly Selected[] =>
  fields
    .filter(({ name }) => name === 'edges')
    .flatMap((edges) => edges.fields.filter(({ name }) => name === 'node'));

/** The `orderBy` of a connection as SOQL; ends with the id, so that pages do not overlap. */
function orderOf(org: OrgView, object: ObjectDefinition, orderBy: unknown): string {
  const entries = entriesByPath(org.schema(), object, orderBy);
  const parts = entries.map(({ path, input }) => ordered(path, input));
  return [...parts, ...(entries.some(({ path }) => path === 'Id') ? [] : ['Id'])].join(', ');
}

/** A connection of records: those of an object, or the children of a record. */
export class RecordList {
  private readonly reading: Reading;
  private readonly selected: Selected;
  private readonly compiled: Compiled;
  private readonly nodes: ReadonlyMap<Selected, Reader>;
  private readonly isChild: boolean;

  /**
   * @param link the field that holds the id of the record whose children these are; all records when left out
   * @throws GraphqlProblem or ApiError for what cannot be asked
   */
  constructor(
    reading: Reading,
    selected: Selected,
    object: ObjectDefinition,
    link?: FieldDefinition,
  ) {
    const { org } = reading;
    this.reading = reading;
    this.selected = selected;
    this.isChild = link !== undefined;
    const shapes = nodesOf(selected).map(
      (node) => [node, shapeOf(reading, object, node.fields, !link)] as const,
    );
    this.nodes = new Map(shapes.map(([node, shape]) => [node, shape.node]));
    const paths = new Set(['Id', ...shapes.flatMap(([, shape]) => [...shape.paths])]);
    const where = whereClause([
      ...(link ? [`${link.name} = ${quotedText(anyId)}`] : []),
      ...conditions(org.schema(), object, selected.args['where']),
    ]);
    const order = orderOf(org, object, selected.args['orderBy']);
    const soql = `SELECT ${[...paths].join(', ')} FROM ${object.name}${where} ORDER BY ${order}`;
    this.compiled = compile(org, soql, false);
  }

  /** @param parent the id of the record whose children are read */
  of(parent?: string): unknown {
    const { reading, compiled, selected } = this;
    const { org } = reading;
    const values = this.isChild ? [parent ?? '', ...compiled.values.slice(1)] : compiled.values;
    const builder = new RecordBuilder(org, reading.version);
    return connectionObject({
      org,
      selected,
      compiled,
      values,
      node: (node, row) => this.nodes.get(node)?.(builder.build(compiled, row)),
      total: () => countRows(org, compiled, values),
    });
  }
}
