import type { Step } from './recording.ts';

type Fields = Readonly<Record<string, unknown>>;

/** One order as a plugin would hand it over: no record refers to another yet. */
export interface RecordedOrder {
  readonly contact: Fields | null;
  readonly order: Fields;
  readonly items: readonly Fields[];
}

interface Subrequest {
  readonly method: string;
  readonly url: string;
  readonly body?: { readonly records?: readonly Fields[] };
}

interface Subanswer {
  readonly body: readonly { readonly id?: string }[];
}

interface Written {
  readonly object: string;
  readonly fields: Fields;
}

/** All records that a recorded run wrote, by the id that the org gave them. */
function writtenRecords(steps: readonly Step[]): Map<string, Written> {
  const written = new Map<string, Written>();
  for (const { side, path, body, answer } of steps) {
    if (side !== 'org' || !path.endsWith('/composite')) continue;
    const { compositeRequest } = JSON.parse(body.toString()) as {
      compositeRequest: readonly Subrequest[];
    };
    const { compositeResponse } = JSON.parse(answer.toString()) as {
      compositeResponse: readonly Subanswer[];
    };
    compositeRequest.forEach(({ url, body: sent }, call) => {
      const object = /\/composite\/sobjects\/(\w+)\//.exec(url)?.[1];
      if (object === undefined) return;
      sent?.records?.forEach((fields, at) => {
        const id = compositeResponse[call]?.body[at]?.id;
        if (id !== undefined) written.set(id, { object, fields });
      });
    });
  }
  return written;
}

/** The first orders of a recorded run, with their contact and items. */
export function recordedOrders(steps: readonly Step[], most: number): RecordedOrder[] {
  const written = writtenRecords(steps);
  const idOf = new Map<string, string>();
  for (const [id, { object, fields }] of written) {
    idOf.set(`${object} ${String(fields['Woo_Key__c'])}`, id);
  }
  const refersTo = (fields: Fields, field: string, object: string): string | undefined => {
    const id = fields[`${field}__c`];
    if (typeof id === 'string') return id;
    const parent = fields[`${field}__r`] as { Woo_Key__c?: string } | undefined;
    return idOf.get(`${object} ${parent?.Woo_Key__c ?? ''}`);
  };
  const plain = (fields: Fields): Fields => withoutReferences(fields, written);
  const items = new Map<string, Fields[]>();
  for (const { object, fields } of written.values()) {
    const order =
      object === 'Woo_Order_Item__c' ? refersTo(fields, 'Order', 'Woo_Order__c') : undefined;
    if (order === undefined) continue;
    items.set(order, [...(items.get(order) ?? []), plain(fields)]);
  }
  return [...written]
    .filter(([, { object }]) => object === 'Woo_Order__c')
    .slice(0, most)
    .map(([id, { fields }]) => {
      const contact = written.get(refersTo(fields, 'Contact', 'Contact') ?? '');
      return {
        contact: contact === undefined ? null : plain(contact.fields),
        order: plain(fields),
        items: items.get(id) ?? [],
      };
    });
}

function withoutReferences(fields: Fields, written: ReadonlyMap<string, unknown>): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) =>
        (typeof value !== 'object' || value === null) &&
        !(typeof value === 'string' && written.has(value)),
    ),
  );
}
