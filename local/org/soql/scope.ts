import type { OrgView } from '../model/org-view.ts';
import { quoted } from '../lib/database.ts';
import { isQueueOwner } from '../model/queues.ts';
import { hasRecycleBin, purgedUntil } from '../write/references.ts';
import type { FieldDefinition, ObjectDefinition } from '../model/schema.ts';
import { ownerObject, ownersSql } from './owners.ts';
import {
  malformed,
  notEmulated,
  unknownColumn,
  unknownObject,
  unknownRelationship,
} from './problem.ts';

/** What all parts of one query share. */
export interface Compilation {
  readonly org: OrgView;
  readonly soql: string;
  /** `queryAll`: rows in the recycle bin count too. */
  readonly withDeleted: boolean;
  /** Counts table aliases over all nested queries. */
  aliases: number;
}

export interface Column {
  readonly sql: string;
  readonly field: FieldDefinition;
  readonly owner: ObjectDefinition;
}

interface Joined {
  readonly alias: string;
  readonly object: ObjectDefinition;
  readonly sql: string;
}

/** Objects that others refer to by their durable id instead of a record id. */
const maxLevels = 5;
const maxRelationships = 55;
const definitions = new Set(['EntityDefinition', 'FieldDefinition', 'EntityParticle']);

const keyOf = (object: ObjectDefinition): string =>
  definitions.has(object.name) ? 'DurableId' : 'Id';

export function findField(object: ObjectDefinition, name: string): FieldDefinition | undefined {
  const folded = name.toLowerCase();
  return object.fields.find((field) => field.name.toLowerCase() === folded);
}

/** The object of a query and the parents that its field paths have joined. */
export class Scope {
  readonly compilation: Compilation;
  readonly object: ObjectDefinition;
  readonly alias: string;
  private readonly prefixes: ReadonlySet<string>;
  private readonly joins = new Map<string, Joined>();
  /** What joined parents ask of the rows. */
  private readonly needed: string[] = [];

  constructor(compilation: Compilation, name: string, sObjectAlias?: string) {
    const object = compilation.org.object(name);
    if (!object) throw unknownObject(compilation.soql, name);
    this.compilation = compilation;
    this.object = object;
    this.alias = nextAlias(compilation);
    this.prefixes = new Set([
      object.name.toLowerCase(),
      (sObjectAlias ?? object.name).toLowerCase(),
    ]);
  }

  /** `FROM` with its joins; complete once all paths were resolved. */
  from(): string {
    const joins = [...this.joins.values()].map((one) => one.sql).join(' ');
    return `FROM ${quoted(this.object.name)} ${this.alias} ${joins}`;
  }

  /**
   * Leaves out the recycle bin, unless the query wants it, and what the user may not see. Ask last.
   * @param listed the query does not ask by id
   */
  conditions(listed: boolean): readonly string[] {
    const { withDeleted, org } = this.compilation;
    const live = hasRecycleBin(this.object) ? [`${this.alias}.IsDeleted = 0`] : [];
    if (withDeleted && live.length > 0) {
      live[0] = `(${live[0]} OR ${this.alias}.SystemModstamp >= '${purgedUntil(org)}')`;
    }
    const visible = org.access?.visible(this.object, this.alias, listed);
    return [...live, ...(visible === undefined ? [] : [visible]), ...this.needed];
  }

  private isPrefix(name: string): boolean {
    if (!this.prefixes.has(name.toLowerCase())) return false;
    return this.relation(this.object, name) === undefined;
  }

  private relation(object: ObjectDefinition, name: string): FieldDefinition | undefined {
    const folded = name.toLowerCase();
    return object.fields.find((field) => field.relationshipName?.toLowerCase() === folded);
  }

  private join(from: Joined, relationship: string, path: string, word: string): Joined {
    const known = this.joins.get(path);
    if (known) return known;
    if (this.joins.size >= maxRelationships) {
      throw malformed(`A query follows at most ${maxRelationships} relationships to parents.`);
    }
    const { soql, org } = this.compilation;
    const field = this.relation(from.object, relationship);
    if (field && isQueueOwner(field)) return this.joinOwner(from, field, path);
    if (field && field.referenceTo.length > 1) {
      throw notEmulated(`paths through ${field.name}, which leads to several objects,`);
    }
    const object = field && org.object(field.referenceTo[0] ?? '');
    if (!field || !object) throw unknownRelationship(soql, word, relationship);
    const alias = nextAlias(this.compilation);
    const foreign = `${from.alias}.${quoted(field.name)}`;
    const visible = org.access?.visible(object, alias);
    const sql =
      `LEFT JOIN ${quoted(object.name)} ${alias} ` +
      `ON ${alias}.${keyOf(object)} = ${foreign}${visible === undefined ? '' : ` AND ${visible}`}`;
    // Custom metadata records vanish with the object or field that the user may not see.
    if (visible !== undefined && definitions.has(object.name)) {
      this.needed.push(`(${foreign} IS NULL OR ${alias}.${keyOf(object)} IS NOT NULL)`);
    }
    const joined = { alias, object, sql };
    this.joins.set(path, joined);
    return joined;
  }

  /** A user or a queue, of which a query sees what both have, and what users alone have empty for queues. */
  private joinOwner(from: Joined, field: FieldDefinition, path: string): Joined {
    const alias = nextAlias(this.compilation);
    const object = ownerObject(this.compilation.org);
    const on = `${alias}.Id = ${from.alias}.${quoted(field.name)}`;
    const joined = { alias, object, sql: `LEFT JOIN ${ownersSql(object)} ${alias} ON ${on}` };
    this.joins.set(path, joined);
    return joined;
  }

  /** Follows relationships from the query's object, leaving out its own name or alias. */
  parent(
    relationships: readonly string[],
    word: string,
  ): { alias: string; object: ObjectDefinition; names: string[] } {
    let at: Joined = { alias: this.alias, object: this.object, sql: '' };
    let path = '';
    const names: string[] = [];
    relationships.forEach((name, index) => {
      if (index === 0 && this.isPrefix(name)) return;
      path += `.${name.toLowerCase()}`;
      names.push(this.relation(at.object, name)?.relationshipName ?? name);
      if (names.length > maxLevels) {
        throw malformed(`A path goes up at most ${maxLevels} relationships: ${word}`);
      }
      at = this.join(at, name, path, word);
    });
    return { alias: at.alias, object: at.object, names };
  }

  /** The column for a path such as `Contact__r.Account.Name`. */
  column(path: string): Column {
    const parts = path.split('.');
    const name = parts.pop() ?? '';
    const { alias, object } = this.parent(parts, path);
    const field = findField(object, name);
    if (!field) throw unknownColumn(this.compilation.soql, path, name, object.name);
    const { permission } = field;
    const { access } = this.compilation.org;
    const sql =
      permission === undefined
        ? columnSql(alias, field, object)
        : String(Number(access === undefined || access.has(permission)));
    return { sql, field, owner: object };
  }
}

function nextAlias(compilation: Compilation): string {
  return `t${compilation.aliases++}`;
}

const addressParts: Readonly<Record<string, string>> = {
  city: 'City',
  country: 'Country',
  countryCode: 'CountryCode',
  geocodeAccuracy: 'GeocodeAccuracy',
  latitude: 'Latitude',
  longitude: 'Longitude',
  postalCode: 'PostalCode',
  state: 'State',
  stateCode: 'StateCode',
  street: 'Street',
};

/** A compound address as JSON text, null when all its parts are. */
function addressSql(alias: string, field: FieldDefinition, object: ObjectDefinition): string {
  const prefix = field.name.replace(/Address$/, '');
  const column = (part: string): string => `${alias}.${quoted(prefix + part)}`;
  const parts = Object.entries(addressParts).filter(
    ([, part]) => findField(object, prefix + part) !== undefined,
  );
  const pairs = parts.map(([key, part]) => `'${key}', ${column(part)}`).join(', ');
  const any = parts.map(([, part]) => column(part)).join(', ');
  return `CASE WHEN coalesce(${any}) IS NULL THEN NULL ELSE json_object(${pairs}) END`;
}

/** Formula fields have no column; a SELECT list computes them from the record. */
function columnSql(alias: string, field: FieldDefinition, object: ObjectDefinition): string {
  if (field.formula !== undefined) return 'NULL';
  if (field.type === 'address') return addressSql(alias, field, object);
  return `${alias}.${quoted(field.name)}`;
}

/** Refuses what would silently compare with a value that is not there. */
export function refuseFormula(column: Column): void {
  if (column.field.formula !== undefined) {
    throw notEmulated(`filters, orders and functions of the formula field ${column.field.name}`);
  }
}
