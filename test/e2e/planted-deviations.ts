import {
  asks,
  isJson,
  refuse,
  type Deviation,
  type Exchange,
  type Json,
} from '../../scripts/prove/model/exchange.ts';

/*
 * Deviations that were derived from the statements of docs/unproven.md alone, without a look at the probes: a second
 * one beside each probe's own, so that a probe is not only as sharp as the deviation it was written with.
 */

/** A deviation with the id of the only probe that says that it differs. */
export type Planted = Deviation & { readonly owner: string };

const MINUTE = 60_000;
/** Of New York in winter, behind UTC. */
const NEW_YORK = 300 * MINUTE;

/** Looks at the lists of records in a JSON value. */
function eachList(value: unknown, look: (list: Json[]) => void): void {
  if (Array.isArray(value) && value.every(isJson)) look(value);
  if (typeof value !== 'object' || value === null) return;
  for (const one of Object.values(value)) eachList(one, look);
}

/** Turns round neighbours that have the same value, as a sort by that value alone may leave them. */
function turnTies(list: Json[], name: string): void {
  const turned: Json[][] = [];
  for (const one of list) {
    const ties = turned.at(-1);
    if (ties !== undefined && name in one && ties[0]?.[name] === one[name]) ties.unshift(one);
    else turned.push([one]);
  }
  list.splice(0, list.length, ...turned.flat());
}

/** Requests of a composite call that are queries. */
function queriesOf({ asked }: Exchange): readonly Json[] {
  const all = isJson(asked) ? asked['compositeRequest'] : null;
  if (!Array.isArray(all)) return [];
  return all.filter(isJson).filter(({ url }) => /\/query(?:All)?[/?]/.test(String(url)));
}

export const PLANTED: readonly Planted[] = [
  {
    owner: 'rows-in-order',
    says: 'refused rows of a collection come last',
    change: ({ side, body }) => {
      if (side !== 'org') return;
      eachList(body, (list) => {
        if (!list.every((one) => typeof one['success'] === 'boolean')) return;
        list.sort((one, other) => Number(other['success']) - Number(one['success']));
      });
    },
  },
  {
    owner: 'system-modstamp',
    says: 'records of the same SystemModstamp come in no order of their ids',
    change: (exchange) => {
      if (exchange.side !== 'org' || !asks(exchange, 'ORDER BY SystemModstamp')) return;
      eachList(exchange.body, (list) => {
        turnTies(list, 'SystemModstamp');
      });
    },
  },
  {
    owner: 'modstamp-is-now',
    says: 'SystemModstamp is a quarter of an hour old when a save can be read',
    change: ({ side, body }) => {
      if (side !== 'org') return;
      eachList(body, (list) => {
        for (const one of list) {
          if (typeof one['SystemModstamp'] !== 'string') continue;
          const then = new Date(Date.parse(one['SystemModstamp']) - 15 * MINUTE);
          one['SystemModstamp'] = then.toISOString().replace('Z', '+0000');
        }
      });
    },
  },
  {
    owner: 'limits-tell-storage',
    says: 'what is left of the storage is told in KB',
    change: ({ side, path, body }) => {
      if (side !== 'org' || !path.endsWith('/limits') || !isJson(body)) return;
      const storage = body['DataStorageMB'] as { Remaining: number };
      storage.Remaining *= 1024;
    },
  },
  {
    owner: 'composite-limits',
    says: 'a composite call answers more queries than five',
    change: (exchange) => {
      const queries = queriesOf(exchange);
      if (exchange.side !== 'org' || exchange.status !== 400 || queries.length <= 5) return;
      exchange.status = 200;
      exchange.body = {
        compositeResponse: queries.map(({ referenceId }) => ({
          body: { totalSize: 0, done: true, records: [] },
          httpHeaders: {},
          httpStatusCode: 200,
          referenceId,
        })),
      };
    },
  },
  {
    owner: 'save-of-a-changed-record',
    says: 'a save that comes too late is refused with 409',
    change: (exchange) => {
      const { side, path, askedHeaders, status } = exchange;
      if (side !== 'org' || !path.includes('/ui-api/') || status < 400) return;
      if ('if-unmodified-since' in askedHeaders) refuse(exchange, 409, 'CONFLICT');
    },
  },
  {
    owner: 'gateway-headers',
    says: 'Apex REST sends a blob in ASCII, with question marks for other letters',
    change: (exchange) => {
      if (exchange.side !== 'org' || !exchange.path.includes('/apexrest/')) return;
      const text = JSON.stringify(exchange.body);
      exchange.body = JSON.parse(text.replaceAll(/[^ -~]/g, '?'));
    },
  },
  {
    owner: 'shop-modified-after',
    says: 'modified_after is a time of New York, whatever dates_are_gmt says',
    change: (exchange) => {
      const after = /modified_after=([^&]+)/.exec(exchange.path)?.[1];
      if (exchange.side !== 'shop' || after === undefined) return;
      const from = Date.parse(`${after}Z`) + NEW_YORK;
      eachList(exchange.body, (list) => {
        const isLater = (one: Json) => Date.parse(`${String(one['date_modified_gmt'])}Z`) > from;
        list.splice(0, list.length, ...list.filter(isLater));
      });
    },
  },
  {
    owner: 'shop-sorted-by-modified',
    says: 'records of the same date of change come in no order of their ids',
    change: ({ side, path, body }) => {
      if (side !== 'shop' || !path.includes('orderby=modified')) return;
      eachList(body, (list) => {
        turnTies(list, 'date_modified_gmt');
      });
    },
  },
  {
    owner: 'webhook-signature',
    says: 'a proxy of the shop writes the body of a webhook anew',
    change: (exchange) => {
      if (exchange.side !== 'delivery' || !String(exchange.body).startsWith('{')) return;
      exchange.body = String(exchange.body).replace(':', ': ');
    },
  },
];
