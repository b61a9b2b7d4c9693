import {
  check,
  type CheckOptions,
  type CheckReport,
} from '../../../src/diagnostics/check/check.ts';
import type { Finding } from '../../../src/diagnostics/check/finding.ts';
import { CodedError } from '../../../src/errors/coded-error.ts';
import type { MappingSource, StoreRow } from '../../../src/mapping/model/config-rows.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { FieldSchema } from '../../../src/mapping/model/schema.ts';
import type { DescribedObject, Org, Quota } from '../../../src/ports/org.ts';
import type { ListRead, WooList, WooStore } from '../../../src/ports/store.ts';
import { field, KEY, lookup, mappingRow, source } from '../../mapping/support/mappings.ts';

/** An object that the user may do everything with, unless the test says otherwise. */
export function described(
  name: string,
  fields: readonly FieldSchema[] = [],
  more: Partial<DescribedObject> = {},
): DescribedObject {
  const all = [KEY, ...fields].map((one): [string, FieldSchema] => [one.name.toLowerCase(), one]);
  const rights = { createable: true, updateable: true, deletable: true };
  return { name, label: name, ...rights, fields: new Map(all), ...more };
}

export const ORDER_FIELDS = [
  field('Name', 'string', { length: 80 }),
  field('Total__c', 'double'),
  field('Paid__c', 'boolean'),
  field('On__c', 'date'),
  field('Email__c', 'email', { length: 80 }),
  field('Tags__c', 'multipicklist'),
  lookup('Contact__c', 'Contact'),
];

const SHIPPED = ['Woo_Order_Item__c', 'Woo_Refund__c', 'Account', 'Contact', 'Product2'];

export interface Scene {
  readonly source?: Partial<MappingSource>;
  /** Instead of a full set: what the org describes. */
  readonly objects?: readonly DescribedObject[];
  readonly flows?: readonly Readonly<Record<string, unknown>>[] | CodedError;
  /** What the org answers to other queries. */
  readonly queries?: (soql: string) => readonly Readonly<Record<string, unknown>>[];
  readonly records?: Readonly<Partial<Record<WooList, readonly WooRecord[]>>>;
  readonly openStore?: (row: StoreRow) => WooStore;
  readonly twoWay?: CheckOptions['twoWay'];
  readonly quick?: boolean;
  /** What the org says of its API calls. */
  readonly usage?: Quota;
}

/** An org and a shop that answer what the test says, and count what they were asked. */
export class Asked {
  readonly #scene: Scene;
  readonly soql: string[] = [];
  readonly lists: string[] = [];
  calls = 0;

  constructor(scene: Scene) {
    this.#scene = scene;
    Object.assign(this.org, { usage: scene.usage ?? null });
  }

  readonly org = {
    readMappings: () => {
      this.calls += 1;
      return Promise.resolve(source({ mappings: [mappingRow({ name: 'Order' })], ...this.given }));
    },
    describe: (names: readonly string[]) => {
      this.calls += Math.ceil(names.length / 25);
      const objects = this.#scene.objects ?? [
        described('Woo_Order__c', ORDER_FIELDS),
        ...SHIPPED.map((name) => described(name)),
      ];
      const wanted = objects.filter(({ name }) => names.includes(name));
      return Promise.resolve(new Map(wanted.map((object) => [object.name, object])));
    },
    query: (soql: string) => {
      this.calls += 1;
      this.soql.push(soql);
      const { flows = [] } = this.#scene;
      return flows instanceof CodedError ? Promise.reject(flows) : Promise.resolve(flows);
    },
    queries: (soql: readonly string[]) => {
      this.calls += Math.ceil(soql.length / 5);
      this.soql.push(...soql);
      return Promise.resolve().then(() => soql.map((one) => this.#scene.queries?.(one) ?? []));
    },
  } as unknown as Org;

  get given(): Partial<MappingSource> {
    return this.#scene.source ?? {};
  }

  readonly openStore = (row: StoreRow): WooStore =>
    ({
      key: row.key,
      url: row.url,
      contentUser: () => Promise.resolve('user'),
      list: (list: WooList) => {
        const records = this.#scene.records?.[list] ?? [];
        return Promise.resolve({ records, total: 0, pages: 1, storeTime: new Date(0) });
      },
      lists: (reads: readonly ListRead[]) =>
        Promise.resolve(
          reads.map(({ list, params }) => {
            this.lists.push(`${list} ${params['per_page'] ?? ''}`);
            const records = this.#scene.records?.[list] ?? [];
            return { records, total: records.length, pages: 1, storeTime: new Date(0) };
          }),
        ),
    }) as unknown as WooStore;
}

export async function checked(scene: Scene): Promise<CheckReport & { readonly asked: Asked }> {
  const asked = new Asked(scene);
  const { org, openStore } = asked;
  const { twoWay: twoWay = null, quick = false } = scene;
  const report = await check({
    org,
    openStore: scene.openStore ?? openStore,
    twoWay: twoWay,
    quick,
  });
  return { ...report, asked };
}

/** What was found of the first mapping, as `severity CODE place`. */
export async function foundIn(scene: Scene): Promise<string[]> {
  const { mappings } = await checked(scene);
  return (mappings[0]?.findings ?? []).map(short);
}

export function short({ severity, code, place }: Finding): string {
  return `${severity} ${code} ${place}`;
}
