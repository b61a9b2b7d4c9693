import type { FieldDefinition, ObjectDefinition } from '../../../model/schema.ts';
import {
  BLOB,
  BOOLEAN,
  DATE,
  DATETIME,
  DECIMAL,
  ID,
  INTEGER,
  OBJECT,
  SOBJECT,
  STRING,
  listOf,
  typeOf,
  type Type,
} from '../types/type.ts';

/** Objects as the compiler asks for them, by name in any case. */
export interface ObjectSource {
  object(name: string): ObjectDefinition | undefined;
  objects(): Iterable<ObjectDefinition>;
}

const TYPES: Readonly<Partial<Record<FieldDefinition['type'], Type>>> = {
  id: ID,
  reference: ID,
  boolean: BOOLEAN,
  int: INTEGER,
  double: DECIMAL,
  currency: DECIMAL,
  percent: DECIMAL,
  date: DATE,
  datetime: DATETIME,
  base64: BLOB,
  address: OBJECT,
};

/** What code may ask of records, and what it counted on. */
export class RecordTypes {
  /** `Account.Name` → `String`: code that was compiled with other facts is compiled anew. */
  readonly facts: Record<string, string> = {};
  private readonly source: ObjectSource;
  private readonly lists = new Map<string, ObjectDefinition>();

  constructor(source: ObjectSource) {
    this.source = source;
    for (const object of source.objects()) {
      for (const { childRelationshipName, referenceTo } of object.fields) {
        if (childRelationshipName === undefined) continue;
        for (const parent of referenceTo) {
          this.lists.set(`${parent}.${childRelationshipName}`.toLowerCase(), object);
        }
      }
    }
  }

  object(name: string): ObjectDefinition | undefined {
    const found = this.source.object(name);
    if (found) this.facts[found.name] = 'SObject';
    return found;
  }

  /** Type of a member of a record: a field, a parent, or a list of children; undefined where there is none. */
  member(object: ObjectDefinition, name: string): Type | undefined {
    const found = this.typeOfMember(object, name.toLowerCase());
    if (found) this.facts[`${object.name}.${name}`] = found.text;
    return found;
  }

  /** Whether what a program was compiled with still holds. */
  hold(facts: Readonly<Record<string, string>>): boolean {
    return Object.entries(facts).every(([path, type]) => {
      const [name = '', member] = path.split('.');
      const object = this.source.object(name);
      if (member === undefined) return object !== undefined;
      return object !== undefined && this.typeOfMember(object, member.toLowerCase())?.text === type;
    });
  }

  private typeOfMember(object: ObjectDefinition, key: string): Type | undefined {
    const field = object.fields.find((one) => one.name.toLowerCase() === key);
    if (field) return TYPES[field.type] ?? STRING;
    if (key === 'id') return ID;
    const parent = object.fields.find((one) => one.relationshipName?.toLowerCase() === key);
    if (parent) {
      const [only, ...more] = parent.referenceTo;
      const target = more.length === 0 && only !== undefined ? this.source.object(only) : undefined;
      return target ? typeOf(target.name) : SOBJECT;
    }
    const child = this.lists.get(`${object.name}.${key}`.toLowerCase());
    return child && listOf(typeOf(child.name));
  }

  /** The object of a list of children. */
  childObject(object: ObjectDefinition, list: string): ObjectDefinition | undefined {
    return this.lists.get(`${object.name}.${list}`.toLowerCase());
  }
}
