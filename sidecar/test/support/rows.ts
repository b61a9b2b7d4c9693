import type { Mapping } from '../../src/mapping/model/mapping.ts';
import type { Row } from '../../src/mapping/model/record.ts';
import type { OpenPage } from '../../src/sync/model/checkpoint.ts';
import type { Reference, PendingUpsert } from '../../src/sync/model/pending-write.ts';

/** A mapping that takes every record as it is; tests override what they are about. */
export function mappingTo(object: string, over: Partial<Mapping> = {}): Mapping {
  return {
    name: object,
    label: object,
    store: null,
    notFor: [],
    resource: 'order',
    contentType: null,
    view: {},
    object,
    keyField: 'Woo_Key__c',
    matchFields: [],
    direction: 'to_salesforce',
    events: { create: true, update: true, delete: true },
    whenUnmet: 'keep',
    realTime: true,
    sweepMinutes: null,
    deleteRule: 'keep',
    deleteFlag: null,
    wooMetaKey: null,
    conflictRule: 'woo_wins',
    fields: [],
    outgoing: [],
    kept: [],
    references: [],
    createInWoo: false,
    createsIn: [],
    keepShopImages: true,
    editsToAllStores: false,
    reads: [],
    owner: null,
    meets: () => true,
    build: () => ({ row: rowOf('none') }),
    explain: () => {
      throw new Error('nothing here asks why');
    },
    holds: (_field, written, held) => written === (held ?? null),
    foreign: {
      fields: [],
      outgoing: [],
      kept: [],
      build: (record, { key }) => ({ row: rowOf(`${key}:${String(record['id'])}`) }),
      explain: () => {
        throw new Error('nothing here asks why');
      },
    },
    ...over,
  };
}

export function rowOf(key: string, fields: Row['fields'] = {}): Row {
  return { key, fields, onCreate: {}, whenEmpty: {}, lookups: [] };
}

/** Counts how often it is taken and settled. */
export class CountingPage implements OpenPage {
  open = 0;

  take(): void {
    this.open += 1;
  }

  release(): void {
    this.open -= 1;
  }
}

type Given = Omit<Partial<PendingUpsert>, 'row'> & { readonly row?: Row };

export function upsert(object: string, key: string, over: Given = {}): PendingUpsert {
  const row = over.row ?? rowOf(key);
  return {
    kind: 'upsert',
    mapping: mappingTo(object),
    object,
    key,
    row,
    text: JSON.stringify(row.fields),
    references: [],
    hash: `hash of ${key}`,
    parentKey: null,
    target: null,
    emptyFields: new Set(),
    adopted: false,
    formerKey: null,
    readNumber: 0,
    readAt: new Date(0),
    page: new CountingPage(),
    mode: 'id',
    attempt: 0,
    ...over,
  };
}

export function reference(object: string, key: string, over: Partial<Reference> = {}): Reference {
  return {
    field: `${object}__c`,
    relationshipName: `${object}__r`,
    object,
    keyField: 'Woo_Key__c',
    key,
    required: false,
    recordId: null,
    byId: false,
    ...over,
  };
}
