import { goSingly, partsOf, sizeOf } from '../../src/salesforce/collections.ts';
import {
  type Collection,
  COLLECTION_SIZE,
  COLLECTIONS_PER_CALL,
  type RecordState,
  type ItemError,
  type ItemResult,
  type Missing,
  type Org,
  type OrgAudit,
} from '../../src/ports/org.ts';

/** As whom the sidecar writes. */
export const US = '005000000000001AAA';

type Held = Record<string, unknown> & { Id: string };

/**
 * An org that holds records: it takes what is written, answers the queries that the engine makes (`IN` lists,
 * joined by `OR`, and parents' fields by their relationship), and knows what was merged.
 */
export class HoldingOrg {
  readonly asOrg = this as unknown as Org & Pick<OrgAudit, 'userId'>;
  readonly objects = new Map<string, Held[]>();
  /** Survivor by the id of a record that was merged into it. */
  readonly merged = new Map<string, string>();
  readonly queried: string[] = [];
  readonly written: { readonly object: string; readonly kind: string; readonly record: unknown }[] =
    [];
  /** Whether it refuses references to what is not there, as Salesforce does; else one by a key is a mistake of the test. */
  looksForReferences = false;
  readonly #byKey = new Map<string, Held>();
  #ids = 0;
  #seconds = 0;

  /** What its clock says, which goes on by a second each time that it is asked. */
  now(): string {
    return new Date(Date.UTC(2026, 0, 1) + (this.#seconds += 1) * 1000)
      .toISOString()
      .replace('Z', '+0000');
  }

  add(object: string, fields: Record<string, unknown>): string {
    const id = `${object}-${(this.#ids += 1)}`;
    const dates = { CreatedDate: new Date().toISOString(), LastModifiedDate: this.now() };
    const held = { ...dates, ...fields, Id: id };
    this.of(object).push(held);
    this.#index(object, held);
    return id;
  }

  of(object: string): Held[] {
    const held = this.objects.get(object) ?? [];
    this.objects.set(object, held);
    return held;
  }

  get(object: string, id: string): Held | undefined {
    return this.of(object).find(({ Id }) => Id === id);
  }

  userId(): Promise<string> {
    return Promise.resolve(US);
  }

  queries(soql: readonly string[]): Promise<readonly (readonly Record<string, unknown>[])[]> {
    this.queried.push(...soql);
    return Promise.resolve(soql.map((one) => this.#query(one)));
  }

  recordStates(missing: readonly Missing[]): Promise<ReadonlyMap<string, RecordState>> {
    const fates = new Map<string, RecordState>();
    for (const { object, keyField, ids } of missing) {
      for (const id of ids) {
        const survivor = this.get(object, this.merged.get(id) ?? '');
        const key = survivor?.[keyField];
        if (survivor)
          fates.set(id, {
            kind: 'merged',
            recordId: survivor.Id,
            key: typeof key === 'string' ? key : null,
          });
        else fates.set(id, { kind: this.get(object, id) ? 'alive' : 'gone' });
      }
    }
    return Promise.resolve(fates);
  }

  write(collections: readonly Collection[]): Promise<readonly (readonly ItemResult[])[]> {
    const parts = collections.reduce((sum, one) => sum + partsOf(one), 0);
    if (parts > COLLECTIONS_PER_CALL || collections.some((one) => sizeOf(one) > COLLECTION_SIZE))
      throw new RangeError('more than one call takes');
    const singly = goSingly(collections);
    return Promise.resolve(
      collections.map((collection) => this.#take(collection, singly.has(collection))),
    );
  }

  #index(object: string, held: Held): void {
    if (typeof held['Woo_Key__c'] === 'string')
      this.#byKey.set(`${object} ${held['Woo_Key__c']}`, held);
  }

  #keyed(object: string, key: unknown): Held | undefined {
    const held = this.#byKey.get(`${object} ${String(key)}`);
    return held && held['Woo_Key__c'] === key && this.of(object).includes(held) ? held : undefined;
  }

  #query(soql: string): Held[] {
    const [, object = '', where] = /FROM (\w+) WHERE (.*)$/s.exec(soql) ?? [];
    if (where === undefined) throw new Error(`this org knows no query such as ${soql}`);
    if (where.includes(' LIKE ')) return selected(soql, this.#page(object, where));
    const terms = [...where.matchAll(/(\w+) IN \((.*?)\)(?= OR |$)/gs)].map(([, field, list]) => ({
      field: field ?? '',
      values: new Set(
        [...(list ?? '').matchAll(/'((?:[^'\\]|\\.)*)'/g)].map(([, text]) =>
          (text ?? '').replace(/\\(.)/g, '$1').toLowerCase(),
        ),
      ),
    }));
    const fits = (held: Held) => terms.some(({ field, values }) => values.has(textOf(held[field])));
    const found = this.of(object).filter(fits);
    return selected(
      soql,
      found.map((held) => this.#withParents(held)),
    );
  }

  /** Records whose key begins alike, by id, a page at a time. */
  #page(object: string, where: string): Held[] {
    const [, field = '', start = '', after = '', limit = ''] =
      /^(\w+) LIKE '(.*)%'(?: AND Id > '(.*)')? ORDER BY Id LIMIT (\d+)$/.exec(where) ?? [];
    return this.of(object)
      .filter((held) => textOf(held[field]).startsWith(start.replaceAll('\\', '').toLowerCase()))
      .filter(({ Id }) => Id > after)
      .sort((a, b) => (a.Id < b.Id ? -1 : 1))
      .slice(0, Number(limit))
      .map((held) => this.#withParents(held));
  }

  /** With the records that it refers to, by their relationships: `Order__c` leads to `Order__r`. */
  #withParents(held: Held): Held {
    const parents = Object.entries(held).flatMap(([name, value]) => {
      const object = name === 'Id' || typeof value !== 'string' ? '' : (value.split('-')[0] ?? '');
      const parent = object === '' ? undefined : this.get(object, String(value));
      return parent ? [[name.replace(/__c$/, '__r').replace(/Id$/, ''), parent]] : [];
    });
    return { ...held, ...(Object.fromEntries(parents) as Record<string, unknown>) };
  }

  #take(collection: Collection, isSingly: boolean): ItemResult[] {
    const { kind, object } = collection;
    if (kind === 'delete') {
      const kept = this.of(object).filter(({ Id }) => !collection.ids.includes(Id));
      this.objects.set(object, kept);
      return collection.ids.map((id) => ({ id, created: false, errors: [] }));
    }
    const records = collection.records.map((text) => JSON.parse(text) as Record<string, unknown>);
    const ids = records.map(({ id }) => id).filter((id) => id !== undefined);
    if (new Set(ids).size < ids.length)
      throw new Error('a record is named twice in one collection');
    return records.map((record) => {
      this.written.push({ object, kind, record });
      const errors = this.looksForReferences ? this.#dangling(record) : [];
      if (errors.length > 0) return { id: null, created: false, errors };
      const resolved = this.#resolved(record);
      if (kind === 'upsert') return this.#upsert(object, resolved);
      const held = this.get(object, String(record['id']));
      const since = collection.looks?.unmodifiedSince.get(held?.Id ?? '');
      if (
        isSingly &&
        since !== undefined &&
        textOf(held?.['LastModifiedDate']) > since.toLowerCase()
      )
        return { id: null, created: false, errors: [CHANGED] };
      // A copy, of which nothing moves with the record.
      const before = Object.fromEntries(
        ['Id', ...(collection.looks?.fields ?? [])].map((name) => [name, held?.[name] ?? null]),
      );
      return { ...this.#update(object, resolved), ...(since !== undefined && { before }) };
    });
  }

  /** References to records that are not there, by key or by an id of an object that the org has. */
  #dangling({ id: _own, ...fields }: Record<string, unknown>): readonly ItemError[] {
    return Object.entries(fields).flatMap(([name, value]): readonly ItemError[] => {
      if (typeof value === 'object' && value !== null) {
        const object = name.replace(/__r$/, '');
        const key = (value as Record<string, unknown>)['Woo_Key__c'];
        const message = `Foreign key external ID: ${String(key)} not found in entity ${object}`;
        if (this.#keyed(object, key)) return [];
        return [{ code: 'INVALID_FIELD', kind: 'reference', message, fields: [] }];
      }
      const [, object = ''] = /^(\w+)-\d+$/.exec(String(value)) ?? [];
      if (!this.objects.has(object) || this.get(object, String(value))) return [];
      const message = `invalid cross reference id: ${name}`;
      return [{ code: 'INVALID_CROSS_REFERENCE_KEY', kind: 'reference', message, fields: [name] }];
    });
  }

  /** References by key as the ids that they lead to: `Contact__r` is of Contact, into `Contact__c`. */
  #resolved(record: Record<string, unknown>): Record<string, unknown> {
    const fields = Object.entries(record).map(([name, value]) => {
      if (typeof value !== 'object' || value === null) return [name, value];
      const object = name.replace(/__r$/, '');
      const key = (value as Record<string, unknown>)['Woo_Key__c'];
      const held = this.#keyed(object, key);
      if (!held) throw new Error(`${name} leads to ${String(key)}, which is not there`);
      return [name === object ? `${name}Id` : `${object}__c`, held.Id];
    });
    return Object.fromEntries(fields) as Record<string, unknown>;
  }

  #update(object: string, { id, ...fields }: Record<string, unknown>): ItemResult {
    const held = this.get(object, String(id));
    if (!held) {
      const error = { code: 'ENTITY_IS_DELETED', kind: 'reference', fields: [] } as const;
      return { id: null, created: false, errors: [{ ...error, message: 'entity is deleted' }] };
    }
    Object.assign(held, this.#touched(), fields);
    this.#index(object, held);
    return { id: held.Id, created: false, errors: [] };
  }

  #upsert(object: string, record: Record<string, unknown>): ItemResult {
    const held = this.#keyed(object, record['Woo_Key__c']);
    const written = { ...this.#touched(), ...record };
    if (held) Object.assign(held, written);
    return { id: held?.Id ?? this.add(object, written), created: !held, errors: [] };
  }

  /** What the org notes of a write of ours. */
  #touched() {
    return { LastModifiedDate: this.now(), LastModifiedById: US };
  }
}

const CHANGED: ItemError = {
  code: 'PRECONDITION_FAILED',
  kind: 'changed',
  message: 'The record was changed meanwhile.',
  fields: [],
};

/** Of records what SELECT names: null where one holds nothing, and what it names of a parent within that. */
export function selected<T extends Readonly<Record<string, unknown>>>(
  soql: string,
  records: readonly T[],
): T[] {
  const [, columns] = /^SELECT (.+?) FROM /s.exec(soql) ?? [];
  if (columns === undefined) throw new Error(`this org knows no query such as ${soql}`);
  const names = columns.split(', ');
  return records.map((record) => parts(record, names) as T);
}

function parts(held: Readonly<Record<string, unknown>>, names: readonly string[]) {
  const row: Record<string, unknown> = {};
  for (const name of names) {
    const [parent, ...rest] = name.split('.');
    if (parent === undefined || rest.length === 0) {
      row[name] = held[name] ?? null;
      continue;
    }
    const of = held[parent] as Held | null | undefined;
    row[parent] = of
      ? { ...(row[parent] as object | undefined), ...parts(of, [rest.join('.')]) }
      : null;
  }
  return row;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.toLowerCase() : '';
}
