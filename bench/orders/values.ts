import { isDeepStrictEqual } from 'node:util';
import { serialize, unserialize } from 'php-serialize';
import { compileMappings } from '../../sidecar/src/mapping/compile/compile.ts';
import type { ConditionRow, FieldMappingRow } from '../../sidecar/src/mapping/model/config-rows.ts';
import type { Mapping } from '../../sidecar/src/mapping/model/mapping.ts';
import type { Row } from '../../sidecar/src/mapping/model/record.ts';
import type { FieldSchema } from '../../sidecar/src/mapping/model/schema.ts';
import { readPattern } from '../../sidecar/src/mapping/values/pattern.ts';
import { parseStructured } from '../../sidecar/src/mapping/values/structured-text.ts';
import { atLeast, atMost, median, type Result } from '../lib/results/results.ts';

const STORE = { key: 'main', url: 'https://shop.example' };
const ORDERS = 1000;
/** Of each way, by turns; the first ones warm up. */
const ROUNDS = 40;
const WARM_UP = 20;
const DAY = 86_400_000;

interface Order {
  readonly id: number;
  readonly number: string;
  readonly date_created_gmt: string;
  readonly billing: { readonly country: string };
  readonly shipping: { readonly country: string };
  readonly meta_data: readonly { readonly key: string; readonly value: string }[];
}

/** Orders of the last hundred days, of which a third go elsewhere than they are paid from. */
function someOrders(): readonly Order[] {
  return Array.from({ length: ORDERS }, (_, at) => ({
    id: at + 1,
    number: `${at + 1}`,
    date_created_gmt: new Date(Date.now() - (at % 100) * DAY).toISOString().slice(0, 19),
    billing: { country: 'DE' },
    shipping: { country: at % 3 === 0 ? 'AT' : 'DE' },
    meta_data: [
      { key: 'gift', value: JSON.stringify({ to: { name: `Guest ${at}` }, wrap: at % 2 }) },
      { key: 'gift', value: `second ${at}` },
      { key: 'slot', value: serialize({ day: `day ${at % 7}`, from: at % 24 }) },
      { key: 'invoice', value: `Invoice INV-${100_000 + at} of the shop` },
    ],
  }));
}

function fieldOf(name: string, more: Partial<FieldSchema> = {}): FieldSchema {
  return {
    name,
    label: name,
    type: 'string',
    length: 255,
    precision: 0,
    scale: 0,
    nillable: true,
    createable: true,
    updateable: true,
    calculated: false,
    unique: false,
    filterable: true,
    encrypted: false,
    externalId: false,
    caseSensitive: false,
    defaultedOnCreate: false,
    referenceTo: [],
    relationshipName: null,
    restrictedPicklist: false,
    picklistValues: [],
    ...more,
  };
}

function rowOf(field: string, attribute: string, more: Partial<FieldMappingRow> = {}) {
  return {
    name: field,
    mapping: 'Order',
    attribute,
    field,
    kind: 'attribute',
    staticValue: null,
    valueTable: null,
    transform: null,
    transformArgument: null,
    defaultValue: null,
    overflow: null,
    direction: null,
    writeWhen: null,
    ...more,
  };
}

function conditionOf(
  position: number,
  attribute: string,
  operator: string,
  more: Partial<ConditionRow>,
): ConditionRow {
  const name = `Order_${position}`;
  const rest = { value: null, otherAttribute: null, ...more };
  return { name, mapping: 'Order', position, attribute, operator, ...rest };
}

function mappingOfValues(): Mapping {
  const key = { externalId: true, unique: true, caseSensitive: true };
  const names = ['Day__c', 'Gift__c', 'Invoice__c', 'Number__c', 'Second__c', 'Wrap__c'];
  const all = [fieldOf('Woo_Key__c', key), ...names.map((name) => fieldOf(name))];
  const fields = new Map(all.map((field) => [field.name.toLowerCase(), field]));
  const { mappings, problems } = compileMappings(
    {
      stores: [],
      mappings: [
        {
          name: 'Order',
          label: 'Order',
          store: null,
          resource: 'order',
          object: 'Order__c',
          externalIdField: 'Woo_Key__c',
          matchFields: null,
          direction: null,
          active: true,
          onCreate: true,
          onUpdate: true,
          onDelete: true,
          conditionLogic: null,
          whenUnmet: null,
          realTime: true,
          sweepMinutes: null,
          deleteRule: null,
          deleteField: null,
          deleteValue: null,
          conflictRule: null,
          wooMetaKey: null,
          contentType: null,
          createInWoo: false,
          keepShopImages: true,
          editsToAllStores: false,
        },
      ],
      fields: [
        rowOf('Number__c', 'number'),
        rowOf('Gift__c', 'meta_data.gift.to.name', { transform: 'upper_case' }),
        rowOf('Wrap__c', 'meta_data.gift.wrap', {
          kind: 'translation',
          valueTable: '1 = Wrapped',
          defaultValue: 'Plain',
        }),
        rowOf('Second__c', 'meta_data.gift#2', { transform: 'slice', transformArgument: '0,6' }),
        rowOf('Day__c', 'meta_data.slot.day'),
        rowOf('Invoice__c', 'meta_data.invoice', {
          transform: 'regex',
          transformArgument: 'INV-([0-9]+)',
        }),
      ],
      conditions: [
        conditionOf(1, 'billing.country', 'equals', { otherAttribute: 'shipping.country' }),
        conditionOf(2, 'date_created', 'within', { value: 'last 60 days' }),
      ],
    },
    new Map([['Order__c', { name: 'Order__c', label: 'Order', fields }]]),
  );
  const [mapping] = mappings;
  if (!mapping) throw new Error(problems.map(({ message }) => message).join(' '));
  return mapping;
}

function mapped(mapping: Mapping, order: Order): Row | null {
  const record = { ...order };
  if (!mapping.meets(record)) return null;
  const { row, problems } = mapping.build(record, STORE);
  if (row) return row;
  throw new Error(problems.map(({ message }) => message).join(' '));
}

/** The same by code that knows nothing else, with the checks that keep it from writing a wrong value. */
function byHand(order: Order): Row | null {
  const record = { ...order };
  const from = Math.floor(Date.now() / DAY) * DAY - 60 * DAY;
  const created = Date.parse(`${record.date_created_gmt}Z`);
  const isSame = record.billing.country.toLowerCase() === record.shipping.country.toLowerCase();
  if (!isSame || created < from || created > Date.now()) return null;
  const of = (key: string) =>
    record.meta_data.filter((entry) => entry.key === key).map(({ value }) => value);
  const [gift = '{}', second = ''] = of('gift');
  const { to, wrap } = JSON.parse(gift) as { to: { name: string }; wrap: number };
  const slot = unserialize(of('slot').join('')) as { readonly day: string };
  const invoice = /INV-([0-9]+)/.exec(of('invoice').join(''))?.[1];
  return {
    key: `${STORE.key}:${record.id}`,
    fields: {
      Day__c: slot.day.trim(),
      Gift__c: to.name.toUpperCase().trim(),
      Invoice__c: invoice?.trim() ?? null,
      Number__c: record.number.trim(),
      Second__c: Array.from(second).slice(0, 6).join('').trim(),
      Wrap__c: wrap === 1 ? 'Wrapped' : 'Plain',
    },
    onCreate: {},
    whenEmpty: {},
    lookups: [],
  };
}

/** @returns records per second */
function speed(orders: readonly Order[], rowOfOrder: (order: Order) => Row | null): number {
  const start = performance.now();
  for (const order of orders) rowOfOrder(order);
  return (1000 * orders.length) / (performance.now() - start);
}

const MEGABYTE = 2 ** 20;

/** How long a megabyte, or the largest text that is taken, keeps everything else waiting, in milliseconds. */
function longestStall(): number {
  const find = readPattern('(a+)+$');
  if (typeof find === 'string') throw new Error(find);
  const search = (length: number) => timed(() => () => find(`${'a'.repeat(length - 1)}!`));
  const slots = serialize(Array.from({ length: 15_000 }, (_, at) => `${at}`)).slice(0, -1);
  const readings = [MEGABYTE, slots.length + 10].map((length) =>
    timed((round) => {
      // Another text each time: the last one is remembered.
      const text = `${slots}}${' '.repeat(Math.max(0, length - slots.length - 1) + round)}`;
      return () => parseStructured(text);
    }),
  );
  return Math.max(search(MEGABYTE), search(50_000), ...readings);
}

function timed(prepare: (round: number) => () => unknown): number {
  const times = Array.from({ length: 9 }, (_, round) => {
    const work = prepare(round);
    // Of this thread alone: what else the machine does is not counted.
    const before = process.threadCpuUsage();
    work();
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1000;
  });
  return median(times);
}

/** Parts of texts, transforms with an argument, two attributes compared and periods, beside code written for them. */
export function measureValues(): readonly Result[] {
  const mapping = mappingOfValues();
  const orders = someOrders();
  for (const order of orders) {
    const [made, wanted] = [mapped(mapping, order), byHand(order)];
    if (!isDeepStrictEqual(made, wanted)) {
      throw new Error(
        `Order ${order.id}: ${JSON.stringify(made)}, by hand ${JSON.stringify(wanted)}`,
      );
    }
  }
  const ratios = Array.from(
    { length: ROUNDS },
    () => speed(orders, (order) => mapped(mapping, order)) / speed(orders, byHand),
  );
  return [
    atLeast('Values alone: records per second ÷ by hand', 0.3, median(ratios.slice(WARM_UP))),
    atMost('Values: longest stall by 1 MB of text', 50, 'ms', longestStall()),
  ];
}
